"""Subtitle files of plain sentences, as long as a test needs them."""

from collections.abc import Sequence
from pathlib import Path

from subtitles.cues import Subtitle
from subtitles.formats.document import SubtitleDocument
from subtitles.formats.srt import SrtFormat
from subtitles.span import Span

_WHO = ("Anna", "The captain", "My brother", "Nobody", "Their neighbour", "The old man")
_DOES = ("opens", "paints", "forgets", "carries", "looks for", "talks about")
_WHAT = ("the blue door", "a letter", "three boxes", "her bicycle", "the new map", "our garden")


def plain_sentences(count: int) -> list[str]:
    """Sentences, no two alike."""
    return [
        f"{_WHO[n % 6]} {_DOES[n // 6 % 6]} {_WHAT[n // 36 % 6]} on page {n + 1}."
        for n in range(count)
    ]


def write_srt(path: Path, lines: Sequence[str], *, each_ms: int = 3_000) -> Path:
    """A file of these texts, one cue after the other, half a second apart."""
    cues = tuple(
        Subtitle(Span(n * each_ms, (n + 1) * each_ms - 500), tuple(line.split("\n")))
        for n, line in enumerate(lines)
    )
    path.write_text(SrtFormat().encode(SubtitleDocument(subtitles=cues)), "utf-8")
    return path
