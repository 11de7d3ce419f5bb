import socket
import threading

HOST = ""
PORT = 10000


def client_thread(conn):
    try:
        while True:
            data = conn.recv(1024)
            if not data:
                break
            conn.sendall(data)
    except ConnectionError:
        print("a client disappeared")
    conn.close()


s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind((HOST, PORT))
s.listen(256)
print("Server listening on port", PORT)

try:
    while True:
        conn, addr = s.accept()
        t = threading.Thread(target=client_thread, args=(conn,))
        t.daemon = True
        t.start()
except KeyboardInterrupt:
    s.close()
