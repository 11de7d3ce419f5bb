import socket
import threading


def serve(connection):
    with connection:
        try:
            block = connection.recv(2048)
            while block:
                connection.sendall(block)
                block = connection.recv(2048)
        except OSError as problem:
            print("connection lost:", problem)


try:
    port = int(input("Port number: "))

    server = socket.create_server(("", port), backlog=256)
    print("Waiting for clients on port", port)
    while True:
        connection, address = server.accept()
        threading.Thread(target=serve, args=(connection,), daemon=True).start()
except KeyboardInterrupt:
    print("\nServer stopped.")
