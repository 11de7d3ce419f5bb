"""Leaves a process in a session of its own that ignores every signal it can and listens."""

import os
import signal
import socket
import time

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for number in range(1, 65):
            try:
                signal.signal(number, signal.SIG_IGN)
            except (OSError, ValueError):
                pass
        listener = socket.create_server(("127.0.0.1", 4242))
        time.sleep(1000)
    os._exit(0)
time.sleep(0.1)
