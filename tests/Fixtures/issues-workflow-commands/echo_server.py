import socket
import sys

# What a CI runner would obey if it stood in the job's log as it is.
COMMANDS = r"""
::error::pwned
   ::warning file=a,line=1::pwned
	::add-mask::a
::stop-commands::x
::x::
and then ##[error]pwned
##[stop-commands]x
##[x]
""".strip("\n")

listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
while True:
    connection, _ = listener.accept()
    with connection:
        message = connection.recv(65536)
        if message:
            print(COMMANDS, file=sys.stderr)
            print("\r::error::pwned", file=sys.stderr, flush=True)
            connection.sendall(b"\n::error::pwned\n##[error]pwned\n")
