import os
import socket
import sys

met_before = os.path.exists("clients.txt")
open("clients.txt", "w").close()

with socket.create_server(("127.0.0.1", int(sys.argv[1]))) as server:
    while True:
        client, _ = server.accept()
        with client:
            client.sendall(b"met before" if met_before else b"fresh")
