"""A real SMTP server (aiosmtpd) in a thread, with switches for everything that goes wrong at real ones."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import ssl
import threading
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "hr@example.co.jp", "correct horse"


@dataclass
class Switches:
    """What the server does differently from now on."""

    answers: dict[str, str] = field(default_factory=dict)
    """By recipient, or by "MAIL" and "DOT": what to say instead of 250."""
    hang_up: set[str] = field(default_factory=set)
    """Where to drop the connection: "MAIL", "DATA" (while the letter comes in), "DOT" (after taking it)."""
    delays: dict[str, float] = field(default_factory=dict)
    """Seconds before the answer to "MAIL" or "DOT"."""
    pipelining: bool = False
    smtputf8: bool = True


@dataclass
class MailServer:
    """What has happened so far, and the switches."""

    tls: ssl.SSLContext | None = None
    tls_from_the_start: bool = False
    switches: Switches = field(default_factory=Switches)
    letters: list[tuple[str, bytes]] = field(default_factory=list)
    """Recipient and content of every letter that was taken."""
    seen: Counter[str] = field(default_factory=Counter)
    """How often what was said: "connection", "MAIL", "login", "MAIL", "DATA", "quit"."""
    mail_options: list[str] = field(default_factory=list)
    port: int = 0

    def session(self) -> SMTP:
        self.seen["connection"] += 1
        return _Session(
            self,
            hostname="mail.example.com",
            enable_SMTPUTF8=self.switches.smtputf8,
            tls_context=None if self.tls_from_the_start else self.tls,
            authenticator=self._authenticate,
            auth_require_tls=self.tls is not None and not self.tls_from_the_start,
        )

    def _authenticate(self, server, session, envelope, mechanism, login):
        known = (login.login, login.password) == (USER.encode(), PASSWORD.encode())
        self.seen["login"] += known
        return AuthResult(success=known, handled=False)

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802
        session.host_name = hostname
        if self.switches.pipelining:
            responses.insert(-1, "250-PIPELINING")
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        self.seen["MAIL"] += 1
        if "MAIL" in self.switches.hang_up:
            server.transport.abort()
        self.mail_options.extend(options)
        await asyncio.sleep(self.switches.delays.get("MAIL", 0))
        answer = self.switches.answers.get("MAIL", "250 OK")
        if answer.startswith("250"):
            envelope.mail_from = address
        return answer

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        answer = self.switches.answers.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        answer = self.switches.answers.get("DOT", "250 2.0.0 queued as 4711")
        if answer.startswith("250"):
            self.letters.extend((address, envelope.original_content) for address in envelope.rcpt_tos)
        if "DOT" in self.switches.hang_up:
            server.transport.abort()
        await asyncio.sleep(self.switches.delays.get("DOT", 0))
        return answer

    @contextlib.contextmanager
    def running(self):
        """Listen on a free port of this machine."""
        loop = asyncio.new_event_loop()
        thread = threading.Thread(target=loop.run_forever, daemon=True)
        thread.start()
        context = self.tls if self.tls_from_the_start else None
        listening = loop.create_server(self.session, "127.0.0.1", self.port, ssl=context)
        server = asyncio.run_coroutine_threadsafe(listening, loop).result(60)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            asyncio.run_coroutine_threadsafe(_stop(server), loop).result(60)
            loop.call_soon_threadsafe(loop.stop)
            thread.join(60)
            loop.close()


class _Session(SMTP):
    async def smtp_DATA(self, arg):  # noqa: N802
        self.event_handler.seen["DATA"] += 1
        if "DATA" in self.event_handler.switches.hang_up:
            await self.push("354 go on")
            await self._reader.readline()
            self.transport.abort()
            return
        await super().smtp_DATA(arg)

    async def smtp_QUIT(self, arg):  # noqa: N802
        self.event_handler.seen["quit"] += 1
        await super().smtp_QUIT(arg)


async def _stop(server):
    server.close()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


@dataclass(frozen=True)
class Certificates:
    """A certificate for `host` and the authority that signed it."""

    server: ssl.SSLContext
    client: ssl.SSLContext


def make_certificates(folder: Path, host: str = "127.0.0.1") -> Certificates:
    """Sign a certificate for `host` with an authority of its own."""
    key, certificate = _sign(host)
    chain = folder / f"{host}.pem"
    chain.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(chain)
    client = ssl.create_default_context(cafile=chain)
    return Certificates(server=server, client=client)


def _sign(host):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    try:
        subject: x509.GeneralName = x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        subject = x509.DNSName(host)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(days=1))
    builder = builder.not_valid_after(now + timedelta(days=1))
    builder = builder.add_extension(x509.SubjectAlternativeName([subject]), critical=False)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    return key, builder.sign(key, hashes.SHA256())
