"""Fills eight gibibytes of memory, a hundred and twenty-eight mebibytes in each of 64 children."""

import os
import sys
import time

for _ in range(64):
    if os.fork() == 0:
        hoard = bytearray(b"x") * (128 << 20)
        time.sleep(1000)
time.sleep(20)
print("ESCAPED: 8 GiB of memory", file=sys.stderr, flush=True)
