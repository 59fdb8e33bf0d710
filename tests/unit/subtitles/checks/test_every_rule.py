"""Every rule: one case that breaks it, and nothing else, and one like it that just keeps it."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest
from timed_text import cue, language, profile, track

from subtitles.checks.checked import Draft
from subtitles.checks.hearing import check_hearing
from subtitles.checks.neighbours import check_gap
from subtitles.checks.standard import Standard
from subtitles.checks.track import check_draft, check_track
from subtitles.cues import Cue, CueKind
from subtitles.doubts import INVENTED, Doubt, DoubtfulSpan
from subtitles.findings import Severity
from subtitles.picture import NO_PICTURE, Picture
from subtitles.rules import RULES
from subtitles.span import Span
from subtitles.style.profile import load_profile
from subtitles.words import Transcript, Word

Case = Callable[[], list[str]]

MADE_ELSEWHERE = {
    *("no-translation", "translation-loop", "translation-too-long", "translation-too-short"),
    *("symbol-lost", "fewer-words-than-cues", "styling-dropped"),
    *("left-in-source", "sentence-count", "low-quality", "term-missed"),  # translate
    *("term-placed", "foreign-text-lost", "too-long-to-translate"),
    "italics-dropped",  # the typography pass
    *("source-changed", "no-source"),  # review
}
FILM = Picture(frame_rate=Fraction(25), duration_ms=60_000, shot_changes_ms=(10_000, 20_000))
LINE = "A line that is read with ease."


def rules(cues: list[Cue], tag: str = "en", **more: object) -> list[str]:
    limits = more.pop("limits", None) or profile(tag)
    picture = more.pop("picture", NO_PICTURE)
    found = check_track(track(cues, tag), limits, picture=picture, **more)
    return [finding.rule for finding in found]


def text(shown: str, tag: str = "en", **more: object) -> Case:
    """One cue that reads like this."""
    kind = more.pop("kind", CueKind.DIALOGUE)
    return lambda: rules([replace(cue(shown, 1000, 7500), kind=kind)], tag, **more)


def rows(*lines: str) -> Case:
    """Rows as typed, which no cue would accept."""
    draft = Draft(cue_id="c", span=Span(1000, 7500), lines=lines)
    return lambda: [f.rule for f in check_draft(draft, Standard(profile("en"), NO_PICTURE))]


def texts(*shown: str, tag: str = "en", gap_ms: int = 600) -> Case:
    """Cues one after another."""
    cues = [
        cue(one, n * (6000 + gap_ms), n * (6000 + gap_ms) + 6000, cue_id=f"c{n}")
        for n, one in enumerate(shown)
    ]
    return lambda: rules(cues, tag)


def timed(start: int, end: int, speech: tuple[int, int] | None = None, shown: str = LINE) -> Case:
    """One cue of the film: frames are 40 ms, cuts at 10 s and 20 s, the end at 60 s."""
    said = None if speech is None else Span(*speech)
    return lambda: rules([replace(cue(shown, start, end), speech=said)], picture=FILM)


def between(first: tuple[int, int], second: tuple[int, int], picture: Picture = FILM) -> Case:
    """The times of two cues."""
    times = Span(*first), Span(*second)
    return lambda: [f.rule for f in check_gap("c", *times, Standard(profile("en"), picture))]


def pair(source: str, target: str, tags: tuple[str, str] = ("en", "es")) -> Case:
    """A cue and its translation."""
    said = track([cue(source, 1000, 7500, cue_id="s")], tags[0])
    return lambda: rules([cue(target, 1000, 7500, source_cue_ids=("s",))], tags[1], source=said)


def uncovered(*names: str) -> Case:
    said = track([cue("Yes.", cue_id="s1"), cue("Go on.", 5000, 8000, cue_id="s2")])
    return lambda: rules([cue("Sí. Siga.", source_cue_ids=names)], "es", source=said)


def heard(doubtful: Doubt, fine: Doubt | None, *, aside: str = "") -> tuple[Case, Case]:
    """A cue of a transcript with a doubt about a word or a stretch, and one like it without."""

    def case(doubt: Doubt | None) -> list[str]:
        is_word = doubt in INVENTED and not aside
        word = Word(text=LINE, span=Span(1000, 7000), probability=0.9, doubts=(doubt,) * is_word)
        stretch = DoubtfulSpan(span=Span(7000, 9000), doubts=(doubt or Doubt.UNSURE,))
        stretch = replace(stretch, set_aside=aside if doubt else "")
        foreign = language("es") if doubt is Doubt.FOREIGN else None
        said = Transcript(
            media_id="film",
            language=language("en"),
            language_probability=1.0,
            words=(replace(word, language=foreign),),
            made_by=track([]).made_by,
            doubts=(stretch,),
        )
        return [one.rule for one in check_hearing(track([cue(LINE)]), said, profile("en"))]

    return lambda: case(doubtful), lambda: case(fine)


SDH = load_profile(language("en"), kind="sdh")
NARRATIVE, SONG = {"kind": CueKind.FORCED_NARRATIVE}, {"kind": CueKind.LYRICS}

CASES: dict[str, tuple[Case, Case]] = {
    "empty-text": (rows("Top", ""), rows("Top")),
    "forbidden-characters": (text("nul\0"), text("null")),
    "invisible-characters": (text("zero\u200bwidth"), text("zero width")),
    "unusual-glyph": (text("Well done \U0001f600"), text("Well done ♪")),
    "double-space": (text("two  spaces"), text("two spaces")),
    "edge-space": (text("<i> Left</i>"), text("<i>Left</i>")),
    "tag-mismatch": (text("<i>Never closed"), text("<i>Closed</i>")),
    "repeated-cue": (texts("Come with me.", "Come with me!"), texts("No.", "No!")),
    "low-confidence": (
        lambda: rules([cue(LINE, confidence=0.49)]),
        lambda: rules([cue(LINE, confidence=0.5)]),
    ),
    "listed-word": (text("Damn it.", profanity=("damn",)), text("Damned it.", profanity=("damn",))),
    "line-count": (text("a\nb\nc"), text(f"{LINE}\n{LINE}")),
    "line-length": (text("x" * 43), text("x" * 42)),
    "reading-speed": (
        lambda: rules([cue("x" * 40, 0, 1999)]),
        lambda: rules([cue("x" * 40, 0, 2000)]),
    ),
    "unneeded-break": (text("Come over\nhere."), text("Come over here.")),
    "leaning-line-end": (
        text("He walked all the way down to the\nold harbour."),
        text("He walked all the way down\nto the old harbour."),
    ),
    "lonely-word": (
        text("Everybody walked down to old harbour\ntogether."),
        text("Everybody walked down\nto old harbour together."),
    ),
    "short-duration": (timed(1000, 1800, shown="Hi."), timed(1000, 1840, shown="Hi.")),
    "long-duration": (timed(1000, 8040), timed(1000, 8000)),
    "overlap": (between((0, 2000), (1999, 3000)), between((0, 2000), (2500, 3000))),
    "out-of-order": (between((1000, 2000), (500, 900)), between((1000, 2000), (3000, 4000))),
    "gap": (between((0, 2000), (2000, 3000)), between((0, 2000), (2080, 3000))),
    "one-frame-gap": (between((0, 2000), (2040, 3000)), between((0, 2000), (2080, 3000))),
    "open-gap": (between((0, 2000), (2120, 3000)), between((0, 2000), (2520, 3000))),
    "off-grid": (timed(1002, 4000), timed(1001, 4000)),
    "beyond-media-end": (timed(58_000, 60_080), timed(58_000, 60_040)),
    "out-time-at-cut": (timed(7000, 9960), timed(7000, 9920)),
    "out-time-near-cut": (timed(7000, 9600), timed(7000, 9480)),
    "in-time-near-cut": (timed(9760, 14_000), timed(10_000, 14_000)),
    "crosses-cut": (timed(7000, 11_000, (7000, 9600)), timed(7000, 11_000, (7000, 10_600))),
    "early-in-time": (timed(1000, 4000, (1120, 4000)), timed(1000, 4000, (1080, 4000))),
    "late-in-time": (timed(1120, 4000, (1000, 4000)), timed(1080, 4000, (1000, 4000))),
    "ends-before-speech": (timed(1000, 4000, (1000, 4120)), timed(1000, 4000, (1000, 4080))),
    "lingers": (timed(1000, 4000, (1000, 2400)), timed(1000, 4000, (1000, 2480))),
    "three-dots": (text("Well..."), text("Well…")),
    "ellipsis-space": (text("… and on."), text("…and on.")),
    "space-before-mark": (text("Really ?"), text("Vraiment\u00a0?", "fr")),
    "missing-space": (text("Yes,sir."), text("Yes, sir.")),
    "missing-mark-space": (text("Vraiment?", "fr"), text("Really?")),
    "mark-style": (text("هل تسمعني?", "ar"), text("هل تسمعني؟", "ar")),
    "dash-style": (text("- Yes?\n- No."), text("-Yes?\n-No.")),
    "quote-style": (text('He said "no" twice.'), text("He said “no” twice.")),
    "unbalanced-quotes": (text("“Never again, he said."), texts("“Never again,", "he said.”")),
    "unbalanced-brackets": (text("[door slams"), text("[door slams]")),
    "inverted-mark": (text("Vienes?", "es"), text("¿Vienes?", "es")),
    "mixed-marks": (text("ماذا؟!", "ar"), text("What?!")),
    "italics": (text("<i>가자.</i>", "ko"), text("<i>Let's go.</i>")),
    "latin-letters": (text("شاهد فيلم Matrix غدا", "ar"), text("شاهد فيلم ماتريكس غدا", "ar")),
    "wrong-script": (text("Let's go home now.", "ru"), text("Пойдём домой.", "ru")),
    "number-style": (text("She has 3 cats."), text("She has 13 cats.")),
    "narrative-style": (text("Two years later", **NARRATIVE), text("TWO YEARS LATER", **NARRATIVE)),
    "lyrics-style": (text("I walk alone,", **SONG), text("I walk alone", **SONG)),
    "interruption-style": (text("I only wanted—"), text("I only wanted--")),
    "label-brackets": (text("(laughs) Stop.", limits=SDH), text("[laughs] Stop.", limits=SDH)),
    "continuation-style": (
        texts("En toen gingen we", "naar huis.", tag="nl"),
        texts("En toen gingen we…", "…naar huis.", tag="nl"),
    ),
    "untranslated": (pair("Come over here.", "Come over here."), pair("Okay.", "Okay.")),
    "missing-numbers": (pair("All 25 of us.", "Todos."), pair("All 7 of us.", "Los siete.")),
    "extra-numbers": (
        pair("All 25 of us.", "Somos 25, no 40."),
        pair("It is 25 past 3 p.m.", "Son las 15:25."),
    ),
    "negation-lost": (pair("I do not know.", "Lo sé."), pair("I do not know.", "No lo sé.")),
    "name-lost": (pair("I met Gandalf there.", "Lo vi allí."), pair("To London.", "A Londres.")),
    "tags-lost": (pair("<i>Come.</i>", "Ven."), pair("<i>Come.</i>", "<i>Ven.</i>")),
    "doubtful-words": heard(Doubt.STOCK_PHRASE, None),
    "foreign-speech": heard(Doubt.FOREIGN, None),
    "missed-speech": heard(Doubt.QUIET_SPEECH, None),
    "set-aside-text": heard(Doubt.NO_SPEECH, None, aside="Thanks for watching!"),
    "uncovered-source": (uncovered("s1"), uncovered("s1", "s2")),
}


@pytest.mark.parametrize("rule", CASES)
def test_a_case_breaks_its_rule_alone_or_keeps_it(rule: str) -> None:
    broken, kept = CASES[rule]
    assert broken() == [rule]
    assert kept() == []


def test_every_rule_has_its_cases() -> None:
    assert CASES.keys() | MADE_ELSEWHERE == RULES.keys()
    assert not CASES.keys() & MADE_ELSEWHERE


@pytest.mark.parametrize("rule", CASES)
def test_a_profile_may_switch_any_rule_off(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def severity(_profile: object, rule_id: str, default: Severity) -> Severity | None:
        return None if rule_id == rule else default

    monkeypatch.setattr("subtitles.style.profile.StyleProfile.severity", severity)
    assert rule not in CASES[rule][0]()


def test_a_finding_counts_as_its_profile_says() -> None:
    raised = replace(profile("en"), severities=(("double-space", Severity.ERROR),))
    (finding,) = check_track(track([cue("two  spaces")]), raised, picture=NO_PICTURE)
    assert finding.severity is Severity.ERROR


def test_errors_are_only_what_makes_a_file_wrong() -> None:
    errors = {rule for rule, entry in RULES.items() if entry.severity is Severity.ERROR}
    assert errors == {
        *("empty-text", "line-count", "overlap", "out-of-order", "forbidden-characters"),
        *("no-translation", "too-long-to-translate", "no-source"),
    }


def test_every_rule_tells_people_what_is_wrong_and_what_to_do() -> None:
    for rule_id, rule in RULES.items():
        assert rule.rule_id == rule_id
        assert rule.says.endswith(".")
        assert rule.fix.endswith(".")
        assert rule.says != rule.fix
        assert rule.unit
