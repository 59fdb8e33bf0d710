"""The names of everything that a request is going to write, known before any work is done."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from flows.delivering.manifest import ENDING
from flows.delivering.naming import NameFields, NamingTemplate, parse_naming
from flows.delivering.outlet import Outlet
from flows.errors import InvalidNamingError
from flows.request import TargetsRequest
from flows.settings import Settings
from subtitles.language import LanguageTag


def naming_of(request: TargetsRequest, settings: Settings) -> NamingTemplate:
    """The request's own naming, else the settings'."""
    return parse_naming(request.naming or settings.naming)


def outlet_of(request: TargetsRequest, template: NamingTemplate) -> Outlet:
    """Where the drafts of a request go: version 0, dated today."""
    return Outlet(
        folder=request.out_folder,
        template=template,
        fields=NameFields(
            title=request.stem,
            made_on=datetime.now(UTC).date(),
            kind=request.kind,
            client=request.client,
            project=request.project,
        ),
    )


def refuse_same_names(request: TargetsRequest, outlet: Outlet) -> None:
    """Say so before any work when two files of a run would have one name.

    Raises:
        InvalidNamingError: two would.
    """
    seen: dict[str, str] = {
        _folded(outlet.folder / f"{request.stem}.report.{ending}"): "the quality report"
        for ending in ("html", "json")
    }
    for path, what in _planned(outlet, request.delivered, (*request.formats, ENDING)):
        other = seen.setdefault(_folded(path), what)
        if other != what:
            raise InvalidNamingError(
                f"{path.name} would be the name of {other} and of {what}: "
                "choose a naming template with {lang}, or another folder"
            )


def _planned(
    outlet: Outlet, languages: Sequence[LanguageTag], endings: Sequence[str]
) -> list[tuple[Path, str]]:
    return [
        (outlet.path(language, ending), f"the {ending} file in {language}")
        for language in dict.fromkeys(languages)
        for ending in dict.fromkeys(endings)
    ]


def _folded(path: Path) -> str:
    """As file systems compare that do not tell capitals from small letters."""
    return str(path.absolute()).casefold()
