"""Answers with what acts where it is shown, and tells of it in its log."""

import os
import socket
import sys

TONGUES = (
    b"<script>alert(1)</script> ]]> \x1b[31mred\x1b]0;title\x07 \x1b[2J\n::error::hacked\n::add-mask::a\n"
    b'=HYPERLINK("http://example.com")\n| a | b |\n# heading\n```\n![x](http://example.com/x.png)\n'
    b"\xe2\x80\xae desrever \xff\xfe\x00\x01\x0b\xed\xa0\x80\n"
)
listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
while True:
    client, _ = listener.accept()
    with client:
        os.write(1, TONGUES)
        os.write(2, TONGUES)
        try:
            while data := client.recv(1024):
                client.sendall(TONGUES)
        except OSError:
            pass
