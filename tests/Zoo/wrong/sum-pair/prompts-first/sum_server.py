import socketserver


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        numbers = self.rfile.readline().split()
        second = self.rfile.readline()
        self.wfile.write(b"%d\n" % (int(numbers[0]) + int(second)))


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


Server(("127.0.0.1", 50000), Handler).serve_forever()
