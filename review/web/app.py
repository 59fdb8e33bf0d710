"""Puts the reviewer form together; importing does nothing, `create_app` does it all."""

from threading import BoundedSemaphore

from fastapi import Depends, FastAPI
from fastapi.routing import APIRoute
from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.staticfiles import StaticFiles

from review.people import People
from review.store import Clock, ReviewStore
from review.web import (
    api,
    cue_pages,
    failures,
    file_routes,
    login_pages,
    people_pages,
    queue_pages,
    task_pages,
)
from review.web.access import check_rules, guard
from review.web.first_run import FirstRun
from review.web.rendering import STATIC_FOLDER, make_templates
from review.web.services import Services
from review.web.settings import WebSettings
from review.web.shield import Shield
from review.web.throttle import LoginThrottle

ROUTERS = (
    login_pages.router,
    people_pages.router,
    queue_pages.router,
    task_pages.router,
    cue_pages.router,
    file_routes.router,
    api.router,
)
# Each argon2 check takes 64 MiB and half a second of a core.
_PASSWORD_CHECKS_AT_ONCE = 4


def create_app(
    *,
    store: ReviewStore,
    people: People,
    clock: Clock,
    settings: WebSettings,
    first_run: FirstRun | None = None,
) -> FastAPI:
    """The reviewer form over a store.

    Args:
        store: Where the tasks are.
        people: Who may log in.
        clock: For ages and deadlines on the pages.
        settings: Where and how it is reached.
        first_run: Guards the setup page; one of its own when not given.

    Raises:
        UnruledRouteError: when a route has no rule in `review.web.access`.
    """
    check_rules(
        route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)
    )
    app = FastAPI(
        title="Polycue review",
        # A map of every route helps strangers more than reviewers.
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        dependencies=[Depends(guard)],
        middleware=[
            Middleware(Shield, settings=settings),
            Middleware(RequestBodyLimitMiddleware, max_body_size=settings.max_body_bytes),
        ],
        redirect_slashes=False,
    )
    app.state.services = Services(
        store=store,
        people=people,
        clock=clock,
        settings=settings,
        throttle=LoginThrottle(),
        first_run=first_run or FirstRun(people),
        templates=make_templates(),
        hashing=BoundedSemaphore(_PASSWORD_CHECKS_AT_ONCE),
    )
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=STATIC_FOLDER), name="static")
    failures.install(app)
    return app
