"""One HTTP request and its answer, from a host that has been looked up and checked, within a time and a size."""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from threading import Event, Timer
from typing import TYPE_CHECKING, Any, Final

from saksi.errors import FetchError
from saksi.sources.address import Address
from saksi.sources.captured import Headers
from saksi.sources.policy import FetchPolicy

if TYPE_CHECKING:
    from urllib3.connection import HTTPConnection

_STEP: Final = 1 << 16
_MOST_TRIED: Final = 4  # IP addresses of one host


class Answer:
    """A response whose headers are there; its body is read on demand. `headers` are as sent, in their order."""

    def __init__(self, address: Address, response: Any) -> None:
        self.address = address
        self._response = response
        self.status: int = response.status
        self.reason: str = response.reason or http.client.responses.get(response.status, "")
        self.headers: Headers = tuple((str(name), str(value)) for name, value in response.headers.iteritems())

    def header(self, name: str) -> str | None:
        """The first header of that name."""
        return next((value for said, value in self.headers if said.lower() == name), None)

    def body(self, most: int) -> bytes:
        """The body as sent, without chunks. Raises FetchError if it has more than `most` bytes."""
        said = self.header("content-length")
        if said and said.isascii() and said.isdecimal() and int(said) > most:
            raise self._too_large(most)
        data = self.beginning(most + 1)
        if len(data) > most:
            raise self._too_large(most)
        return data

    def beginning(self, most: int) -> bytes:
        """The first `most` bytes of the body, as sent."""
        chunks = []
        left = most
        while left > 0 and (chunk := self._response.read(min(_STEP, left), decode_content=False)):
            chunks.append(chunk)
            left -= len(chunk)
        return b"".join(chunks)

    def _too_large(self, most: int) -> FetchError:
        return FetchError(f"is larger than {most:,} bytes", where=self.address.url,
                          mend="Download it yourself and add the file.")


@contextmanager
def answer(address: Address, ips: Sequence[str], headers: Mapping[str, str], seconds: float, policy: FetchPolicy
           ) -> Iterator[Answer]:
    """Ask for `address` at one of `ips`, with `seconds` for everything until the end of the block.

    Names of HTTPS are verified for the host, not the IP address. Proxies of the environment are not used: behind one,
    nobody could say what is connected to. Raises FetchError for whatever goes wrong.
    """
    import urllib3

    late = Event()
    connection = None
    try:
        with _within(seconds, late) as watched:
            connection = _connected(address, ips[:_MOST_TRIED], policy)
            watched.append(connection.sock)
            if late.is_set():
                raise TimeoutError
            connection.request("GET", address.target, headers={"Host": address.origin.partition("://")[2], **headers},
                               preload_content=False, decode_content=False)
            with closing(connection.getresponse()) as response:
                yield Answer(address, response)
        if late.is_set():   # the end of a body without a length looks the same as a connection that was cut
            raise _slow(address, seconds)
    except (urllib3.exceptions.HTTPError, http.client.HTTPException, OSError, ValueError) as error:
        raise (_slow(address, seconds) if late.is_set() else _failed(address, error, policy)) from error
    finally:
        if connection is not None:
            connection.close()


@contextmanager
def _within(seconds: float, late: Event) -> Iterator[list[socket.socket]]:
    """Cut the sockets in the list once the time is over: a host that sends a byte now and then never times out."""
    watched: list[socket.socket] = []

    def cut() -> None:
        late.set()
        for sock in watched:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    timer = Timer(max(seconds, 0), cut)
    timer.daemon = True
    timer.start()
    try:
        yield watched
    finally:
        timer.cancel()
        timer.join()


def _connected(address: Address, ips: Sequence[str], policy: FetchPolicy) -> HTTPConnection:
    """A connection to the first of the IP addresses that answers."""
    from urllib3.connection import HTTPConnection, HTTPSConnection
    from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

    for number, ip in enumerate(ips, 1):
        connection = (HTTPSConnection(ip, address.port, timeout=policy.connect, server_hostname=address.host)
                      if address.scheme == "https" else HTTPConnection(ip, address.port, timeout=policy.connect))
        try:
            connection.connect()
        except (ConnectTimeoutError, NewConnectionError):
            connection.close()
            if number == len(ips):
                raise
            continue
        except BaseException:
            connection.close()
            raise
        connection.timeout = policy.read
        return connection
    raise OSError("no address")


def _slow(address: Address, seconds: float) -> FetchError:
    return FetchError(f"has not answered whole within {seconds:.0f} seconds", where=address.url,
                      mend="Try again later, or save the page from a browser.")


def _failed(address: Address, error: Exception, policy: FetchPolicy) -> FetchError:
    from urllib3 import exceptions

    match error:
        case ssl.SSLError() | exceptions.SSLError() | ssl.CertificateError():
            what = f"its certificate or encryption is not trusted ({_brief(error)})"
        case exceptions.NewConnectionError():
            what = f"cannot be connected to ({_brief(error)})"
        case exceptions.ConnectTimeoutError():
            what = f"does not answer within {policy.connect:.0f} seconds"
        case exceptions.ReadTimeoutError() | TimeoutError():
            what = f"has said nothing for {policy.read:.0f} seconds"
        case exceptions.IncompleteRead() | http.client.IncompleteRead() | exceptions.ProtocolError():
            what = f"broke off ({_brief(error)})"
        case _:
            what = f"does not answer as a web server does ({_brief(error)})"
    return FetchError(what, where=address.url, mend="Check the address, or try again later.")


def _brief(error: object) -> str:
    return " ".join(str(error).split()).rpartition(": ")[2][:100] or type(error).__name__
