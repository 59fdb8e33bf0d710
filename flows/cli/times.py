"""Moments as the tables of the command line show them."""

from datetime import datetime


def shown_time(at: datetime | None) -> str:
    """Local time to the minute; empty for none."""
    return "" if at is None else f"{at.astimezone():%Y-%m-%d %H:%M}"
