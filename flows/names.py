"""Names and terms that a title's speech is expected to hold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flows.errors import UnusableNamesError

MOST_BYTES = 600
"""Of all names together, in UTF-8: some 200 tokens, of which Whisper reads 223 and drops the rest
without a word. (English takes about four letters a token, other scripts about three bytes.)"""

_LONGEST = 80


def parse_names(text: str) -> tuple[str, ...]:
    """Names of a ``--names`` option: with commas between them, each once, in the order given.

    Raises:
        UnusableNamesError: one is too long or not printable, or there are too many.
    """
    return checked_names(text.split(","))


def checked_names(names: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """The same names without spaces around them, each once; see `parse_names`."""
    found = tuple(dict.fromkeys(" ".join(name.split()) for name in names if name.strip()))
    for name in found:
        if len(name) > _LONGEST or not name.isprintable():
            shown = repr(name[:_LONGEST])
            message = f"{shown} is no name to expect: give up to {_LONGEST} printable characters"
            raise UnusableNamesError(message)
    size = len(", ".join(found).encode())
    if size > MOST_BYTES:
        message = (
            f"the names to expect take {size} bytes, and the recogniser reads {MOST_BYTES}: "
            "give those that are said most often"
        )
        raise UnusableNamesError(message)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedWords:
    """What a recogniser is told to expect.

    Attributes:
        words: Each once; together within `MOST_BYTES`.
        left_out: What found no room.
    """

    words: tuple[str, ...]
    left_out: tuple[str, ...] = ()


def expected_words(names: Sequence[str], from_glossary: Iterable[str]) -> ExpectedWords:
    """The names of the request, and as many words of the glossary as there is room for.

    Args:
        names: Checked (`checked_names`); all of them are expected.
        from_glossary: The most needed first.
    """
    words = list(dict.fromkeys(names))
    left_out: list[str] = []
    size = len(", ".join(words).encode())
    for word in dict.fromkeys(from_glossary):
        more = len(f", {word}".encode())
        if word in words:
            continue
        if len(word) > _LONGEST or not word.isprintable() or size + more > MOST_BYTES:
            left_out.append(word)
        else:
            words.append(word)
            size += more
    return ExpectedWords(words=tuple(words), left_out=tuple(left_out))
