"""What the interface can do, for programs (OpenAPI) and for people: made from the routes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute, iter_route_contexts
from pydantic import BaseModel, Field
from starlette.responses import JSONResponse, Response

from review.access.tokens import Scope
from review.web.access import scope_of
from review.web.rendering import page
from review.web.rules import RULES, Access

router = APIRouter()

PREFIX = "/api/v1"
_REF = "#/components/schemas/{model}"
_ABOUT = """\
The interface of the review queue: everything that its pages do.

A program sends a token made on its owner's account page: `Authorization: Bearer pcue_…`. A page
sends its cookie. Never both. A token does what its scopes say and never more than its owner may.

Cues carry versions: an edit names the one it is based on (`If-Match: "3"`) and is refused with 412
and the current text when the cue has moved on, with 428 when it names none. Who works on a task
claims it and sends the `epoch` of the claim along; 409 says that somebody else has it now.

Every refusal has the shape `Refusal`: `error` for programs, `message` for people.
"""


class Refusal(BaseModel):
    """Why something was not done, and what to do about it."""

    error: str = Field(description="A short name of the kind of refusal; it stays the same.")
    message: str = Field(description="One line for people.")
    version: int | None = Field(default=None, description="Of a cue that has moved on.")
    text: str | None = Field(default=None, description="Of a cue that has moved on.")


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationView:
    """One thing the interface can do, as the page shows it."""

    method: str
    path: str
    summary: str
    role: str
    scope: str


@router.get("/api")
def api_page(request: Request) -> Response:
    """What the interface can do, in a table."""
    operations = sorted(_operations(request.app), key=lambda one: (one.path, one.method))
    return page(request, "api.html", {"operations": operations, "scopes": list(Scope)})


@router.get(f"{PREFIX}/openapi.json", include_in_schema=False)
def api_schema(request: Request) -> JSONResponse:
    """What the interface can do, as OpenAPI 3.1."""
    return JSONResponse(schema_of(request.app))


def schema_of(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document of the routes under `PREFIX`."""
    routes = list(_routes(app))
    schema = get_openapi(
        title="Polycue review", version=version("polycue"), description=_ABOUT, routes=routes
    )
    names = {
        (route.path, method.lower()): route.name
        for route in routes
        for method in route.methods or ()
    }
    schema["paths"] = {
        path: {
            method: _completed(operation, names[path, method], path, method)
            for method, operation in methods.items()
        }
        for path, methods in schema["paths"].items()
    }
    components = schema.setdefault("components", {})
    components["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer"},
        "cookie": {"type": "apiKey", "in": "cookie", "name": "polycue_session"},
    }
    models = components.setdefault("schemas", {})
    models["Refusal"] = Refusal.model_json_schema(ref_template=_REF)
    components["schemas"] = _used(schema["paths"], models)
    return schema


def _completed(operation: dict[str, Any], name: str, path: str, method: str) -> dict[str, Any]:
    """An operation with who may use it, and with refusals as they really look."""
    scope, rule = scope_of(name, path, method.upper()), RULES[name]
    operation["operationId"] = name
    operation["summary"] = _summary(str(operation.get("description", "")))
    operation["security"] = [
        *([{"token": []}] if scope else []),
        *([{"cookie": []}] if rule is not Access.PUBLIC else []),
    ]
    if scope:
        operation["x-scope"] = scope.value
    answers = operation.setdefault("responses", {})
    refused = {"application/json": {"schema": {"$ref": _REF.format(model="Refusal")}}}
    answers["422"] = {"description": "Cannot be done as it stands", "content": refused}
    answers["default"] = {"description": "Refused", "content": refused}
    return operation


def _used(paths: Mapping[str, Any], models: Mapping[str, Any]) -> dict[str, Any]:
    """The models that the paths speak of, and those that these speak of."""
    found: dict[str, Any] = {}
    names = list(_named(paths))
    while names:
        name = names.pop()
        if name not in found:
            found[name] = models[name]
            names += _named(models[name])
    return dict(sorted(found.items()))


def _named(part: object) -> Iterator[str]:
    """The models that a part of the document refers to."""
    if isinstance(part, Mapping):
        reference = part.get("$ref")
        if isinstance(reference, str):
            yield reference.rpartition("/")[2]
        for inner in part.values():
            yield from _named(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _named(inner)


def _operations(app: FastAPI) -> Iterator[OperationView]:
    for route in _routes(app):
        for method in sorted(route.methods or ()):
            scope = scope_of(route.name, route.path, method)
            yield OperationView(
                method=method,
                path=route.path,
                summary=_summary(route.description),
                role=RULES[route.name].value,
                scope=scope.value if scope else "",
            )


def _summary(description: str) -> str:
    """The first line, names in it as plain as the rest."""
    return description.partition("\n")[0].replace("``", "")


def _routes(app: FastAPI) -> Iterator[APIRoute]:
    """Everything under `PREFIX` that is described."""
    for context in iter_route_contexts(app.routes):
        route = context.route
        if (
            isinstance(route, APIRoute)
            and route.path.startswith(PREFIX)
            and route.include_in_schema
        ):
            yield route
