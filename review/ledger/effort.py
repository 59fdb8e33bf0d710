"""How much of a machine draft people changed before they approved it."""

from dataclasses import dataclass, fields

from review.ledger.doings import Doings
from review.release.document import ReleasedCue, ReleaseDocument
from review.text_edits import changed_chars
from subtitles.counting import visible_text
from subtitles.language import LanguageTag
from translate.scoring.likeness import Segment, word_edits


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """Counts for one approved text, or sums of such; they add up.

    Cues that were only ticked off with others at one go, and read as the machine drafted them, are
    left out of everything but ``cue_count``: nobody knows whether they were looked at.

    Attributes:
        cue_count: Cues approved.
        measured_count: Of these, the ones that are counted below.
        untouched_count: Of the measured, those approved with the machine's text and times.
        retimed_count: Of the measured that the machine drafted, those at other times.
        moved_ms: By how much their ends moved, in all.
        split_count: Cues split.
        join_count: Cues joined.
        word_edits: Edits of words from the machine's text to the approved one
            (`translate.scoring.likeness.WordEdits`); the words of a cue that a person added all
            count, a cue that was deleted does not.
        word_count: Words approved.
        char_edits: Characters put in, taken out or replaced.
        char_count: Characters approved.
        programme_ms: From the beginning of the film to the last out-time.
        sent_back_count: How often it was sent back.
    """

    cue_count: int = 0
    measured_count: int = 0
    untouched_count: int = 0
    retimed_count: int = 0
    moved_ms: int = 0
    split_count: int = 0
    join_count: int = 0
    word_edits: int = 0
    word_count: int = 0
    char_edits: int = 0
    char_count: int = 0
    programme_ms: int = 0
    sent_back_count: int = 0

    def __add__(self, other: "Effort") -> "Effort":
        """Both together."""
        names = [one.name for one in fields(self)]
        return Effort(**{name: getattr(self, name) + getattr(other, name) for name in names})

    @property
    def hter(self) -> float | None:
        """Edits per word approved (human-targeted translation edit rate); None without words."""
        return _share(self.word_edits, self.word_count)

    @property
    def char_rate(self) -> float | None:
        """Characters changed per character approved."""
        return _share(self.char_edits, self.char_count)

    @property
    def untouched_share(self) -> float | None:
        """Share of the measured cues that were approved as the machine drafted them."""
        return _share(self.untouched_count, self.measured_count)

    @property
    def retimed_share(self) -> float | None:
        """Share of the measured cues that were approved at other times."""
        return _share(self.retimed_count, self.measured_count)


def effort_of(document: ReleaseDocument, doings: Doings) -> Effort:
    """What people did to one approved text.

    Args:
        document: As approved.
        doings: What the log tells of its making.
    """
    measured = [
        cue
        for cue in document.cues
        if not (cue.cue_id in doings.in_bulk and cue.text == cue.machine_text)
    ]
    words = word_edits(
        [Segment(shown=_read(cue.machine_text), wanted=_read(cue.text)) for cue in measured],
        LanguageTag(document.language),
    )
    moves_ms = [_moved_ms(cue) for cue in measured]
    return Effort(
        cue_count=len(document.cues),
        measured_count=len(measured),
        untouched_count=sum(
            cue.text == cue.machine_text and not moved
            for cue, moved in zip(measured, moves_ms, strict=True)
        ),
        retimed_count=sum(map(bool, moves_ms)),
        moved_ms=sum(moves_ms),
        split_count=doings.split_count,
        join_count=doings.join_count,
        word_edits=words.edits,
        word_count=words.words,
        char_edits=sum(changed_chars(_read(cue.machine_text), _read(cue.text)) for cue in measured),
        char_count=sum(len(_read(cue.text)) for cue in measured),
        programme_ms=max((cue.end_ms for cue in document.cues), default=0),
        sent_back_count=doings.sent_back_count,
    )


def _read(text: str) -> str:
    """What a viewer reads, on one row."""
    return " ".join(visible_text(text).split())


def _moved_ms(cue: ReleasedCue) -> int:
    if cue.machine_start_ms is None or cue.machine_end_ms is None:
        return 0
    return abs(cue.start_ms - cue.machine_start_ms) + abs(cue.end_ms - cue.machine_end_ms)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
