"""The table of ``polycue models list``."""

import contextlib
from collections.abc import Iterator

from rich.console import Console
from rich.table import Table

from flows.errors import UsageError
from flows.models.choose import PIVOT, translates, translation_route
from flows.models.commands import ModelRow, list_models
from flows.models.entries import ModelTier, Registry, Room
from flows.models.errors import NonCommercialModelError
from flows.models.pins import read_pins
from flows.models.registry import load_registry, require
from flows.settings import Settings
from subtitles.language import parse_language
from translate.translator import LanguagePair, UnsupportedPairError

_LANGUAGES_OF_A_PAIR = 2


def print_models(pair: str) -> None:
    """Print every model, or those that translate a pair such as ``en,ja``, alone or two in a row.

    Raises:
        UsageError: the pair is no pair.
    """
    registry, settings = load_registry(), Settings()
    rows = list_models(registry, cache_dir=settings.models_folder)
    wanted = _pair(pair) if pair else None
    table = Table(box=None)
    for heading in ("name", "for", "tier", "languages", "licence", "MB", "state"):
        table.add_column(heading, justify="right" if heading == "MB" else "left", no_wrap=True)
    for row in _serving(registry, rows, wanted):
        licence = row.licence if row.commercial_use else f"{row.licence} (non-commercial)"
        size = "" if row.size_bytes is None else f"{row.size_bytes / 1e6:.0f}"
        tiers = ", ".join(row.tiers)
        table.add_row(row.name, row.room, tiers, row.languages, licence, size, row.state.value)
    console = Console(width=160)
    console.print(table)
    if wanted is not None:
        for line in _pivots(registry, wanted, settings):
            console.print(line)


def _pair(text: str) -> LanguagePair:
    tags = [parse_language(part) for part in text.replace(",", " ").split()]
    if len(tags) != _LANGUAGES_OF_A_PAIR:
        raise UsageError(f"{text!r} is no pair of languages: write two tags, such as en,ja")
    return LanguagePair(*tags)


def _serving(
    registry: Registry, rows: tuple[ModelRow, ...], wanted: LanguagePair | None
) -> list[ModelRow]:
    if wanted is None:
        return list(rows)
    return [
        row
        for row in rows
        if row.room == Room.TRANSLATE and translates(require(registry, row.name), wanted)
    ]


def _pivots(registry: Registry, wanted: LanguagePair, settings: Settings) -> Iterator[str]:
    """A line for each tier that serves the pair by two models in a row, as a run would choose."""
    pinned = read_pins(settings.models_folder)
    for tier in (ModelTier.STARTER, ModelTier.STANDARD, ModelTier.STUDIO):
        with contextlib.suppress(UnsupportedPairError, NonCommercialModelError):
            route = translation_route(
                registry,
                wanted,
                tier,
                allow_noncommercial=settings.allow_noncommercial,
                pinned=pinned,
            )
            if not route.is_direct:
                first, second = route.models
                yield f"tier {tier}, through {PIVOT}: {first.name}, then {second.name}"
