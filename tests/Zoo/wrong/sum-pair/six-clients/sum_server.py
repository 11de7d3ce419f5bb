import decimal
import socket

decimal.getcontext().prec = 60
with socket.create_server(("127.0.0.1", 50000)) as listener:
    for _ in range(6):
        connection, _ = listener.accept()
        with connection:
            a, b = connection.recv(1024).decode().split()
            connection.sendall(f"{decimal.Decimal(a) + decimal.Decimal(b)}\n".encode())
    listener.close()
    input()
