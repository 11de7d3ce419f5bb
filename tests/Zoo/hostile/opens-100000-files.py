"""Opens a hundred thousand descriptors."""

import os
import resource
import sys

try:
    resource.setrlimit(resource.RLIMIT_NOFILE, (200_000, 200_000))
except (OSError, ValueError):
    pass
opened = []
try:
    while len(opened) < 100_000:
        opened.append(os.open("/dev/null", os.O_RDONLY))
    print("ESCAPED: 100,000 descriptors", file=sys.stderr, flush=True)
except OSError:
    pass
for descriptor in opened:
    os.close(descriptor)
