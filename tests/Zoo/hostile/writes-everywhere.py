"""Writes over reports, other submissions, what was handed in, the grader, and what it can reach of the system."""

import sys

PATHS = [
    "@ROOT@/reports/grades.csv",
    "@ROOT@/class/neighbour-right/echo/echo_server.py",
    "@ROOT@/class/writes-everywhere/echo/echo_server.py",
    "@ROOT@/written",
    "@GRADER@",
    "/built/echo_server.py",
    "/usr/bin/python3",
    "/usr/local/bin/new",
    "/etc/passwd",
    "/etc/ld.so.preload",
    "/dev/new",
    "/new",
    "/proc/sys/kernel/core_pattern",
    "/proc/sysrq-trigger",
    "/proc/1/oom_score_adj",
]
for path in PATHS:
    try:
        open(path, "ab").close()
    except OSError:
        continue
    # The first process of a sandbox is the submission's own user's.
    if path != "/proc/1/oom_score_adj":
        print("ESCAPED: wrote", path, file=sys.stderr, flush=True)
