# A float has 53 bits: whole numbers beyond 2^53 are rounded.
import socketserver
import sys


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        try:
            for line in self.rfile:
                try:
                    a, b = map(float, line.split())
                    total = a + b
                    answer = f"{total:.0f}" if total.is_integer() else str(total)
                except ValueError:
                    answer = "ERROR not two numbers"
                self.wfile.write(answer.encode() + b"\n")
        except ConnectionError:
            pass

    def finish(self):
        try:
            super().finish()
        except ConnectionError:
            pass


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 256


try:
    Server(("", int(sys.argv[1])), Handler).serve_forever()
except KeyboardInterrupt:
    pass
