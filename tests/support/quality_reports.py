"""Checked tracks and reports for tests, and a reader of their pages."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from html.parser import HTMLParser

from timed_text import cue, profile, track

from subtitles.checks.track import check_track
from subtitles.cues import Cue, CueTrack
from subtitles.picture import Picture
from subtitles.report.building import build_report
from subtitles.report.model import LanguageResult, QualityReport

PICTURE = Picture(
    frame_rate=Fraction(25), duration_ms=60_000, shot_changes_ms=(5040, 12_000, 30_000)
)

TEXTS = {
    "en": ("Nobody asked me.", "I was nine years old,\nand nobody asked.", "That is no answer..."),
    "de": ("Mich hat keiner gefragt.", "Ich war neun,\nund keiner fragte.", "Keine Antwort..."),
    "ja": ("誰も聞かなかった", "私は九歳で\n誰も聞かなかった", "それは答えじゃない"),
    "ar": ("لم يسألني أحد", "كنت في التاسعة،\nولم يسأل أحد", "هذا ليس جوابا..."),
}


def cues_of(tag: str, count: int = 6) -> list[Cue]:
    """Cues that keep some limits and break others, on the frames of 25 a second."""
    made = []
    for number in range(count):
        start = 1000 + number * 4000
        length = (2000, 600, 3000, 7600 // 2)[number % 4]
        text = TEXTS[tag][number % 3]
        cue_id = f"{tag}{number}"
        source = () if tag == "en" else (f"en{number}",)
        made.append(cue(text, start, start + length, cue_id=cue_id, source_cue_ids=source))
    return made


def result_of(
    made: CueTrack, source: CueTrack | None = None, picture: Picture = PICTURE
) -> LanguageResult:
    """The track, checked."""
    limits = profile(made.language)
    findings = check_track(made, limits, picture=picture, source=source)
    return LanguageResult(
        track=made, profile=limits, picture=picture, findings=findings, source_track=source
    )


def report_of(*tags: str, title: str = "Der Fall", count: int = 6) -> QualityReport:
    """A title in these languages; the first is the source of the others."""
    source, *targets = (track(cues_of(tag, count), tag) for tag in tags)
    results = [result_of(source), *(result_of(one, source) for one in targets)]
    return build_report(title, results)


def with_rows(report_rows: Sequence[str], title: str = "A title") -> QualityReport:
    """A title with one cue of these rows, between two others."""
    plain = cues_of("en", 3)
    plain[1] = replace(plain[1], lines=tuple(report_rows))
    return build_report(title, [result_of(track(plain))], remarks=[title], failures=[("ko", title)])


_VOID = frozenset({"meta", "br", "rect", "line", "path", "circle"})


class Page(HTMLParser):
    """What stands in a page: its elements in order, its texts, and whether they are well nested.

    Attributes:
        elements: (name, attributes).
        texts: Non-blank texts.
        is_nested: Whether every element was closed where it should be.
    """

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.is_nested = True
        self._open: list[str] = []
        self.feed(html)
        self.close()
        self.is_nested = self.is_nested and not self._open

    def named(self, name: str) -> list[dict[str, str]]:
        """Attributes of every element of that name."""
        return [attributes for found, attributes in self.elements if found == name]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        self.is_nested = self.is_nested and bool(self._open) and self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append(data.strip())
