"""Numbers as people read them."""

from math import floor


def number(value: float) -> str:
    """At most two decimals, none that say nothing: ``17``, ``17.25``."""
    text = f"{value:.2f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def amount(value: float, unit: str) -> str:
    """``1 frame``, ``2 frames``, ``36,800 ms``."""
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    is_plural = unit.isalpha() and unit.endswith("s") and unit != "ms"
    return f"{text} {unit[:-1] if is_plural and value == 1 else unit}"


def percent(share: float) -> str:
    """One decimal, rounded down: ``100%`` is all of them and nothing less."""
    return f"{number(floor(share * 1000 + 1e-9) / 10)}%"


def counted(count: int, noun: str) -> str:
    """``1 error``, ``2 errors``."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def spaced(count: int) -> str:
    """Thousands apart: ``12,345``."""
    return f"{count:,}"
