# Usage: python3 echo_client.py <message> [port] [host]
import socket
import sys

message = sys.argv[1].encode()
port = int(sys.argv[2]) if len(sys.argv) > 2 else 7007
host = sys.argv[3] if len(sys.argv) > 3 else "localhost"

try:
    s = socket.create_connection((host, port))
except OSError as e:
    print("could not connect:", e, file=sys.stderr)
    sys.exit(1)

s.sendall(message)
s.shutdown(socket.SHUT_WR)
while True:
    data = s.recv(4096)
    if not data:
        break
    sys.stdout.buffer.write(data)
s.close()
