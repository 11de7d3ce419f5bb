"""Makes namespaces of its own, mounts, changes its root and its host's name."""

import ctypes
import os
import sys

libc = ctypes.CDLL(None, use_errno=True)
NAMES = {"user": 0x10000000, "mount": 0x20000, "pid": 0x20000000, "net": 0x40000000, "uts": 0x4000000}
for name, flag in NAMES.items():
    if libc.unshare(flag) == 0:
        print("ESCAPED: made a namespace:", name, file=sys.stderr, flush=True)
if libc.mount(b"tmpfs", b"/tmp", b"tmpfs", 0, None) == 0 or libc.umount2(b"/home", 2) == 0:
    print("ESCAPED: mounted", file=sys.stderr, flush=True)
if libc.chroot(b"/tmp") == 0 or libc.sethostname(b"new", 3) == 0 or libc.setuid(0) == 0:
    print("ESCAPED: has a right of root", file=sys.stderr, flush=True)
try:
    os.mknod("/tmp/disk", 0o600 | 0o060000, os.makedev(8, 0))
    print("ESCAPED: made a device", file=sys.stderr, flush=True)
except OSError:
    pass
