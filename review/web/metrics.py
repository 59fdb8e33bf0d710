"""How long the form takes to answer, for Prometheus; no address of a task or person is a label."""

import time

from fastapi import APIRouter, Request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

router = APIRouter()

BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
"""Upper bounds: a save should be answered within 0.1 s, a page within 0.5 s."""

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"})
_OTHER = "other"


class FormMetrics:
    """What is counted of one form."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._took = Histogram(
            "polycue_form_request_seconds",
            "From a request to the end of its answer, by route.",
            ("route", "method"),
            buckets=BUCKETS_S,
            registry=self.registry,
        )
        self._answers = Counter(
            "polycue_form_responses",
            "Answers by route and kind of status.",
            ("route", "method", "status"),
            registry=self.registry,
        )

    def answered(self, scope: Scope, status: int, took_s: float) -> None:
        """One request has been answered."""
        method = scope["method"] if scope["method"] in _METHODS else _OTHER
        route = _template_of(scope)
        self._took.labels(route, method).observe(took_s)
        self._answers.labels(route, method, f"{status // 100}xx").inc()


class Measured:
    """Pure-ASGI middleware in front of everything else: measures every answer to its last byte."""

    def __init__(self, app: ASGIApp, metrics: FormMetrics) -> None:
        self._app, self._metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on, and count what became of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began_s, status = time.monotonic(), 500

        async def send_seen(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, send_seen)
        finally:
            self._metrics.answered(scope, status, time.monotonic() - began_s)


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """All numbers in Prometheus' text format, for programs of this machine and for tokens."""
    told: FormMetrics = request.app.state.metrics
    return Response(generate_latest(told.registry), media_type=CONTENT_TYPE_LATEST)


def _template_of(scope: Scope) -> str:
    """The route as written, such as ``/tasks/{task_id}``; for files and strangers one each."""
    route = scope.get("route")
    if route is not None:
        return str(route.path)
    # A mount leaves its own path behind; whatever else was asked for is not ours.
    return "/static" if scope.get("root_path", "").endswith("/static") else _OTHER
