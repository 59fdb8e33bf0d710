"""A receiver of webhooks on a real socket that behaves as a test wants it."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

Answer = Callable[[socket.socket], None]


def says(status: str, body: bytes = b"", *headers: str) -> Answer:
    """Answers in good order."""
    head = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers])
    return lambda connection: connection.sendall(head.encode() + b"\r\n\r\n" + body)


def hangs(connection: socket.socket) -> None:
    """Never answers."""
    time.sleep(3)


def drips(connection: socket.socket) -> None:
    """Sends a little of a header again and again, so that no single read ever times out."""
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    for number in range(60):
        connection.sendall(f"X-Drop-{number}: x\r\n".encode())
        time.sleep(0.05)


def floods(connection: socket.socket) -> None:
    """Answers, and then never stops."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    for _ in range(10_000):
        connection.sendall(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")


def leaves(connection: socket.socket) -> None:
    """Goes away without a word."""


def babbles(connection: socket.socket) -> None:
    """Speaks no HTTP."""
    connection.sendall(b"220 mail.example ESMTP\r\n" * 20)


class Receiver:
    """What arrived, and what is answered.

    Attributes:
        answers: One for each request, the last one again and again.
        requests: Head and body of each request.
    """

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}/hook"
        self.answers: list[Answer] = [says("204 No Content")]
        self.requests: list[tuple[dict[str, str], bytes]] = []

    def serve(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.settimeout(5)
            self.requests.append(_read(connection))
            answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
            answer(connection)


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver on a free port of the loopback interface."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        receiver = Receiver(listener.getsockname()[1])
        threading.Thread(target=_accept, args=(listener, receiver), daemon=True).start()
        yield receiver


def _accept(listener: socket.socket, receiver: Receiver) -> None:
    with suppress(OSError):  # the listener is closed: the test is over
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=receiver.serve, args=(connection,), daemon=True).start()


def _read(connection: socket.socket) -> tuple[dict[str, str], bytes]:
    data = b""
    while b"\r\n\r\n" not in data:
        data += connection.recv(65536)
    head, _, body = data.partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    headers = {"": lines[0], **{k.lower(): v for k, _, v in (x.partition(": ") for x in lines[1:])}}
    while len(body) < int(headers.get("content-length", 0)):
        body += connection.recv(65536)
    return headers, body
