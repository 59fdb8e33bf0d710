"""Whole tracks: split sentences, two speakers, quotations over cues, other kinds of cues."""

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from timed_text import any_text, cue, profile, track

from subtitles.counting import line_width
from subtitles.cues import CueKind
from subtitles.findings import Severity
from subtitles.span import Span
from subtitles.style.profile import DashStyle, load_profile
from subtitles.typography.dashes import speaker_rows
from subtitles.typography.setting import set_track, typeset_track


def cues_after(*texts, pause_ms=100):
    """Cues of two seconds with a pause between them; a text may come with its kind."""
    cues = []
    for number, item in enumerate(texts):
        text, kind = item if isinstance(item, tuple) else (item, CueKind.DIALOGUE)
        start = number * (2000 + pause_ms)
        cues.append(replace(cue(text, start, start + 2000, cue_id=f"c{number}"), kind=kind))
    return cues


def printed(tag, *texts, pause_ms=100):
    made = set_track(track(cues_after(*texts, pause_ms=pause_ms), tag), profile(tag))
    return [one.text for one in made.cues]


ON_SCREEN, SONG, SOUND = CueKind.FORCED_NARRATIVE, CueKind.LYRICS, CueKind.SOUND


@pytest.mark.parametrize(
    ("tag", "pause_ms", "texts", "expected"),
    [
        # Style 0: only before a pause, only at the end.
        ("en", 100, ["I went", "home."], ["I went", "home."]),
        ("en", 1999, ["I went,", "home."], ["I went,", "home."]),
        ("en", 2000, ["I went,", "then home."], ["I went…", "then home."]),
        ("en", 2500, ["I know", "I'm late."], ["I know…", "I'm late."]),
        ("en", 2500, ["CHAPTER ONE", "Home again."], ["CHAPTER ONE", "Home again."]),
        ("en", 2500, ["I went.", "then home."], ["I went.", "then home."]),
        ("en", 2500, ["I was--", "then he came."], ["I was--", "then he came."]),
        ("en", 2500, ["<i>I went</i>", "home."], ["<i>I went…</i>", "home."]),
        ("en", 100, ["If we could…", "…and then…?"], ["If we could…", "…and then…?"]),
        ("en", 2500, ["I went", "…home."], ["I went…", "…home."]),
        ("en", 100, ["I thought…", "well, no."], ["I thought…", "well, no."]),
        # Style 1: before a pause, on both sides.
        ("de", 100, ["Ich ging", "heim."], ["Ich ging", "heim."]),
        ("de", 2500, ["Ich ging,", "dann heim."], ["Ich ging…", "…dann heim."]),
        ("ru", 2500, ["Я пошёл…", "потом домой."], ["Я пошёл…", "…потом домой."]),
        # Style 2: always, on both sides.
        ("nl", 100, ["Ik ging,", "naar <i>huis</i>."], ["Ik ging…", "…naar <i>huis</i>."]),
        ("nl", 100, ["Ik zag", "Jan.", "Nu."], ["Ik zag…", "…Jan.", "Nu."]),
        ("nl", 100, ["Ik ging.", "Naar huis."], ["Ik ging.", "Naar huis."]),
        ("nl", 100, ["Ik ging", "-Nee.\n-Ja."], ["Ik ging", "Nee.\n-Ja."]),
        # Without full stops nothing can be told.
        ("nl", 100, ["een", "twee", "drie", "vier", "vijf", "zes"], None),
        ("th", 2500, ["ฉันไป", "บ้าน", "แล้ว"], None),
        ("ja", 2500, ["私は", "帰る。"], None),
    ],
)
def test_a_split_sentence_is_marked_as_the_language_does(tag, pause_ms, texts, expected):
    assert printed(tag, *texts, pause_ms=pause_ms) == (texts if expected is None else expected)


def test_the_pause_is_that_of_the_speech_where_it_is_known():
    one, other = cues_after("I went", "home.")
    spoken = [replace(one, speech=Span(0, 900)), replace(other, speech=Span(2950, 4000))]
    assert set_track(track(spoken), profile()).cues[0].text == "I went…"


def test_a_sentence_that_on_screen_text_interrupts_has_marks_on_both_sides():
    found = printed("en", "I went", ("Paris", ON_SCREEN), "home.")
    assert found == ["I went…", "PARIS", "…home."]
    assert printed("en", "I went", ("(thunder)", SOUND), "home.") == [
        *("I went…", "[thunder]", "home.")
    ]


@pytest.mark.parametrize(
    ("style", "text", "expected"),
    [
        ("A", "-Yes.\n-No.", "- Yes.\n- No."),
        ("B", "— Yes.\n– No.", "-Yes.\n-No."),
        ("C", "- Yes.\n- No.", "Yes.\n-No."),
        ("D", "-Yes.\n-No.", "Yes.\n- No."),
        ("A", "Yes.\n-No.", "- Yes.\n- No."),
        ("B", "- How many?\n- 5.", "-How many?\n-5."),
        ("B", "<i>- Yes.</i>\n{\\an8}- No.", "<i>-Yes.</i>\n{\\an8}-No."),
        ("B", "-One long\nturn.\n-No.", "-One long\nturn.\n-No."),
        ("B", "- Alone.", "Alone."),
        ("A", "-Alone on\ntwo rows.", "Alone on\ntwo rows."),
        ("B", "-5 degrees", "-5 degrees"),
        ("B", "--but no", "--but no"),
        ("B", "No dash\nat all.", "No dash\nat all."),
        ("A", "-", "-"),
    ],
)
def test_two_speakers_have_the_styles_dashes_and_one_has_none(style, text, expected):
    limits = replace(profile(), typography=replace(profile().typography, dash=DashStyle(style)))
    made = set_track(track([cue(text)]), limits)
    assert made.cues[0].text == expected
    assert set_track(made, limits) == made


def test_rows_of_speakers_are_made_with_the_languages_dashes():
    assert speaker_rows(["Oi.", "- Olá."], profile("pt-BR")) == ("- Oi.", "- Olá.")
    assert speaker_rows(["-Hoi.", "Dag."], profile("nl")) == ("Hoi.", "-Dag.")
    assert speaker_rows(["- Alone."], profile("en")) == ("Alone.",)
    assert speaker_rows(["-5 degrees"], profile("en")) == ("-5 degrees",)


def test_quotations_and_questions_run_through_cues():
    assert printed("fr", '"Il dit', '"oui".') == ["«\u00a0Il dit", "«\u00a0oui\u00a0»."]
    assert printed("de", 'Er: "Ich,', 'und "du"', 'und er".') == [
        "Er: „Ich,",
        "und ‚du‘",
        "und er“.",
    ]
    assert printed("es", "Es verdad.", "Sabes que", "viene Juan?") == [
        *("Es verdad.", "¿Sabes que", "viene Juan?")
    ]
    assert printed("es", "Sí.", ("¡Salida!", ON_SCREEN), "Ya?")[2] == "¿Ya?"


def test_other_kinds_of_cues_are_printed_by_their_own_rules():
    assert printed("en", ("Welcome to Paris", ON_SCREEN)) == ["WELCOME TO PARIS"]
    assert printed("en", ("Years ago. A man came.", ON_SCREEN)) == ["Years ago. A man came."]
    assert printed("tr", ("<i>istanbul</i>", ON_SCREEN)) == ["<i>İSTANBUL</i>"]
    assert printed("ar", ("مخرج", ON_SCREEN)) == ['"مخرج"']
    assert printed("th", ("ทางออก", ON_SCREEN)) == ["(ทางออก)"]
    assert printed("en", ("I love you.\nDo you?", SONG)) == ["I love you\nDo you?"]
    assert printed("ja", ("(雷鳴)", SOUND)) == ["（雷鳴）"]
    sdh = load_profile(profile("fr").language, kind="sdh")
    made = set_track(track(cues_after(("#\u00a0Je t'aime, ;", SONG)), "fr"), sdh)
    assert made.cues[0].text == "♪ #\u00a0Je t'aime ♪"
    assert set_track(made, sdh) == made


def test_italics_go_with_a_finding_where_the_script_has_none():
    cues = cues_after("<i>نعم</i>", "لا", "<i></i>", "{\\i1}نعم{\\i0}")
    made = typeset_track(track(cues, "ar"), profile("ar"))
    assert [one.text for one in made.track.cues] == ["نعم", "لا", "<i></i>", "نعم"]
    assert [(one.rule, one.cue_id, one.measured) for one in made.findings] == [
        ("italics-dropped", "c0", 2),
        ("italics-dropped", "c3", 2),
    ]
    assert {one.severity for one in made.findings} == {Severity.INFO}
    assert typeset_track(track(cues_after("<i>Oui</i>"), "fr"), profile("fr")).findings == ()


def test_a_row_that_became_too_wide_is_broken_anew_and_others_keep_their_rows():
    wide = "Il me demande souvent: qui es-tu donc, là?"
    assert line_width(wide, profile("fr").counting) == 42
    (found,) = set_track(track([cue(wide, 0, 4000)], "fr"), profile("fr")).cues
    assert found.lines == ("Il me demande souvent\u00a0:", "qui es-tu donc, là\u00a0?")
    styled = f"<i>{wide}</i>"
    assert len(set_track(track([cue(styled)], "fr"), profile("fr")).cues[0].lines) == 2
    assert printed("en", "word " * 20 + "...") == ["word " * 19 + "word…"]  # too wide before
    assert printed("fr", "Quoi?\nRien.") == ["Quoi\u00a0?\nRien."]


def test_the_mark_of_a_split_sentence_goes_where_it_would_make_a_row_too_wide():
    full = "x" * 42 + "\n" + "y" * 42
    assert printed("nl", full, "zo.", "Nu.") == [full, "…zo.", "Nu."]
    assert printed("nl", full, f"<i>{full}</i>", "zo.") == [full, f"<i>{full}</i>", "…zo."]
    almost = "ook ik\n" + "Ik weet " * 5 + "nu"
    (rows, _) = printed("nl", almost, "zo.")
    assert rows.replace("\n", " ") == almost.replace("\n", " ") + "…"
    assert all(len(row) <= 42 for row in rows.split("\n"))


def test_a_track_that_is_printed_already_is_the_very_same_cues():
    made = set_track(track(cues_after("“Yes.”", "<i>No…</i>", "-A.\n-B.")), profile())
    again = set_track(made, profile())
    assert all(one is other for one, other in zip(made.cues, again.cues, strict=True))
    assert set_track(track([]), profile()).cues == ()


_ROWS = any_text(40) | st.lists(
    st.sampled_from(
        [
            *('"', "“", "«", "»", "?", "!", ".", ",", "…", "--", "- ", "-", "\n", " ", "(", ")"),
            *("word", "Word", "5", "ال", "你好", "<i>", "</i>", '<font color="a b">', "♪", ";"),
        ]
    ),
    max_size=10,
).map("".join)


@st.composite
def _tracks(draw):
    cues, now = [], 0
    for number in range(draw(st.integers(0, 6))):
        rows = [row for row in draw(_ROWS).split("\n") if row.strip()] or ["-Ja,"]
        now += draw(st.sampled_from([0, 83, 500, 2500]))
        kind = draw(st.sampled_from([CueKind.DIALOGUE] * 5 + list(CueKind)))
        made = cue("x", now, now + 1500, cue_id=f"c{number}")
        cues.append(replace(made, kind=kind, lines=tuple(rows)))
        now += 1500
    return track(
        cues, draw(st.sampled_from(["en", "fr", "es", "ar", "nl", "de", "ja", "zh", "he"]))
    )


def _holds_for(source):
    limits = profile(source.language)
    made = set_track(source, limits)
    assert [(one.cue_id, one.span) for one in made.cues] == [
        (one.cue_id, one.span) for one in source.cues
    ]
    assert set_track(made, limits) == made


@given(_tracks())
def test_setting_a_track_twice_is_setting_it_once_and_moves_no_cue(source):
    _holds_for(source)


@pytest.mark.slow
@settings(max_examples=2000)
@given(_tracks())
def test_setting_holds_for_thousands_of_hostile_tracks(source):
    _holds_for(source)


@pytest.mark.parametrize("tag", ["en", "es", "nl"])
def test_two_hours_of_cues_are_set_within_a_budget(tag):
    texts = [
        *("He said that it was not\nso bad after all.", "Really?", '"Yes," she said,', "and then"),
        *("-Well...\n-What?", "<i>I was about to go home</i>", "with my friend, you know.", "No!"),
    ]
    cues = [
        cue(texts[number % len(texts)], number * 2900, number * 2900 + 2500, cue_id=f"c{number}")
        for number in range(2500)
    ]
    source, limits = track(cues, tag), profile(tag)
    set_track(source, limits)
    started = time.thread_time()
    set_track(source, limits)
    # 0.1 s on an idle core; the budget leaves room for a busy one.
    assert time.thread_time() - started < 5
