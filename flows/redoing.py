"""Makes drafts again that would come out otherwise today; people's work on them stays."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from flows.artifacts.opening import store_for
from flows.errors import TitleBusyError
from flows.inline import localize_inline
from flows.pipeline import Pipeline
from flows.report import TitleReport
from flows.request import LocalizeRequest
from flows.review_wiring import existing_titles
from flows.runs.opening import run_log_for
from flows.runs.port import RunLog
from flows.runs.recording import NewRun, recorded
from flows.runs.records import RunKind, RunState
from flows.settings import Settings
from flows.staleness import StaleLanguage, Why, stale_languages
from flows.wanted import wanted_again
from flows.wiring import build_pipeline
from review.tasks import CLOSED
from review.titles import ReviewedTitle, Titles
from subtitles.errors import PartialError, PolycueError

_NO_RUN = "no run of its film is known here: run it with `polycue run`"


class RedoRequest(BaseModel):
    """What is looked through (also the parameter of the Prefect flow): exactly one of three."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    project_id: str | None = Field(default=None, max_length=200)
    """The titles of a project; empty is the one without a name."""

    media_id: str | None = Field(default=None, pattern=r"^[0-9a-f]{64}$")
    """One title."""

    everything: bool = False
    """Every title in review."""

    dry_run: bool = False
    """Only tell what would be done."""

    reason: str = Field(default="", max_length=200)
    """Why somebody looks, for people."""

    @property
    def what(self) -> str:
        """For the name of a run."""
        if self.everything:
            return "everything"
        return self.media_id[:12] if self.media_id else f"project-{self.project_id}"

    @model_validator(mode="after")
    def _one_of_three(self) -> Self:
        named = (self.project_id is not None, self.media_id is not None, self.everything)
        if sum(named) != 1:
            raise ValueError("name project_id, media_id or everything, and one of them only")
        return self


class Redone(StrEnum):
    """What came of a title."""

    UP_TO_DATE = "up to date"
    STALE = "stale"
    REDONE = "redone"
    STARTED = "started"
    BUSY = "busy"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RedoneTitle:
    """One title that was looked at.

    Attributes:
        media_id: SHA-256 of the media.
        title: For people.
        outcome: What came of it.
        languages: Those that would come out otherwise, or could not be made.
        problem: Why it is busy or failed, in one line; else empty.
    """

    media_id: str
    title: str
    outcome: Redone
    languages: tuple[StaleLanguage, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RedoReport:
    """All titles that were looked at, by title."""

    titles: tuple[RedoneTitle, ...]

    def of(self, *outcomes: Redone) -> tuple[RedoneTitle, ...]:
        """Those of which this came."""
        return tuple(one for one in self.titles if one.outcome in outcomes)

    @property
    def exit_code(self) -> int:
        """0; 9 where a title failed or was busy."""
        return PartialError.exit_code if self.of(Redone.FAILED, Redone.BUSY) else 0


Again = Callable[[Pipeline, LocalizeRequest, ReviewedTitle], TitleReport | None]
"""Runs a title again; None when that was only started."""


def redo_stale(
    settings: Settings,
    request: RedoRequest,
    again: Again | None = None,
    *,
    flow_run_id: str = "",
) -> RedoReport:
    """Run again the titles of which a draft is not made of what holds today.

    A text that is approved is left alone unless the transcript has changed: a draft could not go
    in anyway. What nothing has touched costs a look. A title that fails leaves the others.

    Args:
        settings: Of this process.
        request: What is looked through.
        again: Runs a title; in this process when not given.
        flow_run_id: Prefect's, for the run log.

    Raises:
        ReviewDatabaseError: the review database does not answer.
    """
    titles = existing_titles(settings)
    if titles is None:
        return RedoReport(titles=())
    run = again or _inline(settings)
    redoing = _Redoing(
        settings=settings, titles=titles, log=run_log_for(settings), again=run, request=request
    )
    if request.dry_run:
        return RedoReport(titles=tuple(redoing.all()))
    new = NewRun(
        kind=RunKind.REDO,
        title=request.what,
        request=request.model_dump_json(),
        flow_run_id=flow_run_id,
    )
    with recorded(redoing.log, new) as recorder:
        report = RedoReport(titles=tuple(redoing.all()))
        if report.exit_code:
            failed = report.of(Redone.FAILED, Redone.BUSY)
            told = "; ".join(f"{one.title}: {one.problem}" for one in failed)
            is_all = len(failed) == len(report.titles)
            recorder.ends_as(RunState.FAILED if is_all else RunState.PARTIAL, told)
    return report


def _inline(settings: Settings) -> Again:
    return lambda pipeline, wanted, _: localize_inline(pipeline, wanted, settings)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Redoing:
    settings: Settings
    titles: Titles
    log: RunLog
    again: Again
    request: RedoRequest

    def all(self) -> Iterator[RedoneTitle]:
        """Title by title; what fails is told and the others go on."""
        request = self.request
        for title in self.titles.titles(project_id=request.project_id, media_id=request.media_id):
            if not title.translations:
                continue
            try:
                yield self._one(title)
            except TitleBusyError as error:
                yield _told(title, Redone.BUSY, problem=str(error))
            except PolycueError as error:
                yield _told(title, Redone.FAILED, problem=str(error))

    def _one(self, title: ReviewedTitle) -> RedoneTitle:
        wanted = wanted_again(title.media_id, self.log, self.titles, store_for(self.settings))
        if wanted is None:
            return _told(title, Redone.FAILED, problem=_NO_RUN)
        pipeline = build_pipeline(self.settings, wanted)
        stale = _worth_it(title, stale_languages(pipeline, wanted))
        if not any(one.why for one in stale):
            outcome = Redone.FAILED if stale else Redone.UP_TO_DATE
            return _told(title, outcome, stale, _problems(stale))
        if self.request.dry_run:
            return _told(title, Redone.STALE, stale)
        report = self.again(pipeline, wanted, title)
        if report is None:
            return _told(title, Redone.STARTED, stale)
        failed = "; ".join(f"{one.language}: {one.error}" for one in report.failed)
        return _told(title, Redone.FAILED if failed else Redone.REDONE, stale, failed)


def _worth_it(title: ReviewedTitle, stale: tuple[StaleLanguage, ...]) -> tuple[StaleLanguage, ...]:
    """Without the texts that are approved and render what they rendered."""
    closed = {language for language, state in title.languages if state in CLOSED}
    opening = {Why.SOURCE, Why.UNKNOWN, Why.NEW}
    return tuple(
        one for one in stale if one.language not in closed or opening.intersection(one.why)
    )


def _problems(stale: tuple[StaleLanguage, ...]) -> str:
    return "; ".join(f"{one.language}: {one.problem}" for one in stale if one.problem)


def _told(
    title: ReviewedTitle,
    outcome: Redone,
    languages: tuple[StaleLanguage, ...] = (),
    problem: str = "",
) -> RedoneTitle:
    return RedoneTitle(
        media_id=title.media_id,
        title=title.title,
        outcome=outcome,
        languages=languages,
        problem=problem,
    )
