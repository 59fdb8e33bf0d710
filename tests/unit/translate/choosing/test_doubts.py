"""What stays wrong becomes findings on the right cues; the least trusted are marked, not all."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from timed_text import profile
from translate_fakes import pair

from subtitles.findings import Severity
from subtitles.span import Span
from translate.choosing.candidates import Candidate
from translate.choosing.doubts import LOW_QUALITY, MAX_LOW_SHARE, fault_findings, low_quality
from translate.choosing.faults import Fault, faults_of
from translate.drafts import Origin, SentenceDraft
from translate.translator import Rendering, Sentence

EN_PT = pair("en", "pt-BR")
PT = profile("pt-BR")
SENTENCE = Sentence(
    text="We went home, all of us, with 40 books.",
    span=Span(0, 9000),
    cue_ids=("a", "b"),
    cue_lengths=(25, 14),
)
SHOWN_IN = {"a": "A", "b": "B"}


def findings(text, limits=PT, faults=None):
    if faults is None:
        faults = faults_of(SENTENCE.text, text, EN_PT)
    shown = Candidate(rendering=Rendering(text=text), faults=faults)
    return list(fault_findings(SENTENCE, shown, SHOWN_IN, pair=EN_PT, profile=limits))


def test_a_lost_number_is_found_on_the_cue_that_says_it():
    (finding,) = findings("Fomos para casa, todos nós, com livros.")
    assert (finding.rule, finding.cue_id) == ("missing-numbers", "B")
    assert (finding.severity, finding.measured) == (Severity.WARNING, 1)


def test_what_is_wrong_with_the_whole_is_found_where_it_begins():
    (finding,) = findings("Fomos com 40.")
    assert (finding.rule, finding.cue_id) == ("translation-too-short", "A")


def test_a_style_may_count_a_rule_otherwise_or_not_at_all():
    text = "Fomos para casa, todos nós, com livros."
    strict = replace(PT, severities=(("missing-numbers", Severity.ERROR),))
    assert [one.severity for one in findings(text, strict)] == [Severity.ERROR]
    assert findings(text, replace(PT, severities=(("missing-numbers", "off"),))) == []


def test_missed_words_of_the_show_are_left_to_the_glossary():
    assert findings("Fomos.", faults=(Fault("term-missed", 1),)) == []


def draft(quality, *cue_ids):
    return SentenceDraft(
        source_text="-", text="-", cue_ids=cue_ids, origin=Origin.MACHINE, quality=quality
    )


def test_the_least_trusted_come_first_and_only_where_they_begin():
    drafts = [draft(0.3, "a", "b"), draft(0.9, "c"), draft(0.1, "d"), draft(None, "e")]
    found = low_quality(drafts, 40, PT)
    assert [(one.cue_id, one.measured) for one in found] == [("d", 0.1), ("a", 0.3)]
    assert {one.severity for one in found} == {Severity.INFO}


def test_a_style_may_switch_the_mark_off():
    assert (
        low_quality([draft(0.1, "a")], 1, replace(PT, severities=(("low-quality", "off"),))) == ()
    )


@given(st.lists(st.none() | st.floats(0, 1), max_size=60))
def test_never_more_than_a_few_cues_are_marked_and_never_a_trusted_one(chances):
    drafts = [draft(chance, f"c{number // 2}") for number, chance in enumerate(chances)]
    count = (len(chances) + 1) // 2
    found = low_quality(drafts, count, PT)
    assert len(found) <= MAX_LOW_SHARE * count + 1
    assert all(one.measured <= LOW_QUALITY for one in found)
    assert len({one.cue_id for one in found}) == len(found)
