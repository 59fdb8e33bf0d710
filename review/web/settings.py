"""What can be set about the reviewer form, from ``POLYCUE_WEB_*`` environment variables."""

from datetime import timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")


class SecureCookies(StrEnum):
    """Whether the session cookie is sent over https only."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class WebSettings(BaseSettings):
    """Settings of the reviewer form; the defaults suit one person on one machine.

    Attributes:
        host: Address to listen on; anything but a loopback address needs ``public_origin``.
        port: 9321, away from 8000-8999, where Prefect and most development servers sit.
        public_origin: How browsers reach the form, such as ``https://review.example.org``; empty
            means directly, on ``host`` and ``port``.
        allowed_hosts: Further names this server answers to, comma-separated.
        secure_cookies: ``auto`` marks the cookie Secure wherever the form is reached over https.
        session_lifetime: How long a login lasts.
        trusted_proxies: Addresses whose ``X-Forwarded-*`` headers are believed, comma-separated.
            Empty believes nobody, so that no client can choose its own address.
        max_body_bytes: Longest request body: a step on every cue of a film, a large glossary.
        hooks_to_private: Whether webhooks may go to addresses inside, and over plain http.
    """

    model_config = SettingsConfigDict(env_prefix="POLYCUE_WEB_", frozen=True, extra="ignore")

    host: str = "127.0.0.1"
    port: int = Field(default=9321, ge=0, le=65535)
    public_origin: str = ""
    allowed_hosts: str = ""
    secure_cookies: SecureCookies = SecureCookies.AUTO
    session_lifetime: timedelta = timedelta(hours=12)
    trusted_proxies: str = ""
    max_body_bytes: int = Field(default=4 * 1024 * 1024, ge=1024)
    hooks_to_private: bool = False

    @field_validator("public_origin")
    @classmethod
    def _is_an_origin(cls, value: str) -> str:
        """Accept ``https://name[:port]`` only: a path would never match what browsers send."""
        if not value:
            return value
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("an origin is written like https://review.example.org")
        if parts.path not in ("", "/") or parts.query or parts.username:
            raise ValueError("an origin has a scheme, a name and perhaps a port, nothing else")
        return f"{parts.scheme}://{parts.netloc}".lower()

    @property
    def host_names(self) -> tuple[str, ...]:
        """The names a request may be addressed to, lower case, without ports."""
        public = urlsplit(self.public_origin).hostname
        listening = () if self.host in ("0.0.0.0", "::") else (_bracketed(self.host),)  # noqa: S104
        names = (*LOOPBACK_NAMES, *listening, *((_bracketed(public),) if public else ()))
        further = (name.strip() for name in self.allowed_hosts.split(","))
        return tuple(dict.fromkeys(name.lower() for name in (*names, *further) if name))

    @property
    def address(self) -> str:
        """Where to point a browser: the public origin, or what the server listens on."""
        return self.public_origin or f"http://{_bracketed(self.host)}:{self.port}"


def _bracketed(host: str) -> str:
    """An IPv6 address as URLs and Host headers write it."""
    return f"[{host}]" if ":" in host and not host.startswith("[") else host
