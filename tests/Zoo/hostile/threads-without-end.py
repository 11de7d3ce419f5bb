"""Starts threads until no more can be had."""

import os
import threading
import time

if os.fork() == 0:
    count = 0
    try:
        while True:
            threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
            count += 1
            if count > 20_000:
                print("ESCAPED: 20,000 threads", file=__import__("sys").stderr, flush=True)
                break
    except RuntimeError:
        pass
    time.sleep(1000)
time.sleep(0.5)
