import socketserver
import sys


class EchoHandler(socketserver.BaseRequestHandler):
    in_use = False

    def handle(self):
        if EchoHandler.in_use:
            return
        EchoHandler.in_use = True
        try:
            while data := self.request.recv(4096):
                self.request.sendall(data)
        except OSError:
            pass
        EchoHandler.in_use = False


class EchoServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128


if __name__ == "__main__":
    with EchoServer(("127.0.0.1", int(sys.argv[1])), EchoHandler) as server:
        server.serve_forever()
