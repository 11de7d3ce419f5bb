"""Sends SIGKILL to every process that there is."""

import os
import sys

for process in range(1, 70_000):
    if process != os.getpid():
        try:
            os.kill(process, 9)
            if process != 1:
                print("ESCAPED: killed", process, file=sys.stderr, flush=True)
        except OSError:
            pass
try:
    os.kill(-1, 9)
except OSError:
    pass
