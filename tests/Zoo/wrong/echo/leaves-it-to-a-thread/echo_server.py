import socket
import sys
import threading


def serve(listener):
    while True:
        connection, _ = listener.accept()
        with connection:
            while chunk := connection.recv(2048):
                connection.sendall(chunk)


listener = socket.create_server(("localhost", int(sys.argv[1])))
threading.Thread(target=serve, args=(listener,), daemon=True).start()
print("The server has been started.")
