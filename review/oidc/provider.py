"""An OpenID Connect provider over HTTP; beside webhooks the only module that knows httpx."""

import base64
import hashlib
import hmac
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import httpx
from pydantic import BaseModel, ConfigDict, ValidationError

from review.access.identity import Identity
from review.oidc.errors import ProviderLoginError, UnknownKeyError
from review.oidc.id_tokens import identity_in
from review.oidc.port import Visit

_TIMEOUT_S = 10.0
_MAX_ANSWER_BYTES = 1_000_000
_KEPT_S = 3600.0
"""For how long the provider's addresses and keys are taken for what they were."""

_ASKED_AGAIN_S = 60.0
"""Keys are asked for at most this often, whoever sends answers signed with unknown ones."""

_SCOPE = "openid email profile"


class _Addresses(BaseModel):
    """What a provider publishes of itself (OpenID Connect Discovery 1.0)."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str


class _Exchanged(BaseModel):
    """What the code was exchanged for; the access token is not needed."""

    model_config = ConfigDict(extra="ignore")

    id_token: str


@dataclass(frozen=True, slots=True)
class _Known:
    addresses: _Addresses
    keys: dict[str, Any]
    at_s: float


class OpenIdProvider:
    """Implements `review.oidc.port.IdentityProvider`; safe to share between threads."""

    def __init__(
        self,
        *,
        issuer: str,
        client_id: str,
        client_secret: str,
        name: str,
        monotonic_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._issuer, self._name = issuer, name
        self._client_id, self._client_secret = client_id, client_secret
        self._monotonic_s = monotonic_s
        self._lock = Lock()
        self._known: _Known | None = None

    @property
    def name(self) -> str:
        """See the port."""
        return self._name

    def way_there(self, visit: Visit, redirect_uri: str) -> str:
        """See the port."""
        digest = hashlib.sha256(visit.verifier.encode()).digest()
        query = {
            "response_type": "code",
            "client_id": self._client_id,
            "redirect_uri": redirect_uri,
            "scope": _SCOPE,
            "state": visit.state,
            "nonce": visit.nonce,
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        endpoint = self._now_known(_KEPT_S).addresses.authorization_endpoint
        return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(query)}"

    def who_came_back(self, visit: Visit, redirect_uri: str, answer: Mapping[str, str]) -> Identity:
        """See the port."""
        if not hmac.compare_digest(answer.get("state", "").encode(), visit.state.encode()):
            raise ProviderLoginError("this browser was not on its way there")
        if answer.get("iss", self._issuer) != self._issuer:  # RFC 9207
            raise ProviderLoginError("another provider answered")
        if "code" not in answer:
            raise ProviderLoginError(f"it said {answer.get('error', 'nothing')[:60]!r}")
        known = self._now_known(_KEPT_S)
        id_token = self._exchanged(known.addresses, answer["code"], visit, redirect_uri)
        try:
            return self._identity(id_token, known, visit)
        except UnknownKeyError:
            return self._identity(id_token, self._now_known(_ASKED_AGAIN_S), visit)

    def _identity(self, id_token: str, known: _Known, visit: Visit) -> Identity:
        return identity_in(
            id_token,
            known.keys,
            issuer=self._issuer,
            client_id=self._client_id,
            nonce=visit.nonce,
        )

    def _exchanged(self, addresses: _Addresses, code: str, visit: Visit, redirect_uri: str) -> str:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
            "code_verifier": visit.verifier,
        }
        # As RFC 6749, 2.3.1 wants it: each part encoded before they are joined.
        auth = httpx.BasicAuth(quote(self._client_id, safe=""), quote(self._client_secret, safe=""))
        body = _answered("POST", addresses.token_endpoint, data=form, auth=auth)
        try:
            return _Exchanged.model_validate_json(body).id_token
        except ValidationError as error:
            raise ProviderLoginError("its answer says nothing of who it is") from error

    def _now_known(self, at_most_s: float) -> _Known:
        """Addresses and keys, read again when they are older than ``at_most_s``."""
        with self._lock:
            now_s = self._monotonic_s()
            if self._known is None or now_s - self._known.at_s >= at_most_s:
                self._known = self._read(now_s)
            return self._known

    def _read(self, now_s: float) -> _Known:
        place = f"{self._issuer.rstrip('/')}/.well-known/openid-configuration"
        try:
            addresses = _Addresses.model_validate_json(_answered("GET", place))
            if addresses.issuer != self._issuer:
                raise ProviderLoginError("it calls itself by another name")
            self._require_safe(addresses)
            keys = httpx.Response(200, content=_answered("GET", addresses.jwks_uri)).json()
        except ValueError as error:  # ValidationError and JSON's are of this kind
            raise ProviderLoginError("what it says of itself cannot be read") from error
        if not isinstance(keys, dict):
            raise ProviderLoginError("its keys cannot be read")
        return _Known(addresses, keys, now_s)

    def _require_safe(self, addresses: _Addresses) -> None:
        """Over https, all of it; only a provider for trying things out is without."""
        scheme = urlsplit(self._issuer).scheme
        for place in (
            addresses.authorization_endpoint,
            addresses.token_endpoint,
            addresses.jwks_uri,
        ):
            if urlsplit(place).scheme not in {"https", scheme}:
                raise ProviderLoginError("one of its addresses is not https")


def _answered(
    method: str,
    url: str,
    *,
    data: Mapping[str, str] | None = None,
    auth: httpx.BasicAuth | None = None,
) -> bytes:
    """The body of an answer, bounded in time and size."""
    try:
        with (
            httpx.Client(verify=_trust(), timeout=_TIMEOUT_S, follow_redirects=False) as client,
            client.stream(
                method, url, data=data, auth=auth, headers={"accept": "application/json"}
            ) as answer,
        ):
            body = _limited(answer)
    except httpx.HTTPError as error:
        raise ProviderLoginError(f"it does not answer ({type(error).__name__})") from error
    if not answer.is_success:
        raise ProviderLoginError(f"it answered {answer.status_code}")
    return body


@cache
def _trust() -> ssl.SSLContext:
    """Whose certificates are good; read once, since that takes longer than a request."""
    return httpx.create_ssl_context()


def _limited(answer: httpx.Response) -> bytes:
    body = b""
    for part in answer.iter_bytes():
        body += part
        if len(body) > _MAX_ANSWER_BYTES:
            raise ProviderLoginError("it does not stop talking")
    return body
