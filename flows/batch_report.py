"""What a batch has to tell: title by title."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from flows.catalogue.titles import CatalogueFault
from flows.report import TitleReport
from subtitles.errors import PartialError


class TitleEnd(StrEnum):
    """How one title of a batch ended."""

    DONE = "done"
    STORED = "stored already"
    PARTIAL = "partial"
    FAILED = "failed"
    QUEUED = "queued"
    """Handed to Prefect, and not waited for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleOutcome:
    """One title of a batch.

    Attributes:
        media: Its film.
        end: How it ended.
        languages: That were made.
        failed: That were not, with the reasons.
        error: Why there is nothing at all; empty where there is something.
        exit_code: Of that error; 0 when there is none.
        run: Prefect's page of its run; empty without Prefect.
    """

    media: Path
    end: TitleEnd
    languages: tuple[str, ...] = ()
    failed: tuple[tuple[str, str], ...] = ()
    error: str = ""
    exit_code: int = 0
    run: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchReport:
    """A whole batch, in the order in which it was asked for."""

    titles: tuple[TitleOutcome, ...] = ()
    faults: tuple[CatalogueFault, ...] = ()

    @property
    def not_well(self) -> tuple[TitleOutcome, ...]:
        """Titles somebody should look at."""
        return tuple(one for one in self.titles if one.end in {TitleEnd.PARTIAL, TitleEnd.FAILED})

    @property
    def exit_code(self) -> int:
        """0 when all is well; one title's own code when every one failed with it; else 9."""
        if not self.not_well and not self.faults:
            return 0
        codes = {one.exit_code for one in self.titles}
        if len(codes) == 1 and not self.faults and 0 not in codes:
            return codes.pop()
        return PartialError.exit_code

    def summary(self) -> str:
        """In one line."""
        counts = {end: sum(one.end is end for one in self.titles) for end in TitleEnd}
        told = [f"{count} {end.value}" for end, count in counts.items() if count]
        if self.faults:
            told.append(f"{len(self.faults)} rows that cannot be asked for")
        return ", ".join(told) or "no titles"


def outcome_of(media: Path, report: TitleReport) -> TitleOutcome:
    """What a title's own report says of it."""
    made = [one for one in report.languages if one.error is None]
    is_stored = bool(report.transcript_cached) and all(one.cached for one in made)
    end = TitleEnd.STORED if is_stored else TitleEnd.DONE
    return TitleOutcome(
        media=media,
        end=TitleEnd.PARTIAL if report.failed else end,
        languages=tuple(one.language for one in made),
        failed=tuple((one.language, one.error or "") for one in report.failed),
        exit_code=PartialError.exit_code if report.failed else 0,
    )
