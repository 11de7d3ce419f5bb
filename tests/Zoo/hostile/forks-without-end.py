"""Forks in every process until no more can be had."""

import os
import time

if os.fork() == 0:
    while True:
        try:
            os.fork()
        except OSError:
            time.sleep(1)
time.sleep(0.3)
