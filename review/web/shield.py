"""Pure-ASGI middleware in front of every route: host check, request origin check, headers.

Pure ASGI, because Starlette's BaseHTTPMiddleware would stand between the server and streamed files.
"""

from collections.abc import Mapping
from types import MappingProxyType

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from review.web.callers import bearer_secret
from review.web.settings import WebSettings

# Nothing is loaded from anywhere else, nothing inline runs, nobody may frame these pages.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "media-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "Content-Security-Policy": CONTENT_SECURITY_POLICY,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        # Not no-referrer: with that, browsers send "Origin: null" along with our own forms.
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
    }
)
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN_SITES = frozenset({"same-origin", "none"})
# A year, as the preload lists ask for; sent over https only.
_STRICT_TRANSPORT = "max-age=31536000"


class Shield:
    """Refuses requests that no page of ours can have made, and marks every answer."""

    def __init__(self, app: ASGIApp, settings: WebSettings) -> None:
        self._app = app
        self._hosts = frozenset(settings.host_names)
        self._public_origin = settings.public_origin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check, then hand on with a `send` that adds the headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._mark(scope, MutableHeaders(scope=message))
            await send(message)

        refusal = self._refusal(scope, Headers(scope=scope))
        await (refusal or self._app)(scope, receive, send_marked)

    def _mark(self, scope: Scope, headers: MutableHeaders) -> None:
        for name, value in HEADERS.items():
            headers[name] = value
        # Pages and answers are somebody's; files that may be kept say so themselves.
        headers.setdefault("Cache-Control", "no-store")
        if scope["scheme"] == "https" or self._public_origin.startswith("https:"):
            headers["Strict-Transport-Security"] = _STRICT_TRANSPORT

    def _refusal(self, scope: Scope, headers: Headers) -> JSONResponse | None:
        host = headers.get("host", "").lower()
        if host_name(host) not in self._hosts:
            return _refused(
                400,
                "wrong_host",
                "this server does not answer to that name: "
                "set POLYCUE_WEB_PUBLIC_ORIGIN or POLYCUE_WEB_ALLOWED_HOSTS",
            )
        # No page of another site can make a browser send a token: that takes a preflight, which
        # nothing here answers. Who sends one is known by it alone (`review.web.callers`).
        has_token = bearer_secret(headers.get("authorization", "")) is not None
        is_safe = scope["method"] in _SAFE_METHODS or has_token
        if not is_safe and not self._from_us(scope, headers, host):
            return _refused(403, "cross_site", "this request did not come from a page of this form")
        return None

    def _from_us(self, scope: Scope, headers: Headers, host: str) -> bool:
        """Whether a page of ours made the request.

        Browsers send Sec-Fetch-Site to https and loopback addresses; over plain http elsewhere the
        Origin has to do. A request with neither comes from no browser that we could trust.
        """
        site = headers.get("sec-fetch-site")
        if site is not None:
            return site in _OWN_SITES
        origin = headers.get("origin", "").lower()
        return origin in {self._public_origin, f"{scope['scheme']}://{host}"} - {""}


def host_name(host: str) -> str:
    """The name of a Host header without its port; brackets of IPv6 stay."""
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0]


def _refused(status: int, error: str, message: str) -> JSONResponse:
    return JSONResponse({"error": error, "message": message}, status_code=status)
