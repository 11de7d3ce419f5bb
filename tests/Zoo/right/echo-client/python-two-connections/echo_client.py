import socket
import sys

PORT = 10000


def main():
    message = sys.argv[1].encode()
    # One in reserve, in case the other one breaks.
    with socket.create_connection(("localhost", PORT), 10), socket.create_connection(("localhost", PORT), 10) as server:
        server.sendall(message)
        reply = b""
        while len(reply) < len(message):
            part = server.recv(4096)
            if not part:
                sys.exit("The server has closed after %d of %d bytes" % (len(reply), len(message)))
            reply += part
    print(reply.decode())


main()
