"""The cues of a release, frozen with the approval; every file of the release is made of these."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from pydantic import TypeAdapter

from review.tasks import CueState, ReviewCue
from subtitles.cues import Subtitle
from subtitles.formats.document import SubtitleDocument
from subtitles.language import LanguageTag
from subtitles.span import Span
from translate.drafts import Origin, SentenceDraft


class Made(StrEnum):
    """How a released text came about.

    MACHINE: as the engine wrote it. MEMORY: as an earlier approval had it. COPY: as in the source,
    which has not a letter in it. EDITED: a draft that a person changed. HUMAN: a person wrote it.
    """

    MACHINE = "machine"
    MEMORY = "memory"
    COPY = "copy"
    EDITED = "edited"
    HUMAN = "human"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedCue:
    """One cue as it was approved.

    Attributes:
        start_ms: In-time.
        end_ms: Out-time.
        text: Rows joined by line breaks.
        source_text: What it renders.
        machine_text: What was drafted; empty for a cue that a person added.
        machine_start_ms: When the draft showed it; None for a cue that a person added.
        machine_end_ms: With it.
        made: How its text came about.
        made_by: Printed signature of the engine that drafted it; empty where none did.
        is_confirmed: Whether a person ticked it off by itself or with others.
        waived: Rules whose findings somebody let stay.
    """

    cue_id: str
    start_ms: int
    end_ms: int
    text: str
    source_text: str
    machine_text: str
    machine_start_ms: int | None
    machine_end_ms: int | None
    made: Made
    made_by: str
    is_confirmed: bool
    waived: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseDocument:
    """One approved text.

    Attributes:
        media_id: SHA-256 of the media file's bytes.
        title: Of the film or episode.
        source_language: Spoken.
        language: Of the text.
        frame_rate: As ``24000/1001``; None without video.
        cues: In order.
        version: Of this layout.
    """

    media_id: str
    title: str
    source_language: LanguageTag
    language: LanguageTag
    frame_rate: str | None
    cues: tuple[ReleasedCue, ...]
    version: int = 1

    def subtitles(self) -> SubtitleDocument:
        """The text as a subtitle document."""
        return self._shown([(cue, cue.text) for cue in self.cues], self.language)

    def source_subtitles(self) -> SubtitleDocument:
        """What the cues render, at their times."""
        shown = [(cue, cue.source_text) for cue in self.cues if cue.source_text.strip()]
        return self._shown(shown, self.source_language)

    def _shown(
        self, cues: Sequence[tuple[ReleasedCue, str]], language: LanguageTag
    ) -> SubtitleDocument:
        return SubtitleDocument(
            subtitles=tuple(
                Subtitle(Span(cue.start_ms, cue.end_ms), tuple(text.split("\n")))
                for cue, text in cues
            ),
            language=language,
            frame_rate=Fraction(self.frame_rate) if self.frame_rate else None,
            title=" ".join(self.title.split()),
        )


_DOCUMENTS = TypeAdapter(ReleaseDocument)


def document_json(document: ReleaseDocument) -> str:
    """The document as it is kept: the same document is always the same text."""
    return _DOCUMENTS.dump_json(document).decode()


def document_of_json(text: str) -> ReleaseDocument:
    """What `document_json` wrote."""
    return _DOCUMENTS.validate_json(text)


def released_cues(
    cues: Sequence[ReviewCue], sentences: Sequence[SentenceDraft]
) -> tuple[ReleasedCue, ...]:
    """The cues as they are approved.

    Args:
        cues: In order, with their findings and waivers.
        sentences: What the machine knew of them; may be empty.
    """
    origins: dict[str, set[Origin]] = {}
    for sentence in sentences:
        for cue_id in sentence.cue_ids:
            origins.setdefault(cue_id, set()).add(sentence.origin)
    return tuple(_released(cue, origins) for cue in cues)


def _released(cue: ReviewCue, origins: Mapping[str, set[Origin]]) -> ReleasedCue:
    machine = cue.machine_span
    return ReleasedCue(
        cue_id=cue.cue_id,
        start_ms=cue.span.start_ms,
        end_ms=cue.span.end_ms,
        text=cue.text,
        source_text=cue.source_text,
        machine_text=cue.machine_text,
        machine_start_ms=None if machine is None else machine.start_ms,
        machine_end_ms=None if machine is None else machine.end_ms,
        made=_made(cue, origins.get(cue.cue_id, set())),
        made_by=cue.made_by,
        is_confirmed=cue.state is CueState.CONFIRMED,
        waived=tuple(dict.fromkeys(waiver.finding.rule for waiver in cue.waivers)),
    )


def _made(cue: ReviewCue, origins: set[Origin]) -> Made:
    if not cue.machine_text:
        return Made.HUMAN
    if cue.text != cue.machine_text:
        return Made.EDITED
    if origins == {Origin.MEMORY}:
        return Made.MEMORY
    return Made.COPY if origins == {Origin.COPY} else Made.MACHINE
