"""A time stamping authority for the tests: OpenSSL's, with keys made on the spot, behind a server on this machine."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from tests.needed import missing

_SETTINGS = """\
[tsa]
default_tsa = authority
[authority]
serial = serial
signer_cert = tsa.pem
signer_key = tsa.key
certs = tsa.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
ess_cert_id_alg = sha256
[tsa_certificate]
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[root_certificate]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign
[req]
distinguished_name = name
[name]
"""
_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-config", "settings")


@dataclass(frozen=True)
class Authority:
    """An authority whose keys are in `folder`; `roots` is its root certificate."""

    folder: Path

    @property
    def roots(self) -> Path:
        return self.folder / "root.pem"

    def answer(self, query: bytes) -> bytes:
        """The answer to a query, a refusal if it is none."""
        (self.folder / "query").write_bytes(query)
        self.openssl("ts", "-reply", "-queryfile", "query", "-out", "answer", "-config", "settings")
        return (self.folder / "answer").read_bytes()

    def openssl(self, *arguments: str | Path) -> str:
        ran = subprocess.run(["openssl", *arguments], cwd=self.folder, check=False, capture_output=True, text=True)
        assert ran.returncode == 0, ran.stderr
        return ran.stdout


def made(folder: Path) -> Authority:
    """A new authority in `folder`."""
    if shutil.which("openssl") is None:
        missing("there is no openssl")
    authority = Authority(folder)
    (folder / "settings").write_text(_SETTINGS)
    (folder / "serial").write_text("01\n")
    authority.openssl("req", "-x509", *_KEY, "-keyout", "root.key", "-out", "root.pem", "-subj", "/CN=A root",
                      "-extensions", "root_certificate", "-days", "36500")
    authority.openssl("req", *_KEY, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=An authority")
    authority.openssl("x509", "-req", "-in", "tsa.csr", "-CA", "root.pem", "-CAkey", "root.key", "-set_serial", "7",
                      "-out", "tsa.pem", "-extfile", "settings", "-extensions", "tsa_certificate", "-days", "36500")
    return authority


@dataclass
class Served:
    """An authority at an address; `status`, `body` and `headers` say otherwise than it would."""

    authority: Authority
    address: str = ""
    status: int = 200
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[tuple[str, str, bytes]] = field(default_factory=list)   # path, content type and body of each request


@contextmanager
def serving(authority: Authority) -> Iterator[Served]:
    """The authority behind a server on this machine."""
    served = Served(authority)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            served.asked.append((self.path, self.headers["Content-Type"], query))
            body = served.authority.answer(query) if served.body is None else served.body
            self.send_response(served.status)
            for name, value in ({"Content-Length": str(len(body))} | served.headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that is called
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    served.address = f"http://127.0.0.1:{server.server_port}/stamp"
    try:
        yield served
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
