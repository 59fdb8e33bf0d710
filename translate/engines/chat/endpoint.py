"""Where a chat model answers, and by which rules a place is allowed to be asked.

Lines of a film that nobody has seen yet leave this machine for that place. So it is reached over
https, except on this machine itself; plain http to another one has to be allowed by name.
"""

import ipaddress
import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import SplitResult, urlsplit, urlunsplit

from translate.errors import InvalidEndpointError

_MODEL_NAME = re.compile(r"[\w.:/@+-]{1,200}")
_HOST = re.compile(r"[a-z0-9._:-]+")
_PATH = re.compile(r"[\w./~-]*")
_CHAT = "/chat/completions"


class ReplyFormat(StrEnum):
    """How an endpoint is asked for JSON; not every one knows the stricter ways."""

    JSON_SCHEMA = "json_schema"
    JSON_OBJECT = "json_object"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatEndpoint:
    """An OpenAI-compatible chat endpoint and a model behind it.

    Attributes:
        base_url: Up to and with its version, such as ``https://host/v1``; without user, query,
            fragment and closing slash.
        model: As the endpoint names it.
        reply_format: How it is asked for JSON.
        max_renderings: Renderings asked of each sentence at most; each costs tokens.
    """

    base_url: str
    model: str
    reply_format: ReplyFormat = ReplyFormat.JSON_SCHEMA
    max_renderings: int = 2

    @property
    def url(self) -> str:
        """Where requests are sent."""
        return f"{self.base_url}{_CHAT}"

    @property
    def place(self) -> str:
        """Host, port and path: for signatures and messages."""
        parts = urlsplit(self.base_url)
        return f"{parts.netloc}{parts.path}"

    @property
    def is_on_this_machine(self) -> bool:
        """Whether what is sent there stays on this machine, as far as its address says."""
        return _is_loopback(urlsplit(self.base_url).hostname or "")


def chat_endpoint(
    base_url: str,
    model: str,
    *,
    reply_format: ReplyFormat = ReplyFormat.JSON_SCHEMA,
    max_renderings: int = 2,
    allow_plain_http: bool = False,
) -> ChatEndpoint:
    """An endpoint that may be asked.

    Args:
        base_url: As a person wrote it; a trailing slash and the path of chat requests may be there.
        model: As the endpoint names it.
        reply_format: As in `ChatEndpoint`.
        max_renderings: As in `ChatEndpoint`.
        allow_plain_http: Whether unencrypted requests may go to other machines.

    Raises:
        InvalidEndpointError: no usable address or model name, or one that is not allowed.
    """
    parts = _split(base_url.strip().rstrip("/").removesuffix(_CHAT).rstrip("/"))
    # The address itself may hold a password: it is not repeated in any message.
    host = parts.hostname or ""
    if parts.scheme not in {"http", "https"} or not _HOST.fullmatch(host):
        raise InvalidEndpointError("it is no http or https address")
    if parts.username is not None or parts.password is not None:
        raise InvalidEndpointError("it holds a user or password; give a key apart from it")
    if parts.query or parts.fragment or not _PATH.fullmatch(parts.path):
        raise InvalidEndpointError("it holds more than a host, a port and a plain path")
    if parts.scheme == "http" and not (allow_plain_http or _is_loopback(host)):
        raise InvalidEndpointError("it would send the text unencrypted to another machine")
    if not _MODEL_NAME.fullmatch(model):
        raise InvalidEndpointError("no usable name of a model is given with it")
    return ChatEndpoint(
        base_url=urlunsplit(parts),
        model=model,
        reply_format=reply_format,
        max_renderings=max_renderings,
    )


def _split(text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError as error:  # a port or a bracketed address that is none
        raise InvalidEndpointError("its host or port is malformed") from error
    return parts


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
