import socket

with socket.create_server(("127.0.0.1", 9999)) as listener:
    for _ in range(6):
        connection, _ = listener.accept()
        with connection:
            while part := connection.recv(1024):
                connection.sendall(part)
    listener.close()
    input()
