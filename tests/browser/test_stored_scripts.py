"""What people and machines have written is text on every page: no script of theirs runs."""

import pytest
from every_page import every_page, opened, pages_left_out
from playwright.sync_api import Page, expect
from web_browser import Desk, expect_save_state, field, open_task
from web_house import House, Words

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

IMAGE = "<img data-evil src=x onerror=evil()>"
# Out of an attribute, a field, the title, a script; into an address; as what a template would run.
ATTEMPTS = (
    IMAGE,
    f'">{IMAGE}',
    "' data-evil autofocus onfocus=evil() x='",
    f"</textarea></title></script><script data-evil>evil()</script>{IMAGE}",
    "<a data-evil href='javascript:evil()'>a</a>",
    "<i data-evil onmouseover=evil()>i</i> ${evil()} {{evil()}}",
    "<svg data-evil onload=evil()></svg> <style data-evil>*{display:none}</style>",
    f"--><b data-evil>b</b> &lt;script data-evil&gt;evil()&lt;/script&gt; {IMAGE}",
)
NAME = f"\"'></title>{IMAGE}"
WORDS = Words(
    language="de",
    title=f"../{NAME}",
    project=f"Show {NAME}",
    names=(f"1 {NAME}", f"2 {NAME}", f"3 {NAME}", f"4 {NAME}"),
    lines=tuple((f"{number} {text}", f"{text} {number}") for number, text in enumerate(ATTEMPTS)),
    others=(f"So: {ATTEMPTS[1]}", f"Oder: {ATTEMPTS[3]}", f"Neu: {ATTEMPTS[5]}"),
    other_source=f"Said otherwise: {ATTEMPTS[3]}",
    comment="\n".join(ATTEMPTS),
    reason=" ".join(ATTEMPTS),
    note=f"{ATTEMPTS[1]} {ATTEMPTS[2]}",
    term=("img", f"Bild {IMAGE}"),
    made_by=f"engine:{ATTEMPTS[1]}",
    media_path=f"/nowhere/{NAME.replace('/', '')}.mp4",
)
WATCH = "window.ran = []; window.evil = () => window.ran.push(location.pathname);"
# No page of ours has a handler, a script or an address that runs in its markup.
FOREIGN = """() => [...document.querySelectorAll("*")].filter((one) =>
    one.hasAttribute("data-evil")
    || (one.matches("script") && !one.src)
    || [...one.attributes].some(({ name, value }) =>
        name.startsWith("on") || /^\\s*(javascript|vbscript|data:text)/i.test(value))
).map((one) => one.outerHTML.slice(0, 200))"""


def found(page: Page) -> list[str]:
    """Scripts that ran and elements that came in on a page as it stands."""
    return page.evaluate("window.ran") + page.evaluate(FOREIGN)


def watched(desk: Desk, who=None) -> Page:
    """A browser that lets everything run: escaping is looked at here, not the policy behind it."""
    page = desk.sit_down(who, bypass_csp=True)
    page.add_init_script(WATCH)
    return page


def test_what_is_written_anywhere_is_text_everywhere(desk: Desk):
    house = House(desk.site, WORDS)
    stops = every_page(house)
    assert pages_left_out(stops) == {"setup_page"}
    desk.expected = ("404", "422")
    seats: dict[str, Page] = {}
    for stop in stops:
        seat = stop.who.user_id if stop.who else ""
        page = seats.get(seat) or seats.setdefault(seat, watched(desk, stop.who))
        for state in opened(page, stop):
            assert found(page) == [], state
            assert page.locator("body").inner_text().strip(), state


def test_what_somebody_else_wrote_meanwhile_is_text_in_a_conflict(desk: Desk):
    house = House(desk.site, WORDS)
    desk.expected = ("404", "412")
    task_id = house.desk.task_id
    page = watched(desk, house.ana)
    open_task(page, task_id)
    cue = house.store.cues(task_id)[4]
    house.store.edit_cue(
        task_id,
        cue.cue_id,
        user_id=house.ana.user_id,
        epoch=house.store.task(task_id).lease.epoch,
        version=cue.version,
        text=f"Anders: {ATTEMPTS[3]}",
    )
    field(page, 5).fill(f"Meins: {ATTEMPTS[1]}")
    expect_save_state(page, "conflict")
    expect(page.locator(".conflict .theirs")).to_contain_text("data-evil")
    assert found(page) == []


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_the_watch_sees_what_it_is_there_for(desk: Desk, attempt: str):
    desk.expected = ("404",)  # there is no such picture
    page = watched(desk)
    page.goto("/login")
    put = "html => { document.body.innerHTML = html }"
    page.evaluate(put, f"<b>{attempt}</b><b title='{attempt}'></b>")
    assert found(page)
