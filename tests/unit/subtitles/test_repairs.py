"""One-click repairs: they mend what was found, break nothing, change no word, and come once."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from timed_text import any_text, language, profile

from subtitles.checks.checked import Draft
from subtitles.checks.standard import Standard
from subtitles.checks.track import check_draft
from subtitles.counting import visible_text
from subtitles.picture import NO_PICTURE
from subtitles.repairs import repair_for, repairable_rules
from subtitles.rules import RULES
from subtitles.span import Span
from subtitles.style.profile import StyleProfile, load_profile

LONG = "A sentence of words that do not fit into"


def rules_of(lines: tuple[str, ...], limits: StyleProfile) -> set[str]:
    draft = Draft(cue_id="c", span=Span(0, 10**8), lines=lines)
    return {one.rule for one in check_draft(draft, Standard(limits, NO_PICTURE))}


def of(tag: str) -> StyleProfile:
    """``en``, or ``en/sdh``."""
    name, _, kind = tag.partition("/")
    return load_profile(language(name), kind=kind) if kind else profile(tag)


@pytest.mark.parametrize(
    ("rule", "tag", "before", "after"),
    [
        ("three-dots", "en", "Well...", "Well…"),
        ("ellipsis-space", "en", "… and on.", "…and on."),
        ("double-space", "en", "Two  of  them.", "Two of them."),
        ("edge-space", "en", "<i> In here. </i>", "<i>In here.</i>"),
        ("invisible-characters", "en", "a\u200bb\ufeff", "ab"),
        ("forbidden-characters", "en", "Tab\there.", "Tab here."),
        ("forbidden-characters", "en", "\u202eThere.", "There."),
        ("italics", "ko", "<i>가자.</i>", "가자."),
        ("quote-style", "de", 'Er sagte "nein".', "Er sagte „nein“."),
        ("dash-style", "en", "- Yes?\n- No.", "-Yes?\n-No."),
        ("dash-style", "nl", "-Ja?\n-Nee.", "Ja?\n-Nee."),
        ("inverted-mark", "es", "Vienes?", "¿Vienes?"),
        ("space-before-mark", "en", "Really ?", "Really?"),
        ("missing-mark-space", "fr", "Vraiment?", "Vraiment\u00a0?"),
        ("missing-space", "en", "Yes,sir.", "Yes, sir."),
        ("mark-style", "ar", "هل تسمعني?", "هل تسمعني؟"),
        ("interruption-style", "en", "I only wanted—", "I only wanted--"),
        ("empty-text", "en", "Come in.\n ", "Come in."),
        ("unneeded-break", "en", "Come over\nhere.", "Come over here."),
        ("unneeded-break", "ja", "こっちへ\n来て", "こっちへ来て"),
        (
            "line-length",
            "en",
            f"{LONG} one line.",
            "A sentence of words\nthat do not fit into one line.",
        ),
        ("line-count", "en", "One.\nTwo.\nThree.", "One. Two. Three."),
        (
            "leaning-line-end",
            "en",
            "He walked all the way down to the\nold harbour.",
            "He walked all the way down\nto the old harbour.",
        ),
        ("label-brackets", "en/sdh", "(laughs) Stop.", "[laughs] Stop."),
    ],
)
def test_a_finding_with_one_right_repair_has_it(
    rule: str, tag: str, before: str, after: str
) -> None:
    limits = of(tag)
    repaired = repair_for(rule, before.split("\n"), limits)
    assert repaired == tuple(after.split("\n"))
    assert rule in repairable_rules(limits)
    assert repair_for(rule, repaired, limits) is None


def test_on_screen_text_and_songs_are_printed_by_their_kind() -> None:
    assert repair_for("narrative-style", ["İki yıl ışık"], profile("tr")) == ("İKİ YIL IŞIK",)
    assert repair_for("lyrics-style", ["I walk alone,"], profile("en")) == ("I walk alone",)


@pytest.mark.parametrize(
    ("rule", "tag", "text"),
    [
        ("mixed-marks", "ar", "ماذا؟!"),
        ("reading-speed", "en", "x" * 40),
        ("unbalanced-brackets", "en", "[door"),
        ("tag-mismatch", "en", "<i>Never closed"),
        ("number-style", "en", "She has 3 cats."),
        ("forbidden-characters", "en", "half \ud83d"),
        ("line-length", "en", "-" + "x" * 43 + "\n-Yes."),
        ("line-length", "en", " ".join(["word"] * 40)),
        ("three-dots", "en", "Well…"),
        ("no-such-rule", "en", "Well…"),
    ],
)
def test_where_a_person_has_to_decide_nothing_is_proposed(rule: str, tag: str, text: str) -> None:
    assert repair_for(rule, text.split("\n"), profile(tag)) is None


def test_a_repair_that_would_break_a_limit_is_not_proposed() -> None:
    full = "M" * 41 + "?"
    assert repair_for("inverted-mark", [full], profile("es")) is None
    assert repair_for("inverted-mark", [full[1:]], profile("es")) == ("¿" + full[1:],)


def test_only_known_rules_have_repairs() -> None:
    for tag in ("en", "es", "fr", "ja", "ar"):
        assert repairable_rules(profile(tag)) <= RULES.keys()


_PARTS = st.sampled_from(
    [
        *(
            "Well...",
            "  ",
            "“",
            '"',
            "-",
            "- ",
            "?",
            "!",
            " ?",
            "\n",
            "<i>",
            "</i>",
            "Yes,sir",
            "…",
        ),
        *(
            " ",
            "\u200b",
            "\ufeff",
            "(",
            ")",
            "[",
            "]",
            "4",
            "—",
            "the",
            "old harbour",
            "vamos",
            "家",
        ),
        *("。", "\t"),
    ]
)
_TEXTS = st.lists(_PARTS | any_text(8), min_size=1, max_size=12).map("".join)


@given(_TEXTS, st.sampled_from(["en", "es", "fr", "de", "nl", "ar", "ja", "ko"]))
@example("- Yes...\n- No ?", "fr")
@settings(max_examples=40)
def test_a_repair_mends_its_finding_and_nothing_else(text: str, tag: str) -> None:
    limits, lines = profile(tag), tuple(text.split("\n"))
    before = rules_of(lines, limits)
    for rule in sorted(before):
        repaired = repair_for(rule, lines, limits)
        if repaired is None:
            continue
        after = rules_of(repaired, limits)
        assert rule not in after
        assert after <= before
        assert repair_for(rule, repaired, limits) is None
        assert letters(repaired) == letters(lines)


def letters(lines: tuple[str, ...]) -> str:
    return "".join(char for char in visible_text("".join(lines)) if char.isalnum())


@pytest.mark.slow
@given(
    _TEXTS, st.sampled_from(["en", "es", "fr", "fr-CA", "de", "nl", "ar", "he", "ja", "ko", "zh"])
)
@settings(max_examples=2000)
def test_a_repair_mends_its_finding_and_nothing_else_at_length(text: str, tag: str) -> None:
    test_a_repair_mends_its_finding_and_nothing_else.hypothesis.inner_test(text, tag)
