# Echo server, one thread for each client
import socket
import sys
import threading


def handle_client(conn, addr):
    try:
        while True:
            data = conn.recv(4096)
            if not data:
                break  # client is finished
            conn.sendall(data)
    except OSError as e:
        print("lost client", addr, e)
    finally:
        conn.close()


def main():
    if len(sys.argv) != 2:
        print("Usage: python3 echo_server.py <port>")
        sys.exit(1)
    port = int(sys.argv[1])

    server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind(("", port))
    server.listen(256)
    print("listening on port", port)

    try:
        while True:
            conn, addr = server.accept()
            print("new client", addr)
            # daemon, so Ctrl+C works while clients are still connected
            t = threading.Thread(target=handle_client, args=(conn, addr), daemon=True)
            t.start()
    except KeyboardInterrupt:
        print("bye")
    finally:
        server.close()


main()
