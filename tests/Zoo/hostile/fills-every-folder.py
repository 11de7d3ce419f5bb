"""Writes two gibibytes into each folder that it may write to, and deletes them again."""

import os
import sys

BLOCK = bytes(1 << 20)
for folder in (".", "/tmp", "/var/tmp", "/dev/shm", "/home"):
    path = os.path.join(folder, f"filler-{os.getpid()}")
    written = 0
    try:
        with open(path, "wb", buffering=0) as file:
            while written < 2 << 30:
                written += file.write(BLOCK)
        print(f"ESCAPED: 2 GiB in {folder}", file=sys.stderr, flush=True)
    except OSError as error:
        print(folder, written >> 20, "MiB, then", error.strerror, file=sys.stderr, flush=True)
    os.unlink(path)
