"""Efforts summed up by language, project or month, with no person in sight."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from review.ledger.effort import Effort
from review.ledger.port import Entry
from subtitles.language import language_name

MIN_PEOPLE = 2
"""Time at work is summed over at least so many people, or not shown at all."""

_HOUR_MS = 3_600_000


class By(StrEnum):
    """What sums are made by."""

    LANGUAGE = "language"
    PROJECT = "project"
    MONTH = "month"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """What belongs together.

    Attributes:
        name: Of the language, the project or the month.
        task_count: Tasks in it.
        effort: Of all of them.
        sent_back_share: Share of the tasks that were sent back at least once.
        active_ms: Time at work in all; None where fewer than `MIN_PEOPLE` people were.
    """

    name: str
    task_count: int
    effort: Effort
    sent_back_share: float
    active_ms: int | None

    @property
    def minutes_per_hour(self) -> float | None:
        """Programme minutes per hour at work."""
        if not self.active_ms:
            return None
        return self.effort.programme_ms / 60_000 / (self.active_ms / _HOUR_MS)


_NAMES: Mapping[By, Callable[[Entry], str]] = MappingProxyType(
    {
        By.LANGUAGE: lambda entry: language_name(entry.language),
        By.PROJECT: lambda entry: entry.project,
        By.MONTH: lambda entry: f"{entry.approved_at:%Y-%m}",
    }
)


def summed(entries: Sequence[Entry], by: By) -> tuple[Sum, ...]:
    """One sum for each name, in the order of the names."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(_NAMES[by](entry), []).append(entry)
    return tuple(sum_of(name, groups[name]) for name in sorted(groups))


def sum_of(name: str, entries: Sequence[Entry]) -> Sum:
    """All of these together."""
    people = frozenset[str]().union(*(entry.people for entry in entries))
    sent_back = sum(entry.effort.sent_back_count > 0 for entry in entries)
    return Sum(
        name=name,
        task_count=len(entries),
        effort=sum((entry.effort for entry in entries), Effort()),
        sent_back_share=sent_back / len(entries) if entries else 0.0,
        active_ms=(
            sum(entry.active_ms for entry in entries) if len(people) >= MIN_PEOPLE else None
        ),
    )
