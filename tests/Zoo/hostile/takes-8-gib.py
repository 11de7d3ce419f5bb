"""Fills eight gibibytes of memory."""

import sys

hoard = []
for _ in range(512):
    hoard.append(bytearray(b"x") * (16 << 20))
print("ESCAPED: 8 GiB of memory", file=sys.stderr, flush=True)
