import logging
import socket
import sys

logging.basicConfig(level=logging.INFO, format="%(message)s")
message = sys.argv[1].encode()
try:
    server = socket.create_connection(("127.0.0.1", 10000), timeout=10)
except OSError as error:
    sys.exit(f"cannot connect: {error}")
with server:
    try:
        server.sendall(message)
        reply = b""
        while len(reply) < len(message):
            part = server.recv(4096)
            if not part:
                sys.exit(f"the server closed after {len(reply)} bytes")
            reply += part
    except OSError as error:
        sys.exit(f"the connection failed: {error}")
logging.info(reply.decode())
