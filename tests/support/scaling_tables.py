"""The tables of docs/SCALING.md."""

from statistics import median

from bench_promises import table
from scaling_model import AGAIN_MS, QUEUE_MS, SILENT_MS, Film, catalogue
from scaling_simulation import House, simulate

_DAY_MS = 86_400_000
_HOUR_MS = 3_600_000
_LENGTHS = (22, 45, 100)
_LANGUAGES = (0, 1, 4, 30)
_PLANS = ((10, 1), (1_000, 1), (1_000, 10), (1_000, 100), (100_000, 100), (100_000, 500))
_REPAIR_MS = 60_000


def lines() -> list[str]:
    """All of them, as Markdown."""
    return [*one_worker(), *catalogues()]


def one_worker() -> list[str]:
    """What one worker does in a day, and what an hour of programme costs."""
    rows = []
    for minutes in _LENGTHS:
        for languages in _LANGUAGES:
            speech = 0.6 * minutes
            work = Film(minutes=minutes, speech_minutes=speech, languages=languages).work_ms
            core_hours = 2 * work / _HOUR_MS * 60 / minutes
            rows.append(
                (
                    f"{minutes} min",
                    languages,
                    f"{work / 1_000:.0f} s",
                    f"{_DAY_MS // work:,}",
                    f"{core_hours:.2f}",
                )
            )
    head = (
        "a title of",
        "translations",
        "keeps a worker",
        "titles a day",
        "core-hours an hour of programme",
    )
    return table(head, rows)


def catalogues() -> list[str]:
    """Whole catalogues at once, each worker lost once a day of work, into thirty languages."""
    rows = []
    for titles, workers in _PLANS:
        work = [film.work_ms for film in catalogue(titles, languages=30, seed=1)]
        house = House(
            workers=workers, queue_ms=QUEUE_MS, loss_ms=_DAY_MS, notice_ms=SILENT_MS,
            repair_ms=_REPAIR_MS, again_ms=AGAIN_MS,
        )  # fmt: skip
        night = simulate(work, house, seed=1)
        rows.append(
            (
                f"{titles:,}",
                workers,
                f"{QUEUE_MS * titles / _HOUR_MS:.1f} h",
                f"{night.end_ms / _HOUR_MS:,.1f} h",
                f"{100 * night.utilisation(workers):.0f} %",
                f"{median(night.stays_ms) / _HOUR_MS:,.1f} h",
                f"{night.losses:,}",
                f"{100 * night.redone_ms / night.busy_ms:.2f} %",
            )
        )
    head = (
        "titles", "workers", "queueing", "all done after", "workers busy",
        "a title stays, median", "workers lost", "work done again",
    )  # fmt: skip
    return table(head, rows)
