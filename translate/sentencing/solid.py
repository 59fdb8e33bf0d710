"""Places in a text counted without its white space: the same in every setting of it in rows."""

from itertools import accumulate


def solid(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


def solid_places(text: str) -> tuple[int, ...]:
    """For each place between characters, ends included, how many solid ones stand before it."""
    return tuple(accumulate((not character.isspace() for character in text), initial=0))
