#!/usr/bin/env python3
"""
Networks I, exercise 2: echo server

I used the socketserver module from the standard library, it does the
accept loop for me. Only three settings had to be changed, see below.
"""
import socketserver
import sys


class EchoHandler(socketserver.BaseRequestHandler):
    def handle(self):
        # self.request is the socket of this client
        try:
            data = self.request.recv(8192)
            while data:
                self.request.sendall(data)
                data = self.request.recv(8192)
        except ConnectionError:
            pass  # client crashed or was killed, nothing to do

    def finish(self):
        print("done:", self.client_address)


class EchoServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True   # else "Address already in use" on restart
    daemon_threads = True        # else Ctrl-C waits for all clients
    request_queue_size = 256     # the default of 5 was too small for my load test


if __name__ == "__main__":
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 50007
    with EchoServer(("0.0.0.0", port), EchoHandler) as server:
        print(f"Echo server running on port {port}, stop with Ctrl-C")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print("stopped")
