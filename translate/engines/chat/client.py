"""Requests to a chat endpoint; the only module that knows httpx.

An endpoint is another's machine: it may hang, be busy, send too much, or send its callers
elsewhere. What it answers is bounded in time and size, redirects are not followed, and what may
pass by itself (too many requests, server errors, broken connections) is tried again, later
each time.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

import httpx
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from translate.engines.chat.endpoint import ChatEndpoint
from translate.engines.chat.patience import Patience, wanted_pause_s
from translate.errors import EndpointRefusedError, EndpointUnavailableError

# Sixteen sentences with all their renderings are some 10 kB of JSON.
_MAX_REPLY_BYTES = 2_000_000
_MAX_REASON_CHARS = 200
_PASSING = frozenset(
    {
        HTTPStatus.REQUEST_TIMEOUT,
        HTTPStatus.TOO_EARLY,
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.INTERNAL_SERVER_ERROR,
        HTTPStatus.BAD_GATEWAY,
        HTTPStatus.SERVICE_UNAVAILABLE,
        HTTPStatus.GATEWAY_TIMEOUT,
        529,  # "overloaded", as some hosted endpoints say
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Failure:
    """What may pass by itself, and how many seconds the endpoint asks to wait, if it does."""

    why: str
    wanted_pause_s: float | None = None


class _Message(BaseModel):
    model_config = ConfigDict(extra="ignore")
    content: str | None = None


class _Choice(BaseModel):
    model_config = ConfigDict(extra="ignore")
    message: _Message


class _Completion(BaseModel):
    model_config = ConfigDict(extra="ignore")
    choices: list[_Choice] = Field(min_length=1)


class _Complaint(BaseModel):
    model_config = ConfigDict(extra="ignore")
    message: str = ""


class _Refusal(BaseModel):
    model_config = ConfigDict(extra="ignore")
    error: _Complaint


class ChatClient:
    """Sends requests and gives back what the model said; safe to share between threads."""

    def __init__(
        self,
        endpoint: ChatEndpoint,
        key: str = "",
        *,
        patience: Patience | None = None,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        """Opens no connection yet.

        Args:
            endpoint: Whom to ask.
            key: Sent as a bearer token, and nowhere else; empty for an endpoint that wants none.
            patience: How long to wait; None takes the defaults.
            pause: Waits for so many seconds.
        """
        self._endpoint, self._key = endpoint, key
        self._patience, self._pause = patience or Patience(), pause
        # "identity": a compressed reply may be a thousand times as large as what is counted.
        headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
        if key:
            headers["Authorization"] = f"Bearer {key}"
        self._http = httpx.Client(
            headers=headers,
            follow_redirects=False,
            timeout=httpx.Timeout(self._patience.answer_s, connect=self._patience.connect_s),
            # Proxies of the environment are for other machines.
            trust_env=not endpoint.is_on_this_machine,
        )

    def said(self, request: Mapping[str, object]) -> str:
        """What the model says to a request; empty when its answer is no message.

        Raises:
            EndpointRefusedError: the endpoint does not take the request, whoever repeats it.
            EndpointUnavailableError: no answer after all attempts.
        """
        outcome: bytes | _Failure = _Failure(why="it was not asked")
        for attempt in range(self._patience.attempts):
            outcome = self._posted(request)
            if isinstance(outcome, bytes):
                return _content(outcome)
            pause_s = self._patience.pause_after(attempt, outcome.wanted_pause_s)
            if pause_s is None:
                break
            self._pause(pause_s)
        why = outcome.why if isinstance(outcome, _Failure) else ""
        raise EndpointUnavailableError(self._endpoint.place, why)

    def close(self) -> None:
        """Close connections; nothing can be asked any more."""
        self._http.close()

    def _posted(self, request: Mapping[str, object]) -> bytes | _Failure:
        try:
            with self._http.stream("POST", self._endpoint.url, json=request) as response:
                body = self._read(response)
        except httpx.TimeoutException:
            return _Failure(why="it did not answer in time")
        except httpx.TransportError as error:
            return _Failure(why=f"the connection failed ({type(error).__name__})")
        if response.status_code == HTTPStatus.OK:
            return body
        if response.status_code in _PASSING:
            return _Failure(
                why=f"it answered with status {response.status_code}",
                wanted_pause_s=wanted_pause_s(response.headers.get("Retry-After")),
            )
        raise EndpointRefusedError(
            self._endpoint.place, response.status_code, self._reason(response, body)
        )

    def _read(self, response: httpx.Response) -> bytes:
        """The body, as it was sent; a stream that drips is out of time as a silent one is."""
        deadline = time.monotonic() + self._patience.answer_s
        body = bytearray()
        for chunk in response.iter_raw():
            body += chunk
            if len(body) > _MAX_REPLY_BYTES:
                return b""  # the connection is closed without reading the rest
            if time.monotonic() > deadline:
                raise httpx.ReadTimeout("the body took too long")
        return bytes(body)

    def _reason(self, response: httpx.Response, body: bytes) -> str:
        """What the endpoint says of its refusal: one line, without the key should it be there."""
        if response.is_redirect:
            return "it sends its callers elsewhere, which is not followed"
        try:
            said = _Refusal.model_validate_json(body).error.message
        except ValidationError:
            said = response.reason_phrase
        if self._key:
            said = said.replace(self._key, "…")
        line = " ".join("".join(map(_printable, said)).split())
        return line[:_MAX_REASON_CHARS] or "no reason given"


def _printable(character: str) -> str:
    return character if character.isprintable() else " "


def _content(body: bytes) -> str:
    """The message of the first choice; empty when there is none.

    One that was cut off needs no telling: half a JSON object is none.
    """
    try:
        return _Completion.model_validate_json(body).choices[0].message.content or ""
    except ValidationError:
        return ""
