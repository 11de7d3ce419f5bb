"""Writes to its output for ever, and to its errors in one line that never ends, beside the server."""

import os

for descriptor, block in ((1, b"all work and no play\n" * 3000), (2, b"x" * 65536)):
    if os.fork() == 0:
        while True:
            os.write(descriptor, block)
