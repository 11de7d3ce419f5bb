import socketserver


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        a, b = self.rfile.readline().split()
        self.wfile.write(b"%d\n" % (int(a) + int(b)))


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


Server(("127.0.0.1", 50000), Handler).serve_forever()
