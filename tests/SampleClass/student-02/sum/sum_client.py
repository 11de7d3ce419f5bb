import asyncio
import sys


async def main(a, b, port=50000):
    float(a), float(b)
    try:
        reader, writer = await asyncio.wait_for(asyncio.open_connection("localhost", port), 5)
        writer.write(f"{a} {b}\n".encode())
        reply = await asyncio.wait_for(reader.readuntil(b"\n"), 5)
    except (OSError, asyncio.TimeoutError, asyncio.IncompleteReadError) as e:
        sys.exit(f"no reply: {e!r}")
    print(reply.decode().strip())


if len(sys.argv) != 3:
    sys.exit("usage: sum_client.py A B")
asyncio.run(main(*sys.argv[1:]))
