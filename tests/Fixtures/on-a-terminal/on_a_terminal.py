"""Runs a program on a terminal of 40 columns, and hands through what it writes there."""

import fcntl
import os
import pty
import struct
import sys
import termios

pid, terminal = pty.fork()
if pid == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 40, 0, 0))
    os.execvp(sys.argv[1], sys.argv[1:])
while True:
    try:
        written = os.read(terminal, 65536)
    except OSError:
        # How Linux tells that nobody holds the other end any more.
        break
    if not written:
        break
    sys.stdout.buffer.write(written)
sys.stdout.flush()
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
