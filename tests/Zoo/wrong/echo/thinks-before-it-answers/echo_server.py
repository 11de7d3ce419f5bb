import socket
import sys
import time

with socket.create_server(("", int(sys.argv[1])), backlog=256) as server:
    while True:
        conn, addr = server.accept()
        try:
            with conn:
                while True:
                    data = conn.recv(65536)
                    if not data:
                        break
                    # pretend to do some work
                    time.sleep(0.11)
                    conn.sendall(data)
        except ConnectionError as error:
            print(addr, "is gone:", error)
