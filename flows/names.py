"""Names and terms that a title's speech is expected to hold."""

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
