"""What can go wrong between a browser and the review queue, and the HTTP status of each.

`ANSWERS` is the one table from kinds of error to answers; the most specific class wins.
"""

from collections.abc import Mapping
from types import MappingProxyType

from review.errors import (
    InvalidEditError,
    InvalidStepError,
    LeaseLostError,
    NotAllowedError,
    StaleCueError,
    StaleStepError,
    TaskHeldError,
    UnknownTaskError,
)
from review.hooks.errors import InvalidHookError
from review.oidc.errors import NobodyHereError, ProviderLoginError
from subtitles.errors import FormatError, LanguageError, PolycueError, ReviewError, StorageError
from subtitles.style.terms import UnknownStyleError, UnservedStyleError
from translate.glossary.terms import InvalidTermError


class WebError(ReviewError):
    """The form refused a request."""


class UnruledRouteError(WebError):
    """A route that nobody said who may use, or a name used twice."""

    def __init__(self, name: str, path: str) -> None:
        super().__init__(name, path)
        self.name, self.path = name, path

    def __str__(self) -> str:
        return f"route {self.name!r} ({self.path}) needs exactly one rule in review.web.access"


class NotLoggedInError(WebError):
    """Nobody is logged in, or the session has ended."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path

    def __str__(self) -> str:
        return "your session has ended: log in again"


class ForbiddenError(WebError):
    """The person's role is not enough."""

    def __init__(self, needed: str) -> None:
        super().__init__(needed)
        self.needed = needed

    def __str__(self) -> str:
        return f"your account may not do this: it needs the role {self.needed}"


class TokenRefusedError(WebError):
    """A token that is good, and not for this."""

    def __init__(self, needed: str) -> None:
        super().__init__(needed)
        self.needed = needed

    def __str__(self) -> str:
        if not self.needed:
            return "no token may do this: log in with a browser"
        return f"this token is not for that: it needs the scope {self.needed}"


class TwoCredentialsError(WebError):
    """A token and a cookie in one request."""

    def __init__(self) -> None:
        super().__init__()

    def __str__(self) -> str:
        return "send either a token or a cookie, not both"


class WrongCredentialsError(WebError):
    """Unknown name or wrong password: never says which."""

    def __init__(self) -> None:
        super().__init__()

    def __str__(self) -> str:
        return "name or password is wrong"


class TooManyLoginsError(WebError):
    """Too many attempts to log in."""

    def __init__(self, wait_s: int) -> None:
        super().__init__(wait_s)
        self.wait_s = wait_s

    def __str__(self) -> str:
        return f"too many attempts: wait {self.wait_s} s and try again"


class NoSetupError(WebError):
    """First-run setup is over, or the address is not the one that the server printed."""

    def __init__(self) -> None:
        super().__init__()

    def __str__(self) -> str:
        return (
            "this setup address is not valid: it works once, only while there are no accounts, "
            "and only as the running server printed it"
        )


class VersionRequiredError(WebError):
    """An edit that does not say which version it is based on."""

    def __init__(self) -> None:
        super().__init__()

    def __str__(self) -> str:
        return 'an edit must name the version it is based on, such as If-Match: "3"'


class NoMediaError(WebError):
    """The media of a task cannot be played from here."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

    def __str__(self) -> str:
        return self.why


class PortTakenError(WebError):
    """Somebody else listens on the address."""

    def __init__(self, host: str, port: int, why: str) -> None:
        super().__init__(host, port, why)
        self.host, self.port, self.why = host, port, why

    def __str__(self) -> str:
        return (
            f"cannot listen on {self.host} port {self.port} ({self.why}): "
            "stop the other server or set POLYCUE_WEB_PORT to a free port"
        )


ANSWERS: Mapping[type[PolycueError], tuple[int, str]] = MappingProxyType(
    {
        NotLoggedInError: (401, "login_required"),
        WrongCredentialsError: (401, "wrong_credentials"),
        ForbiddenError: (403, "forbidden"),
        TokenRefusedError: (403, "token_refused"),
        TwoCredentialsError: (400, "two_credentials"),
        NoSetupError: (403, "no_setup"),
        ProviderLoginError: (403, "provider_login"),
        NobodyHereError: (403, "nobody_here"),
        UnknownTaskError: (404, "unknown"),
        NoMediaError: (404, "no_media"),
        TaskHeldError: (409, "held"),
        LeaseLostError: (409, "lease_lost"),
        NotAllowedError: (409, "not_allowed"),
        StaleCueError: (412, "stale"),
        StaleStepError: (412, "stale"),
        InvalidEditError: (422, "invalid"),
        InvalidStepError: (422, "invalid"),
        InvalidHookError: (422, "invalid"),
        LanguageError: (422, "invalid"),
        FormatError: (422, "invalid"),
        InvalidTermError: (422, "invalid"),
        UnknownStyleError: (404, "unknown"),
        UnservedStyleError: (404, "unknown"),
        VersionRequiredError: (428, "version_required"),
        TooManyLoginsError: (429, "too_many_logins"),
        StorageError: (503, "unavailable"),
        PolycueError: (500, "failed"),
    }
)


def status_of(error: PolycueError) -> int:
    """The HTTP status of an error."""
    return _answer(error)[0]


def code_of(error: PolycueError) -> str:
    """A stable short name of the kind of error, for scripts."""
    return _answer(error)[1]


def _answer(error: PolycueError) -> tuple[int, str]:
    return next(ANSWERS[kind] for kind in type(error).__mro__ if kind in ANSWERS)
