"""What a translation memory is made of: sentences, and how they were approved to be rendered."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from subtitles.errors import PolycueError
from subtitles.plain_text import clean_text
from translate.translator import LanguagePair

MAX_UNIT_CHARS = 2_000
"""Of a sentence and of its translation; sentences of subtitles are cut at 400 characters, and
those of documents that other tools put into a memory are seldom longer than this."""

MAX_TITLE_CHARS = 300
"""Of a title, a task's name and a role."""


class InvalidUnitError(PolycueError, ValueError):
    """A unit that no memory can keep."""

    def __init__(self, text: str, what: str) -> None:
        super().__init__(text, what)
        self.text, self.what = text, what

    def __str__(self) -> str:
        return f"the unit {self.text[:60]!r}: {self.what}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryUnit:
    """One sentence with its approved translation; all texts on one row, styling off.

    Nobody is named in it: of whoever approved, only the role is kept, so that no file made of a
    memory can give a person away. The log of ``task_id`` knows more.

    Attributes:
        pair: From which language into which.
        source_text: What was said.
        text: What was approved for it.
        before: What was said before it; empty at the beginning, or when nobody knows.
        after: What was said after it, likewise.
        title: Of the film or the file it comes from; may be empty.
        task_id: The review task in which it was approved; empty for units out of files.
        role: Of whoever approved it, such as ``linguist``; may be empty.
        approved_at: When, aware, to the second; None when nobody knows.
    """

    pair: LanguagePair
    source_text: str
    text: str
    before: str = ""
    after: str = ""
    title: str = ""
    task_id: str = ""
    role: str = ""
    approved_at: datetime | None = None

    def __post_init__(self) -> None:
        if not self.source_text or not self.text:
            raise InvalidUnitError(self.source_text or self.text, "one side of it is empty")
        for text in (self.source_text, self.text, self.before, self.after):
            _require_row(text, MAX_UNIT_CHARS)
        for text in (self.title, self.task_id, self.role):
            _require_row(text, MAX_TITLE_CHARS)
        at = self.approved_at
        if at is not None and (at.tzinfo is None or at.microsecond):
            raise InvalidUnitError(self.source_text, f"{at} is no aware time in whole seconds")

    @property
    def unit_id(self) -> str:
        """Derived from texts, languages and origin: the same unit is never kept twice."""
        parts = (
            *(self.pair.source, self.pair.target, self.source_text, self.text),
            *(self.before, self.after, self.title, self.task_id),
        )
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]

    @property
    def origin(self) -> str:
        """Where it comes from, for people; empty when nobody knows."""
        return self.title or self.task_id


def _require_row(text: str, limit: int) -> None:
    if len(text) > limit:
        raise InvalidUnitError(text, f"{len(text)} characters are more than {limit}")
    if clean_text(text) != text:
        raise InvalidUnitError(text, "is not one clean row")
