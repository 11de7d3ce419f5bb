"""Sum server with asyncio: a coroutine for each client. Usage: python3 sum_server.py PORT"""

import asyncio
import re
import sys
from fractions import Fraction

NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


def answer(line):
    words = line.decode("ascii", errors="replace").split()
    numbers = [word for word in words if NUMBER.fullmatch(word)]
    if len(numbers) != 2 or len(words) != 2:
        return f"Error: expected 2 numbers, got {len(numbers)}"
    if len(line) > 2000:
        return "Error: too long"
    total = sum(map(Fraction, numbers))
    return f"Sum: {total.numerator if total.denominator == 1 else float(total)}"


async def serve(reader, writer):
    try:
        while line := await reader.readline():
            writer.write(answer(line).encode() + b"\n")
            await writer.drain()
    except (ConnectionError, ValueError) as error:
        # ValueError: a line longer than the reader's limit of 64 KiB
        print("client lost:", error)
    finally:
        writer.close()


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", int(sys.argv[1]), backlog=256)
    async with server:
        await server.serve_forever()


try:
    asyncio.run(main())
except KeyboardInterrupt:
    pass
