import sys


def listen(port):
    return int(port) / 0


print("starting", file=sys.stderr)
listen(sys.argv[1] if len(sys.argv) > 1 else 7)
