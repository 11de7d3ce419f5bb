"""Listens where no submission may come, and notes in a file who comes all the same."""

import select
import socket
import sys

folder = sys.argv[1]
places = {
    "address": (socket.AF_INET, ("127.0.0.1", 4711)),
    "abstract socket": (socket.AF_UNIX, "\0grader-canary"),
    "file socket": (socket.AF_UNIX, f"{folder}/canary.sock"),
}
listeners = {}
for place, (family, address) in places.items():
    listener = socket.socket(family)
    listener.bind(address)
    listener.listen()
    listeners[listener] = place
with open(f"{folder}/canary.txt", "w", buffering=1) as notes:
    while True:
        for listener in select.select(list(listeners), [], [])[0]:
            listener.accept()
            print(listeners[listener], file=notes)
