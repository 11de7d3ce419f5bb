import sys
import threading

print("loading the model", file=sys.stderr)
threading.Event().wait()
