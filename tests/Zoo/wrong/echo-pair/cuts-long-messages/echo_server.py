import socket

with socket.create_server(("127.0.0.1", 9999)) as listener:
    while True:
        connection, _ = listener.accept()
        with connection:
            connection.sendall(connection.recv(1024))
