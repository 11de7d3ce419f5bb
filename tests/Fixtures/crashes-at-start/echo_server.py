import sys

print("starting", file=sys.stderr)
# At the top level: Python 3.13 underlines calls in a traceback, older ones do not.
raise ValueError("the port must be a number")
