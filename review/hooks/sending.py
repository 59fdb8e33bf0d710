"""Sends one message to one webhook over HTTP; the only module of review that knows httpx.

A receiver is another's machine: it may hang, answer without end, or send its callers elsewhere. So
the whole exchange has one time limit, of the answer nothing but the status is read, and redirects
are not followed.
"""

import asyncio
import socket
import ssl
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus

import httpx

from review.hooks.destinations import Destination, chosen, destination
from review.hooks.errors import InvalidHookError, NotDeliveredError

TIMEOUT_S = 10.0
"""From looking the name up to the status of the answer. Receivers do their work afterwards."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpSender:
    """Implements `review.hooks.delivering.Sender`.

    Attributes:
        allow_private: Whether it speaks to addresses inside, and over plain http.
        timeout_s: For the whole exchange.
    """

    allow_private: bool = False
    timeout_s: float = TIMEOUT_S

    def send(self, url: str, headers: Mapping[str, str], body: bytes) -> None:
        """See the port."""
        try:
            wanted = destination(url, allow_private=self.allow_private)
        except InvalidHookError as error:
            raise NotDeliveredError(error.why) from error
        # In a thread of its own, since the caller's may have an event loop already.
        with ThreadPoolExecutor(max_workers=1) as thread:
            thread.submit(lambda: asyncio.run(self._send(wanted, headers, body))).result()

    async def _send(self, wanted: Destination, headers: Mapping[str, str], body: bytes) -> None:
        try:
            async with asyncio.timeout(self.timeout_s):
                addresses = await _addresses(wanted)
                address = chosen(addresses, allow_private=self.allow_private)
                status = await _status(wanted, address, headers, body)
        except TimeoutError as error:
            raise NotDeliveredError(f"no answer within {self.timeout_s:g} s") from error
        except httpx.HTTPError as error:
            raise NotDeliveredError(_said(error)) from error
        if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            raise NotDeliveredError(_refusal(status))


async def _addresses(wanted: Destination) -> list[str]:
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(wanted.host, wanted.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return [str(one[4][0]) for one in found]


async def _status(
    wanted: Destination, address: str, headers: Mapping[str, str], body: bytes
) -> int:
    # trust_env: a proxy would look the name up again by itself.
    async with httpx.AsyncClient(
        verify=_trust(),
        follow_redirects=False,
        trust_env=False,
        timeout=None,  # noqa: S113 (one for all: _send)
    ) as client:
        request = client.build_request(
            "POST",
            wanted.url_at(address),
            headers={**headers, "host": wanted.authority},
            content=body,
            # The certificate has to be of the name, not of the address.
            extensions={"sni_hostname": wanted.host},
        )
        answer = await client.send(request, stream=True)
        await answer.aclose()
        return answer.status_code


@cache
def _trust() -> ssl.SSLContext:
    """Whose certificates are good; read once, since that takes longer than a request."""
    return httpx.create_ssl_context(trust_env=False)


def _refusal(status: int) -> str:
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        return f"it answered {status}: redirects are not followed"
    return f"it answered {status}"


def _said(error: httpx.HTTPError) -> str:
    """In one line; the library's own words may be empty."""
    words = " ".join(str(error).split())[:200]
    return f"{type(error).__name__}: {words}" if words else type(error).__name__
