import asyncio
import sys


async def main(message, port=10000):
    try:
        reader, writer = await asyncio.wait_for(asyncio.open_connection("localhost", port), 5)
        writer.write(message.encode())
        writer.write_eof()
        reply = await asyncio.wait_for(reader.read(-1), 5)
    except (OSError, asyncio.TimeoutError) as e:
        sys.exit(f"no reply: {e!r}")
    if len(reply) < len(message.encode()):
        sys.exit(f"the server closed after {len(reply)} bytes: {reply!r}")
    print(reply.decode())


asyncio.run(main(sys.argv[1]))
