"""The reviewer form for tests: a real queue and real accounts in SQLite, behind a real app."""

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

from anyio.from_thread import BlockingPortal
from fastapi import FastAPI
from review_desks import PASSWORD, engine_of
from review_drafts import SteppingClock
from starlette.testclient import TestClient

from review.passwords import argon2id
from review.sql.backend import sql_backend
from review.tasks import Role, User
from review.web.app import create_app
from review.web.first_run import FirstRun
from review.web.services import Door
from review.web.settings import WebSettings

ORIGIN = "http://127.0.0.1:9321"
NAMES = {Role.VIEWER: "Vera", Role.LINGUIST: "Ana", Role.LEAD: "Lena", Role.ADMIN: "Ada"}


class Site:
    """One form over one empty database; nobody has an account yet.

    Attributes:
        portal: Where requests run; when nobody sets it, each request gets an event loop of its own.
    """

    portal: ClassVar[BlockingPortal | None] = None

    def __init__(
        self,
        database_url: str,
        *,
        settings: WebSettings | None = None,
        clock: Callable[[], datetime] | None = None,
        door: Door | None = None,
    ) -> None:
        self.clock = clock or SteppingClock()
        engine = engine_of(database_url)
        cheap = argon2id(memory_kib=8, iterations=1, parallelism=1)
        self.backend = sql_backend(engine, self.clock, cheap)
        self.people, self.store = self.backend.people, self.backend.store
        self.settings = settings or WebSettings()
        self.first_run = FirstRun(self.people)
        self.app: FastAPI = create_app(
            backend=self.backend,
            clock=self.clock,
            settings=self.settings,
            first_run=self.first_run,
            door=door,
        )
        self._engine = engine

    def close(self) -> None:
        self._engine.dispose()

    def person(self, role: Role = Role.LINGUIST, name: str = "") -> User:
        """Somebody with an account; the same one when asked again."""
        wanted = name or NAMES[role]
        for user in self.people.users():
            if user.name == wanted:
                return user
        return self.people.add_user(wanted, PASSWORD, role)

    def browser(self, user: User | None = None) -> TestClient:
        """A browser on one of our pages; logged in when a person is given."""
        client = TestClient(
            self.app,
            base_url=ORIGIN,
            headers={"Origin": ORIGIN, "Accept": "text/html"},
            follow_redirects=False,
        )
        client.portal = self.portal
        if user is not None:
            lifetime = self.settings.session_lifetime
            token = self.people.open_session(user.user_id, lifetime=lifetime)
            client.cookies.set("polycue_session", token)
        return client
