"""Frame rates and speeds as people type them."""

from fractions import Fraction

from flows.errors import UsageError

# What stands for 24000/1001 and its kin in the trade.
_NTSC = {
    **dict.fromkeys(("23.976", "23.98"), Fraction(24000, 1001)),
    **dict.fromkeys(("29.97",), Fraction(30000, 1001)),
    **dict.fromkeys(("47.95", "47.952"), Fraction(48000, 1001)),
    **dict.fromkeys(("59.94",), Fraction(60000, 1001)),
}
_LIMIT = 1000


def parse_frame_rate(text: str) -> Fraction:
    """The exact rate of ``23.976``, ``25``, ``30000/1001``.

    Raises:
        UsageError: no number, or none that a picture could have.
    """
    known = _NTSC.get(text.strip())
    if known is not None:
        return known
    try:
        rate = Fraction(text.strip())
    except (ValueError, ZeroDivisionError) as error:
        raise UsageError(f"{text[:30]!r} is no frame rate: use 23.976, 25 or 30000/1001") from error
    if not 0 < rate <= _LIMIT:
        raise UsageError(f"{text[:30]!r} is no frame rate: use 23.976, 25 or 30000/1001")
    return rate


def parse_speed(text: str) -> Fraction:
    """New frames a second over old ones: ``25/23.976`` or one number.

    Raises:
        UsageError: as `parse_frame_rate`.
    """
    new, slash, old = text.partition("/")
    return parse_frame_rate(new) / parse_frame_rate(old) if slash else parse_frame_rate(new)
