"""Metrics of the review queue and its outbox."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime

from prometheus_client.core import GaugeMetricFamily, Metric

from review.outbox import NoticeKind
from review.overview import QueueStanding

MAX_LANGUAGES = 100
"""Those with the most tasks have a label of their own; all others share ``other``."""

_OTHER = "other"


def queue_metrics(queue: QueueStanding, now: datetime) -> Iterator[Metric]:
    """Tasks by language and state, how long they wait, and what waits in the outbox."""
    by_language: Counter[str] = Counter()
    for (language, _), count in queue.tasks.items():
        by_language[language] += count
    named = {language for language, _ in by_language.most_common(MAX_LANGUAGES)}

    depth: Counter[tuple[str, ...]] = Counter()
    for (language, state), count in queue.tasks.items():
        depth[language if language in named else _OTHER, state.value] += count
    yield _gauge("polycue_queue_tasks", "Review tasks.", ("language", "state"), depth)

    waits: dict[tuple[str, ...], float] = {}
    for (language, state), since in queue.oldest.items():
        key = (language if language in named else _OTHER, state.value)
        waits[key] = max(waits.get(key, 0.0), _age_s(since, now))
    yield _gauge(
        "polycue_queue_oldest_seconds",
        "Since when nothing happened to the open task that waits longest.",
        ("language", "state"),
        waits,
    )
    # Of the other kinds nobody but webhooks is told, and those have a queue of their own.
    acted_upon = (
        NoticeKind.TASK_APPROVED,
        NoticeKind.SOURCE_APPROVED,
        NoticeKind.GLOSSARY_CHANGED,
    )
    yield _gauge(
        "polycue_outbox_waiting",
        "Notices of review that nobody has acted upon yet.",
        ("kind",),
        {(kind.value,): queue.outbox.get(kind, 0) for kind in acted_upon},
    )
    yield _gauge(
        "polycue_outbox_oldest_seconds",
        "Age of the oldest of them; 0 for none.",
        ("kind",),
        {
            (kind.value,): _age_s(queue.outbox_oldest[kind], now)
            if kind in queue.outbox_oldest
            else 0.0
            for kind in acted_upon
        },
    )


def _age_s(since: datetime, now: datetime) -> float:
    return max(0.0, (now - since).total_seconds())


def _gauge(
    name: str, says: str, labels: tuple[str, ...], values: Mapping[tuple[str, ...], float]
) -> Metric:
    family = GaugeMetricFamily(name, says, labels=labels)
    for key, value in sorted(values.items()):
        family.add_metric(key, value)
    return family
