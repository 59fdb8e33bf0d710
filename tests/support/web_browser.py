"""A real server in a thread, and a real Chromium in front of it."""

import asyncio
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import uvicorn
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from web_film import scene_draft
from web_site import Site

from review.machine_drafts import Draft
from review.store import utc_now
from review.tasks import ReviewTask, Role, User
from review.web.serve import listen

# The one without windows first: the same engine, a quarter less work for each page.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def find_browser() -> str | None:
    """The path of a browser on this machine."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


class ShiftableClock:
    """The real time, moved on by as much as a test says."""

    def __init__(self) -> None:
        self._shift = timedelta()

    def __call__(self) -> datetime:
        return utc_now() + self._shift

    def pass_(self, **time: float) -> None:
        self._shift += timedelta(**time)


class Line:
    """The way to the server, for saves only: slow, broken or losing answers as a test wants it.

    Attributes:
        delay_s: How long a save is on its way.
        step_delay_s: How long a step is.
        is_broken: Nothing gets through; the browser is told 503.
        loses_answers: The server gets the save and stores it, the browser is told 502.
        statuses: What the browser was told, in order.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.delay_s = self.step_delay_s = 0.0
        self.is_broken = False
        self.loses_answers = False
        self.statuses: list[int] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].endswith("/steps"):
            await asyncio.sleep(self.step_delay_s)
        if scope["type"] != "http" or scope["method"] != "PATCH":
            await self._app(scope, receive, send)
            return
        await asyncio.sleep(self.delay_s)

        async def noting(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.statuses.append(message["status"])
            await send(message)

        async def nowhere(_message: Message) -> None: ...

        if self.is_broken:
            await JSONResponse({"error": "x"}, 503)(scope, receive, noting)
        elif self.loses_answers:
            await self._app(scope, receive, nowhere)
            await JSONResponse({"error": "x"}, 502)(scope, receive, noting)
        else:
            await self._app(scope, receive, noting)


@contextmanager
def running(app: ASGIApp) -> Iterator[str]:
    """Serve an application on a free port of the loopback interface; its address."""
    with listen("127.0.0.1", 0) as listener:
        config = uvicorn.Config(
            app, log_level="warning", lifespan="off", timeout_graceful_shutdown=1
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        deadline_s = time.monotonic() + 20
        while not server.started and time.monotonic() < deadline_s:
            time.sleep(0.02)
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(timeout=20)


def open_task(page: Page, task_id: str) -> None:
    page.goto(f"/tasks/{task_id}")
    expect(page.locator("main[data-ready=true]")).to_be_visible()


def field(page: Page, number: int) -> Locator:
    """The text field of a cue."""
    return page.locator(f'.cue[data-number="{number}"] textarea')


def expect_save_state(page: Page, state: str) -> None:
    box = page.locator("#save-state")
    expect(box).to_have_attribute("data-state", state, timeout=15_000)


class Desk:
    """Opens pages for people and notes every complaint of a page: errors, refused by the policy."""

    def __init__(self, chromium: Browser, site: Site, line: Line, address: str) -> None:
        self._chromium, self.site, self.line, self.address = chromium, site, line, address
        self.complaints: list[str] = []
        # A request that is meant to fail makes Chromium complain; a test names what it provokes.
        self.expected: tuple[str, ...] = ()
        self._contexts: list[BrowserContext] = []

    def sit_down(self, user: User | None = None, **options) -> Page:
        """A fresh browser profile and a page in it; logged in when a person is given."""
        options = {"viewport": {"width": 1440, "height": 900}, "locale": "en-GB"} | options
        context = self._chromium.new_context(base_url=self.address, **options)
        context.set_default_timeout(15_000)
        self._contexts.append(context)
        if user is not None:
            lifetime = self.site.settings.session_lifetime
            token = self.site.people.open_session(user.user_id, lifetime=lifetime)
            context.add_cookies([{"name": "polycue_session", "value": token, "url": self.address}])
        return self.listen(context.new_page())

    def claimed(self, draft: Draft | None = None) -> tuple[ReviewTask, User]:
        """A task that Ana holds, and Ana."""
        ana = self.site.person(Role.LINGUIST)
        task, _ = self.site.store.park(draft or scene_draft())
        self.site.store.claim(task.task_id, ana.user_id)
        return task, ana

    def listen(self, page: Page) -> Page:
        """Note what this page complains about."""
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("console", self._heard)
        return page

    def close(self) -> None:
        for context in self._contexts:
            context.close()

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"}:
            return
        if message.location["url"].endswith("/timeline"):
            return  # 404: of most films of these tests nothing is known
        if not any(part in message.text for part in self.expected):
            self.complaints.append(f"{message.type}: {message.text}")
