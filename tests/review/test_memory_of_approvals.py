"""What is approved is remembered: sentence by sentence, once, and as it was approved last."""

from contextlib import contextmanager
from dataclasses import replace

import pytest
from memory_units import pair_of, unit_of
from review_desks import sql_desk
from review_drafts import cues_of_draft, draft_of
from sentence_drafts import sentence, with_sentences, with_sources

from review.approved_units import Approval, units_of_approval
from review.sql.memory import MemoryCount, SqlTranslationMemory
from review.tasks import Role
from subtitles.language import parse_language

EN_DE = pair_of("en", "de")

NIGHT = with_sentences(
    with_sources(
        draft_of("<i>Er kam\nspät,</i>", "doch er kam.", "- Wer?\n- Otto.", "Gut. Sehr", "gut."),
        *("He came\nlate,", "but he came.", "- Who?\n- Otto.", "Good. Very", "good."),
    ),
    sentence("He came late, but he came.", "Er kam spät, doch er kam.", "0", "1"),
    sentence("- Who?", "- Wer?", "2"),
    sentence("- Otto.", "- Otto.", "2"),
    sentence("Good.", "Gut.", "3"),
    sentence("Very good.", "Sehr gut.", "3", "4"),
)


@contextmanager
def opened(url):
    with sql_desk(url) as desk:
        yield desk, SqlTranslationMemory(desk.store._engine)


@pytest.fixture
def opening(database_url):
    with opened(database_url) as both:
        yield both


def known(memory, **wanted):
    return {(unit.source_text, unit.text) for unit in memory.units(**wanted)}


def test_an_approval_makes_a_unit_of_every_sentence_with_what_was_said_around_it(opening):
    desk, memory = opening
    task = desk.store.park(NIGHT)[0]
    assert memory.units() == ()
    desk.write(task, "aber er kam.", cue=1)
    desk.approved(task)
    units = {unit.source_text: unit for unit in memory.units()}
    assert {source: unit.text for source, unit in units.items()} == {
        "He came late, but he came.": "Er kam spät, aber er kam.",
        "- Who?": "- Wer?",
        "- Otto.": "- Otto.",
        "Good.": "Gut.",
        "Very good.": "Sehr gut.",
    }
    otto = units["- Otto."]
    assert (otto.before, otto.after) == ("- Who?", "Good.")
    assert (otto.title, otto.task_id, otto.role) == ("The Gate", task.task_id, "linguist")
    assert otto.approved_at == desk.clock.now
    assert "Ana" not in repr(units)
    assert memory.counts() == (MemoryCount(pair=EN_DE, units=5, titles=1),)


def test_a_new_approval_takes_the_place_of_the_old_one(opening):
    desk, memory = opening
    task = desk.store.park(NIGHT)[0]
    desk.approved(task)
    desk.store.reopen(task.task_id, user_id=desk.lea.user_id, reason="Otto heißt Udo.")
    assert ("- Otto.", "- Otto.") in known(memory), "what was approved holds until the next time"
    desk.write(task, "- Wer?\n- Udo.", cue=2)
    desk.approved(task)
    assert ("- Otto.", "- Udo.") in known(memory)
    assert ("- Otto.", "- Otto.") not in known(memory)
    assert len(memory.units()) == 5


def test_an_approval_that_fails_leaves_no_memory(opening, monkeypatch):
    desk, memory = opening
    task = desk.store.park(NIGHT)[0]
    monkeypatch.setattr("review.sql.approval.tell", None)
    with pytest.raises(TypeError):
        desk.approved(task)
    assert memory.units() == ()


def test_subtitles_in_the_language_spoken_are_no_memory(opening):
    desk, memory = opening
    task = desk.store.park(with_sources(draft_of("Hello.", language="en-GB"), "Hello."))[0]
    desk.approved(task)
    assert memory.units() == ()


def test_what_was_approved_is_found_for_the_next_title(opening):
    desk, memory = opening
    desk.approved(desk.store.park(NIGHT)[0])
    hit, *_ = memory.hits("- Otto.", "- Who?", "Good.", EN_DE)
    assert (hit.text, hit.is_exact, hit.origin) == ("- Otto.", True, "The Gate")
    (near,) = memory.hits("He came late, but she came.", "", "", EN_DE)
    assert 0.9 < near.score < 1
    assert memory.hits("- Otto.", "", "", pair_of("en", "de-AT")) == ()


def test_a_file_is_kept_once_and_belongs_to_no_task(opening):
    desk, memory = opening
    units = [unit_of("Yes.", "Ja.", task_id="of another house", day=1), unit_of("No.", "Nein.")]
    assert memory.add(units) == 2
    assert memory.add([*units, unit_of("Go!", "Los!", title="Film")]) == 1
    assert {unit.task_id for unit in memory.units()} == {""}
    assert memory.units(title="Film")[0].text == "Los!"
    assert memory.units(source=parse_language("en-GB"), target=parse_language("de"))
    assert memory.units(target=parse_language("fr")) == ()
    desk.approved(desk.store.park(NIGHT)[0])
    assert memory.add(memory.units()) == 0


def test_thousands_of_units_are_kept_at_once(opening):
    _, memory = opening
    many = [unit_of(f"Line {n}.", f"Zeile {n}.") for n in range(6000)]
    assert memory.add(many) == 6000
    assert memory.add(many) == 0


def learned(draft, *texts):
    """What the memory learns when a draft is approved with these texts, or as it is."""
    cues = _review_cues(draft, texts or [cue.text for cue in draft.cues])
    approval = Approval(
        task_id="t",
        title=draft.title,
        pair=EN_DE,
        role=Role.LEAD,
        at=unit_of("a", "b", day=1).approved_at,
    )
    return [
        (unit.source_text, unit.text) for unit in units_of_approval(approval, cues, draft.sentences)
    ]


def _review_cues(draft, texts):
    return [replace(cue, text=text) for cue, text in zip(cues_of_draft(draft), texts, strict=True)]


def test_sentences_that_a_person_joined_are_one_unit_with_all_that_they_say():
    joined = learned(NIGHT, "Er kam", "spät.", "Wer, Otto?", "Gut, sehr", "gut.")
    assert joined == [
        ("He came late, but he came.", "Er kam spät."),
        ("- Who? - Otto.", "Wer, Otto?"),
        ("Good. Very good.", "Gut, sehr gut."),
    ]


def test_sentences_that_moved_into_other_cues_are_no_pairs():
    moved = learned(NIGHT, "Er kam.", "Er kam.", "- Wer?\n- Otto.", "Gut.", "Sehr gut.")
    assert ("Good. Very good.", "Gut. Sehr gut.") in moved


def test_ellipses_on_both_sides_of_a_border_are_print():
    assert learned(NIGHT, "Er kam spät…", "…doch er kam.", *["x y."] * 3)[0][1] == (
        "Er kam spät doch er kam."
    )


def test_a_task_without_sentences_is_remembered_cue_by_cue():
    assert learned(replace(NIGHT, sentences=()))[:2] == [
        ("He came late,", "Er kam spät,"),
        ("but he came.", "doch er kam."),
    ]


def test_what_has_no_words_on_one_side_is_not_remembered():
    wordless = with_sentences(
        with_sources(draft_of("♪", "Ja.", "…"), "♪", "♪ La.", "Yes."),
        sentence("♪", "♪", "0"),
        sentence("♪ La.", "Ja.", "1"),
        sentence("Yes.", "…", "2"),
    )
    assert learned(wordless) == [("♪ La.", "Ja.")]
