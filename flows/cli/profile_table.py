"""The tables of ``polycue profiles``."""

import json
from collections.abc import Iterator, Sequence
from typing import get_args

from rich.console import Console
from rich.table import Table
from rich.text import Text

from subtitles.language import language_name, parse_language
from subtitles.style.files import ProfileValue
from subtitles.style.layers import known_clients, known_languages
from subtitles.style.profile import Audience, Kind, StyleProfile, UnservedStyleError, load_profile

_WIDTH = 100


def print_languages(client: str) -> None:
    """Print the limits of every language that has a file, or that a client serves.

    Raises:
        UnknownStyleError: for a client outside the known ones.
    """
    table = Table(box=None, pad_edge=False)
    for heading in ("tag", "language", "CPL", "CPS", "SDH", "dash", "cont.", "italics"):
        right = heading in {"CPL", "CPS", "SDH"}
        table.add_column(heading, justify="right" if right else "left", no_wrap=True)
    for tag in known_languages():
        row = _row(tag, client)
        if row:
            table.add_row(*row)
    console = Console(width=_WIDTH)
    console.print(table)
    notes = (
        "CPL: characters a line. CPS, SDH: characters a second, adults/children.",
        'Dash of two speakers: A "- " on both lines, B "-" on both, C "-" on the second,',
        'D "- " on the second. Continuation: 0 nothing without a pause, 1 … around a pause,',
        "2 … at every split. ? is advisory: no published guide for this language was seen to",
        "say so. A language not listed has the common limits, as advice.",
        "`polycue profiles show TAG` names the source of every value.",
    )
    console.print("", *notes, sep="\n", markup=False, highlight=False)


def _row(tag: str, client: str) -> list[str]:
    """Texts of a line of the table; empty when the client serves no part of it."""
    subtitle, sdh = _both(tag, "subtitle", client), _both(tag, "sdh", client)
    if not (subtitle or sdh):
        return []
    adult = (subtitle or sdh)[0]
    printed = adult.typography
    return [
        tag,
        language_name(adult.language),
        _marked(adult, "max_chars_per_line", f"{adult.max_chars_per_line}"),
        _speeds(subtitle),
        _speeds(sdh),
        _marked(adult, "dash", printed.dash.value),
        _marked(adult, "continuation", f"{printed.continuation}"),
        _marked(adult, "italics", "yes" if printed.italics else "no"),
    ]


def _both(tag: str, kind: Kind, client: str) -> list[StyleProfile]:
    language = parse_language(tag)
    try:
        return [
            load_profile(language, audience=audience, kind=kind, client=client)
            for audience in get_args(Audience)
        ]
    except UnservedStyleError:
        return []


def _speeds(both: Sequence[StyleProfile]) -> str:
    if not both:
        return "-"
    speeds = "/".join(f"{one.max_chars_per_second:g}" for one in both)
    return _marked(both[0], "max_chars_per_second", speeds)


def _marked(profile: StyleProfile, name: str, text: str) -> str:
    return f"{text}?" if profile.is_advisory(name) else text


def print_clients() -> None:
    """Print every house style with its line of description."""
    table = Table(box=None, pad_edge=False)
    table.add_column("client", no_wrap=True)
    table.add_column("house style (--client)")
    for name, title in known_clients():
        table.add_row(name, Text(title))
    console = Console(width=_WIDTH)
    console.print()
    console.print(table)


def print_profile(profile: StyleProfile, values: Sequence[ProfileValue]) -> None:
    """Print every value with its file, source, date and advisory mark."""
    console = Console(width=_WIDTH)
    title = f"{profile.language}, {language_name(profile.language)}: {profile.profile_id}"
    console.print(title, markup=False, highlight=False)
    table = Table(box=None, pad_edge=False)
    for heading in ("value", "is", "file", "source", "checked", ""):
        right = heading == "source"
        table.add_column(heading, no_wrap=True, justify="right" if right else "left")
    sources = list(dict.fromkeys(one.source for one in values))
    for one in values:
        table.add_row(
            one.name,
            Text(_shown(one.value)),
            one.file,
            f"{sources.index(one.source) + 1}",
            one.checked_on.isoformat(),
            "advisory" if one.advisory else "",
        )
    console.print(table)
    console.print()
    console.print(_sources(sources))


def _sources(sources: Sequence[str]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("", justify="right", no_wrap=True)
    table.add_column("source")
    for number, source in enumerate(sources, start=1):
        table.add_row(f"{number}", Text(source))
    return table


def _shown(value: object) -> str:
    """A value for a cell: words are counted rather than listed, lists of marks are spelled out."""
    match value:
        case frozenset():
            return f"{len(value)} words (listed by --json)" if value else "none"
        case tuple():
            return " ".join(str(one) for one in value)
        case bool():
            return "yes" if value else "no"
        case "":
            return "none"
        case _:
            return str(value)


def profile_json(profile: StyleProfile, values: Sequence[ProfileValue]) -> str:
    """The same as JSON, word lists included."""
    return json.dumps(
        {
            "profile_id": profile.profile_id,
            "language": profile.language,
            "audience": profile.audience,
            "kind": profile.kind,
            "client": profile.client,
            "revision": profile.revision,
            "checked_on": profile.checked_on.isoformat(),
            "values": list(_entries(values)),
        },
        ensure_ascii=False,
        indent=2,
    )


def _entries(values: Sequence[ProfileValue]) -> Iterator[dict[str, object]]:
    for one in values:
        value = sorted(one.value) if isinstance(one.value, frozenset) else one.value
        yield {
            "name": one.name,
            "value": value,
            "file": one.file,
            "source": one.source,
            "checked_on": one.checked_on.isoformat(),
            "advisory": one.advisory,
        }
