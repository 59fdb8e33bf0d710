"""Pages of people, projects, words, styles, tokens and webhooks: nothing axe finds, nothing cut."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from fake_provider import providing
from playwright.sync_api import Browser, Page
from review_drafts import draft_of
from web_browser import Desk, Line, running
from web_site import Site

from review.hooks.delivering import deliver_due
from review.hooks.errors import NotDeliveredError
from review.oidc.settings import OidcSettings, provider_of
from review.outbox import TOLD_OUTSIDE
from review.tasks import Role
from review.web.services import Door
from subtitles.language import parse_language
from translate.glossary.files import read_glossary

pytestmark = pytest.mark.browser

OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
ASPECTS = (("light", (1440, 900)), ("dark", (1000, 760)))
LONG = "Die Geschichte der <b>Wasserwerke</b> von Donaudampfschifffahrtshausen"
WORDS = """term,language,kind,status,note,de,ar,ja
wand,en,,,"of elder wood, never a stick",Zauberstab|Zauberstäbe,عصا,杖
Elinor,en,name,,,,,
HBO,en,do-not-translate,,,,,
The Gate,en,title,proposed,,Das Tor,البوابة,門
"""


@pytest.fixture
def desk(chromium: Browser, sqlite_url: str, clock):
    """Somebody at a browser of a server that knows an identity provider."""
    with providing() as provider:
        found = provider_of(
            OidcSettings(issuer=provider.issuer, client_id="x", name="Studio Login")
        )
        assert found is not None
        site = Site(sqlite_url, clock=clock, door=Door(provider=found, newcomers=None))
        line = Line(site.app)
        with running(line) as address:
            made = Desk(chromium, site, line, address)
            yield made
            made.close()
        site.close()
    assert made.complaints == []


def look(page: Page, name: str) -> None:
    for theme, (width, height) in ASPECTS:
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": height})
        found = Axe().run(page, options=OPTIONS)
        if folder := os.environ.get("POLYCUE_TEST_SCREENSHOTS"):
            page.screenshot(path=Path(folder) / f"admin-{name}-{theme}.png", full_page=True)
        faults = [
            f"{fault['id']}: {node['html'][:200]} {node.get('failureSummary', '')}"
            for fault in found.response["violations"]
            for node in fault["nodes"]
        ]
        assert faults == [], name
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, name


def furnished(site: Site) -> dict[str, str]:
    """A house with something of everything; ids by name."""
    backend, ada = site.backend, site.person(Role.ADMIN)
    by = ada.user_id
    gus = site.person(Role.GUEST, "غسان <b>الكاتب</b>")
    site.person(Role.LEAD, "高橋 美咲")
    gate = backend.projects.add(LONG, two_stages=True, source_first=True, by=by)
    backend.members.grant(
        gus.user_id, Role.LINGUIST, project_id=gate.project_id, language=None, by=by
    )
    backend.members.grant(
        gus.user_id, Role.LEAD, project_id=None, language=parse_language("ar"), by=by
    )
    backend.glossaries.store(gate.project_id, read_glossary(WORDS.encode(), "w.csv"), by=by)
    url = "https://example.org/a/rather/long/address/of/a/webhook/that/somebody/made?key=0123456789"
    hook, _ = backend.webhooks.add(url, TOLD_OUTSIDE, by=by)
    for number in range(3):
        site.store.park(draft_of("Eins.", media=f"film {number}"))
    deliver_due(backend.deliveries, Broken(), site.clock)
    return {"gus": gus.user_id, "gate": gate.project_id, "hook": hook.webhook_id}


class Broken:
    def send(self, url, headers, body):
        raise NotDeliveredError("it answered 500")


@pytest.mark.slow
def test_every_page_of_the_house_is_accessible_in_both_themes(desk: Desk):
    ids = furnished(desk.site)
    desk.expected = ("422",)
    stranger = desk.sit_down()
    stranger.goto("/login")
    look(stranger, "login")
    page = desk.sit_down(desk.site.person(Role.ADMIN))
    for path, name in (
        ("/people", "people"),
        (f"/people/{ids['gus']}", "person"),
        ("/people/log", "log"),
        ("/projects", "projects"),
        (f"/projects/{ids['gate']}/glossary", "words"),
        ("/styles", "styles"),
        ("/styles/de", "style"),
        ("/webhooks", "webhooks"),
        (f"/webhooks/{ids['hook']}", "webhook"),
        ("/account/tokens", "tokens"),
        ("/api", "api"),
    ):
        page.goto(path)
        look(page, name)


def test_a_token_is_made_with_the_keyboard_alone_and_its_secret_can_be_reached(desk: Desk):
    page = desk.sit_down(desk.site.person())
    page.goto("/account/tokens")
    page.get_by_label("Name").focus()
    page.keyboard.type("nightly export")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    secret = page.locator(".secret")
    secret.wait_for()
    secret.focus()
    assert page.evaluate("document.activeElement.className") == "secret"
    assert secret.inner_text().startswith("pcue_")
    look(page, "token-made")
