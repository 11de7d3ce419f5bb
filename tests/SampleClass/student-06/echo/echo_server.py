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
            # decode() makes a string out of the bytes
            message = self.connection.recv(2048).decode()
            if message == "":
                break
            # remove the newline at the end, looks better in the log
            message = message.strip()
            print(f"[{self.address[1]}] {message}")
            self.connection.sendall(message.encode())
        self.connection.close()


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
