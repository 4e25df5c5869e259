"""A real name server on 127.0.0.1, for the records that a test says; it answers over UDP and, for long answers, TCP."""

import socketserver
import struct
import threading
from contextlib import contextmanager

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.rrset


class Zone:
    """What stands in it: (name, kind) to texts. `silent` answers nobody."""

    def __init__(self):
        self.records = {}
        self.asked = []
        self.silent = False

    def put(self, name, kind, *values):
        self.records[name.lower().rstrip("."), kind] = list(values)

    def put_text(self, name, *texts):
        """TXT records; a long one stands in pieces of 255 characters, as everywhere."""
        self.put(name, "TXT", *(" ".join(f'"{text[i : i + 255]}"' for i in range(0, len(text), 255)) for text in texts))

    def answer(self, wire):
        query = dns.message.from_wire(wire)
        question = query.question[0]
        name, kind = question.name.to_text(omit_final_dot=True).lower(), dns.rdatatype.to_text(question.rdtype)
        self.asked.append((name, kind))
        reply = dns.message.make_response(query)
        reply.flags |= dns.flags.RA
        values = self.records.get((name, kind))
        if values:
            reply.answer.append(dns.rrset.from_text(question.name, 60, "IN", kind, *values))
        elif not any(known == name for known, _ in self.records):
            reply.set_rcode(dns.rcode.NXDOMAIN)
        return reply


@contextmanager
def name_server():
    """The zone, with its `address` while the server runs."""
    zone = Zone()

    class Datagrams(socketserver.BaseRequestHandler):
        def handle(self):
            wire, sock = self.request
            if not zone.silent:
                sock.sendto(zone.answer(wire).to_wire(max_size=512, prefer_truncation=True), self.client_address)

    class Streams(socketserver.StreamRequestHandler):
        def handle(self):
            size = self.rfile.read(2)
            if len(size) == 2 and not zone.silent:
                wire = zone.answer(self.rfile.read(struct.unpack("!H", size)[0])).to_wire()
                self.wfile.write(struct.pack("!H", len(wire)) + wire)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Streams) as by_stream:
        port = by_stream.server_address[1]
        with socketserver.ThreadingUDPServer(("127.0.0.1", port), Datagrams) as by_datagram:
            for server in (by_stream, by_datagram):
                server.daemon_threads = True
                threading.Thread(target=server.serve_forever, daemon=True).start()
            zone.address = f"127.0.0.1:{port}"
            yield zone
            by_stream.shutdown()
            by_datagram.shutdown()
