"""Echo server with asyncio streams."""

import asyncio
import sys


async def handle(reader, writer):
    try:
        while data := await reader.read(16384):
            writer.write(data)
            # Waits while the client is slow, so that nothing piles up here.
            await writer.drain()
    except ConnectionError:
        pass
    finally:
        writer.close()


async def main():
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8888
    server = await asyncio.start_server(handle, "127.0.0.1", port, backlog=256)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except KeyboardInterrupt:
        print("bye")
