"""A model hub on loopback: the few endpoints that fetching a pinned model needs."""

import hashlib
import http.server
import json
import re
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

TREE = re.compile(r"/api/models/([^/]+/[^/]+)/tree/([^/]+)/?")
RESOLVE = re.compile(r"/([^/]+/[^/]+)/resolve/([^/]+)/(.+)")
# From this size on a file is kept outside git, with its SHA-256 in the listing.
LARGE_BYTES = 1000


@dataclass
class FakeHub:
    """Repositories by name, each with its commits and their files, and faults to inject."""

    url: str
    repositories: dict = field(default_factory=dict)
    requests: list = field(default_factory=list)
    cut_after: dict = field(default_factory=dict)
    """File name -> how many bytes are sent before the connection breaks, once."""
    served_instead: dict = field(default_factory=dict)
    """File name -> the bytes that are really sent, listing unchanged."""
    gated: set = field(default_factory=set)

    def add(self, repository, commit, files):
        self.repositories.setdefault(repository, {})[commit] = dict(files)

    def downloads(self, name):
        return sum(1 for verb, path in self.requests if verb == "GET" and path.endswith("/" + name))


def git_blob_id(content):
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


def etag(content):
    large = len(content) >= LARGE_BYTES
    return hashlib.sha256(content).hexdigest() if large else git_blob_id(content)


def tree_row(path, content):
    row = {"type": "file", "path": path, "size": len(content), "oid": git_blob_id(content)}
    if len(content) >= LARGE_BYTES:
        row["lfs"] = {"oid": etag(content), "size": len(content), "pointerSize": 134}
    return row


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    hub: FakeHub

    def log_message(self, format, *args):  # noqa: A002 -- the base class calls it so
        """Nothing on the test's output."""

    def do_HEAD(self):
        self._answer(with_body=False)

    def do_GET(self):
        self._answer(with_body=True)

    def _answer(self, *, with_body):
        path = unquote(urlsplit(self.path).path)
        self.hub.requests.append((self.command, path))
        if match := TREE.fullmatch(path):
            files = self._files(match[1], match[2])
            if files is not None:
                rows = [tree_row(name, content) for name, content in files.items()]
                self._send(json.dumps(rows).encode(), {"Content-Type": "application/json"})
        elif match := RESOLVE.fullmatch(path):
            files = self._files(match[1], match[2])
            if files is not None:
                self._file(match[3], files, match[2], with_body=with_body)
        else:
            self._refuse(404, "EntryNotFound")

    def _files(self, repository, commit):
        if repository in self.hub.gated:
            return self._refuse(403, "GatedRepo")
        if repository not in self.hub.repositories:
            return self._refuse(401, "RepoNotFound")
        if commit not in self.hub.repositories[repository]:
            return self._refuse(404, "RevisionNotFound")
        return self.hub.repositories[repository][commit]

    def _file(self, name, files, commit, *, with_body):
        if name not in files:
            self._refuse(404, "EntryNotFound")
            return
        published = files[name]
        content = self.hub.served_instead.get(name, published)
        headers = {"ETag": f'"{etag(published)}"', "X-Repo-Commit": commit}
        start = 0
        if wanted := re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", "")):
            start = int(wanted[1])
        status = 206 if start else 200
        cut = self.hub.cut_after.pop(name, None) if with_body else None
        self._send(content[start:], headers, status=status, cut=cut, with_body=with_body)

    def _send(self, body, headers, *, status=200, cut=None, with_body=True):
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if with_body:
            self.wfile.write(body if cut is None else body[:cut])
        if cut is not None:
            self.close_connection = True

    def _refuse(self, status, code):
        self.send_response(status)
        self.send_header("X-Error-Code", code)
        self.send_header("Content-Length", "0")
        self.end_headers()


@contextmanager
def running_hub():
    """A hub that answers until the block ends."""
    handler = type("Handler", (_Handler,), {})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    hub = FakeHub(url=f"http://127.0.0.1:{server.server_address[1]}")
    handler.hub = hub
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
