import re
import socket
import sys
from threading import Thread


class ClientHandler(Thread):
    """One thread per connected client."""

    def __init__(self, connection, address):
        super().__init__(daemon=True)
        self.connection = connection
        self.address = address

    def run(self):
        while True:
            message = self.connection.recv(2048).decode()
            if message == "":
                break
            self.connection.sendall(self.answer(message).encode())
        self.connection.close()

    def answer(self, message):
        # a number is some digits, and maybe a point and more digits
        numbers = re.findall(r"\d+\.?\d*", message)
        if len(numbers) != 2:
            return "Error: please send two numbers\n"
        first, second = numbers
        if "." in message:
            return f"{first} + {second} = {float(first) + float(second)}\n"
        return f"{first} + {second} = {int(first) + int(second)}\n"


def start_server(port):
    server_socket = socket.socket()
    server_socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server_socket.bind(("localhost", port))
    server_socket.listen(256)
    while True:
        connection, address = server_socket.accept()
        ClientHandler(connection, address).start()


if __name__ == "__main__":
    start_server(int(sys.argv[1]))
