"""Echo server that needs eight seconds before it can serve."""

import socketserver
import sys
import time


class Echo(socketserver.BaseRequestHandler):
    def handle(self):
        try:
            while True:
                data = self.request.recv(4096)
                if not data:
                    return
                self.request.sendall(data)
        except ConnectionError:
            print("connection lost:", self.client_address)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 256


try:
    print("warming up ...")
    time.sleep(8)
    with Server(("127.0.0.1", int(sys.argv[1])), Echo) as server:
        print("ready")
        server.serve_forever()
except KeyboardInterrupt:
    print("stopped")
