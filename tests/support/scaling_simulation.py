"""A catalogue through workers, event by event: who waits, who works, what is lost and done again.

Titles are put into the queue one after the other, wait for a worker, keep it for as long as their
work takes, and are gone. A worker may be lost in the middle: its title waits until that is noticed,
and goes on behind the last stored result. Times are whole milliseconds, so that
sums come out exactly.
"""

import heapq
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random


@dataclass(frozen=True, kw_only=True)
class House:
    """What the titles go through.

    Attributes:
        workers: Titles at a time.
        queue_ms: To put one title into the queue.
        loss_ms: Mean time between losses of one worker while it works; 0 for never.
        notice_ms: Until a lost run is noticed.
        repair_ms: Until a lost worker is back.
        again_ms: Work that a loss costs at most: the start, and what was not stored yet.
    """

    workers: int
    queue_ms: int = 0
    loss_ms: int = 0
    notice_ms: int = 0
    repair_ms: int = 0
    again_ms: int = 0


@dataclass(kw_only=True)
class Night:
    """What came of it.

    Attributes:
        done_ms: When each title was done, by its place in what was asked for.
        asked_ms: When each was put into the queue.
        busy_ms: Work of all workers together.
        redone_ms: The part of it that had been done before.
        losses: Of workers at work.
        inside_ms: Titles in the house at a time, summed over time.
        most_at_once: Titles that were worked on at the same time.
    """

    done_ms: dict[int, int] = field(default_factory=dict)
    asked_ms: dict[int, int] = field(default_factory=dict)
    busy_ms: int = 0
    redone_ms: int = 0
    losses: int = 0
    inside_ms: int = 0
    most_at_once: int = 0

    @property
    def end_ms(self) -> int:
        """When the last title was done."""
        return max(self.done_ms.values(), default=0)

    @property
    def stays_ms(self) -> list[int]:
        """For how long each title was in the house."""
        return [done - self.asked_ms[title] for title, done in self.done_ms.items()]

    def utilisation(self, workers: int) -> float:
        """Share of the workers' time that was work."""
        return self.busy_ms / (workers * self.end_ms) if self.end_ms else 0.0


def simulate(work_ms: Sequence[int], house: House, *, seed: int = 0) -> Night:
    """All titles through the house.

    Args:
        work_ms: How long each title keeps a worker; positive.
        house: Its workers.
        seed: Of the losses.
    """
    return _Simulation(work_ms, house, seed).run()


class _Simulation:
    def __init__(self, work_ms: Sequence[int], house: House, seed: int) -> None:
        self._house = house
        self._luck = Random(seed)
        self._left = list(work_ms)
        self._waiting: deque[int] = deque()
        self._free = house.workers
        self._inside = self._at_work = 0
        self._events: list[tuple[int, int, str, int]] = []
        self._night = Night()
        self._now_ms = self._count = 0

    def run(self) -> Night:
        for title in range(len(self._left)):
            self._later((title + 1) * self._house.queue_ms, "asked", title)
        while self._events:
            at_ms, _, what, title = heapq.heappop(self._events)
            self._night.inside_ms += self._inside * (at_ms - self._now_ms)
            self._now_ms = at_ms
            getattr(self, f"_{what}")(title)
            self._start()
        return self._night

    def _later(self, at_ms: int, what: str, title: int) -> None:
        # What happens in the same moment happens in the order in which it was foreseen.
        self._count += 1
        heapq.heappush(self._events, (at_ms, self._count, what, title))

    def _asked(self, title: int) -> None:
        self._night.asked_ms[title] = self._now_ms
        self._inside += 1
        self._waiting.append(title)

    def _start(self) -> None:
        while self._free and self._waiting:
            title = self._waiting.popleft()
            self._free -= 1
            self._at_work += 1
            self._night.most_at_once = max(self._night.most_at_once, self._at_work)
            left_ms, loss_ms = self._left[title], self._next_loss_ms()
            if loss_ms is not None and loss_ms < left_ms:
                self._lose(title, loss_ms)
            else:
                self._night.busy_ms += left_ms
                self._later(self._now_ms + left_ms, "done", title)

    def _next_loss_ms(self) -> int | None:
        mean_ms = self._house.loss_ms
        return int(self._luck.expovariate(1 / mean_ms)) if mean_ms else None

    def _lose(self, title: int, after_ms: int) -> None:
        """Its worker will be lost: what was not stored yet is done again."""
        house, night = self._house, self._night
        again_ms = min(after_ms, self._luck.randint(0, house.again_ms))
        self._left[title] += again_ms - after_ms
        night.busy_ms += after_ms
        night.redone_ms += again_ms
        night.losses += 1
        lost_ms = self._now_ms + after_ms
        self._later(lost_ms, "lost", title)
        self._later(lost_ms + house.notice_ms, "noticed", title)
        self._later(lost_ms + house.repair_ms, "back", title)

    def _done(self, title: int) -> None:
        self._night.done_ms[title] = self._now_ms
        self._inside -= 1
        self._at_work -= 1
        self._free += 1

    def _lost(self, _title: int) -> None:
        self._at_work -= 1

    def _noticed(self, title: int) -> None:
        self._waiting.append(title)

    def _back(self, _title: int) -> None:
        self._free += 1
