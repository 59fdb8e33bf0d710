"""The session cookie: a random token and nothing else; what it means is kept on the server."""

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from review.web.settings import SecureCookies, WebSettings

# The __Host- prefix makes browsers refuse the cookie unless it is Secure, has no Domain and has
# Path=/, so that no neighbouring host can plant one. Without https it would be refused outright.
SECURE_NAME = "__Host-polycue"
PLAIN_NAME = "polycue_session"


def is_secure(request: Request, settings: WebSettings) -> bool:
    """Whether the cookie travels over https only."""
    if settings.secure_cookies is SecureCookies.AUTO:
        public = urlsplit(settings.public_origin).scheme
        return (public or request.url.scheme) == "https"
    return settings.secure_cookies is SecureCookies.ALWAYS


def session_token(request: Request, settings: WebSettings) -> str:
    """The token that came with the request, empty when none did."""
    name = SECURE_NAME if is_secure(request, settings) else PLAIN_NAME
    return request.cookies.get(name, "")


def set_session(response: Response, token: str, request: Request, settings: WebSettings) -> None:
    """Hand a fresh token to the browser; scripts cannot read it."""
    secure = is_secure(request, settings)
    response.set_cookie(
        SECURE_NAME if secure else PLAIN_NAME,
        token,
        max_age=int(settings.session_lifetime.total_seconds()),
        path="/",
        secure=secure,
        httponly=True,
        samesite="lax",
    )


def clear_session(response: Response, request: Request, settings: WebSettings) -> None:
    """Make the browser forget its token."""
    secure = is_secure(request, settings)
    name = SECURE_NAME if secure else PLAIN_NAME
    response.delete_cookie(name, path="/", secure=secure, httponly=True, samesite="lax")
