"""The port of glossaries: the words of a project, as files of terms are put in and taken out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from translate.glossary.glossary import Glossary


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredGlossary:
    """The words of a project as they were once stored.

    Attributes:
        revision: `Glossary.revision`: equal words, equal revision.
        stored_by: The person's name.
    """

    project_id: str
    glossary: Glossary
    revision: str
    stored_by: str
    stored_at: datetime


class Glossaries(Protocol):
    """Where the words of projects live; earlier ones are kept."""

    def latest(self, project_id: str) -> StoredGlossary | None:
        """The words in force; None for none. UnknownTaskError without such a project."""
        ...

    def latest_of(self, project_name: str) -> StoredGlossary | None:
        """The same by the project's name; None also for a project that is not there (yet)."""
        ...

    def store(self, project_id: str, glossary: Glossary, *, by: str) -> StoredGlossary:
        """Put these words in the place of the earlier ones; the same words again change nothing.

        UnknownTaskError without such a project.
        """
        ...
