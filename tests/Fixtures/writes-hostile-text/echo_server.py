import sys

# Clears the screen, sets the title, turns the direction of writing, closes a code fence, breaks a table, plants a link.
sys.stderr.write("\x1b[2J\x1b]0;owned\x07 \u202egpj.exe ``` | <img src=x> [click](http://example.invalid)\n")
sys.stderr.write("=1+1\n")
sys.stderr.write("long " * 60 + "\n")
sys.exit(3)
