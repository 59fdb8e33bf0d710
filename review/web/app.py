"""Puts the reviewer form together; importing does nothing, `create_app` does it all."""

from threading import BoundedSemaphore

from fastapi import Depends, FastAPI
from fastapi.routing import APIRoute
from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.staticfiles import StaticFiles

from review.backend import Backend
from review.store import Clock
from review.web import (
    api,
    api_account,
    api_comments,
    api_decisions,
    api_documents,
    api_glossaries,
    api_hearing,
    api_hooks,
    api_people,
    api_projects,
    api_queue,
    api_resegmenting,
    api_steps,
    api_terms,
    api_timeline,
    comment_pages,
    cue_pages,
    decision_pages,
    effort_pages,
    failures,
    file_routes,
    glossary_pages,
    hook_pages,
    login_pages,
    metrics,
    people_pages,
    person_pages,
    project_pages,
    provider_pages,
    queue_pages,
    release_pages,
    style_pages,
    task_pages,
    token_pages,
)
from review.web.access import check_rules, guard
from review.web.first_run import FirstRun
from review.web.rendering import STATIC_FOLDER, make_templates
from review.web.services import Door, Services
from review.web.settings import WebSettings
from review.web.shield import Shield
from review.web.throttle import LoginThrottle

ROUTERS = (
    login_pages.router,
    provider_pages.router,
    people_pages.router,
    person_pages.router,
    project_pages.router,
    token_pages.router,
    hook_pages.router,
    glossary_pages.router,
    style_pages.router,
    api_documents.router,
    queue_pages.router,
    task_pages.router,
    decision_pages.router,
    comment_pages.router,
    cue_pages.router,
    file_routes.router,
    metrics.router,
    release_pages.router,
    effort_pages.router,
    api.router,
    api_queue.router,
    api_account.router,
    api_people.router,
    api_projects.router,
    api_hooks.router,
    api_glossaries.router,
    api_decisions.router,
    api_comments.router,
    api_terms.router,
    api_steps.router,
    api_timeline.router,
    api_hearing.router,
    api_resegmenting.router,
)
# Each argon2 check takes 64 MiB and half a second of a core.
_PASSWORD_CHECKS_AT_ONCE = 4


def create_app(
    *,
    backend: Backend,
    clock: Clock,
    settings: WebSettings,
    first_run: FirstRun | None = None,
    door: Door | None = None,
) -> FastAPI:
    """The reviewer form over what is kept.

    Args:
        backend: Tasks, people and all else that is kept.
        clock: For ages and deadlines on the pages.
        settings: Where and how it is reached.
        first_run: Guards the setup page; one of its own when not given.
        door: Another way in than by password; none when not given.

    Raises:
        UnruledRouteError: when a route has no rule in `review.web.access`.
    """
    check_rules(
        route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)
    )
    measured = metrics.FormMetrics()
    app = FastAPI(
        title="Polycue review",
        # A map of every route helps strangers more than reviewers.
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        dependencies=[Depends(guard)],
        middleware=[
            Middleware(metrics.Measured, metrics=measured),
            Middleware(Shield, settings=settings),
            Middleware(RequestBodyLimitMiddleware, max_body_size=settings.max_body_bytes),
        ],
        redirect_slashes=False,
    )
    app.state.metrics = measured
    app.state.services = Services(
        backend=backend,
        clock=clock,
        settings=settings,
        throttle=LoginThrottle(),
        first_run=first_run or FirstRun(backend.people),
        templates=make_templates(),
        hashing=BoundedSemaphore(_PASSWORD_CHECKS_AT_ONCE),
        door=door,
    )
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=STATIC_FOLDER), name="static")
    failures.install(app)
    return app
