"""A reviewer's day, in a real browser."""

import re
import time

import pytest
from playwright.sync_api import Route, expect
from review_drafts import draft_of
from web_browser import Desk, expect_save_state, field, open_task
from web_film import film_draft
from web_site import PASSWORD

from review.tasks import CueState, TaskState

pytestmark = pytest.mark.browser


def test_from_login_to_an_approved_file_that_holds_the_edit(desk: Desk):
    desk.site.person()
    task, _ = desk.site.store.park(film_draft())
    page = desk.sit_down()
    page.goto("/")
    page.get_by_label("Name").fill("Ana")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("link", name="The Lamp of Porto Claro").click()
    page.get_by_role("button", name="Claim this task").click()
    expect(page.locator("main[data-ready=true]")).to_be_visible()

    page.get_by_role("button", name="Play cue 3", exact=True).click()
    expect(page.locator("#overlay")).to_have_text("Nunca se atrasou.")

    field(page, 5).fill("Acreditou nele?")
    expect(page.locator(".cue[data-number='5'] .speed")).to_have_text("16.7 cps")
    expect_save_state(page, "saved")
    expect(page.locator("#issue-count [data-count=error]")).to_be_hidden()
    page.reload()
    expect(field(page, 5)).to_have_value("Acreditou nele?")

    expect(page.locator("main[data-ready=true]")).to_be_visible()
    page.get_by_role("button", name="Approve").click()
    page.get_by_role("dialog").get_by_role("button", name="Approve").click()
    expect(page.get_by_text("This text is frozen.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="SRT").click()
    assert download.value.suggested_filename == "The Lamp of Porto Claro.pt-BR.srt"
    assert "Acreditou nele?" in download.value.path().read_text("utf-8")
    assert desk.site.store.task(task.task_id).state is TaskState.APPROVED


def test_one_click_mends_what_has_one_right_repair(desk: Desk):
    task, ana = desk.claimed()
    page = desk.sit_down(ana)
    open_task(page, task.task_id)
    field(page, 3).fill("Nunca... se atrasou.")
    expect_save_state(page, "saved")
    fix = page.locator("#detail-findings").get_by_role("button", name="Fix")
    field(page, 3).press("End")
    page.keyboard.type("x")
    expect(fix).to_have_count(0)  # what is typed now has not been measured yet
    page.keyboard.press("Backspace")
    expect_save_state(page, "saved")
    fix.focus()
    page.keyboard.press("Enter")
    expect(field(page, 3)).to_have_value("Nunca… se atrasou.")
    expect(fix).to_have_count(0)
    expect_save_state(page, "saved")
    assert desk.site.store.cues(task.task_id)[2].text == "Nunca… se atrasou."
    field(page, 3).focus()
    page.keyboard.press("Control+z")
    expect(field(page, 3)).to_have_value("Nunca... se atrasou.")


def test_another_text_is_put_into_the_cue_with_one_click(desk: Desk):
    task, ana = desk.claimed()
    page = desk.sit_down(ana)
    open_task(page, task.task_id)
    offers = page.locator("#offers")
    expect(offers).to_be_hidden()
    field(page, 5).click()
    expect(offers.get_by_role("listitem")).to_have_count(3)
    expect(offers).to_contain_text("From memory, 87 % · The Tide of Porto Claro")
    expect(offers).to_contain_text("Approved for: Did you believe her?")
    use = offers.get_by_role("button", name="Use text 2")
    use.scroll_into_view_if_needed()
    place = field(page, 5).bounding_box()["y"]
    use.click()
    expect(field(page, 5)).to_have_value("Você acreditava nele?")
    expect(field(page, 5)).to_be_focused()
    expect(use).to_be_disabled()
    expect_save_state(page, "saved")
    assert desk.site.store.cues(task.task_id)[4].text == "Você acreditava nele?"
    assert field(page, 5).bounding_box()["y"] == place


def test_one_key_goes_round_through_all_texts_of_a_cue(desk: Desk):
    task, ana = desk.claimed(film_draft(20))  # rows enough for the page to be able to jump
    page = desk.sit_down(ana)
    open_task(page, task.task_id)
    field(page, 5).click()
    machine = re.compile("em cada uma das coisas")
    for key, text in (
        ("F9", "Você acreditou nela?"),
        ("F9", "Você acreditava nele?"),
        ("F9", "Acreditava nele?"),
        ("F9", machine),
        ("Shift+F9", "Acreditava nele?"),
        ("Control+z", machine),
    ):
        page.keyboard.press(key)
        expect(field(page, 5)).to_have_value(text)
    expect_save_state(page, "saved")
    field(page, 7).scroll_into_view_if_needed()
    # As in browsers that do not hold the page in place themselves.
    page.evaluate("document.documentElement.style.overflowAnchor = 'none'")
    below = field(page, 7).bounding_box()["y"]
    field(page, 7).click()
    expect(page.locator("#offers")).to_be_hidden()
    assert field(page, 7).bounding_box()["y"] == below, "rows above shrink, and nothing jumps"
    page.keyboard.press("F9")
    expect(field(page, 7)).to_have_value("Era a única resposta que eu tinha.")


def test_the_film_plays_seeks_and_stops_at_the_end_of_a_cue(desk: Desk):
    task, ana = desk.claimed(film_draft())
    page = desk.sit_down(ana)
    open_task(page, task.task_id)
    page.get_by_role("button", name="Play cue 10", exact=True).click()
    player = page.locator("#player")
    expect(player).to_have_js_property("paused", value=False)
    expect(page.locator("#overlay")).to_have_attribute("data-cue", "10")
    expect(player).to_have_js_property("paused", value=True, timeout=15_000)
    at_s = player.evaluate("video => video.currentTime")
    assert 20.0 <= at_s <= 20.1, "cue 10 ends at 20.1 s"
    expect(page.locator("#overlay")).to_have_text("O motor não vai gostar desse frio.")


def test_the_overlay_shows_what_is_being_typed_and_never_runs_it(desk: Desk):
    task, ana = desk.claimed(film_draft())
    page = desk.sit_down(ana)
    open_task(page, task.task_id)
    field(page, 3).click()
    hostile = '<i>Nunca</i> <img src=x onerror="alert(1)"><script>alert(1)</script>'
    field(page, 3).fill(hostile)
    overlay = page.locator("#overlay")
    expect(overlay.locator("i")).to_have_text("Nunca")
    expect(overlay).to_contain_text('<img src=x onerror="alert(1)"><script>')
    assert overlay.locator("img, script").count() == 0
    expect_save_state(page, "saved")


def test_the_active_row_follows_the_film_but_not_while_somebody_types(desk: Desk):
    task, ana = desk.claimed(film_draft())
    page = desk.sit_down(ana)
    open_task(page, task.task_id)
    player = page.locator("#player")
    page.locator("h1").click()
    player.evaluate("video => { video.currentTime = 8.0; video.muted = true; return video.play() }")
    expect(page.locator(".cue.active")).to_have_attribute("data-number", "5")
    field(page, 20).click()
    player.evaluate("video => { video.currentTime = 11.6 }")
    expect(page.locator("#overlay")).to_have_attribute("data-cue", "7")
    expect(page.locator(".cue.active")).to_have_attribute("data-number", "20")


def test_keys_confirm_move_and_find_issues(desk: Desk):
    task, ana = desk.claimed(film_draft())
    page = desk.sit_down(ana)
    open_task(page, task.task_id)
    field(page, 1).click()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".cue[data-number='1'] .tick")).to_have_attribute("aria-pressed", "true")
    expect(field(page, 2)).to_be_focused()
    expect(page.locator("#confirmed-count")).to_have_text("1 of 30 confirmed")
    page.keyboard.press("Alt+ArrowDown")
    expect(field(page, 3)).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    expect(field(page, 2)).to_be_focused()
    for number in (5, 9, 29, 5):
        page.keyboard.press("F8")
        expect(field(page, number)).to_be_focused()
    page.keyboard.press("Shift+F8")
    expect(field(page, 29)).to_be_focused()
    page.keyboard.press("Escape")
    expect(field(page, 29)).not_to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Next cue with a finding")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(field(page, 29)).to_be_focused()
    assert desk.site.store.cues(task.task_id)[0].state is CueState.CONFIRMED


def test_editing_a_confirmed_cue_takes_its_tick_away_in_sight(desk: Desk):
    task, ana = desk.claimed()
    page = desk.sit_down(ana)
    open_task(page, task.task_id)
    tick = page.locator(".cue[data-number='2'] .tick")
    tick.click()
    expect(tick).to_have_attribute("aria-pressed", "true")
    field(page, 2).fill("Meu avô cuidou do farol\npor 41 anos.")
    expect(tick).to_have_attribute("aria-pressed", "false")
    expect(page.locator("#confirmed-count")).to_have_text("0 of 8 confirmed")


def test_the_machine_text_is_compared_word_by_word_and_can_be_brought_back(desk: Desk):
    task, ana = desk.claimed()
    page = desk.sit_down(ana)
    open_task(page, task.task_id)
    field(page, 8).fill("Veja, a maré virou.")
    expect(page.locator("#detail-machine del")).to_have_text("Olhe")
    expect(page.locator("#detail-machine ins")).to_have_text("Veja")
    expect_save_state(page, "saved")
    page.get_by_role("tab", name="History").click()
    expect(page.locator("#panel-history li")).to_contain_text("Ana edited")
    expect(page.locator("#panel-history del")).to_have_text("Olhe")
    page.get_by_role("tab", name="Cue").click()
    page.get_by_role("button", name="Back to the machine text").click()
    expect(field(page, 8)).to_have_value("Olhe, a maré virou.")
    page.keyboard.press("Control+z")
    expect(field(page, 8)).to_have_value("Veja, a maré virou.")
    page.keyboard.press("Control+Shift+z")
    expect_save_state(page, "saved")
    assert desk.site.store.cues(task.task_id)[7].text == "Olhe, a maré virou."


def test_a_text_the_server_refuses_says_why_and_is_not_called_saved(desk: Desk):
    desk.expected = ("422",)
    task, ana = desk.claimed()
    page = desk.sit_down(ana)
    open_task(page, task.task_id)
    field(page, 1).fill("")
    expect_save_state(page, "refused")
    expect(page.locator(".cue[data-number='1'] .conflict")).to_contain_text("cannot be blank")
    field(page, 1).fill("O porto desperta.")
    expect_save_state(page, "saved")
    expect(page.locator(".cue[data-number='1'] .conflict")).to_be_hidden()


def test_a_reader_of_another_script_gets_it_from_right_to_left(desk: Desk):
    draft = draft_of("<i>مرحبا، كيف حالك؟</i>", title="نافذة البحر", language="ar")
    task, ana = desk.claimed(draft)
    page = desk.sit_down(ana)
    open_task(page, task.task_id)
    text = field(page, 1)
    assert text.evaluate("field => getComputedStyle(field).direction") == "rtl"
    assert text.get_attribute("lang") == "ar"


def test_without_scripts_the_page_still_edits_and_approves(desk: Desk):
    task, ana = desk.claimed()
    page = desk.sit_down(ana, java_script_enabled=False)
    page.goto(f"/tasks/{task.task_id}")
    page.get_by_role("link", name="Edit cue 5", exact=True).click()
    page.get_by_label("Portuguese (Brazil)").fill("Acreditou nele?")
    page.get_by_role("button", name="Save and confirm").click()
    expect(page.locator(".notice")).to_have_text("Saved.")
    expect(page.get_by_role("heading", name="Cue 6")).to_be_visible()
    page.get_by_role("link", name="All cues").click()
    expect(field(page, 5)).to_have_value("Acreditou nele?")
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("This text is frozen.")).to_be_visible()
    cue = desk.site.store.cues(task.task_id)[4]
    assert (cue.text, cue.state) == ("Acreditou nele?", CueState.CONFIRMED)


def test_the_queue_filters_as_soon_as_something_is_chosen(desk: Desk):
    for title, language in (("Tor", "de"), ("Porte", "fr")):
        desk.site.store.park(draft_of("x", title=title, language=language, media=title))
    page = desk.sit_down(desk.site.person())
    page.goto("/")
    page.get_by_label("Language").select_option("fr")
    expect(page).to_have_url(re.compile("language=fr"))
    expect(page.get_by_role("link", name="Porte")).to_be_visible()
    expect(page.get_by_role("link", name="Tor")).to_have_count(0)


def test_a_filter_chosen_before_the_script_came_is_applied(desk: Desk):
    desk.site.store.park(draft_of("x", title="Tor", language="de", media="Tor"))
    page = desk.sit_down(desk.site.person())
    page.route("**/static/page.js", _slowly)
    page.goto("/", wait_until="commit")
    page.get_by_label("Language").select_option("de")
    expect(page).to_have_url(re.compile("language=de"))
    expect(page.get_by_role("link", name="Tor")).to_be_visible()


def _slowly(route: Route) -> None:
    time.sleep(0.5)
    route.continue_()
