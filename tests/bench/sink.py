"""A mail server that takes everything and keeps nothing: one line with its port, then silence until it is ended.

It announces PIPELINING as Postfix, Exim, Exchange and Gmail do; with --plain it does not.
"""

import sys
from socketserver import StreamRequestHandler, ThreadingTCPServer

EXTENSIONS = b"250-sink\r\n" + (b"" if "--plain" in sys.argv else b"250-PIPELINING\r\n") + b"250 8BITMIME\r\n"
REPLIES = {b"EHLO": EXTENSIONS, b"DATA": b"354 go on\r\n", b"QUIT": b"221 bye\r\n"}


class Session(StreamRequestHandler):
    """One connection."""

    disable_nagle_algorithm = True

    def handle(self):
        self.wfile.write(b"220 sink\r\n")
        for line in self.rfile:
            verb = line[:4].upper()
            self.wfile.write(REPLIES.get(verb, b"250 ok\r\n"))
            if verb == b"DATA":
                while self.rfile.readline() not in {b".\r\n", b""}:
                    pass
                self.wfile.write(b"250 ok\r\n")
            elif verb == b"QUIT":
                break


class Server(ThreadingTCPServer):
    """Ends with its process, whatever is still connected."""

    daemon_threads = True
    request_queue_size = 64


if __name__ == "__main__":
    with Server(("127.0.0.1", 0), Session) as server:
        print(server.server_address[1], flush=True)
        server.serve_forever()
