import ctypes
import socketserver


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        a, b = self.rfile.readline().split()
        if b"." in a + b:
            self.wfile.write(b"%s\n" % str(float(a) + float(b)).encode())
        else:
            self.wfile.write(b"%d\n" % ctypes.c_int32(int(a) + int(b)).value)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


Server(("127.0.0.1", 50000), Handler).serve_forever()
