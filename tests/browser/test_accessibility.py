"""Every page, in both themes, at both widths: no fault that axe can find, nothing cut off."""

import os
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from review_drafts import draft_of, finding_on
from web_browser import Desk, expect_save_state, field, open_task
from web_film import film_draft, scene_draft
from web_house import heard_scene, said_evenly

from review.hearing import HeardWord
from review.queueing.port import Plan
from review.tasks import Priority, Role
from review.timeline import Timeline
from subtitles.counting import visible_text

pytestmark = pytest.mark.browser

# WCAG 2.2 A and AA, and what axe's authors hold for good practice.
OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
# A field half behind the timeline would be called too small to hit.
IN_SIGHT = "document.querySelector('.cue.active')?.scrollIntoView({ block: 'center' })"
SIZES = {"wide": (1440, 900), "narrow": (1000, 760)}
ASPECTS = {
    "light-wide-dark-narrow": (("light", "wide"), ("dark", "narrow")),
    "light-narrow-dark-wide": (("light", "narrow"), ("dark", "wide")),
}


class Eye:
    """Looks at each page in two aspects, as one does who turns the lights off and the window down.

    Args:
        aspects: Pairs of a theme and the name of a size.
    """

    def __init__(self, *aspects: tuple[str, str]) -> None:
        self._aspects = aspects

    def look(self, page: Page, name: str) -> None:
        """Check this page as it stands; keep pictures where they are asked for."""
        for theme, size in self._aspects:
            width, height = SIZES[size]
            # Without motion no colour is caught half-way between two themes.
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            page.set_viewport_size({"width": width, "height": height})
            page.evaluate(IN_SIGHT)
            _check(page, f"{name}-{theme}-{size}")


def _check(page: Page, name: str) -> None:
    found = Axe().run(page, options=OPTIONS)
    if folder := os.environ.get("POLYCUE_TEST_SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png")
    faults = [
        f"{fault['id']}: {node['html'][:200]} {node.get('failureSummary', '')}"
        for fault in found.response["violations"]
        for node in fault["nodes"]
    ]
    assert faults == [], f"{name}: {len(faults)} faults"
    wider_by = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wider_by <= 0, f"{name} has to be scrolled sideways"


@pytest.mark.parametrize(
    "aspects",
    [
        "light-wide-dark-narrow",
        pytest.param("light-narrow-dark-wide", marks=pytest.mark.slow),
    ],
)
def test_every_page_is_accessible(desk: Desk, aspects: str):
    eye = Eye(*ASPECTS[aspects])
    desk.expected = ("412", "403", "404")
    _look_at_the_door(desk.sit_down(), desk, eye)

    task, ana = desk.claimed(film_draft(8))
    page = desk.sit_down(ana)
    _look_at_the_queue(page, desk, eye)
    _look_at_the_editor(page, desk, task.task_id, eye)
    page.on("dialog", lambda dialog: dialog.accept())
    cue_id = desk.site.store.cues(task.task_id)[4].cue_id
    for path, what in (
        (f"/tasks/{task.task_id}/history", "history"),
        (f"/tasks/{task.task_id}/cues/{cue_id}", "cue"),
        ("/account", "account"),
        ("/tasks/none", "error"),
    ):
        page.goto(path)
        eye.look(page, what)


def _look_at_the_door(page: Page, desk: Desk, eye: Eye) -> None:
    page.goto(desk.site.first_run.path)
    eye.look(page, "setup")
    page.goto("/login")
    eye.look(page, "login")


def _look_at_the_queue(page: Page, desk: Desk, eye: Eye) -> None:
    held, _ = desk.site.store.park(draft_of("a", title="نافذة <البحر>", language="ar", media="m"))
    desk.site.store.claim(held.task_id, desk.site.person(Role.LINGUIST, "Bruno").user_id)
    page.goto("/?state=approved")
    eye.look(page, "queue-empty")
    page.goto("/")
    eye.look(page, "queue")
    open_task(page, held.task_id)
    eye.look(page, "task-held")


def _look_at_the_editor(page: Page, desk: Desk, task_id: str, eye: Eye) -> None:
    open_task(page, task_id)
    field(page, 6).fill("- Eu tinha nove anos, e ninguém perguntou.\n- Isso não é resposta.")
    expect_save_state(page, "saved")
    field(page, 5).click()
    expect(page.locator("#offers")).to_be_visible()
    eye.look(page, "task")
    page.get_by_role("button", name="Keys").click()
    eye.look(page, "keys")
    page.keyboard.press("Escape")

    page.get_by_role("tab", name="Comments").click()
    page.get_by_label("Comment", exact=True).last.fill("Mar ou oceano?")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator(".mark")).to_be_visible()
    eye.look(page, "comments")
    page.get_by_role("tab", name="Find").click()
    page.locator("[name=find]").fill("nunca")
    page.get_by_label("Replace with").fill("jamais")
    eye.look(page, "find")
    page.get_by_role("button", name="Shift…").click()
    eye.look(page, "shift")
    page.keyboard.press("Escape")
    page.get_by_role("tab", name="Cue").click()

    elsewhere = desk.listen(page.context.new_page())
    open_task(elsewhere, task_id)
    field(elsewhere, 1).fill("Da segunda aba.")
    expect_save_state(elsewhere, "saved")
    field(page, 1).fill("Da primeira.")
    expect_save_state(page, "conflict")
    eye.look(page, "conflict")


def test_the_queue_of_a_lead_is_accessible_and_planned_from_the_keyboard(desk: Desk):
    store, clock = desk.site.store, desk.site.clock
    lena, ana = desk.site.person(Role.LEAD), desk.site.person(Role.LINGUIST)
    names = ("The Gate", "静かな海", "نافذة <البحر>", "Ein sehr langer Titel, der nicht endet " * 3)
    tasks = []
    for number, title in enumerate(names * 2):
        draft = draft_of(
            "Eins.", "Zwei.", title=title, language=("de", "ja")[number // 4], media=title
        )
        risky = tuple(finding_on(cue.cue_id) for cue in draft.cues[: number % 3])
        tasks.append(store.park(replace(draft, project="Harbour Lights", findings=risky))[0])
    plans = (
        {"due_at": clock() - timedelta(days=2), "priority": Priority.URGENT},
        {"due_at": clock() + timedelta(hours=5), "priority": Priority.HIGH},
        {"due_at": clock() + timedelta(days=9), "assigned_to": ana.user_id},
        {"priority": Priority.LOW},
    )
    for task, plan in zip(tasks, plans, strict=False):
        desk.site.backend.queue.plan([task.task_id], Plan(**plan), user_id=lena.user_id)
    store.claim(tasks[5].task_id, ana.user_id)
    page = desk.sit_down(lena)
    page.goto("/")
    page.get_by_label("All tasks of this page").press("Space")
    expect(page.locator(".plan-bar .chosen")).to_have_text("8 tasks chosen")
    Eye(("light", "wide"), ("dark", "narrow")).look(page, "queue-lead")
    page.locator("[name=set_priority]").select_option("high")
    page.get_by_role("button", name="Plan").press("Enter")
    expect(page.locator(".outcome")).to_contain_text("7 tasks planned. 1 was so already.")
    page.get_by_label("Language").first.select_option("ja")
    expect(page.locator(".queue tbody tr")).to_have_count(4)
    Eye(("dark", "wide"), ("light", "narrow")).look(page, "queue-planned")


def test_pages_of_leads_and_administrators_are_accessible(desk: Desk):
    eye = Eye(("light", "wide"), ("dark", "wide"))
    task, ana = desk.claimed(draft_of("Eins.", "Zwei."))
    epoch = desk.site.store.task(task.task_id).lease.epoch
    desk.site.store.approve(task.task_id, user_id=ana.user_id, epoch=epoch)
    page = desk.sit_down(desk.site.person(Role.ADMIN))
    page.goto("/people")
    eye.look(page, "people")
    open_task(page, task.task_id)
    page.get_by_text("Reopen…").click()
    expect(page.get_by_role("button", name="Reopen with this reason")).to_be_visible()
    eye.look(page, "approved")


def unsure_words(desk: Desk) -> tuple[Page, int]:
    """The open task of a transcript, and how many of its words were not surely heard."""
    draft = scene_draft()
    silent = Timeline(duration_ms=1, peaks_hz=0, peaks="", shot_changes_ms=(), speech=())
    cues = tuple(replace(cue, text=cue.source_text) for cue in draft.cues)
    words = tuple(
        HeardWord(text=word, span=span, percent=30 if word == "keeps" else 60)
        for cue in cues[:4]
        for word, span in said_evenly(cue.span, visible_text(cue.text.replace("\n", " ")).split())
    )
    desk.site.backend.timelines.keep(draft.media_id, silent, words)
    transcript = replace(draft, language=draft.source_language, cues=cues, sentences=())
    task, ana = desk.claimed(transcript)
    page = desk.sit_down(ana)
    open_task(page, task.task_id)
    return page, len(words)


@pytest.mark.slow
def test_words_of_a_transcript_that_were_not_surely_heard_are_marked_and_can_be_played(desk: Desk):
    page, count = unsure_words(desk)
    marks = page.locator(".source mark")
    expect(marks).to_have_count(count)
    expect(page.locator(".source mark.very")).to_have_text("keeps (30 % sure)")
    source = page.locator(".cue[data-number='3'] .source")
    expect(source).to_have_text("Never (60 % sure) once (60 % sure) late. (60 % sure)")
    Eye(("light", "wide"), ("dark", "narrow")).look(page, "transcript")
    seen = "mark => getComputedStyle(mark).textDecorationLine"
    assert marks.first.evaluate(seen) == "underline"
    page.get_by_label("Mark words that were not surely heard").uncheck()
    assert marks.first.evaluate(seen) == "none"
    page.reload()
    expect(page.get_by_label("Mark words that were not surely heard")).not_to_be_checked()


@pytest.mark.slow
def test_marks_of_words_stay_while_their_cues_are_edited(desk: Desk):
    page, count = unsure_words(desk)
    marks, cues = page.locator(".source mark"), page.locator("#rows .cue")
    expect(marks).to_have_count(count)
    before = cues.count()
    field(page, 3).fill("Never once late!")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".cue[data-number='3']")).to_have_class(re.compile("confirmed"))
    expect(marks).to_have_count(count)
    field(page, 3).click()
    page.locator("[data-action=merge]").click()
    expect(cues).to_have_count(before - 1)
    expect(marks).to_have_count(count)
    page.locator("[data-action=undo]").click()
    expect(cues).to_have_count(before)
    expect(marks).to_have_count(count)


@pytest.mark.slow
def test_what_would_be_cut_anew_is_shown_first_and_what_stays_says_why(desk: Desk):
    task, ana = desk.claimed(heard_scene(desk.site))
    page = desk.sit_down(ana)
    open_task(page, task.task_id)
    field(page, 1).click()
    page.keyboard.press("Control+Enter")  # confirmed, and on to the next
    expect(field(page, 2)).to_be_focused()
    page.get_by_role("button", name="Cut cues anew…").click()
    dialog = page.locator("#recut")
    around, every = dialog.get_by_role("radio").all()
    expect(around).to_be_checked()
    expect(dialog).to_contain_text("around this one: cues 2 to 8")
    expect(dialog.locator(".recuts li").first).to_contain_text("My grandfather kept the light")
    page.keyboard.press("ArrowDown")
    expect(every).to_be_checked()
    expect(dialog.locator(".summary")).to_contain_text("1 confirmed cue stays.")
    Eye(("light", "wide"), ("dark", "narrow")).look(page, "cut-anew")
    dialog.locator("summary").click()
    expect(dialog.locator("details")).to_contain_text("nobody knows which words are whose")
    Eye(("dark", "wide"), ("light", "narrow")).look(page, "cut-anew-left")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    field(page, 1).click()
    page.get_by_role("button", name="Cut cues anew…").click()
    expect(around).to_be_disabled()
    expect(every).to_be_checked()
