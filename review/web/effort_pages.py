"""How much work people had with what the machine drafted: sums, plots, a table to take along."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from review.ledger.port import Entry, OwnTime
from review.ledger.sums import By, Sum, sum_of, summed
from review.web.access import CurrentReach, CurrentUser
from review.web.effort_plots import LABEL_WIDTH, WIDTH, bar_plot, percent
from review.web.rendering import page
from review.web.services import Parts
from subtitles.language import LanguageTag, language_name
from subtitles.spreadsheet_cells import inert_cell

router = APIRouter()

_MEASURE_FOR_S = 1.0
"""What a page may spend on texts approved since somebody last looked."""

_BY_NAMES = {By.LANGUAGE: "Language", By.PROJECT: "Project", By.MONTH: "Month"}
_COLUMNS = (
    *("title", "project", "language", "source_language", "approved"),
    *("cues", "measured_cues", "untouched_cues", "retimed_cues", "moved_ms"),
    *("splits", "joins", "word_edits", "words", "hter", "char_edits", "chars"),
    *("programme_ms", "sent_back"),
)


class Filters(BaseModel):
    """What somebody wants to see; empty for all."""

    by: By = By.LANGUAGE
    language: str = Field(default="", max_length=100)
    project: str = Field(default="", max_length=100)


Wanted = Annotated[Filters, Query()]


@dataclass(frozen=True, slots=True, kw_only=True)
class SumView:
    """A sum as a row of the table shows it."""

    name: str
    tasks: int
    cues: int
    hter: str
    chars: str
    untouched: str
    retimed: str
    structure: str
    sent_back: str
    at_work: str
    pace: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnView:
    """A person's own time on one task."""

    task_id: str
    title: str
    language_name: str
    at_work: str


@router.get("/effort")
def effort_page(
    request: Request, parts: Parts, user: CurrentUser, reach: CurrentReach, wanted: Wanted
) -> Response:
    """Sums over the tasks that this person leads, and this person's own time."""
    ledger = parts.backend.ledger
    unmeasured = ledger.measure(for_s=_MEASURE_FOR_S)
    everything = ledger.entries(reach)
    entries = _chosen(everything, wanted)
    sums = summed(entries, wanted.by)
    context = {
        "by": wanted.by,
        "by_names": _BY_NAMES,
        "language": wanted.language,
        "project": wanted.project,
        "languages": _languages(everything),
        "projects": sorted({entry.project for entry in everything}),
        "unmeasured": unmeasured,
        "rows": [_sum_view(one) for one in sums],
        "total": _sum_view(sum_of("Total", entries)),
        "plot": bar_plot([(one.name, one.effort.hter or 0.0) for one in sums]),
        "plot_width": WIDTH,
        "label_width": LABEL_WIDTH,
        "own": [_own_view(one) for one in ledger.own_times(user.user_id)],
    }
    return page(request, "effort.html", context)


@router.get("/effort.csv")
def effort_table(parts: Parts, reach: CurrentReach, wanted: Wanted) -> Response:
    """One row for each task that this person leads; nothing about single persons."""
    entries = _chosen(parts.backend.ledger.entries(reach), wanted)
    table = io.StringIO()
    rows = csv.writer(table)
    rows.writerow(_COLUMNS)
    rows.writerows(map(_cells, entries))
    return Response(
        table.getvalue().encode("utf-8-sig"),  # the mark tells spreadsheets what encoding it is
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="effort.csv"'},
    )


def _chosen(entries: Iterable[Entry], wanted: Filters) -> list[Entry]:
    return [
        entry
        for entry in entries
        if wanted.language in {"", entry.language} and wanted.project in {"", entry.project}
    ]


def _languages(entries: Sequence[Entry]) -> list[tuple[LanguageTag, str]]:
    found = {entry.language: language_name(entry.language) for entry in entries}
    return sorted(found.items(), key=lambda one: one[1])


def _sum_view(one: Sum) -> SumView:
    effort = one.effort
    pace = one.minutes_per_hour
    return SumView(
        name=one.name,
        tasks=one.task_count,
        cues=effort.cue_count,
        hter=percent(effort.hter),
        chars=percent(effort.char_rate),
        untouched=percent(effort.untouched_share),
        retimed=percent(effort.retimed_share),
        structure=f"{effort.split_count} / {effort.join_count}",
        sent_back=percent(one.sent_back_share if one.task_count else None),
        at_work="–" if one.active_ms is None else duration_text(one.active_ms),
        pace="–" if pace is None else f"{pace:.1f}",
    )


def _own_view(own: OwnTime) -> OwnView:
    return OwnView(
        task_id=own.task_id,
        title=own.title,
        language_name=language_name(own.language),
        at_work=duration_text(own.active_ms),
    )


def duration_text(duration_ms: int) -> str:
    """Such as ``2 h 05 min``; whole minutes."""
    hours, minutes = divmod(round(duration_ms / 60_000), 60)
    return f"{hours} h {minutes:02d} min" if hours else f"{minutes} min"


def _cells(entry: Entry) -> list[str | int]:
    effort = entry.effort
    hter = "" if effort.hter is None else f"{effort.hter:.4f}"
    return [
        *map(inert_cell, (entry.title, entry.project, entry.language, entry.source_language)),
        f"{entry.approved_at:%Y-%m-%d}",
        *(effort.cue_count, effort.measured_count, effort.untouched_count),
        *(effort.retimed_count, effort.moved_ms, effort.split_count, effort.join_count),
        *(effort.word_edits, effort.word_count, hter, effort.char_edits, effort.char_count),
        *(effort.programme_ms, effort.sent_back_count),
    ]
