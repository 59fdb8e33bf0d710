"""The table of ``polycue models list``."""

from rich.console import Console
from rich.table import Table

from flows.errors import UsageError
from flows.models.choose import translates
from flows.models.commands import ModelRow, list_models
from flows.models.entries import Registry, Room
from flows.models.registry import load_registry, require
from flows.settings import Settings
from subtitles.language import parse_language
from translate.translator import LanguagePair

_LANGUAGES_OF_A_PAIR = 2


def print_models(pair: str) -> None:
    """Print every model, or those that translate a pair such as ``en,ja``.

    Raises:
        UsageError: the pair is no pair.
    """
    registry = load_registry()
    rows = list_models(registry, cache_dir=Settings().models_folder)
    table = Table(box=None)
    for heading in ("name", "for", "tier", "languages", "licence", "MB", "state"):
        table.add_column(heading, justify="right" if heading == "MB" else "left", no_wrap=True)
    for row in _serving(registry, rows, pair):
        licence = row.licence if row.commercial_use else f"{row.licence} (non-commercial)"
        size = "" if row.size_bytes is None else f"{row.size_bytes / 1e6:.0f}"
        tiers = ", ".join(row.tiers)
        table.add_row(row.name, row.room, tiers, row.languages, licence, size, row.state.value)
    Console(width=160).print(table)


def _serving(registry: Registry, rows: tuple[ModelRow, ...], pair: str) -> list[ModelRow]:
    if not pair:
        return list(rows)
    tags = [parse_language(part) for part in pair.replace(",", " ").split()]
    if len(tags) != _LANGUAGES_OF_A_PAIR:
        raise UsageError(f"{pair!r} is no pair of languages: write two tags, such as en,ja")
    wanted = LanguagePair(*tags)
    return [
        row
        for row in rows
        if row.room == Room.TRANSLATE and translates(require(registry, row.name), wanted)
    ]
