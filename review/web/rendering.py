"""Pages out of templates: everything escaped, unknown names refused."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote

import jinja2
from fastapi import Request
from starlette.responses import RedirectResponse, Response
from starlette.templating import Jinja2Templates

from review.web.access import Access, may
from review.web.services import services
from subtitles.language import LanguageTag, is_right_to_left

_HERE = Path(__file__).parent
STATIC_FOLDER = _HERE / "static"
_MAX_PATH_CHARS = 500

# What a redirect may say: fixed texts, so that no address can put words into a page.
NOTICES: Mapping[str, str] = MappingProxyType(
    {
        "approved": "Approved. The text is frozen; releases are made from this copy.",
        "released": "Given back to the queue. Everything you saved stays.",
        "submitted": "Submitted. A second person checks it now; you can take the next task.",
        "queued": "The task is in the queue.",
        "cancelled": "Cancelled. The text and its history stay.",
        "returned": "Sent back with your reason.",
        "reopened": "Reopened with your reason. The approved copy stays in force until the next.",
        "saved": "Saved.",
        "none-free": "Nothing to take: no task that matches is free.",
        "password": "The password is changed; every other session of that account has ended.",
        "added": "The account is made. Hand over the password on a safe way.",
        "invited": "Invited. The account is theirs once they log in with that address.",
        "revoked": "Revoked: the token opens nothing any more.",
        "logged-out": "You are logged out.",
    }
)


def make_templates() -> Jinja2Templates:
    """The templates of the form; a name that a page was not given is an error, not a blank."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["direction"] = _direction
    return Jinja2Templates(env=environment)


def _direction(language: LanguageTag) -> str:
    """Which way cues of a language run, whatever tag or foreign word one begins with."""
    return "rtl" if is_right_to_left(language) else "ltr"


def page(
    request: Request, name: str, context: Mapping[str, object], *, status_code: int = 200
) -> Response:
    """One page, with what the frame around every page needs."""
    user = getattr(request.state, "user", None)
    frame = {
        "user": user,
        "notice": NOTICES.get(request.query_params.get("notice", ""), ""),
        "is_admin": may(user, Access.ADMIN),
        "is_linguist": user is not None and may(user, Access.LINGUIST),
    }
    return services(request).templates.TemplateResponse(
        request, name, {**frame, **context}, status_code=status_code
    )


def see(path: str, notice: str = "") -> RedirectResponse:
    """Answer a form by sending the browser to a page (303: with GET)."""
    target, mark, fragment = path.partition("#")
    if notice:
        target += f"{'&' if '?' in target else '?'}notice={quote(notice)}"
    return RedirectResponse(f"{target}{mark}{fragment}", status_code=303)


def own_path(wanted: str) -> str:
    """The path to go on to after logging in; the queue unless it is surely one of ours.

    Two slashes (or a slash and a backslash) name another host to a browser, and control characters
    can hide either.
    """
    is_ours = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    is_sane = wanted.isprintable() and len(wanted) <= _MAX_PATH_CHARS
    return wanted if is_ours and is_sane else "/"
