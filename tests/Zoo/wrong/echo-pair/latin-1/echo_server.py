import socket

with socket.create_server(("127.0.0.1", 9999)) as listener:
    while True:
        connection, _ = listener.accept()
        with connection:
            while part := connection.recv(8192):
                connection.sendall(part.decode("utf-8", "ignore").encode("ascii", "replace"))
