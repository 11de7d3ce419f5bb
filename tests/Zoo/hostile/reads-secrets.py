"""Reads passwords, other submissions, the course, and the environment and memory of the grader."""

import glob
import os
import sys

PATHS = ["/etc/shadow", "/root/.bashrc", "@ROOT@/grading.json", "@ROOT@/class/neighbour-right/echo/echo_server.py", "@GRADER@"]
for path in PATHS:
    try:
        open(path, "rb").read(1)
        print("ESCAPED: read", path, file=sys.stderr, flush=True)
    except OSError:
        pass
for folder in ("@ROOT@", "/root", "/home", "/work", "/tmp"):
    try:
        names = os.listdir(folder)
    except OSError:
        continue
    for name in names:
        if name not in ("submission", ".pyenv", ".rustup", ".cargo", "root", "work", "tmp", "home") and not name.startswith("grader.tests-"):
            print("ESCAPED: listed", folder, name, file=sys.stderr, flush=True)
for name in glob.glob("/proc/[0-9]*/environ"):
    try:
        if b"SECRET_OF_THE_GRADER" in open(name, "rb").read():
            print("ESCAPED: read", name, file=sys.stderr, flush=True)
    except OSError:
        pass
