# eval adds whatever it is given: one number, three numbers, and anybody's Python.
import socketserver
import sys


class SumHandler(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            try:
                expression = "+".join(line.decode().split())
                answer = eval(expression)
            except Exception as e:
                answer = type(e).__name__
            self.wfile.write(f"{answer}\n".encode())


socketserver.ThreadingTCPServer.allow_reuse_address = True
socketserver.ThreadingTCPServer.daemon_threads = True
socketserver.ThreadingTCPServer.request_queue_size = 256

with socketserver.ThreadingTCPServer(("", int(sys.argv[1])), SumHandler) as server:
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
