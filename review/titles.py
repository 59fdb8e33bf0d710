"""The port of titles: which films and episodes are in review, in which languages and projects."""

from dataclasses import dataclass
from typing import Protocol

from review.tasks import TaskState
from subtitles.language import LanguageTag


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewedTitle:
    """A title in review.

    Attributes:
        media_id: SHA-256 of the media file's bytes.
        title: For people.
        project: Name of its project; empty for the one without. Of a title whose tasks are in
            several, that of its transcript, or of the first language.
        source_language: Spoken.
        languages: Of its texts, and how each stands as it was last written down.
    """

    media_id: str
    title: str
    project: str
    source_language: LanguageTag
    languages: tuple[tuple[LanguageTag, TaskState], ...]

    @property
    def translations(self) -> tuple[LanguageTag, ...]:
        """The languages it is translated into and wanted in."""
        return tuple(
            language
            for language, state in self.languages
            if language != self.source_language and state is not TaskState.CANCELLED
        )


class Titles(Protocol):
    """The titles that have any task."""

    def titles(
        self, *, project_id: str | None = None, media_id: str | None = None
    ) -> tuple[ReviewedTitle, ...]:
        """Those of which a task is in the project, or all; or one; by title, then media id."""
        ...
