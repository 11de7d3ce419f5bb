"""Makes 300,000 empty files."""

import sys

for number in range(300_000):
    open(f"/tmp/empty-{number}", "w").close()
print("ESCAPED: 300,000 files", file=sys.stderr, flush=True)
