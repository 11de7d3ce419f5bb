#!/usr/bin/env python3
"""
Networks I, exercise 3: sum server

Like my echo server, but with StreamRequestHandler, which can read lines.
"""
import socketserver
import sys


class SumHandler(socketserver.StreamRequestHandler):
    def handle(self):
        try:
            for line in self.rfile:
                self.wfile.write(f"Sum: {self.add(line)}\n".encode())
        except ConnectionError:
            pass  # client crashed or was killed, nothing to do

    def add(self, line):
        try:
            a, b = line.split()
            # float understands 5 as well as 1.5 and -7
            total = float(a) + float(b)
        except ValueError:
            return "error, two numbers expected"
        if total.is_integer():
            return int(total)
        return total

    def finish(self):
        try:
            super().finish()
        except ConnectionError:
            pass


class SumServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True   # else "Address already in use" on restart
    daemon_threads = True        # else Ctrl-C waits for all clients
    request_queue_size = 256     # the default of 5 was too small for my load test


if __name__ == "__main__":
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 50008
    with SumServer(("0.0.0.0", port), SumHandler) as server:
        print(f"Sum server running on port {port}, stop with Ctrl-C")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print("stopped")
