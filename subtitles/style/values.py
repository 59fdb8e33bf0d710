"""What a profile file may say: the name of every value, and what it has to be."""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TypeGuard, get_args

from subtitles.counting import CountingRule
from subtitles.findings import Severity
from subtitles.rules import RULES
from subtitles.style.terms import Audience, DashStyle, Kind, Narrative

Reader = Callable[[object], object]
"""Makes the value of what stands in TOML; raises ValueError with what it has to be."""


def _whole(smallest: int) -> Reader:
    def read(value: object) -> object:
        if type(value) is not int or value < smallest:
            raise ValueError(f"a whole number of {smallest} or more")
        return value

    return read


def _speed(value: object) -> object:
    if type(value) not in {int, float} or not 0 < float(str(value)) < float("inf"):
        raise ValueError("a number above 0")
    return value


def _yes_or_no(value: object) -> object:
    if type(value) is not bool:
        raise ValueError("true or false")
    return value


def _text(value: object) -> object:
    if type(value) is not str:
        raise ValueError("a text")
    return value


def _one_of(*choices: object) -> Reader:
    def read(value: object) -> object:
        # True is 1 in Python and no continuation style.
        if isinstance(value, bool) or value not in choices:
            raise ValueError(f"one of {', '.join(str(choice) for choice in choices)}")
        return value

    return read


def _member_of(kind: type[StrEnum]) -> Reader:
    choose = _one_of(*(one.value for one in kind))
    return lambda value: kind(str(choose(value)))


def _marks(count: int) -> Reader:
    def read(value: object) -> object:
        if not _texts(value) or len(value) != count:
            raise ValueError(f"a list of {count} texts, none of them empty")
        return tuple(value)

    return read


def _words(value: object) -> object:
    if not _texts(value) or any(word != word.strip().lower() for word in value):
        raise ValueError("a list of words in lower case")
    if len(set(value)) != len(value):
        twice = next(word for word in value if value.count(word) > 1)
        raise ValueError(f"a list that names every word once ({twice!r} stands there twice)")
    return frozenset(value)


def _texts(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(type(one) is str and one for one in value)


def _rule_severity(value: object) -> object:
    read = _one_of("off", *(one.value for one in Severity))(value)
    return read if read == "off" else Severity(str(read))


STYLE: Mapping[str, Reader] = MappingProxyType(
    {
        "max_lines": _whole(1),
        "max_chars_per_line": _whole(1),
        "min_duration_ms": _whole(1),
        "max_duration_ms": _whole(1),
        "min_gap_frames": _whole(0),
        "min_open_gap_ms": _whole(0),
        "linger_ms": _whole(0),
        "max_linger_ms": _whole(0),
        "max_words_per_minute": _whole(0),
        "counting": _member_of(CountingRule),
        "breaks_anywhere": _yes_or_no,
    }
)
"""Values of ``[style]``; `StyleProfile` says what each means."""

TYPOGRAPHY: Mapping[str, Reader] = MappingProxyType(
    {
        "dash": _member_of(DashStyle),
        "continuation": _one_of(0, 1, 2),
        "quotes": _marks(4),
        "italics": _yes_or_no,
        "space_before": _text,
        "inverted_marks": _yes_or_no,
        "interruption": _text,
        "sound_brackets": _marks(2),
        "words_up_to": _whole(0),
        "narrative": _one_of(*get_args(Narrative)),
        "latin_letters": _yes_or_no,
        "mixed_marks": _yes_or_no,
    }
)
"""Values of ``[typography]``; `Typography` says what each means."""

WORDS: Mapping[str, Reader] = MappingProxyType(
    dict.fromkeys(
        ("never_break_after", "never_break_before", "break_before", "abbreviations"), _words
    )
)
"""Lists of ``[words]``."""

SPEED = "max_chars_per_second"
SEVERITY = "severity"


def read_section(
    section: str, table: Mapping[str, object], where: str
) -> Iterator[tuple[str, object]]:
    """(name, value) of everything a section of a file states; ``where`` it stands, for messages.

    Speeds are named ``max_chars_per_second:sdh:adult``, severities ``severity:overlap``.

    Raises:
        ValueError: for a name or a value that may not stand there, with the reason.
    """
    readers: Mapping[str, Reader] = _SECTIONS[section]
    for name, value in table.items():
        if name not in readers:
            known = ", ".join(readers)
            raise ValueError(f"{where}{section}.{name} is no value of a style: use one of {known}")
        if section == "chars_per_second":
            yield from _speeds(f"{where}{section}.{name}", name, value)
            continue
        yield (
            f"{SEVERITY}:{name}" if section == SEVERITY else name,
            _read(f"{where}{section}.{name}", readers[name], value),
        )


def _speeds(where: str, kind: str, value: object) -> Iterator[tuple[str, object]]:
    if not isinstance(value, dict) or not value or not set(value) <= set(get_args(Audience)):
        raise ValueError(f"{where} has to be a table such as {{ adult = 17, children = 13 }}")
    for audience, speed in value.items():
        yield f"{SPEED}:{kind}:{audience}", _read(f"{where}.{audience}", _speed, speed)


def _read(where: str, reader: Reader, value: object) -> object:
    try:
        return reader(value)
    except ValueError as error:
        raise ValueError(f"{where} is {str(value)[:40]!r} and has to be {error}") from error


_SECTIONS: Mapping[str, Mapping[str, Reader]] = MappingProxyType(
    {
        "style": STYLE,
        "chars_per_second": dict.fromkeys(get_args(Kind), _speed),
        "typography": TYPOGRAPHY,
        "words": WORDS,
        SEVERITY: dict.fromkeys(RULES, _rule_severity),
    }
)
SECTIONS = tuple(_SECTIONS)
"""Tables of a profile file that state values."""
