#!/usr/bin/env python3
# Echo server that tells everything it does, for debugging
import socket
import sys
import threading

host = "127.0.0.1"
port = int(sys.argv[1])


def serve(conn, addr):
    print(f"[+] {addr} connected", flush=True)
    total = 0
    try:
        while True:
            data = conn.recv(4096)
            if not data:
                break
            print(f"[{addr}] received {len(data)} bytes: {data!r}", flush=True)
            conn.sendall(data)
            print(f"[{addr}] sent {len(data)} bytes back", flush=True)
            total += len(data)
    except OSError as e:
        print(f"[!] {addr}: {e}", flush=True)
    finally:
        conn.close()
        print(f"[-] {addr} disconnected after {total} bytes", flush=True)


server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind((host, port))
server.listen(256)
print(f"*** listening on {host}:{port} ***", flush=True)

try:
    while True:
        conn, addr = server.accept()
        threading.Thread(target=serve, args=(conn, addr), daemon=True).start()
except KeyboardInterrupt:
    print("*** good bye ***", flush=True)
