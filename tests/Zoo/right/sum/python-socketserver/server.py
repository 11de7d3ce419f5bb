# socketserver does the accepting; the sum and the newline leave in two sends.
import socketserver
import sys
from decimal import Decimal, InvalidOperation, localcontext


class SumHandler(socketserver.StreamRequestHandler):
    def handle(self):
        try:
            for line in self.rfile:
                self.wfile.write(self.add(line.split()).encode())
                self.wfile.write(b"\n")
        except ConnectionError:
            print("connection lost:", self.client_address)

    def add(self, words):
        if len(words) != 2:
            return "two numbers are needed"
        try:
            a, b = (Decimal(word.decode("ascii")) for word in words)
        except (UnicodeDecodeError, InvalidOperation):
            return "not a number"
        with localcontext() as context:
            context.prec = 6000
            return str(a + b)

    def finish(self):
        try:
            super().finish()
        except ConnectionError:
            pass


class SumServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 256


with SumServer(("127.0.0.1", int(sys.argv[1])), SumHandler) as server:
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
