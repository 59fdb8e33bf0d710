"""An OpenID Connect provider on a real socket, with real keys, that misbehaves when told to."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey

CLIENT_ID, CLIENT_SECRET = "polycue client", "s3cret/with:signs"


@lru_cache
def rsa_key(kid: str) -> RSAKey:
    """A key, made once for all tests: that takes a while."""
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig", "alg": "RS256"})


class Provider:
    """Somebody logs in there with every request for a code.

    Attributes:
        claims: What the ID token says beside what it has to.
        override: What it says instead.
        key: It is signed with this.
        published: The keys that can be read.
        statuses: What the token endpoint answers; 200 when there is none.
        discovery: What is said instead of the truth about the provider.
        seen: Forms that the token endpoint was sent.
    """

    def __init__(self) -> None:
        self.claims: dict[str, Any] = {"sub": "s-1", "name": "Ana"}
        self.override: dict[str, Any] = {}
        self.key: RSAKey | OctKey = rsa_key("one")
        self.algorithm = "RS256"
        self.published = [rsa_key("one")]
        self.statuses: list[int] = []
        self.discovery: dict[str, Any] = {}
        self.seen: list[dict[str, str]] = []
        self.issuer = ""
        self._codes: dict[str, dict[str, str]] = {}

    def logs_in(self, address: str) -> dict[str, str]:
        """What the browser is sent back with after somebody logged in at this address."""
        query = {key: values[0] for key, values in parse_qs(urlsplit(address).query).items()}
        assert query["client_id"] == CLIENT_ID
        assert query["response_type"] == "code"
        assert "openid" in query["scope"].split()
        assert query["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        self._codes[code] = query
        return {"code": code, "state": query["state"]}

    def answer(self, path: str) -> tuple[int, dict[str, Any]]:
        if path.endswith("/.well-known/openid-configuration"):
            return 200, {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
            } | self.discovery
        if path.endswith("/keys"):
            return 200, KeySet(list(self.published)).as_dict(private=False)
        return 404, {}

    def exchange(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        self.seen.append(form)
        if self.statuses:
            return self.statuses.pop(0), {"error": "server_error"}
        name, _, secret = base64.b64decode(authorization.partition(" ")[2]).decode().partition(":")
        if (unquote(name), unquote(secret)) != (CLIENT_ID, CLIENT_SECRET):
            return 401, {"error": "invalid_client"}
        query = self._codes.pop(form["code"], None)
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if query is None or query["code_challenge"] != challenge:
            return 400, {"error": "invalid_grant"}
        assert form["redirect_uri"] == query["redirect_uri"]
        now = int(time.time())
        said = {"iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 300}
        said |= {"nonce": query["nonce"]} | self.claims | self.override
        said = {key: value for key, value in said.items() if value is not None}
        header = {"alg": self.algorithm}
        if self.key.kid:
            header["kid"] = self.key.kid
        token = jwt.encode(header, said, self.key, algorithms=[self.algorithm])
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": token}


@contextmanager
def providing() -> Iterator[Provider]:
    """A provider on a free port of the loopback interface."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self._say(*provider.answer(urlsplit(self.path).path))

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {key: values[0] for key, values in parse_qs(body).items()}
            self._say(*provider.exchange(form, self.headers.get("Authorization", "")))

        def _say(self, status: int, body: dict[str, Any]) -> None:
            data = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_args):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        provider.issuer = f"http://127.0.0.1:{server.server_port}/realm"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield provider
        server.shutdown()
