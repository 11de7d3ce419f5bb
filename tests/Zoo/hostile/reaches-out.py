"""Connects to the machine and beyond it: addresses, abstract sockets and sockets that are files."""

import socket
import sys

with open("/proc/net/dev") as devices:
    for line in devices.readlines()[2:]:
        if line.split(":")[0].strip() != "lo":
            print("ESCAPED: sees the interface", line.split(":")[0].strip(), file=sys.stderr, flush=True)
TARGETS = [
    (socket.AF_INET, ("127.0.0.1", 4711)),
    (socket.AF_INET, ("8.8.8.8", 53)),
    (socket.AF_UNIX, "\0grader-canary"),
    (socket.AF_UNIX, "@ROOT@/canary.sock"),
]
for family, address in TARGETS:
    with socket.socket(family) as client:
        client.settimeout(0.3)
        try:
            client.connect(address)
            print("ESCAPED: connected to", address, file=sys.stderr, flush=True)
        except OSError:
            pass
