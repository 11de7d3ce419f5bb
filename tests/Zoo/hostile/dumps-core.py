"""Crashes with a core as large as can be."""

import glob
import os
import resource
import sys

try:
    resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    print("ESCAPED: raised the limit of cores", file=sys.stderr, flush=True)
except (OSError, ValueError):
    pass
if os.fork() == 0:
    os.abort()
os.wait()
for path in glob.glob("core*"):
    print("ESCAPED: left", path, file=sys.stderr, flush=True)
