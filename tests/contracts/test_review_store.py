"""What every review queue must do."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from review_desks import LEASE, ReviewDesk, sql_desk
from review_drafts import draft_of, finding_on
from sentence_drafts import WAND, hit, sentence, with_sentences, with_sources

from review.errors import (
    InvalidEditError,
    LeaseLostError,
    NotAllowedError,
    StaleCueError,
    TaskHeldError,
    UnknownTaskError,
)
from review.tasks import CueState, TaskState
from subtitles.findings import Severity
from subtitles.formats.malformed import UnknownFormatError

TOO_LONG_A_ROW = (
    "Dies ist eine einzige Zeile, die viel zu lang für zwei Sekunden Lesezeit ist. " * 3
)


@pytest.fixture
def desk(database_url: str) -> Iterator[ReviewDesk]:
    with sql_desk(database_url) as staffed:
        yield staffed


@pytest.fixture
def task(desk):
    return desk.store.park(draft_of("Guten Tag.", "Wie geht es?", "Gut."))[0]


# ---- parking -----------------------------------------------------------------------------------


def test_a_parked_draft_waits_with_everything_it_brought(desk):
    draft = draft_of("Guten Tag.", "Wie geht es?\nGut.")
    draft = replace(
        draft,
        findings=(
            finding_on(draft.cues[1].cue_id),
            finding_on(draft.cues[1].cue_id, Severity.WARNING),
            replace(finding_on("", Severity.WARNING), note="0:00:09.0: “Danke.”"),
        ),
        audience="children",
        kind="sdh",
        client="netflix-marketing",
    )
    task, is_new = desk.store.park(draft)
    assert is_new
    for name in (
        *("media_id", "title", "media_path", "frame_rate", "source_language", "language"),
        *("draft_id", "made_by", "audience", "kind", "client"),
    ):
        assert getattr(task, name) == getattr(draft, name)
    assert task.state is TaskState.PENDING
    assert (task.cue_count, task.confirmed_count) == (2, 0)
    assert (task.error_count, task.warning_count) == (1, 2)
    assert (task.lease, task.snapshot_sha256, task.reason) == (None, None, "")
    assert task.created_at == task.updated_at == desk.clock.now
    assert desk.store.task(task.task_id) == task
    assert desk.store.tasks() == (task,)
    first, second = desk.store.cues(task.task_id)
    assert first.findings == ()
    assert second.findings == draft.findings[:2]
    assert desk.store.track_findings(task.task_id) == draft.findings[2:]
    assert (second.cue_id, second.span) == (draft.cues[1].cue_id, draft.cues[1].span)
    assert second.text == second.machine_text == "Wie geht es?\nGut."
    assert second.source_text == "Line 1."
    assert (second.ordinal, second.version, second.confidence) == (1, 1, 0.9)
    assert second.state is CueState.MACHINE
    assert desk.kinds(task) == ["draft.parked"]


def _spoken(draft):
    """Three cues: a sentence through two of them, and two in the last."""
    return with_sentences(
        draft,
        sentence("He broke his wand.", "Er brach ihn.", "0", "1", quality=0.9, terms=(WAND,)),
        sentence("So.", "So.", "2", quality=0.4, runners_up=("Tja.", "Na."), faults=("x",)),
        sentence("Well?", "Nun?", "2", quality=0.7, score=-0.5, memory_hits=(hit("Und?", 0.8),)),
    )


def test_what_the_machine_knew_of_its_sentences_comes_along(desk):
    draft = _spoken(draft_of("Er brach", "ihn.", "So. Nun?"))
    task = desk.store.park(draft)[0]
    first, second, third = desk.store.cues(task.task_id)
    assert desk.store.sentences(task.task_id) == draft.sentences
    assert desk.store.cues(task.task_id, [third.cue_id, first.cue_id]) == (first, third)
    assert desk.store.cues(task.task_id, ["nobody", "a\x00b"]) == ()
    assert desk.store.passage(task.task_id, second.cue_id) == draft.sentences[:1]
    assert desk.store.passage(task.task_id, third.cue_id) == draft.sentences[1:]
    assert [cue.quality for cue in (first, second, third)] == [0.9, 0.9, 0.4]
    with pytest.raises(UnknownTaskError):
        desk.store.passage(task.task_id, "nobody")
    with pytest.raises(UnknownTaskError):
        desk.store.sentences("nobody")


def test_a_newer_draft_brings_its_own_sentences(desk):
    task = desk.store.park(_spoken(draft_of("Er brach", "ihn.", "So. Nun?")))[0]
    newer = with_sentences(draft_of("Hallo.", "Na?"), sentence("Hi.", "Hallo.", "0"))
    desk.store.park(newer)
    first, second = desk.store.cues(task.task_id)
    assert desk.store.sentences(task.task_id) == newer.sentences
    assert desk.store.passage(task.task_id, second.cue_id) == ()
    assert (first.quality, second.quality) == (None, None)


def test_an_edit_is_checked_for_the_shows_words_of_its_own_source(desk):
    draft = with_sources(draft_of("Er brach", "ihn.", "So. Nun?"), "He broke", "his wand.", "So.")
    task = desk.store.park(_spoken(draft))[0]

    def rules(text, cue):
        return [one.rule for one in desk.write(task, text, cue=cue).findings]

    assert "term-missed" in rules("den Ast.", 1)
    assert "term-missed" not in rules("den Zauberstab.", 1)
    assert "term-missed" not in rules("Er zerbrach", 0)
    assert "term-missed" in rules("den Zweig.", 1)


@pytest.mark.parametrize("what", ["runners_up", "memory_hits", "terms", "text", "source_text"])
def test_a_sentence_that_no_database_can_keep_is_refused(desk, what):
    bad = {
        "runners_up": ("a\x00b",),
        "memory_hits": (hit("a\x00b"),),
        "terms": (replace(WAND, forms=("a\x00b",)),),
    }.get(what, "a\x00b")
    draft = with_sentences(draft_of("Ja."), replace(sentence("Yes.", "Ja.", "0"), **{what: bad}))
    with pytest.raises(InvalidEditError, match=r"U\+0000"):
        desk.store.park(draft)


def test_parking_the_same_draft_again_changes_nothing(desk, task):
    desk.write(task, "Guten Abend.")
    before = desk.store.task(task.task_id), desk.store.cues(task.task_id), desk.kinds(task)
    desk.clock.pass_(hours=0)
    again, is_new = desk.store.park(draft_of("Guten Tag.", "Wie geht es?", "Gut."))
    assert (again, is_new) == (before[0], False)
    after = desk.store.task(task.task_id), desk.store.cues(task.task_id), desk.kinds(task)
    assert after == before


def test_a_newer_draft_replaces_cues_nobody_has_touched(desk, task):
    desk.clock.pass_(minutes=1)
    newer = draft_of("Hallo.", "Na?")
    newer = replace(newer, findings=(finding_on(newer.cues[0].cue_id),), made_by="engine:other")
    replaced, is_new = desk.store.park(newer)
    assert is_new
    assert replaced.task_id == task.task_id
    assert replaced.draft_id == newer.draft_id
    assert replaced.made_by == "engine:other"
    assert (replaced.cue_count, replaced.error_count) == (2, 1)
    assert replaced.created_at == task.created_at
    assert replaced.updated_at == desk.clock.now
    assert [cue.text for cue in desk.store.cues(task.task_id)] == ["Hallo.", "Na?"]
    assert desk.kinds(task) == ["draft.parked", "draft.replaced"]
    assert desk.store.park(newer) == (replaced, False)


def test_an_older_setting_taken_up_again_is_a_newer_draft(desk, task):
    desk.store.park(draft_of("Hallo."))
    back, is_new = desk.store.park(draft_of("Guten Tag.", "Wie geht es?", "Gut."))
    assert is_new
    assert back.draft_id == task.draft_id
    assert desk.store.cues(task.task_id)[0].text == "Guten Tag."


def test_a_newer_draft_replaces_cues_that_were_only_looked_at(desk, task):
    epoch = desk.claimed(task).epoch
    desk.clock.pass_(minutes=16)
    replaced, is_new = desk.store.park(draft_of("Hallo.", "Wie geht es?", "Gut."))
    assert is_new
    assert replaced.state is TaskState.PENDING
    with pytest.raises(LeaseLostError):  # its former holder looks at other cues
        desk.store.heartbeat(task.task_id, desk.ana.user_id, epoch)
    assert desk.claimed(task).epoch == epoch + 1


def test_each_language_and_each_title_is_a_task_of_its_own(desk):
    tasks = {
        desk.store.park(draft_of("Hi.", media=media, language=language))[0].task_id
        for media in ("film", "other")
        for language in ("de", "pt-BR")
    }
    assert len(tasks) == 4


def test_a_draft_without_cues_can_be_parked_and_approved(desk):
    task, _ = desk.store.park(draft_of())
    assert task.cue_count == 0
    assert (
        desk.approved(task).sha256
        == hashlib.sha256(desk.store.snapshot(task.task_id).srt.encode()).hexdigest()
    )


@pytest.mark.parametrize("character", ["\x00", "\ud800"])
def test_text_no_database_can_keep_is_refused_with_its_place(desk, character):
    draft = draft_of("Guten Tag.", f"Wie {character} geht es?")
    with pytest.raises(InvalidEditError, match=draft.cues[1].cue_id):
        desk.store.park(draft)
    with pytest.raises(InvalidEditError, match="title"):
        desk.store.park(draft_of("Guten Tag.", title=f"A {character}"))
    assert desk.store.tasks() == ()


@pytest.mark.parametrize("frame_rate", ["", "24.5", "24/0", "0", "-25", "２４", "24/1/1"])
def test_a_frame_rate_nobody_can_read_is_refused(desk, frame_rate):
    with pytest.raises(InvalidEditError, match="frame rate"):
        desk.store.park(replace(draft_of("A."), frame_rate=frame_rate))
    assert desk.store.tasks() == ()


@pytest.mark.parametrize("frame_rate", [None, "25", "30000/1001"])
def test_cues_of_any_frame_rate_can_be_edited(desk, frame_rate):
    task, _ = desk.store.park(replace(draft_of("A."), frame_rate=frame_rate))
    assert desk.write(task, "Guten Tag.").findings == ()


def test_machine_text_is_kept_as_it_came(desk):
    odd = "  a --> b\u202e <i>x\r\n\n\x1b[0m</i> & 'quoted' \U0001f3ac  "
    task, _ = desk.store.park(draft_of(odd, title="<script>alert(1)</script>"))
    cue = desk.store.cues(task.task_id)[0]
    assert cue.text == cue.machine_text == odd
    assert task.title == "<script>alert(1)</script>"


# ---- the queue ---------------------------------------------------------------------------------


def test_the_queue_can_be_asked_by_state_and_language(desk):
    parked = []
    for number, language in enumerate(["de", "de", "fr", "fr", "fr"]):
        parked.append(desk.store.park(draft_of("A.", media=f"f{number}", language=language))[0])
        desk.clock.pass_(seconds=1)
    desk.claimed(parked[1])
    desk.approved(parked[2])
    ids = [task.task_id for task in parked]

    def asked(**what):
        return [ids.index(task.task_id) for task in desk.store.tasks(**what)]

    assert asked() == [0, 1, 2, 3, 4]
    assert asked(state=TaskState.PENDING) == [0, 3, 4]
    assert asked(state=TaskState.IN_REVIEW) == [1]
    assert asked(state=TaskState.APPROVED, language="fr") == [2]
    assert asked(state=TaskState.APPROVED, language="de") == []
    assert asked(language="de") == [0, 1]
    assert asked(state=TaskState.CHANGES_REQUESTED) == []
    desk.clock.pass_(minutes=15)  # the lease runs out
    assert asked(state=TaskState.PENDING) == [0, 1, 3, 4]
    assert asked(state=TaskState.IN_REVIEW) == []


# ---- claims and leases -------------------------------------------------------------------------


def test_a_claim_gives_a_lease_that_everybody_sees(desk, task):
    lease = desk.claimed(task)
    assert (lease.user_id, lease.user_name) == (desk.ana.user_id, "Ana")
    assert lease.epoch == 1
    assert lease.until == desk.clock.now + LEASE
    seen = desk.store.task(task.task_id)
    assert seen.lease == lease
    assert seen.state is TaskState.IN_REVIEW
    assert desk.kinds(task) == ["draft.parked", "task.claimed"]


def test_nobody_takes_a_task_that_is_held(desk, task):
    desk.claimed(task)
    desk.clock.pass_(minutes=14, seconds=59)
    with pytest.raises(TaskHeldError, match="Ana holds this task until 2026-01-15 12:15 UTC"):
        desk.claimed(task, desk.ben)
    assert desk.kinds(task) == ["draft.parked", "task.claimed"]


def test_the_holders_own_claim_renews_the_lease_under_the_same_epoch(desk, task):
    first = desk.claimed(task)
    desk.clock.pass_(minutes=10)
    again = desk.claimed(task)
    assert again == replace(first, until=desk.clock.now + LEASE)
    assert desk.kinds(task) == ["draft.parked", "task.claimed"]


@pytest.mark.parametrize("act", ["heartbeat", "edit", "confirm"])
def test_every_sign_of_life_renews_the_lease(desk, task, act):
    epoch = desk.claimed(task).epoch
    desk.clock.pass_(minutes=14)
    cue = desk.store.cues(task.task_id)[0]
    who = {"user_id": desk.ana.user_id, "epoch": epoch}
    if act == "heartbeat":
        assert desk.store.heartbeat(task.task_id, **who).until == desk.clock.now + LEASE
    elif act == "edit":
        desk.store.edit_cue(task.task_id, cue.cue_id, version=1, text="Hallo.", **who)
    else:
        desk.store.confirm_cue(task.task_id, cue.cue_id, confirmed=True, **who)
    assert desk.store.task(task.task_id).lease.until == desk.clock.now + LEASE


def test_a_lease_that_ran_out_frees_the_task(desk, task):
    desk.claimed(task)
    desk.clock.pass_(minutes=15)
    free = desk.store.task(task.task_id)
    assert (free.state, free.lease) == (TaskState.PENDING, None)
    lease = desk.claimed(task, desk.ben)
    assert (lease.user_name, lease.epoch) == ("Ben", 2)
    last = desk.store.events(task.task_id)[-1]
    assert (last.kind, last.actor, last.detail) == ("task.claimed", "Ben", "Ana")


def test_who_comes_back_before_anybody_else_goes_on_as_before(desk, task):
    epoch = desk.claimed(task).epoch
    desk.clock.pass_(hours=3)
    lease = desk.store.heartbeat(task.task_id, desk.ana.user_id, epoch)
    assert lease.until == desk.clock.now + LEASE
    assert desk.store.task(task.task_id).state is TaskState.IN_REVIEW


def _every_held_action(desk, task, user, epoch):
    cue = desk.store.cues(task.task_id)[0]
    who = {"user_id": user.user_id, "epoch": epoch}
    store, task_id = desk.store, task.task_id
    return {
        "heartbeat": lambda: store.heartbeat(task_id, **who),
        "edit": lambda: store.edit_cue(task_id, cue.cue_id, version=cue.version, text="X", **who),
        "confirm": lambda: store.confirm_cue(task_id, cue.cue_id, confirmed=True, **who),
        "approve": lambda: store.approve(task_id, **who),
        "request changes": lambda: store.request_changes(task_id, reason="No.", **who),
    }


ACTIONS = ("heartbeat", "edit", "confirm", "approve", "request changes")


@pytest.mark.parametrize("action", ACTIONS)
def test_whose_task_was_taken_over_can_write_nothing_more(desk, task, action):
    epoch = desk.claimed(task).epoch
    desk.clock.pass_(minutes=15)
    taken = desk.claimed(task, desk.ben)
    cues, told = desk.store.cues(task.task_id), desk.kinds(task)
    with pytest.raises(LeaseLostError):
        _every_held_action(desk, task, desk.ana, epoch)[action]()
    with pytest.raises(LeaseLostError):  # nor under the new holder's epoch
        _every_held_action(desk, task, desk.ana, taken.epoch)[action]()
    assert desk.store.cues(task.task_id) == cues
    assert desk.store.task(task.task_id).lease == taken
    assert desk.kinds(task) == told


@pytest.mark.parametrize("action", ACTIONS)
def test_nothing_is_written_without_a_claim(desk, task, action):
    with pytest.raises(LeaseLostError):
        _every_held_action(desk, task, desk.ana, 0)[action]()
    with pytest.raises(LeaseLostError):
        _every_held_action(desk, task, desk.ana, 1)[action]()
    assert desk.kinds(task) == ["draft.parked"]


def test_the_same_person_under_an_older_epoch_is_fenced_off_too(desk, task):
    old = desk.claimed(task).epoch
    desk.clock.pass_(minutes=15)
    ben = desk.claimed(task, desk.ben).epoch
    desk.store.release(task.task_id, desk.ben.user_id, ben)
    new = desk.claimed(task).epoch
    assert (old, ben, new) == (1, 2, 3)
    for action in ACTIONS:
        with pytest.raises(LeaseLostError):
            _every_held_action(desk, task, desk.ana, old)[action]()
    _every_held_action(desk, task, desk.ana, new)["edit"]()


def test_a_released_task_is_free_and_keeps_what_was_saved(desk, task):
    desk.write(task, "Guten Abend.")
    for _ in range(2):  # the second is a retry of a lost answer
        desk.store.release(task.task_id, desk.ana.user_id, 1)
        free = desk.store.task(task.task_id)
        assert (free.state, free.lease) == (TaskState.PENDING, None)
        assert desk.kinds(task)[-1] == "task.released"
        assert desk.kinds(task).count("task.released") == 1
    assert desk.store.cues(task.task_id)[0].text == "Guten Abend."
    assert desk.claimed(task, desk.ben).epoch == 2


def test_releasing_what_one_never_held_is_refused(desk, task):
    desk.claimed(task)
    with pytest.raises(LeaseLostError):
        desk.store.release(task.task_id, desk.ben.user_id, 1)
    with pytest.raises(LeaseLostError):
        desk.store.release(task.task_id, desk.ana.user_id, 7)
    assert desk.store.task(task.task_id).lease is not None


# ---- editing -----------------------------------------------------------------------------------


def test_an_edit_is_stored_with_the_next_version(desk, task):
    desk.clock.pass_(minutes=1)
    changed = desk.write(task, "Guten Abend.\nMeine Damen.", cue=1)
    assert changed.text == "Guten Abend.\nMeine Damen."
    assert changed.machine_text == "Wie geht es?"
    assert (changed.version, changed.state, changed.ordinal) == (2, CueState.EDITED, 1)
    assert desk.store.cues(task.task_id)[1] == changed
    assert desk.store.task(task.task_id).updated_at == desk.clock.now
    last = desk.store.events(task.task_id)[-1]
    assert (last.kind, last.cue_id, last.actor) == ("cue.edited", changed.cue_id, "Ana")
    assert last.detail == "Wie geht es?"  # what the edit replaced


def test_an_edit_based_on_an_old_version_is_refused_with_the_current_text(desk, task):
    desk.write(task, "Guten Abend.")
    epoch = desk.claimed(task).epoch
    cue = desk.store.cues(task.task_id)[0]
    for seen in (1, 3):
        with pytest.raises(StaleCueError) as refusal:
            desk.store.edit_cue(
                *(task.task_id, cue.cue_id),
                user_id=desk.ana.user_id,
                epoch=epoch,
                version=seen,
                text="Gute Nacht.",
            )
        assert (refusal.value.seen, refusal.value.current) == (seen, 2)
        assert refusal.value.current_text == "Guten Abend."
    assert desk.store.cues(task.task_id)[0] == cue


def test_a_retry_of_a_lost_answer_succeeds_and_changes_nothing(desk, task):
    changed = desk.write(task, "Guten Abend.")
    told = desk.kinds(task)
    again = desk.store.edit_cue(
        *(task.task_id, changed.cue_id),
        user_id=desk.ana.user_id,
        epoch=1,
        version=1,
        text="Guten Abend. \r\n",
    )
    assert again == changed
    assert desk.kinds(task) == told


def test_an_edit_takes_the_tick_away_and_the_machines_own_text_makes_it_untouched(desk, task):
    assert desk.tick(task).state is CueState.CONFIRMED
    assert desk.store.task(task.task_id).confirmed_count == 1
    assert desk.write(task, "Guten Abend.").state is CueState.EDITED
    assert desk.store.task(task.task_id).confirmed_count == 0
    back = desk.write(task, "Guten Tag.")
    assert (back.state, back.version) == (CueState.MACHINE, 3)


def test_an_edit_is_measured_by_the_house_style_of_the_newest_draft(desk):
    draft, row = draft_of("Guten Tag."), "Sechsundzwanzig Buchstaben"
    task, _ = desk.store.park(draft)
    assert desk.write(task, row).findings == ()
    desk.write(task, "Guten Tag.")
    other = draft_of("Guten Abend.", media="other")
    task, _ = desk.store.park(other)
    task, is_new = desk.store.park(replace(other, client="shorts", draft_id="styled"))
    assert is_new
    assert task.client == "shorts"
    assert [(one.rule, one.limit) for one in desk.write(task, row).findings] == [
        ("line-length", 24)
    ]


def test_findings_are_measured_anew_with_every_edit(desk):
    draft = draft_of("Guten Tag.", "Wie geht es?")
    first, second = (cue.cue_id for cue in draft.cues)
    found = (finding_on(first), finding_on(second))
    task, _ = desk.store.park(replace(draft, findings=found))
    assert desk.store.task(task.task_id).error_count == 2
    assert desk.write(task, "Guten Abend.").findings == ()
    seen = desk.store.task(task.task_id)
    assert (seen.error_count, seen.warning_count) == (1, 0)
    assert desk.store.cues(task.task_id)[1].findings == found[1:]
    slow = desk.write(task, TOO_LONG_A_ROW)
    rules = {finding.rule for finding in slow.findings}
    assert rules
    assert {finding.cue_id for finding in slow.findings} == {first}
    seen = desk.store.task(task.task_id)
    assert seen.error_count + seen.warning_count == 1 + len(slow.findings)
    assert desk.store.cues(task.task_id)[0].findings == slow.findings


@pytest.mark.parametrize(
    "text", ["", "  \n ", "\u200b", "a\n\nb", "a\tb", "a\x00b", "a\u202eb", "x" * 501]
)
def test_text_that_cannot_be_a_cue_is_refused(desk, task, text):
    with pytest.raises(InvalidEditError):
        desk.write(task, text)
    assert desk.store.cues(task.task_id)[0].version == 1
    assert desk.kinds(task) == ["draft.parked", "task.claimed"]


def test_typing_is_one_event_for_half_a_minute(desk, task):
    for second in range(0, 45, 5):
        desk.write(task, f"Guten Abend {second}")
        desk.clock.pass_(seconds=5)
    edits = [one for one in desk.store.events(task.task_id) if one.kind == "cue.edited"]
    assert [one.detail for one in edits] == ["Guten Tag.", "Guten Abend 25"]
    assert desk.store.cues(task.task_id)[0].version == 10


def test_another_cue_another_person_or_a_tick_between_is_another_event(desk, task):
    desk.write(task, "Guten Abend.")
    desk.write(task, "Na?", cue=1)
    desk.tick(task)
    desk.write(task, "Gute Nacht.")
    desk.store.release(task.task_id, desk.ana.user_id, 1)
    desk.write(task, "Moin.", user=desk.ben)
    edits = [one for one in desk.store.events(task.task_id) if one.kind == "cue.edited"]
    assert [(one.actor, one.detail) for one in edits] == [
        ("Ana", "Guten Tag."),
        ("Ana", "Wie geht es?"),
        ("Ana", "Guten Abend."),
        ("Ben", "Gute Nacht."),
    ]


def test_ticks_come_and_go_and_leave_the_version_alone(desk, task):
    for _ in range(2):  # twice is once
        ticked = desk.tick(task)
        assert (ticked.state, ticked.version) == (CueState.CONFIRMED, 1)
    for _ in range(2):
        assert desk.tick(task, confirmed=False).state is CueState.MACHINE
    desk.write(task, "Guten Abend.")
    desk.tick(task)
    assert desk.tick(task, confirmed=False).state is CueState.EDITED
    assert desk.kinds(task)[2:] == [
        *("cue.confirmed", "cue.unconfirmed", "cue.edited", "cue.confirmed", "cue.unconfirmed")
    ]


# ---- decisions ---------------------------------------------------------------------------------


def test_approval_freezes_the_text_and_ends_the_lease(desk, task):
    desk.write(task, "Guten <i>Abend</i>.\nMeine Damen.")
    desk.clock.pass_(minutes=1)
    snapshot = desk.approved(task)
    assert "Guten <i>Abend</i>.\nMeine Damen." in snapshot.srt
    assert "00:00:00,000 --> 00:00:02,000" in snapshot.srt
    assert snapshot.vtt.startswith("WEBVTT")
    assert "Meine Damen." in snapshot.vtt
    assert snapshot.sha256 == hashlib.sha256(snapshot.srt.encode()).hexdigest()
    assert (snapshot.task_id, snapshot.language) == (task.task_id, "de")
    assert (snapshot.approved_by, snapshot.approved_at) == ("Ana", desk.clock.now)
    assert desk.store.snapshot(task.task_id) == snapshot
    seen = desk.store.task(task.task_id)
    assert (seen.state, seen.lease) == (TaskState.APPROVED, None)
    assert seen.snapshot_sha256 == snapshot.sha256
    last = desk.store.events(task.task_id)[-1]
    assert (last.kind, last.detail) == ("task.approved", snapshot.sha256)


def test_approving_again_after_a_lost_answer_gives_the_same_snapshot(desk, task):
    snapshot = desk.approved(task)
    told = desk.kinds(task)
    desk.clock.pass_(minutes=1)
    assert desk.store.approve(task.task_id, user_id=desk.ana.user_id, epoch=1) == snapshot
    assert desk.kinds(task) == told
    with pytest.raises(LeaseLostError):
        desk.store.approve(task.task_id, user_id=desk.ben.user_id, epoch=1)


def test_nothing_is_approved_while_an_error_is_open(desk):
    draft = draft_of("Guten Tag.", "Wie geht es?")
    first, second = (cue.cue_id for cue in draft.cues)
    found = (finding_on(first), finding_on(second, Severity.WARNING))
    task, _ = desk.store.park(replace(draft, findings=found))
    with pytest.raises(NotAllowedError, match="1 error"):
        desk.approved(task)
    assert desk.store.task(task.task_id).state is TaskState.IN_REVIEW
    with pytest.raises(NotAllowedError, match="approve the task first"):
        desk.store.snapshot(task.task_id)
    desk.write(task, "Guten Abend.")
    assert desk.approved(task)  # a warning does not stand in the way


def test_what_is_approved_can_be_neither_edited_nor_claimed(desk, task):
    desk.approved(task)
    with pytest.raises(NotAllowedError, match="approved"):
        desk.claimed(task, desk.ben)
    for action in ("heartbeat", "edit", "confirm", "request changes"):
        with pytest.raises(LeaseLostError):
            _every_held_action(desk, task, desk.ana, 1)[action]()


def test_changes_are_requested_with_a_reason_and_the_next_person_sees_it(desk, task):
    epoch = desk.claimed(task).epoch
    ask = {"user_id": desk.ana.user_id, "epoch": epoch}
    for reason in ("", " \n", "x" * 1001, "\x07"):
        with pytest.raises(InvalidEditError):
            desk.store.request_changes(task.task_id, reason=reason, **ask)
    for _ in range(2):  # the second is a retry of a lost answer
        sent = desk.store.request_changes(task.task_id, reason=" Too stiff.\r\nAgain. ", **ask)
        assert (sent.state, sent.lease) == (TaskState.CHANGES_REQUESTED, None)
        assert sent.reason == "Too stiff.\nAgain."
        assert desk.kinds(task) == ["draft.parked", "task.claimed", "task.changes_requested"]
    assert desk.store.tasks(state=TaskState.CHANGES_REQUESTED) == (sent,)
    desk.claimed(task, desk.ben)
    assert desk.store.task(task.task_id).reason == "Too stiff.\nAgain."
    desk.approved(task, desk.ben)
    assert desk.store.task(task.task_id).reason == ""


def test_only_a_lead_reopens_and_the_old_text_stays_in_force(desk, task):
    first = desk.approved(task)
    for user in (desk.ana, desk.vic):
        with pytest.raises(NotAllowedError, match="lead"):
            desk.store.reopen(task.task_id, user_id=user.user_id, reason="A typo.")
    with pytest.raises(InvalidEditError):
        desk.store.reopen(task.task_id, user_id=desk.lea.user_id, reason="")
    reopened = desk.store.reopen(task.task_id, user_id=desk.lea.user_id, reason="A typo.")
    assert (reopened.state, reopened.reason) == (TaskState.CHANGES_REQUESTED, "A typo.")
    assert reopened.snapshot_sha256 == first.sha256
    desk.write(task, "Guten Abend.")
    assert desk.store.snapshot(task.task_id) == first
    second = desk.approved(task)
    assert second.sha256 != first.sha256
    assert desk.store.snapshot(task.task_id) == second
    assert desk.kinds(task)[2:] == [
        *("task.approved", "task.reopened", "task.claimed", "cue.edited", "task.approved")
    ]


def test_only_what_was_approved_can_be_reopened(desk, task):
    with pytest.raises(NotAllowedError, match="pending"):
        desk.store.reopen(task.task_id, user_id=desk.lea.user_id, reason="A typo.")


def test_a_viewer_can_look_and_nothing_else(desk, task):
    with pytest.raises(NotAllowedError, match="viewer"):
        desk.claimed(task, desk.vic)
    for action in _every_held_action(desk, task, desk.vic, 1).values():
        with pytest.raises(NotAllowedError):
            action()
    assert desk.kinds(task) == ["draft.parked"]


def test_who_became_a_stranger_meanwhile_can_write_nothing(desk, task):
    epoch = desk.claimed(task).epoch
    desk.people.set_active("Ana", active=False)
    for action in _every_held_action(desk, task, desk.ana, epoch).values():
        with pytest.raises(NotAllowedError, match="closed"):
            action()


def test_the_file_of_a_task_is_the_approved_text_or_the_text_as_it_stands(desk, task):
    store, task_id = desk.store, task.task_id
    assert "Guten Tag." in store.text_of(task_id, "srt", approved_only=False)
    with pytest.raises(NotAllowedError, match="approve"):
        store.text_of(task_id, "srt", approved_only=True)
    snapshot = desk.approved(task)
    store.reopen(task_id, user_id=desk.lea.user_id, reason="A typo.")
    desk.write(task, "Guten Abend.")
    assert store.text_of(task_id, "srt", approved_only=True) == snapshot.srt
    assert store.text_of(task_id, "vtt", approved_only=True) == snapshot.vtt
    assert "Guten Abend." in store.text_of(task_id, "vtt", approved_only=False)
    for extension in ("exe", "", ".srt", "SRT"):
        for approved_only in (True, False):
            with pytest.raises(UnknownFormatError, match="srt, vtt"):
                store.text_of(task_id, extension, approved_only=approved_only)


def test_hostile_text_stays_inside_its_cue_in_the_snapshot(desk):
    hostile = "x\n\n2\n00:00:09,000 --> 00:00:10,000\nowned"
    task, _ = desk.store.park(draft_of(hostile, "Wie geht es?"))
    snapshot = desk.approved(task)
    for text in (snapshot.srt, snapshot.vtt):
        assert text.count("-->") == 2


# ---- the rest ----------------------------------------------------------------------------------


@pytest.mark.parametrize("odd", ["nope", "", "\x00", "\ud800", "' OR 1=1 --", "x" * 10_000])
def test_what_there_is_not_is_told_apart(desk, task, odd):
    store, who = desk.store, {"user_id": desk.ana.user_id, "epoch": 1}
    for act in (
        lambda: store.task(odd),
        lambda: store.cues(odd),
        lambda: store.events(odd),
        lambda: store.snapshot(odd),
        lambda: store.text_of(odd, "srt", approved_only=True),
        lambda: store.text_of(odd, "srt", approved_only=False),
        lambda: store.claim(odd, desk.ana.user_id),
        lambda: store.heartbeat(odd, desk.ana.user_id, 1),
        lambda: store.release(odd, desk.ana.user_id, 1),
        lambda: store.edit_cue(odd, "nope", version=1, text="A.", **who),
        lambda: store.confirm_cue(odd, "nope", confirmed=True, **who),
        lambda: store.approve(odd, **who),
        lambda: store.request_changes(odd, reason="No.", **who),
        lambda: store.reopen(odd, user_id=desk.lea.user_id, reason="No."),
    ):
        with pytest.raises(UnknownTaskError, match="no task"):
            act()
    desk.claimed(task)
    with pytest.raises(UnknownTaskError, match="no cue"):
        store.edit_cue(task.task_id, odd, version=1, text="A.", **who)
    with pytest.raises(UnknownTaskError, match="no cue"):
        store.confirm_cue(task.task_id, odd, confirmed=True, **who)
    with pytest.raises(UnknownTaskError, match="no user"):
        store.claim(task.task_id, odd)


def test_the_log_is_in_order_and_names_who_did_what(desk, task):
    desk.write(task, "Guten Abend.")
    desk.clock.pass_(seconds=5)
    desk.tick(task)
    events = desk.store.events(task.task_id)
    assert [one.event_id for one in events] == sorted({one.event_id for one in events})
    assert [one.actor for one in events] == ["pipeline", "Ana", "Ana", "Ana"]
    assert [one.cue_id is None for one in events] == [True, True, False, False]
    assert events[-1].at - events[-2].at == timedelta(seconds=5)
    assert all(one.task_id == task.task_id for one in events)
