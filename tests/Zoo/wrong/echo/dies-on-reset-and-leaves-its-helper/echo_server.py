import select
import socket
import subprocess
import sys

# counts clients for the statistics
helper = subprocess.Popen(
    [sys.executable, "-c", "import time\nwhile True: time.sleep(60)"],
    stdin=subprocess.DEVNULL,
    stdout=subprocess.DEVNULL,
)

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("", int(sys.argv[1])))
server.listen(256)

sockets = [server]

try:
    while True:
        readable, _, _ = select.select(sockets, [], [])
        for sock in readable:
            if sock is server:
                conn, addr = server.accept()
                sockets.append(conn)
                continue
            data = sock.recv(4096)
            if data:
                sock.sendall(data)
            else:
                sockets.remove(sock)
                sock.close()
except KeyboardInterrupt:
    print("server stopped")
    helper.terminate()
