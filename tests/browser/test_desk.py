"""Steps on cues in a real browser: structure, times, several cues at once, and their undo."""

from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect
from web_browser import Desk, expect_save_state, field, open_task
from web_film import film_draft, scene_draft
from web_house import heard_scene

from review.tasks import CueState

pytestmark = pytest.mark.browser


# What is known of a cue may be on its way while the cue goes.
GONE = ("404",)


def texts(page: Page) -> list[str]:
    return page.locator("#rows textarea").evaluate_all("all => all.map(one => one.value)")


def stored(desk: Desk, task_id: str) -> list[str]:
    return [cue.text for cue in desk.site.store.cues(task_id)]


def said(page: Page, words: str) -> None:
    expect(page.locator("#say")).to_contain_text(words)


def caret_at(page: Page, number: int, place: int) -> None:
    field(page, number).click()
    field(page, number).evaluate("(field, place) => field.setSelectionRange(place, place)", place)


def times(page: Page, number: int):
    """The two time fields of a cue that is active."""
    return page.locator(f".cue[data-number='{number}'] .time-fields input")


@pytest.fixture
def held(desk: Desk):
    """A task that Ana holds, and her page."""
    task, ana = desk.claimed()
    page = desk.sit_down(ana)
    open_task(page, task.task_id)
    return task.task_id, page


def test_a_cue_is_split_where_the_cursor_stands_and_one_undo_takes_it_back(desk: Desk, held):
    desk.expected = GONE
    task_id, page = held
    before = texts(page)
    field(page, 2).fill("Meu avô cuidou do farol por quarenta anos.")  # not saved yet
    caret_at(page, 2, len("Meu avô cuidou do farol"))
    page.keyboard.press("Control+Shift+Enter")
    said(page, "Cue 2 was split.")
    halves = ["Meu avô cuidou do farol", "por quarenta anos."]
    assert texts(page) == stored(desk, task_id) == [before[0], *halves, *before[2:]]
    expect(field(page, 3)).to_be_focused()
    expect(page.locator(".cue[data-number='9'] .cue-number")).to_have_text("9")
    expect(page.locator("#confirmed-count")).to_have_text("0 of 9 confirmed")
    page.keyboard.press("Control+z")
    said(page, "Undone.")
    assert texts(page) == [before[0], " ".join(halves), *before[2:]]
    expect(field(page, 2)).to_be_focused()
    page.keyboard.type("Então ")
    expect_save_state(page, "saved")
    page.keyboard.press("Control+z")  # of the typing now, by the browser
    expect(field(page, 2)).not_to_have_value("Então")
    assert len(stored(desk, task_id)) == 8


def test_cues_are_merged_and_words_go_to_the_neighbour_with_keys_alone(desk: Desk, held):
    desk.expected = GONE
    task_id, page = held
    field(page, 2).click()
    page.keyboard.press("Control+.")
    said(page, "1 word moved to cue 3.")
    expect(field(page, 3)).to_have_value("anos. Nunca se atrasou.")
    caret_at(page, 3, len("anos."))
    page.keyboard.press("Shift+F7")
    said(page, "1 word moved to cue 2.")
    expect(field(page, 3)).to_have_value("Nunca se atrasou.")
    page.keyboard.press("Escape")
    page.keyboard.press("m")
    said(page, "Cues 3 and 4 are one now.")
    merged = "Nunca se atrasou.\n<i>Ele dizia que o mar faz as contas.</i>"
    expect(field(page, 3)).to_have_value(merged)
    page.keyboard.press("Control+z")
    said(page, "Undone.")
    page.keyboard.press("Control+Shift+z")
    said(page, "Done again.")
    assert texts(page) == stored(desk, task_id)
    assert len(texts(page)) == 7


def test_many_nudges_are_one_step_and_a_time_can_be_typed(desk: Desk, held):
    task_id, page = held
    field(page, 2).click()
    page.keyboard.press("Escape")
    for key in ("q", "q", "w", "Shift+r"):
        page.keyboard.press(key)
    expect(times(page, 2).first).to_have_value("0:02.458")
    expect(times(page, 2).last).to_have_value("0:04.708")
    expect_save_state(page, "saved")
    span = desk.site.store.cues(task_id)[1].span
    assert (span.start_ms, span.end_ms) == (2458, 4708)
    times(page, 2).first.fill("2,4")
    page.keyboard.press("Enter")
    expect(page.locator(".cue[data-number='2'] .duration")).to_have_text("2.31 s")
    expect_save_state(page, "saved")
    times(page, 2).last.fill("99")  # over the next cue, which starts at 4.8 s
    page.keyboard.press("Enter")
    expect(times(page, 2).last).to_have_value("0:04.800")
    expect_save_state(page, "saved")
    page.locator("h1").click()
    for _ in range(3):
        page.keyboard.press("Control+z")
    expect(times(page, 2).first).to_have_value("0:02.500")
    expect(times(page, 2).last).to_have_value("0:04.600")


def test_an_edge_is_dragged_on_the_timeline_but_never_over_the_neighbour(desk: Desk, held):
    task_id, page = held
    box = page.locator("#timeline canvas").bounding_box()
    y = box["y"] + 30

    def drag(from_ms: int, to_ms: int) -> None:
        page.mouse.move(box["x"] + from_ms / 10, y)  # 100 pixels a second
        page.mouse.down()
        page.mouse.move(box["x"] + to_ms / 10, y, steps=5)

    drag(2290, 2400)
    expect(page.locator(".cue[data-number='1'] .duration")).not_to_have_text("1.90 s")
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(page.locator(".cue[data-number='1'] .duration")).to_have_text("1.90 s")
    drag(2290, 4000)
    page.mouse.up()
    expect(page.locator(".cue[data-number='1'] .out")).to_have_text("0:02.500")
    expect_save_state(page, "saved")
    expect(page.locator(".cue.active")).to_have_attribute("data-number", "1")
    assert desk.site.store.cues(task_id)[0].span.end_ms == 2500


@pytest.mark.slow
def test_cues_are_inserted_deleted_shifted_and_confirmed_together(desk: Desk, held):
    desk.expected = GONE
    task_id, page = held
    field(page, 8).click()
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    expect(field(page, 9)).to_be_focused()
    page.keyboard.type("E agora?")
    expect_save_state(page, "saved")
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    page.get_by_label("Seconds later").fill("0.5")
    page.keyboard.press("Enter")
    said(page, "1 cue shifted by 500 ms.")
    expect(page.locator(".cue[data-number='9'] .in")).to_have_text("0:16.100")
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Escape")
    page.keyboard.press("Delete")
    said(page, "Cue 8 was deleted.")
    page.keyboard.press("h")
    said(page, "8 cues confirmed.")
    expect(page.locator("#confirmed-count")).to_have_text("8 of 8 confirmed")
    cues = desk.site.store.cues(task_id)
    assert cues[-1].text == "E agora?"
    assert {cue.state for cue in cues} == {CueState.CONFIRMED}
    page.locator("#say").get_by_role("button", name="Undo").click()
    expect(page.locator("#confirmed-count")).to_have_text("0 of 8 confirmed")


@pytest.mark.slow
def test_words_are_replaced_in_all_cues_as_one_step_after_being_seen(desk: Desk):
    task, ana = desk.claimed(film_draft())
    page = desk.sit_down(ana)
    open_task(page, task.task_id)
    page.locator("h1").click()
    page.keyboard.press("f")
    page.keyboard.type("farol")
    panel = page.locator("#panel-find")
    expect(panel.locator(".summary")).to_have_text("4 times in 4 cues")
    panel.get_by_label("Replace with").fill("faro")
    expect(panel.locator(".found ins")).to_have_count(4)
    panel.get_by_label("Replace in cue 15").uncheck()
    panel.get_by_role("button", name="Replace in 3 cues").click()
    said(page, "Replaced in 3 cues.")
    expect(panel.locator(".summary")).to_have_text("1 time in 1 cue")
    page.locator("#say").get_by_role("button", name="Undo").click()
    said(page, "Undone.")
    assert stored(desk, task.task_id) == texts(page)
    assert sum("farol" in text for text in texts(page)) == 4


def test_typing_goes_on_while_new_times_are_on_their_way(desk: Desk, held):
    task_id, page = held
    desk.line.step_delay_s = 0.8
    field(page, 2).click()
    times(page, 2).first.press("ArrowUp")
    page.wait_for_timeout(500)  # the step has left
    caret_at(page, 2, 0)
    page.keyboard.type("Sim, ")
    expect_save_state(page, "saved")
    cue = desk.site.store.cues(task_id)[1]
    assert cue.text == field(page, 2).input_value()
    assert (cue.text[:5], cue.span.start_ms) == ("Sim, ", 2542)
    expect(page.locator(".cue[data-number='2'] .conflict")).to_be_hidden()


@pytest.mark.slow
def test_a_step_on_cues_that_changed_elsewhere_is_not_done_and_shows_them(desk: Desk, held):
    desk.expected = ("412",)
    task_id, page = held
    elsewhere = desk.listen(page.context.new_page())
    open_task(elsewhere, task_id)
    field(elsewhere, 3).fill("Jamais.")
    expect_save_state(elsewhere, "saved")
    field(page, 2).click()
    page.keyboard.press("Escape")
    page.keyboard.press("m")
    said(page, "Not done: a cue was changed elsewhere.")
    expect(field(page, 3)).to_have_value("Jamais.")
    page.keyboard.press("m")
    said(page, "Cues 2 and 3 are one now.")
    assert stored(desk, task_id) == texts(page)


def test_a_cue_whose_source_has_changed_says_so_and_offers_what_the_machine_says_now(desk: Desk):
    draft = scene_draft()
    task, ana = desk.claimed(draft)
    store, lease = desk.site.store, desk.site.store.task(task.task_id).lease
    cue = store.cues(task.task_id)[2]
    who = {"user_id": ana.user_id, "epoch": lease.epoch}
    store.edit_cue(task.task_id, cue.cue_id, **who, version=cue.version, text="Jamais.")
    store.release(task.task_id, **who)
    newer = replace(draft.cues[2], source_text="Never once early.", text="Nunca adiantado.")
    cues = (*draft.cues[:2], newer, *draft.cues[3:])
    store.park(replace(draft, draft_id="newer", cues=cues, sentences=()))
    store.claim(task.task_id, ana.user_id)
    page = desk.sit_down(ana)
    open_task(page, task.task_id)
    page.locator("#filter select").select_option("stale")
    expect(page.locator(".cue:visible")).to_have_count(1)
    expect(field(page, 3)).to_have_value("Jamais.")
    page.locator(".cue[data-number='3'] .mark").click()
    expect(page.locator("#detail-source del")).to_have_text(["late"])
    expect(page.locator("#detail-source ins")).to_have_text(["early"])
    expect(page.locator("#detail-offered")).to_have_text("Nunca adiantado.")
    page.get_by_role("button", name="Take it").click()
    expect(field(page, 3)).to_have_value("Nunca adiantado.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".cue[data-number='3'] .mark")).to_have_count(0)
    assert store.cues(task.task_id)[2].text == "Nunca adiantado."


@pytest.mark.slow
def test_people_talk_about_a_cue_and_tick_it_off(desk: Desk, held):
    task_id, page = held
    field(page, 4).click()
    page.get_by_role("tab", name="Comments").click()
    panel = page.locator("#panel-comments")
    panel.get_by_label("Comment").fill("Mar ou <b>oceano</b>?")
    panel.get_by_label("Blocks approval").check()
    panel.get_by_role("button", name="Comment").click()
    expect(panel.locator("li .text-block")).to_have_text("Mar ou <b>oceano</b>?")
    expect(page.locator(".cue[data-number='4'] .mark")).to_have_text("1 comment")
    page.locator("#filter select").select_option("commented")
    expect(page.locator(".cue:visible")).to_have_count(1)
    panel.get_by_role("button", name="Resolve").click()
    expect(panel.locator(".chip")).to_have_text("Resolved by Ana")
    expect(page.locator(".cue[data-number='4'] .mark")).to_have_count(0)
    page.locator("#filter select").select_option("all")
    expect(page.locator(".cue:visible")).to_have_count(8)
    assert desk.site.backend.comments.comments(task_id)[0].resolved_by == "Ana"


@pytest.mark.slow
def test_a_comment_stays_in_sight_while_its_cue_is_merged_away_and_back(desk: Desk, held):
    desk.expected = GONE
    task_id, page = held
    fourth = desk.site.store.cues(task_id)[3].cue_id
    desk.site.backend.comments.comment(
        task_id,
        user_id=desk.site.person().user_id,
        cue_id=fourth,
        body="A song?",
        is_blocking=False,
    )
    open_task(page, task_id)
    mark = page.locator(".cue .mark.commented")
    expect(mark).to_have_count(1)
    page.get_by_role("tab", name="Comments").click()
    field(page, 3).click()
    page.keyboard.press("Escape")
    page.keyboard.press("m")
    expect(page.locator(".cue")).to_have_count(7)
    expect(page.locator(".cue[data-number='3'] .mark.commented")).to_have_text("1 comment")
    expect(page.locator("#panel-comments h2")).to_have_text("Cue 3")
    page.keyboard.press("Control+z")
    expect(page.locator(".cue[data-number='4'] .mark.commented")).to_have_text("1 comment")
    expect(mark).to_have_count(1)
    expect(page.locator("#panel-comments h2")).to_have_text("Other cues")


@pytest.mark.slow
def test_keys_are_given_anew_in_the_list_of_keys(desk: Desk, held):
    _, page = held
    page.locator("h1").click()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Another key for: Find and replace").click()
    page.keyboard.press("s")
    expect(dialog).to_contain_text("Already taken: Split at the playhead.")
    page.keyboard.press("x")
    page.keyboard.press("Escape")
    page.reload()
    expect(page.locator("main[data-ready=true]")).to_be_visible()
    page.keyboard.press("f")
    expect(page.locator("#panel-find")).to_be_hidden()
    page.keyboard.press("x")
    expect(page.locator("#panel-find")).to_be_visible()


def test_a_transcript_is_cut_anew_with_keys_alone_and_one_undo_takes_it_back(desk: Desk):
    desk.expected = GONE
    task, ana = desk.claimed(heard_scene(desk.site))
    page = desk.sit_down(ana)
    open_task(page, task.task_id)
    field(page, 1).click()
    page.keyboard.press("Control+Enter")  # confirmed, and on to the next
    expect(field(page, 2)).to_be_focused()
    field(page, 2).fill("My father kept the light\nfor forty-one long years.")  # not saved yet
    before = texts(page)
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    dialog = page.locator("#recut")
    expect(dialog.get_by_role("radio").first).to_be_focused()
    expect(dialog.locator(".summary")).to_contain_text("cues would become")
    page.keyboard.press("Enter")
    said(page, "The cues were cut anew.")
    expect(dialog).to_be_hidden()
    after = texts(page)
    assert after == stored(desk, task.task_id) != before
    assert after[0] == before[0]
    assert "".join("".join(after).split()) == "".join("".join(before).split())
    expect(page.locator(".source mark.very")).to_contain_text("tide")
    page.keyboard.press("Control+z")
    said(page, "Undone.")
    assert texts(page) == stored(desk, task.task_id) == before
