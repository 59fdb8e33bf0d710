"""How errors reach the browser: one JSON shape for scripts, one page for people."""

from http import HTTPStatus
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from review.errors import StaleCueError
from review.web.problems import NotLoggedInError, TooManyLoginsError, code_of, status_of
from review.web.rendering import page, see
from subtitles.errors import PolycueError

API_PREFIX = "/api/"


def install(app: FastAPI) -> None:
    """Teach the application to answer every error in our own shapes."""
    app.add_exception_handler(PolycueError, _on_our_error)
    app.add_exception_handler(RequestValidationError, _on_malformed)
    app.add_exception_handler(HTTPException, _on_http_error)


def is_api(request: Request) -> bool:
    """Whether a script asked, which wants JSON."""
    return request.url.path.startswith(API_PREFIX)


def _on_our_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, PolycueError)  # noqa: S101 (what the handler is registered for)
    if isinstance(error, NotLoggedInError) and _is_page_visit(request):
        wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return see(f"/login?next={quote(wanted, safe='')}")
    answer = _answer(request, status_of(error), code_of(error), str(error), error)
    if isinstance(error, TooManyLoginsError):
        answer.headers["Retry-After"] = str(error.wait_s)
    return answer


def _on_malformed(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 (see above)
    fields = sorted({str(part["loc"][-1]) for part in error.errors() if part["loc"]})
    what = ", ".join(fields) or "the request"
    return _answer(request, 422, "invalid", f"missing or malformed: {what[:200]}", None)


def _on_http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 (see above)
    phrase = HTTPStatus(error.status_code).phrase
    code = phrase.lower().replace(" ", "_").replace("-", "_")
    answer = _answer(request, error.status_code, code, phrase, None)
    answer.headers.update(error.headers or {})
    return answer


def _is_page_visit(request: Request) -> bool:
    """Whether a person opened a page, as against a script, a player or a form."""
    wants_html = "text/html" in request.headers.get("accept", "")
    return request.method == "GET" and wants_html and not is_api(request)


def _answer(
    request: Request, status: int, code: str, message: str, error: PolycueError | None
) -> Response:
    if is_api(request):
        body: dict[str, object] = {"error": code, "message": message}
        if isinstance(error, StaleCueError):
            body |= {"version": error.current, "text": error.current_text}
        return JSONResponse(body, status_code=status)
    context = {
        "status": status,
        "message": message,
        "current_text": error.current_text if isinstance(error, StaleCueError) else None,
        # A form that was refused must not cost what was typed into it.
        "typed_text": getattr(request.state, "typed_text", None),
        "back": getattr(request.state, "back", "/"),
    }
    return page(request, "error.html", context, status_code=status)
