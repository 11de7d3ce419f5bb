import socket
import sys

with socket.socket() as client:
    client.settimeout(5)
    client.connect(("localhost", 10000))
    client.sendall(sys.argv[1].encode())
    # decode() makes a string out of the bytes
    print("Server:", client.recv(2048).decode())
