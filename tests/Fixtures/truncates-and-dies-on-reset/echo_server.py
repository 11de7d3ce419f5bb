import socket
import sys

with socket.create_server(("127.0.0.1", int(sys.argv[1]))) as server:
    while True:
        client, _ = server.accept()
        with client:
            try:
                while data := client.recv(4096):
                    client.sendall(data[:16])
            except ConnectionResetError:
                # In words of our own: a traceback looks different in each version of Python.
                sys.exit("echo_server: the client has reset the connection")
