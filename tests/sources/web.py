"""Web sites on this machine for tests, and an internet in which names lead to them: only look-ups are made up."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

from saksi.sources import FetchPolicy

PUBLIC = "93.184.215.14"    # a public address; in tests it leads to a site of the test's own
OTHER = "151.101.1.67"
QUICK = FetchPolicy(delay=0, connect=5, read=5, total=20)
PARAGRAPHS = "".join(f"<p>Rebels shelled the camp north of Aleppo, military source number {n} said on Sunday.</p>"
                     for n in range(6))


def page(title: str, *, head: str = "", lang: str = "en") -> bytes:
    """A page with a main text."""
    return (f'<!doctype html><html lang="{lang}"><head><title>{title}</title>{head}</head><body><article>'
            f"<h1>{title}</h1>{PARAGRAPHS}</article></body></html>").encode()


Handler = BaseHTTPRequestHandler
Answers = Callable[[Handler], None]


@dataclass
class Site:
    """A web server: what it answers by path, and what it was asked."""

    port: int = 0
    routes: dict[str, Answers] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    over: Event = field(default_factory=Event)      # set when the test is over: nobody waits any more

    def put(self, path: str, body: bytes | str = b"", status: int = 200, kind: str = "text/html; charset=utf-8",
            **headers: str) -> None:
        """Answer `path` with a body; `retry_after="5"` becomes the header Retry-After."""
        content = body.encode() if isinstance(body, str) else body

        def answers(handler: Handler) -> None:
            handler.send_response(status)
            handler.send_header("Content-Type", kind)
            handler.send_header("Content-Length", str(len(content)))
            for name, value in headers.items():
                handler.send_header(name.replace("_", "-").title(), value)
            handler.end_headers()
            handler.wfile.write(content)

        self.routes[path] = answers

    def lead(self, path: str, to: str, status: int = 302) -> None:
        """Redirect `path`."""
        self.put(path, status=status, location=to)

    def send(self, path: str, *pieces: bytes, forever: bytes = b"") -> None:
        """Answer `path` with raw bytes, then with `forever` until somebody has had enough."""
        def answers(handler: Handler) -> None:
            for piece in pieces:
                handler.wfile.write(piece)
            while forever and not self.over.wait(0.02):
                handler.wfile.write(forever)
            handler.close_connection = True

        self.routes[path] = answers

    @property
    def paths(self) -> list[str]:
        """What was asked for, but for robots.txt."""
        return [path for path, _ in self.asked if path != "/robots.txt"]

    def url(self, path: str = "/") -> str:
        """An address on this machine."""
        return f"http://127.0.0.1:{self.port}{path}"


@contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """A site that is up as long as the block runs."""
    site = Site()

    class Answering(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append((self.path, dict(self.headers.items())))
            self.close_connection = True
            with suppress(OSError):     # whoever asked has gone
                site.routes.get(self.path, lambda handler: handler.send_error(404))(self)

        def log_message(self, *_: Any) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: Any) -> None:    # clients that do not trust the certificate hang up
            pass

    server = Quiet(("127.0.0.1", 0), Answering)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    site.port = server.server_port
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield site
    finally:
        site.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def encrypted(folder: Path, name: str) -> ssl.SSLContext:
    """What the host `name` serves HTTPS with; whoever trusts `root.pem` in the folder trusts it."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    def signed(subject: str, key: ec.EllipticCurvePrivateKey, issuer: str, by: ec.EllipticCurvePrivateKey,
               *, authority: bool) -> x509.Certificate:
        now = datetime.now(UTC)
        usage = x509.KeyUsage(not authority, False, False, False, False, authority, authority, False, False)
        builder = (x509.CertificateBuilder().serial_number(x509.random_serial_number())
                   .subject_name(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, subject)]))
                   .issuer_name(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, issuer)]))
                   .public_key(key.public_key())
                   .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
                   .add_extension(x509.BasicConstraints(authority, None), critical=True)
                   .add_extension(usage, critical=True)
                   .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
                   .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False))
        if not authority:
            builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(subject)]), critical=False)
        return builder.sign(by, hashes.SHA256())

    root, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    (folder / "root.pem").write_bytes(signed("Root", root, "Root", root, authority=True).public_bytes(Encoding.PEM))
    (folder / "chain.pem").write_bytes(signed(name, key, "Root", root, authority=False).public_bytes(Encoding.PEM)
                                       + key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "chain.pem")
    return context


@dataclass
class Internet:
    """What names lead to, and public addresses to which site; `looked_up` are the names, in order."""

    names: dict[str, list[list[str]]] = field(default_factory=dict)    # for each look-up, what it gives; the last stays
    ports: dict[str, int] = field(default_factory=dict)
    looked_up: list[str] = field(default_factory=list)

    def host(self, name: str, site: Site, ip: str = PUBLIC) -> None:
        """A name of a public address, at which there is a site."""
        self.names[name] = [[ip]]
        self.ports[ip] = site.port

    def find(self, real: Callable[..., Any], host: str, port: int, *rest: Any, **more: Any) -> Any:
        """`socket.getaddrinfo` of this internet. Numbers are looked up for real: no question leaves the machine."""
        if host in self.names:
            self.looked_up.append(host)
            turns = self.names[host]
            ips = turns.pop(0) if len(turns) > 1 else turns[0]
            return [(socket.AF_INET6 if ":" in ip else socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port))
                    for ip in ips]
        if host in self.ports:
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", self.ports[host]))]
        if host[:1].isdigit() or ":" in host:
            return real(host, port, *rest, **more)
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
