import socket
import sys

SERVER = ("localhost", 9090)


def main():
    message = " ".join(sys.argv[1:]).encode()
    print("Connecting to %s, port %d" % SERVER)
    with socket.create_connection(SERVER, timeout=10) as connection:
        connection.sendall(message)
        reply = b""
        while len(reply) < len(message):
            part = connection.recv(64)
            if not part:
                sys.exit("The server has closed after %d of %d bytes" % (len(reply), len(message)))
            reply += part
    print("Received:", reply.decode())


main()
