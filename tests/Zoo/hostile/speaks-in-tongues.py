"""Writes what acts where it is shown: markup, terminal sequences, workflow commands, ends of XML sections, no text at all."""

import os

for descriptor in (1, 2):
    os.write(
        descriptor,
        b"<script>alert(1)</script> ]]> \x1b[31mred\x1b]0;title\x07 \x1b[2J\n::error::hacked\n::add-mask::a\n"
        b"=HYPERLINK(\"http://example.com\")\n| a | b |\n# heading\n```\n![x](http://example.com/x.png)\n"
        b"\xe2\x80\xae desrever \xff\xfe\x00\x01\x0b\xed\xa0\x80\n",
    )
raise SystemExit(3)
