# keeps one unfinished line for all clients
import select, socket, sys
server = socket.create_server(("", int(sys.argv[1])), backlog=256)
clients = []
buffer = b""
def add(line):
    try:
        a, b = line.decode("ascii").split()
        return int(a) + int(b) if "." not in a + b else float(a) + float(b)
    except ValueError:
        return "error: two numbers are needed"
while True:
    for ready in select.select([server, *clients], [], [])[0]:
        if ready is server:
            clients.append(server.accept()[0])
            continue
        try:
            data = ready.recv(4096)
            buffer += data
            *lines, buffer = buffer.split(b"\n")
            for line in lines:
                ready.sendall(f"{add(line)}\n".encode())
        except OSError:
            data = b""
        if not data:
            clients.remove(ready)
            ready.close()
