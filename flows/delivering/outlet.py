"""Where files go, and what they are called."""

from dataclasses import dataclass
from pathlib import Path

from flows.delivering.naming import NameFields, NamingTemplate
from subtitles.language import LanguageTag


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """Where the files of a title go, and what they are called.

    Attributes:
        folder: Of all of them; a name may have folders of its own below it.
        template: Of the names.
        fields: Of the title.
    """

    folder: Path
    template: NamingTemplate
    fields: NameFields

    def name(self, language: LanguageTag, ending: str) -> str:
        """Of one file, below the folder."""
        return str(self.template.path(self.fields, language, ending))

    def path(self, language: LanguageTag, ending: str) -> Path:
        """Of one file."""
        return self.folder / self.name(language, ending)
