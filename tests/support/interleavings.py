"""Two people, three windows, one task: days made up by a seed, and who must find which text where.

Ana has the task open in two tabs of one browser, Bruno in a browser of his own. They type, their
lines are slow, cut or lose answers, windows crash or are loaded again, logins end, leases lapse and
the other one takes over. What must hold:

- what a window calls saved, the server was given;
- no text is stored over one that its writer had not seen;
- what somebody typed last is, in the end, on the server or before their eyes.
"""

import contextlib
import random
import time
from collections import defaultdict
from dataclasses import dataclass, field

from playwright.sync_api import Dialog, Page, expect
from playwright.sync_api import Error as PlaywrightError
from web_browser import Desk, ShiftableClock
from web_film import film_draft
from web_site import PASSWORD

from review.errors import TaskHeldError
from review.tasks import Role

EXPECTED = ("401", "409", "412", "502", "503", "ERR_INTERNET_DISCONNECTED", "ERR_FAILED")
"""What Chromium says of requests that are meant to fail."""
_SETTLED_S = 40
_BRIEFLY_MS = 2_000
_FOUND_MS = 4_000
_AT_REST = {"Ana": {"saved", "conflict"}, "Bruno": {"saved", "conflict", "paused"}}
# What a row shows, in one look.
_LOOK = """number => {
    const row = document.querySelector(`.cue[data-number="${number}"]`);
    const field = row?.querySelector("textarea");
    const box = row?.querySelector(".conflict");
    return {
        text: field ? field.value : row?.innerText ?? "",
        mayType: Boolean(field && !field.readOnly && !field.disabled),
        conflict: box && !box.hidden ? box.innerText : "",
        kept: document.querySelector("#kept-banner:not([hidden])")?.innerText ?? "",
        state: document.querySelector("#save-state")?.dataset.state ?? "saved",
        isLost: document.querySelector("#lost-banner")?.hidden === false,
        isLoggedOut: Boolean(document.querySelector("#login")?.open),
    };
}"""


@dataclass
class Window:
    """One tab of a person.

    Attributes:
        seen: What stood before their eyes of each cue, on this day and those before.
        typed: What they typed today, in order.
    """

    name: str
    person: str
    page: Page
    seen: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    typed: list[str] = field(default_factory=list)

    def look(self, number: int) -> dict:
        """What the window shows of a cue."""
        shown = self.page.evaluate(_LOOK, number)
        self.seen[number] |= {shown["text"], shown["conflict"], shown["kept"]}
        return shown


def _accept(dialog: Dialog) -> None:
    """Whoever is asked whether to leave a page leaves it."""
    dialog.accept()


class Days:
    """A house with Ana and Bruno in it, one made-up day after the other."""

    def __init__(self, desk: Desk, clock: ShiftableClock, seed: int) -> None:
        self._desk, self._clock, self._luck = desk, clock, random.Random(seed)
        desk.expected = EXPECTED
        self._task, self._ana = desk.claimed(film_draft())
        self._bruno = desk.site.person(Role.LINGUIST, "Bruno")
        self._count = desk.site.store.task(self._task.task_id).cue_count
        one, two = desk.sit_down(self._ana), desk.sit_down(self._bruno)
        other = desk.listen(one.context.new_page())
        for page in (one, two, other):
            page.on("dialog", _accept)
        self._windows = {
            name: Window(name, person, page)
            for name, person, page in (
                ("ana1", "Ana", one),
                ("ana2", "Ana", other),
                ("bruno", "Bruno", two),
            )
        }
        self._stored: list[tuple[str, str, str]] = []
        self._listen_to_the_store()
        for window in self._windows.values():
            self._open(window)

    def day(self, number: int) -> list[str]:
        """What went wrong on this day; nothing does."""
        cue = 1 + number % self._count
        self._stored.clear()
        for window in self._windows.values():
            window.typed = []
            window.look(cue)
        steps = range(self._luck.randint(4, 9))
        told = [self._step(f"{number}.{step}", cue) for step in steps]
        self._mend()
        wrong = self._settle(cue) or self._wrong(cue)
        if wrong:  # what a crashed page kept is found once the browser knows that it is gone
            self._windows["ana1"].page.wait_for_timeout(_FOUND_MS)
            wrong = self._wrong(cue)
        states = {name: window.look(cue) for name, window in self._windows.items()}
        self._decide(cue)
        if wrong:
            kept = self._windows["ana1"].page.evaluate("() => JSON.stringify(localStorage)")
            told += [str(self._stored), str(states), f"kept {kept}"]
        return [f"day {number}: {one} ({', '.join(told)})" for one in wrong]

    # ---- what happens ------------------------------------------------------------------------

    def _step(self, name: str, cue: int) -> str:
        kinds = {
            self._type: 9,
            self._slow: 2,
            self._cut: 2,
            self._lose_answers: 1,
            self._go_offline: 1,
            self._wait: 4,
            self._reload: 1,
            self._crash: 1,
            self._take_over: 1,
            self._log_out: 1,
        }
        kind = self._luck.choices(list(kinds), list(kinds.values()))[0]
        window = self._luck.choice(list(self._windows.values()))
        return f"{kind.__name__[1:]} {window.name if kind(window, name, cue) else ''}".strip()

    def _type(self, window: Window, name: str, cue: int) -> bool:
        shown = window.look(cue)
        if not shown["mayType"] or shown["isLoggedOut"]:
            return False
        text = f"{window.name} {name}"
        try:
            window.page.locator(f'.cue[data-number="{cue}"] textarea').fill(
                text, timeout=_BRIEFLY_MS
            )
        except PlaywrightError:
            return False  # a dialog came up between the look and the typing
        now = window.look(cue)
        if now["isLoggedOut"] and text not in now["text"]:
            return False  # it came up between the two, and the letters went into the dialog
        window.typed.append(text)
        return True

    def _slow(self, *_) -> bool:
        self._desk.line.delay_s = self._luck.choice((0.0, 0.1, 0.5, 1.0))
        return False

    def _cut(self, *_) -> bool:
        self._desk.line.is_broken = not self._desk.line.is_broken
        return False

    def _lose_answers(self, *_) -> bool:
        self._desk.line.loses_answers = not self._desk.line.loses_answers
        return False

    def _go_offline(self, window: Window, *_) -> bool:
        window.page.context.set_offline(self._luck.random() < 0.7)
        return True

    def _wait(self, window: Window, *_) -> bool:
        window.page.wait_for_timeout(self._luck.choice((50, 300, 600, 1200)))
        return False

    def _reload(self, window: Window, *_) -> bool:
        if self._is_offline(window):
            return False
        self._open(window)
        return True

    def _crash(self, window: Window, *_) -> bool:
        page = window.page
        with page.expect_event("crash"), contextlib.suppress(PlaywrightError):
            page.goto("chrome://crash")
        context = page.context
        page.close()
        context.set_offline(False)
        window.page = self._desk.listen(context.new_page())
        window.page.on("dialog", _accept)
        self._open(window)
        return True

    def _take_over(self, *_) -> bool:
        """The lease lapses, and the other one takes the task."""
        task = self._desk.site.store.task(self._task.task_id)
        self._clock.pass_(hours=1)
        holds = task.lease is not None and task.lease.user_id == self._ana.user_id
        new = self._bruno if holds else self._ana
        with contextlib.suppress(TaskHeldError):  # a heartbeat came between, with the new time
            self._desk.site.store.claim(self._task.task_id, new.user_id)
        for window in self._windows.values():
            if window.person == new.name and not self._is_offline(window):
                self._open(window)
        return False

    def _log_out(self, window: Window, *_) -> bool:
        for cookie in window.page.context.cookies():
            if cookie["name"] == "polycue_session":
                self._desk.site.people.close_session(cookie["value"])
        return True

    # ---- how it ends -------------------------------------------------------------------------

    def _mend(self) -> None:
        """Lines are whole again, and Ana has the task."""
        line = self._desk.line
        line.delay_s, line.is_broken, line.loses_answers = 0.0, False, False
        for window in self._windows.values():
            window.page.context.set_offline(False)
        self._give_back()

    def _give_back(self) -> None:
        lease = self._desk.site.store.task(self._task.task_id).lease
        if lease is not None and lease.user_id == self._bruno.user_id:
            self._desk.site.store.release(self._task.task_id, self._bruno.user_id, lease.epoch)

    def _settle(self, cue: int) -> list[str]:
        """Do what the windows ask people for, until nothing is on its way any more."""
        deadline = time.monotonic() + _SETTLED_S
        while True:
            states = {}
            for window in self._windows.values():
                shown = window.look(cue)
                states[window.name] = shown["state"]
                self._answer(window, shown)
            if all(state in _AT_REST[self._windows[name].person] for name, state in states.items()):
                return []
            if time.monotonic() > deadline:
                return [f"not at rest: {states}"]
            self._windows["ana1"].page.wait_for_timeout(60)

    def _answer(self, window: Window, shown: dict) -> None:
        # What is asked may be settled before it is answered: the other tab has logged in.
        with contextlib.suppress(PlaywrightError):
            self._try_to_answer(window, shown)

    def _try_to_answer(self, window: Window, shown: dict) -> None:
        if "#login" in window.page.url or "/login" in window.page.url:
            self._open(window)
        elif shown["isLoggedOut"]:
            form = window.page.get_by_role("dialog")
            form.get_by_label("Password").fill(PASSWORD, timeout=_BRIEFLY_MS)
            form.get_by_role("button", name="Log in").click(timeout=_BRIEFLY_MS)
        elif shown["isLost"] and window.person == "Ana":
            window.page.get_by_role("button", name="Claim again").click(timeout=_BRIEFLY_MS)
        elif shown["state"] == "offline":
            window.page.evaluate("() => dispatchEvent(new Event('online'))")

    def _wrong(self, cue: int) -> list[str]:
        shown = {name: window.look(cue) for name, window in self._windows.items()}
        stored_now = self._desk.site.store.cues(self._task.task_id)[cue - 1].text
        given = {new for _, new, _ in self._stored}
        before_eyes = " | ".join(
            one["text"] + one["conflict"] + one["kept"] for one in shown.values()
        )
        wrong = []
        for name, window in self._windows.items():
            text = shown[name]["text"]
            if shown[name]["state"] == "saved" and text in window.typed and text not in given:
                wrong.append(f"{name} calls {text!r} saved, which the server never got")
            last = window.typed[-1:] and window.typed[-1]
            if last and last not in given and last not in before_eyes:
                wrong.append(f"{last!r} is gone; stored is {stored_now!r}")
        for before, new, _ in self._stored:
            writer = next((w for w in self._windows.values() if new in w.typed), None)
            known = [*writer.seen[cue], *writer.typed] if writer else [before]
            if not any(before in one for one in known):
                wrong.append(f"{new!r} went over {before!r}, which {writer.name} had not seen")
        return wrong

    def _decide(self, cue: int) -> None:
        """Whoever sees a conflict chooses; the next day begins with nothing open."""
        for window in self._windows.values():
            box = window.page.locator(f'.cue[data-number="{cue}"] .conflict')
            name = self._luck.choice(("Keep mine", "Take the stored one"))
            button = box.get_by_role("button", name=name)
            if window.person == "Ana" and button.count() and button.is_visible():
                with contextlib.suppress(PlaywrightError):  # or another day: a dialog came up
                    button.click(timeout=_BRIEFLY_MS)
        self._settle(cue)
        bruno = self._windows["bruno"]
        if bruno.look(cue)["state"] != "saved":
            # It is not his turn: what he typed is shown to him and he lets it go.
            bruno.page.evaluate("() => localStorage.clear()")
            self._open(bruno)

    # ---- the house ---------------------------------------------------------------------------

    def _open(self, window: Window) -> None:
        page = window.page
        page.goto(f"/tasks/{self._task.task_id}")
        if "/login" in page.url:
            person = self._ana if window.person == "Ana" else self._bruno
            token = self._desk.site.people.open_session(
                person.user_id, lifetime=self._desk.site.settings.session_lifetime
            )
            cookie = {"name": "polycue_session", "value": token, "url": self._desk.address}
            page.context.add_cookies([cookie])
            page.goto(f"/tasks/{self._task.task_id}")
        expect(page.locator("main[data-ready=true]")).to_be_visible()

    def _is_offline(self, window: Window) -> bool:
        return not window.page.evaluate("() => navigator.onLine")

    def _listen_to_the_store(self) -> None:
        store = self._desk.site.store
        edit = store.edit_cue

        def listening(task_id, cue_id, **how):
            (before,) = store.cues(task_id, [cue_id])
            after = edit(task_id, cue_id, **how)
            if after.text != before.text:
                self._stored.append((before.text, after.text, how["user_id"]))
            return after

        store.edit_cue = listening
