"""The files that make one style, from the broadest to the narrowest, and every value they leave."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import get_args

from subtitles.language import LanguageTag
from subtitles.style.files import (
    BASE,
    FOLDER,
    ProfileFile,
    ProfileValue,
    client_file,
    client_names,
    language_file,
    language_names,
)
from subtitles.style.terms import (
    Audience,
    InvalidProfileError,
    Kind,
    UnknownStyleError,
    UnservedStyleError,
)
from subtitles.style.values import SEVERITY, SPEED, STYLE, TYPOGRAPHY, WORDS

# Bokmål is what "Norwegian" means in a title's language list.
_SAME_FILE = {"no": "nb"}
_ORDER = (*list(STYLE)[:2], SPEED, *list(STYLE)[2:], *TYPOGRAPHY, *WORDS)


def known_languages() -> tuple[str, ...]:
    """Tags that have a file of their own; any other language reads the base file."""
    return language_names()


def known_clients() -> tuple[tuple[str, str], ...]:
    """(name, title) of every house style."""
    return tuple((name, client_file(name).title) for name in client_names())


def explain(
    language: LanguageTag,
    *,
    audience: Audience = "adult",
    kind: Kind = "subtitle",
    client: str = "",
) -> tuple[ProfileValue, ...]:
    """Every value of a style with the file and the publication it comes from.

    Raises:
        UnknownStyleError: for an audience, kind or client outside the known ones.
        UnservedStyleError: the client's style is not meant for that language or kind.
        InvalidProfileError: a file cannot be used.
    """
    _, _, found = layered(language, audience=audience, kind=kind, client=client)
    return tuple(found.values())


def layered(
    language: LanguageTag,
    *,
    audience: Audience,
    kind: Kind,
    client: str,
    folder: Path = FOLDER,
) -> tuple[str, str, Mapping[str, ProfileValue]]:
    """Name of the narrowest language file, what stands behind it, and every value by name.

    Raises as `explain`.
    """
    if audience not in get_args(Audience):
        raise UnknownStyleError("audience", audience, get_args(Audience))
    if kind not in get_args(Kind):
        raise UnknownStyleError("kind of subtitle", kind, get_args(Kind))
    tags = _tags(language)
    own = [(tag, file) for tag in (BASE, *tags) if (file := language_file(tag, folder))]
    stated: dict[str, ProfileValue] = {}
    for _, file in own:
        stated |= file.values
    if client:
        house = _client(client, language, kind, folder)
        for values in (house.values, *(house.narrower.get(tag, {}) for tag in tags)):
            stated |= values
    name, file = own[-1]
    return name, file.source, dict(_chosen(stated, audience, kind))


@lru_cache(maxsize=512)
def _tags(language: LanguageTag) -> tuple[str, ...]:
    """Language, script and region, each as narrow as the one before or narrower.

    The script is the likely one when the tag has none: ``zh-TW`` is written in ``Hant``.
    """
    import langcodes  # noqa: PLC0415 - as in subtitles/language.py

    parsed = langcodes.Language.get(language)
    base = _SAME_FILE.get(str(parsed.language), str(parsed.language))
    return (base, f"{base}-{parsed.maximize().script}", f"{base}-{parsed.territory or ''}")


def _client(client: str, language: LanguageTag, kind: Kind, folder: Path) -> ProfileFile:
    # Asked by its name in a list, never by a path made of what somebody typed.
    if client not in (known := client_names(folder)):
        raise UnknownStyleError("client", client, known)
    house, tags = client_file(client, folder), _tags(language)
    script = tags[1].partition("-")[2]
    if house.languages and not set(tags) & set(house.languages):
        raise UnservedStyleError(client, f"language {language}", ", ".join(house.languages))
    if house.scripts and script not in house.scripts:
        served = ", ".join(house.scripts)
        raise UnservedStyleError(client, f"script {script} of {language}", f"scripts {served}")
    if kind not in house.kinds:
        raise UnservedStyleError(client, f"kind {kind}", f"kinds {', '.join(house.kinds)}")
    return house


def _chosen(
    stated: Mapping[str, ProfileValue], audience: Audience, kind: Kind
) -> Iterator[tuple[str, ProfileValue]]:
    """The values of one audience and kind, in the order people read them."""
    for name in _ORDER:
        try:
            yield name, _speed(stated, audience, kind) if name == SPEED else stated[name]
        except KeyError as missing:
            raise InvalidProfileError(f"{BASE}.toml", f"{missing} is not stated") from missing
    for name in sorted(stated):
        if name.startswith(f"{SEVERITY}:"):
            yield name, stated[name]


def _speed(stated: Mapping[str, ProfileValue], audience: Audience, kind: Kind) -> ProfileValue:
    """Templates are read as fast as subtitles where nobody says otherwise, which is advisory."""
    own = stated.get(f"{SPEED}:{kind}:{audience}")
    if own is not None:
        return replace(own, name=SPEED)
    return replace(stated[f"{SPEED}:subtitle:{audience}"], name=SPEED, advisory=True)
