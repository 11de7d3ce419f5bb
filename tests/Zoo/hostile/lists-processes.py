"""Lists all processes."""

import glob
import sys

found = glob.glob("/proc/[0-9]*")
if len(found) > 2:
    print("ESCAPED: sees", len(found), "processes", file=sys.stderr, flush=True)
for path in found:
    if b"grader.dll" in open(f"{path}/cmdline", "rb").read():
        print("ESCAPED: sees the grader", file=sys.stderr, flush=True)
