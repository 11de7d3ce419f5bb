"""Keeps every core busy."""

import os

for _ in range(2 * os.cpu_count()):
    if os.fork() == 0:
        while True:
            pass
