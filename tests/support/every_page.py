"""Every page of the reviewer form in a furnished house, and what can be opened on it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

from fastapi.routing import APIRoute
from playwright.sync_api import Page, expect
from web_browser import open_task
from web_house import House

from review.tasks import User
from review.web.app import ROUTERS

Opened = Callable[[Page], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One page as somebody sees it.

    Attributes:
        who: None for somebody who is not logged in.
        states: What to open on it one after the other, by name; the page as it comes is first.
    """

    name: str
    path: str
    who: User | None
    states: dict[str, Opened] = field(default_factory=dict)


def every_page(house: House) -> tuple[Stop, ...]:
    """All of them, but for the setup page, which is gone once there is somebody."""
    ana, lead, admin = house.ana, house.lead, house.admin
    desk, ids = f"/tasks/{house.desk.task_id}", house.ids
    cue_id = house.store.cues(house.desk.task_id)[1].cue_id
    stops = (
        ("login", f"/login?next={quote('/' + house.words.note)}", None),
        ("queue", "/", ana),
        ("queue-lead", "/", lead),
        ("queue-empty", f"/?q={quote(house.words.note)}&state=cancelled", ana),
        ("task-held", desk, house.ben),
        ("task-approved", f"/tasks/{house.approved.task_id}", lead),
        ("task-returned", f"/tasks/{house.returned.task_id}", ana),
        ("history", f"{desk}/history", ana),
        ("comments", f"{desk}/comments", ana),
        ("cue", f"{desk}/cues/{cue_id}", ana),
        ("release", f"/tasks/{house.approved.task_id}/release", ana),
        ("effort", "/effort", lead),
        ("account", "/account", ana),
        ("tokens", "/account/tokens", ana),
        ("projects", "/projects", admin),
        ("glossary", f"/projects/{ids['project']}/glossary", lead),
        ("styles", "/styles", ana),
        ("style", f"/styles/{house.words.language}", ana),
        ("api", "/api", ana),
        ("people", "/people", admin),
        ("person", f"/people/{ids['ana']}", admin),
        ("access-log", "/people/log", admin),
        ("webhooks", "/webhooks", admin),
        ("webhook", f"/webhooks/{ids['hook']}", admin),
        ("error", f"/tasks/{quote(house.words.note, safe='')}", ana),
    )
    return (
        *(Stop(name=name, path=path, who=who) for name, path, who in stops),
        Stop(name="task", path=desk, who=ana, states=workbench()),
        Stop(
            name="transcript",
            path=f"/tasks/{house.transcript.task_id}",
            who=ana,
            states={"cut-anew": cut_anew},
        ),
    )


def workbench() -> dict[str, Opened]:
    """What can be opened on a task that one holds."""

    def first(page: Page) -> None:
        page.locator(".cue[data-number='1'] textarea").click()
        expect(page.locator("#offers")).to_be_visible()

    def changed_source(page: Page) -> None:
        page.locator(".cue[data-number='2'] textarea").click()

    def tab(name: str) -> Opened:
        return lambda page: page.get_by_role("tab", name=name).click()

    def find(page: Page) -> None:
        tab("Find")(page)
        text = page.locator(".cue[data-number='1'] textarea").input_value()
        page.locator("[name=find]").fill(text.split()[0])
        page.get_by_label("Replace with").fill(text)

    def keys(page: Page) -> None:
        page.get_by_role("button", name="Keys").click()

    def shift(page: Page) -> None:
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Shift…").click()

    return {
        "offers": first,
        "changed-source": changed_source,
        "issues": tab("Issues"),
        "history": tab("History"),
        "comments": tab("Comments"),
        "find": find,
        "keys": keys,
        "shift": shift,
    }


def cut_anew(page: Page) -> None:
    """What would be cut anew in a transcript, and what stays."""
    page.get_by_role("button", name="Cut cues anew…").click()
    expect(page.locator("#recut .recuts li").first).to_be_visible()


def opened(page: Page, stop: Stop) -> Iterator[str]:
    """Goes there and opens one thing after the other; the name of each state once it stands."""
    if re.fullmatch(r"/tasks/[0-9a-f]+", stop.path):
        open_task(page, stop.path.rpartition("/")[2])
    else:
        page.goto(stop.path)
    yield stop.name
    for name, act in stop.states.items():
        act(page)
        page.wait_for_load_state("networkidle")
        yield f"{stop.name}-{name}"


def pages_left_out(stops: tuple[Stop, ...]) -> set[str]:
    """The names of routes of pages at which nobody stops."""
    paths = [stop.path.partition("?")[0] for stop in stops]
    return {
        route.name
        for router in ROUTERS
        for route in router.routes
        if isinstance(route, APIRoute)
        and route.name.endswith("_page")
        and not any(route.path_regex.match(path) for path in paths)
    }
