"""What was typed is never lost, and the page never says "saved" about what is not."""

import contextlib

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import expect
from web_browser import Desk, ShiftableClock, expect_save_state, field, open_task
from web_site import PASSWORD

from review.tasks import Role

pytestmark = pytest.mark.browser


def stored(desk: Desk, task_id: str, number: int = 1) -> str:
    return desk.site.store.cues(task_id)[number - 1].text


def conflict(page, number: int = 1):
    return page.locator(f".cue[data-number='{number}'] .conflict")


def crash(page) -> None:
    """End a page without giving it a moment for last words."""
    with page.expect_event("crash"), contextlib.suppress(PlaywrightError):
        page.goto("chrome://crash")


def test_a_slow_server_gets_every_word_and_nobody_conflicts_with_himself(desk: Desk):
    task, ana = desk.claimed()
    page = desk.sit_down(ana)
    open_task(page, task.task_id)
    desk.line.delay_s = 0.9
    field(page, 1).fill("")
    for word in ("O", " porto", " desperta", " antes", " da", " cidade."):
        field(page, 1).press_sequentially(word, delay=20)
        page.wait_for_timeout(450)
        expect(page.locator("#save-state")).not_to_have_text("Saved")
    expect_save_state(page, "saved")
    assert stored(desk, task.task_id) == "O porto desperta antes da cidade."
    assert set(desk.line.statuses) == {200}
    assert field(page, 1).input_value() == "O porto desperta antes da cidade."


def test_the_cursor_stays_where_it_is_while_the_page_saves(desk: Desk):
    task, ana = desk.claimed()
    page = desk.sit_down(ana)
    open_task(page, task.task_id)
    field(page, 1).click()
    field(page, 1).evaluate("field => field.setSelectionRange(2, 2)")
    page.keyboard.type("grande ")
    expect_save_state(page, "saved")
    assert field(page, 1).evaluate("field => field.selectionStart") == 9
    assert stored(desk, task.task_id) == "O grande porto acorda antes da cidade."


def test_while_the_line_is_cut_the_text_is_kept_and_it_is_saved_afterwards(desk: Desk):
    desk.expected = ("502", "412", "503", "ERR_INTERNET_DISCONNECTED")
    task, ana = desk.claimed()
    page = desk.sit_down(ana)
    open_task(page, task.task_id)

    desk.line.is_broken = True  # the server is down
    field(page, 1).fill("Durante a pane.")
    expect_save_state(page, "offline")
    expect(page.locator("#save-state")).to_have_text("Offline: 1 change kept here")
    desk.line.is_broken = False
    expect_save_state(page, "saved")
    assert stored(desk, task.task_id) == "Durante a pane."

    page.context.set_offline(True)
    field(page, 2).fill("Sem rede.")
    field(page, 3).fill("Também sem rede.")
    expect_save_state(page, "offline")
    expect(page.locator("#save-state")).to_have_text("Offline: 2 changes kept here")
    page.context.set_offline(False)
    expect_save_state(page, "saved")
    texts = [stored(desk, task.task_id, number) for number in (2, 3)]
    assert texts == ["Sem rede.", "Também sem rede."]

    desk.line.loses_answers = True  # saved, and the page does not know: no conflict with itself
    field(page, 4).fill("Chegou, mas ninguém soube.")
    expect_save_state(page, "offline")
    assert stored(desk, task.task_id, 4) == "Chegou, mas ninguém soube."
    field(page, 4).fill("E o texto continuou.")
    desk.line.loses_answers = False
    expect_save_state(page, "saved")
    assert stored(desk, task.task_id, 4) == "E o texto continuou."


def test_two_tabs_that_disagree_show_both_texts_and_let_a_person_choose(desk: Desk):
    desk.expected = ("412",)
    task, ana = desk.claimed()
    first = desk.sit_down(ana)
    open_task(first, task.task_id)
    second = desk.listen(first.context.new_page())
    open_task(second, task.task_id)
    for number, button, kept in (
        (1, "Keep mine", "Da primeira aba."),
        (2, "Take the stored one", "Da segunda."),
    ):
        field(second, number).fill("Da segunda.")
        expect_save_state(second, "saved")
        field(first, number).fill("Da primeira aba.")
        expect_save_state(first, "conflict")
        expect(first.locator("#save-state")).to_have_text(f"Conflict in cue {number}")
        expect(conflict(first, number)).to_contain_text("Da segunda.")
        expect(field(first, number)).to_have_value("Da primeira aba.")
        assert stored(desk, task.task_id, number) == "Da segunda."
        conflict(first, number).get_by_role("button", name=button).click()
        expect_save_state(first, "saved")
        expect(field(first, number)).to_have_value(kept)
        assert stored(desk, task.task_id, number) == kept


def test_who_lost_the_task_keeps_the_text_and_sees_both_after_claiming_again(
    desk: Desk, clock: ShiftableClock
):
    desk.expected = ("409", "412")
    task, ana = desk.claimed()
    page = desk.sit_down(ana)
    open_task(page, task.task_id)
    bruno = desk.site.person(Role.LINGUIST, "Bruno")
    clock.pass_(hours=1)
    epoch = desk.site.store.claim(task.task_id, bruno.user_id).epoch
    cue, other = desk.site.store.cues(task.task_id)[:2]
    for one, text in ((cue, "De Bruno."), (other, "Também de Bruno.")):
        desk.site.store.edit_cue(
            task.task_id,
            one.cue_id,
            user_id=bruno.user_id,
            epoch=epoch,
            version=one.version,
            text=text,
        )
    field(page, 1).fill("De Ana.")
    expect_save_state(page, "paused")
    banner = page.locator("#lost-banner")
    expect(banner).to_contain_text("you no longer hold this task")
    banner.get_by_role("button", name="Claim again").click()
    expect(banner).to_contain_text("Bruno holds this task until")
    assert stored(desk, task.task_id) == "De Bruno."

    desk.site.store.release(task.task_id, bruno.user_id, epoch)
    banner.get_by_role("button", name="Claim again").click()
    expect(banner).to_be_hidden()
    expect(conflict(page)).to_contain_text("De Bruno.")
    expect(field(page, 1)).to_have_value("De Ana.")
    expect(field(page, 2)).to_have_value("Também de Bruno.")
    conflict(page).get_by_role("button", name="Keep mine").click()
    expect_save_state(page, "saved")
    assert stored(desk, task.task_id) == "De Ana."


def test_a_login_that_ended_is_renewed_in_the_page_and_the_text_goes_through(desk: Desk):
    desk.expected = ("401",)
    task, ana = desk.claimed()
    page = desk.sit_down(ana)
    open_task(page, task.task_id)
    token = next(c["value"] for c in page.context.cookies() if c["name"] == "polycue_session")
    desk.site.people.close_session(token)
    field(page, 1).fill("Depois da sessão.")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Your session has ended")
    dialog.get_by_label("Password").fill("wrong password")
    dialog.get_by_role("button", name="Log in").click()
    expect(dialog.get_by_role("alert")).to_have_text("name or password is wrong")
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Log in").click()
    expect(dialog).to_be_hidden()
    expect_save_state(page, "saved")
    assert stored(desk, task.task_id) == "Depois da sessão."


def test_what_was_typed_before_a_crash_is_back_and_overwrites_nothing_stored_meanwhile(desk: Desk):
    desk.expected = ("503", "412")
    task, ana = desk.claimed()
    page = desk.sit_down(ana)
    open_task(page, task.task_id)
    desk.line.is_broken = True
    field(page, 1).fill("Guardado aqui.")
    field(page, 3).fill("Antes da queda.")
    expect_save_state(page, "offline")
    expect(page.locator("#save-state")).to_have_text("Offline: 2 changes kept here")
    crash(page)
    desk.line.is_broken = False
    epoch = desk.site.store.task(task.task_id).lease.epoch
    cue = desk.site.store.cues(task.task_id)[0]
    desk.site.store.edit_cue(
        task.task_id,
        cue.cue_id,
        user_id=ana.user_id,
        epoch=epoch,
        version=cue.version,
        text="Gravado depois.",
    )
    again = desk.listen(page.context.new_page())
    open_task(again, task.task_id)
    expect(field(again, 3)).to_have_value("Antes da queda.")
    expect_save_state(again, "conflict")
    expect(field(again, 1)).to_have_value("Guardado aqui.")
    expect(conflict(again)).to_contain_text("Gravado depois.")
    conflict(again).get_by_role("button", name="Take the stored one").click()
    expect_save_state(again, "saved")
    assert stored(desk, task.task_id) == "Gravado depois."
    assert stored(desk, task.task_id, 3) == "Antes da queda."


def test_a_kept_text_is_shown_and_can_be_dropped_where_it_cannot_be_saved(desk: Desk):
    desk.expected = ("503",)
    task, ana = desk.claimed()
    page = desk.sit_down(ana)
    open_task(page, task.task_id)
    desk.line.is_broken = True
    field(page, 2).fill("Nunca chegou.")
    expect_save_state(page, "offline")
    crash(page)
    desk.site.store.release(
        task.task_id, ana.user_id, desk.site.store.task(task.task_id).lease.epoch
    )
    again = desk.listen(page.context.new_page())
    open_task(again, task.task_id)
    expect(again.locator("#kept-banner")).to_contain_text("1 text of yours")
    expect(conflict(again, 2)).to_contain_text("Nunca chegou.")
    again.get_by_role("button", name="Discard them").click()
    expect(again.locator("main[data-ready=true]")).to_be_visible()
    expect(again.locator("#kept-banner")).to_be_hidden()


def test_leaving_in_the_middle_of_a_word_still_saves_it(desk: Desk):
    task, ana = desk.claimed()
    page = desk.sit_down(ana)
    page.on("dialog", lambda dialog: dialog.accept())
    open_task(page, task.task_id)
    field(page, 1).fill("No meio da pala")
    page.goto("/")
    again = desk.listen(page.context.new_page())
    open_task(again, task.task_id)
    expect(field(again, 1)).to_have_value("No meio da pala")
    expect_save_state(again, "saved")
    assert stored(desk, task.task_id) == "No meio da pala"


def test_leaving_while_something_is_not_saved_asks_first(desk: Desk):
    desk.expected = ("503",)
    task, ana = desk.claimed()
    page = desk.sit_down(ana)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    open_task(page, task.task_id)
    page.locator("h1").click()
    page.goto("/")
    assert asked == [], "everything was saved"
    open_task(page, task.task_id)
    desk.line.is_broken = True
    field(page, 1).fill("Ainda não.")
    expect_save_state(page, "offline")
    page.goto("/")
    assert asked == ["beforeunload"]


def test_a_full_browser_storage_is_told(desk: Desk):
    desk.expected = ("503",)
    task, ana = desk.claimed()
    page = desk.sit_down(ana)
    open_task(page, task.task_id)
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full') } }")
    desk.line.is_broken = True
    field(page, 1).fill("Sem lugar.")
    expect_save_state(page, "offline")
    expect(page.locator("#save-state")).to_contain_text("NOT kept here")


def test_approving_waits_for_what_is_still_being_saved(desk: Desk):
    task, ana = desk.claimed()
    page = desk.sit_down(ana)
    open_task(page, task.task_id)
    field(page, 5).fill("Acreditou nele?")
    expect_save_state(page, "saved")
    desk.line.delay_s = 1.0
    field(page, 1).fill("O porto desperta.")
    page.get_by_role("button", name="Approve").click()
    page.get_by_role("dialog").get_by_role("button", name="Approve").click()
    expect(page.get_by_text("This text is frozen.")).to_be_visible()
    assert "O porto desperta." in desk.site.store.snapshot(task.task_id).srt
