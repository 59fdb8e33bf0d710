"""A chat endpoint on loopback: translates by a function, or misbehaves as it is told."""

import http.server
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from translate_fakes import greek

KEY = "sk-a-secret-that-nobody-prints"


@dataclass(frozen=True)
class Answer:
    """What is sent back: ``body`` in pieces, each after a wait."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    pieces: int = 1
    wait_s: float = 0.0


def completion(content: str | None) -> Answer:
    """A whole answer around a message of the model."""
    choice = {"index": 0, "message": {"role": "assistant", "content": content}}
    body = {"id": "c1", "object": "chat.completion", "choices": [choice], "usage": {}}
    return Answer(json.dumps(body).encode())


def translations(*items: dict[str, Any], **more: Any) -> Answer:
    """A reply with these sentences in it."""
    return completion(json.dumps({"translations": list(items), **more}))


def item(number: int, *renderings: str) -> dict[str, Any]:
    """What a model says for one sentence."""
    return {"id": number, "renderings": list(renderings)}


def asked(body: dict[str, Any]) -> list[dict[str, Any]]:
    """The sentences of a request."""
    return list(json.loads(body["messages"][1]["content"])["sentences"])


def translated(body: dict[str, Any]) -> Answer:
    """What a good model answers: two renderings of each sentence."""
    items = [item(one["id"], greek(one["text"]), f"{greek(one['text'])} δ") for one in asked(body)]
    return translations(*items)


@dataclass
class FakeChat:
    """The endpoint, what it was asked, and what it answers."""

    url: str = ""
    answer: Callable[[dict[str, Any]], Answer] = translated
    first: list[Answer] = field(default_factory=list)
    """Given before ``answer`` is asked, one a request."""
    bodies: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    gone: threading.Event = field(default_factory=threading.Event)

    @property
    def batches(self) -> list[list[str]]:
        """The texts of every request."""
        return [[one["text"] for one in asked(body)] for body in self.bodies]

    def answer_to(self, body: dict[str, Any], headers: dict[str, str]) -> Answer:
        """Note the request."""
        with self.lock:
            self.bodies.append(body)
            self.headers.append(headers)
            if self.first:
                return self.first.pop(0)
        return self.answer(body)


class _Handler(http.server.BaseHTTPRequestHandler):
    chat: FakeChat

    def log_message(self, format, *args):  # noqa: A002 -- the base class calls it so
        """Nothing on the test's output."""

    def do_GET(self):
        self.chat.headers.append(dict(self.headers))

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        answer = self.chat.answer_to({"path": self.path, **body}, dict(self.headers))
        try:
            self._send(answer)
        except ConnectionError:
            self.close_connection = True  # whoever asked has left

    def _send(self, answer: Answer):
        size = -(-len(answer.body) // answer.pieces) or 1
        if answer.wait_s and answer.pieces == 1:
            self.chat.gone.wait(answer.wait_s)
        self.send_response(answer.status)
        for name, value in {"Content-Type": "application/json", **answer.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        for start in range(0, len(answer.body), size):
            self.wfile.write(answer.body[start : start + size])
            if answer.pieces > 1:
                self.chat.gone.wait(answer.wait_s)


@contextmanager
def running_chat() -> Iterator[FakeChat]:
    """An endpoint of its own port."""
    chat = FakeChat()
    handler = type("Handler", (_Handler,), {"chat": chat})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        chat.url = f"http://127.0.0.1:{server.server_port}/v1"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield chat
        finally:
            chat.gone.set()
            server.shutdown()
            thread.join()
