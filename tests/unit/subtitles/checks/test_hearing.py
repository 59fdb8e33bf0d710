"""Doubts of the recogniser reach the cue where somebody should listen, with their reason."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from timed_text import HOSTILE_TEXTS, MADE_BY, cue, language, profile, track

from subtitles.checks.hearing import LONGEST_QUOTE, check_hearing, quoted
from subtitles.doubts import INVENTED, MISSED, Doubt, DoubtfulSpan
from subtitles.findings import Finding
from subtitles.rules import HEARING_RULES, distinct
from subtitles.span import Span
from subtitles.words import Transcript, Word

TRACK = track([cue("One.", 1000, 2000, cue_id="a"), cue("Two.", 5000, 7000, cue_id="b")])


def word(text: str, start_ms: int, end_ms: int, *doubts: Doubt, tag: str = "") -> Word:
    spoken = language(tag) if tag else None
    span = Span(start_ms, end_ms)
    return Word(text=text, span=span, probability=0.9, doubts=doubts, language=spoken)


def doubtful(start_ms: int, end_ms: int, *doubts: Doubt, set_aside: str = "") -> DoubtfulSpan:
    return DoubtfulSpan(span=Span(start_ms, end_ms), doubts=doubts, set_aside=set_aside)


def found(*heard: Word | DoubtfulSpan, cues=TRACK, tag: str = "en") -> tuple[Finding, ...]:
    said = Transcript(
        media_id="film",
        language=language("en"),
        language_probability=1.0,
        words=tuple(one for one in heard if isinstance(one, Word)),
        made_by=MADE_BY,
        doubts=tuple(one for one in heard if isinstance(one, DoubtfulSpan)),
    )
    return check_hearing(cues, said, profile(tag))


def summary(findings: tuple[Finding, ...]) -> list[tuple[str, str, float, str]]:
    return [(one.rule, one.cue_id, one.measured, one.note) for one in findings]


def test_doubtful_words_stand_on_the_cue_that_shows_them_with_what_speaks_against_them():
    words = (
        word(" One.", 1000, 2000),
        word(" See", 5000, 5500, Doubt.STOCK_PHRASE, Doubt.NO_SPEECH),
        word(" you.", 5500, 7000, Doubt.STOCK_PHRASE, Doubt.NO_SPEECH),
    )
    reasons = "(a phrase that recognisers invent, nobody is surely heard)"
    assert summary(found(*words)) == [
        ("doubtful-words", "b", 2, f"“\u2068See you.\u2069” {reasons}")
    ]


def test_words_in_another_language_are_counted_and_the_language_named():
    words = (word(" One.", 1000, 2000), word(" Buenos días", 5000, 7000, tag="es"))
    assert summary(found(*words)) == [("foreign-speech", "b", 1, "Spanish.")]


def test_speech_without_words_stands_on_the_nearest_cue_with_its_time():
    early = doubtful(2500, 3400, Doubt.SPEECH_WITHOUT_WORDS)
    late = doubtful(3_607_000, 3_609_960, Doubt.QUIET_SPEECH)
    assert summary(found(early, late)) == [
        ("missed-speech", "a", 0.9, "0:00:02.5–0:00:03.4: somebody speaks"),
        ("missed-speech", "b", 2.96, "1:00:07.0–1:00:09.9: somebody may be speaking softly"),
    ]


def test_all_stretches_near_a_cue_are_one_finding_so_that_none_is_taken_for_a_double():
    stretches = [doubtful(10_000 * n, 10_000 * n + 1000, Doubt.QUIET_SPEECH) for n in range(2, 9)]
    findings = found(*stretches)
    (finding,) = distinct(findings)
    assert (finding,) == findings
    assert finding.measured == 7
    assert finding.note.count("softly") == 5
    assert finding.note.endswith("; and 2 more")


def test_text_set_aside_can_be_read_where_it_was_heard():
    ((rule, cue_id, measured, note),) = summary(
        found(doubtful(9000, 12_000, Doubt.NO_SPEECH, set_aside="Thanks for watching!"))
    )
    assert (rule, cue_id, measured) == ("set-aside-text", "b", 20)
    when, text = "0:00:09.0–0:00:12.0", "“\u2068Thanks for watching!\u2069”"
    assert note == f"{when}: {text} (nobody is surely heard)"


def test_without_any_cue_the_whole_track_has_the_finding():
    (finding,) = found(doubtful(0, 2000, Doubt.SPEECH_WITHOUT_WORDS), cues=track([]))
    assert finding.cue_id == ""


def test_a_translation_has_the_findings_at_the_same_times():
    spanish = track([cue("Uno.", 900, 2400, cue_id="t", source_cue_ids=("a",))], "es")
    findings = found(word(" One.", 1000, 2000, Doubt.UNSURE), cues=spanish, tag="es")
    assert [(one.rule, one.cue_id) for one in findings] == [("doubtful-words", "t")]


@given(st.sampled_from(HOSTILE_TEXTS) | st.text(max_size=300))
def test_quoted_text_is_one_short_row_that_cannot_turn_the_text_around_it(text):
    quote = quoted(text)
    inside = quote[2:-2]
    assert quote == f"“\u2068{inside}\u2069”"
    assert len(inside) <= LONGEST_QUOTE
    turning = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    assert not {unicodedata.bidirectional(one) for one in inside} & turning
    assert not {unicodedata.category(one) for one in inside} & {"Cc", "Cs", "Zl", "Zp"}


DOUBTS = st.lists(st.sampled_from(sorted(INVENTED | MISSED)), min_size=1, max_size=3, unique=True)


@given(st.lists(st.tuples(st.integers(0, 20_000), DOUBTS, st.booleans()), max_size=12))
def test_no_doubt_is_lost_whatever_lies_where(places):
    words, spans = [], []
    for at, doubts, is_word in sorted(places):
        if is_word:
            words.append(word(" x", at, at + 100, *(set(doubts) & INVENTED)))
        else:
            spans.append(doubtful(at, at + 500, *doubts, set_aside="x"))
    findings = found(*words, *spans)
    measured = dict.fromkeys(HEARING_RULES, 0.0)
    for one in findings:
        measured[one.rule] += one.measured
        assert one.cue_id in {"a", "b"}
        assert one.note
    missing = [one for one in spans if MISSED & set(one.doubts)]
    assert measured["doubtful-words"] == sum(bool(one.doubts) for one in words)
    assert round(measured["missed-speech"], 3) == 0.5 * len(missing)
    assert measured["set-aside-text"] == len(spans)
    assert distinct(findings) == findings
