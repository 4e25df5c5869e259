"""A mail server that takes everything and keeps nothing: one line with its port, then silence until it is ended."""

import asyncio


async def _session(reader, writer):
    writer.write(b"220 sink\r\n")
    while line := await reader.readline():
        verb = line[:4].upper()
        if verb == b"DATA":
            writer.write(b"354 go on\r\n")
            await reader.readuntil(b"\r\n.\r\n")
        if verb == b"EHLO":
            writer.write(b"250-sink\r\n250 8BITMIME\r\n")
        elif verb == b"QUIT":
            break
        else:
            writer.write(b"250 ok\r\n")
    writer.close()


async def main():
    server = await asyncio.start_server(_session, "127.0.0.1", 0, limit=2**22)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.wait_for(server.serve_forever(), timeout=900)


if __name__ == "__main__":
    asyncio.run(main())
