"""What publishing has to tell, task by task."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Self

from flows.errors import exit_code_of, in_one_line
from review.tasks import ReviewTask
from subtitles.errors import PartialError
from subtitles.language import LanguageTag


class Outcome(StrEnum):
    """How it went with one task.

    PUBLISHED: files were written, or review was told of files that stood there. UNCHANGED: all was
    as it should be. CANCELLED: the task was taken out of the queue after its approval.
    """

    PUBLISHED = "published"
    UNCHANGED = "unchanged"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskPublication:
    """One task.

    Attributes:
        version: Which approval of the task is published, from 1; 0 for none.
        snapshot_sha256: Of its text; empty for none.
        files: All of the set, as they stand in the publishing folder.
        remarks: Of what people may want to know: files that there cannot be, or that stay.
        error: Why it failed; empty when it did not.
        exit_code: Of that error; 0 when it did not fail.
    """

    task_id: str
    title: str
    language: LanguageTag
    outcome: Outcome
    version: int = 0
    snapshot_sha256: str = ""
    files: tuple[Path, ...] = ()
    remarks: tuple[str, ...] = ()
    error: str = ""
    exit_code: int = 0

    @classmethod
    def of(
        cls,
        task: ReviewTask,
        outcome: Outcome,
        *,
        version: int = 0,
        snapshot_sha256: str = "",
        files: tuple[Path, ...] = (),
        remarks: tuple[str, ...] = (),
    ) -> Self:
        """Of a task that did not fail."""
        return cls(
            task_id=task.task_id,
            title=task.title,
            language=task.language,
            outcome=outcome,
            version=version,
            snapshot_sha256=snapshot_sha256,
            files=files,
            remarks=remarks,
        )

    @classmethod
    def failed(cls, task: ReviewTask, error: Exception) -> Self:
        """Of a task that did."""
        return cls(
            task_id=task.task_id,
            title=task.title,
            language=task.language,
            outcome=Outcome.FAILED,
            error=in_one_line(error),
            exit_code=exit_code_of(error),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishReport:
    """All of one call.

    Attributes:
        publications: In the order in which they were made.
        waiting_count: How many more there were than the call was allowed.
    """

    publications: tuple[TaskPublication, ...] = field(default=())
    waiting_count: int = 0

    @property
    def failed(self) -> tuple[TaskPublication, ...]:
        """Those that could not be published."""
        return tuple(one for one in self.publications if one.outcome is Outcome.FAILED)

    @property
    def exit_code(self) -> int:
        """0 when none failed; the failures' own code when all failed alike; otherwise 9."""
        codes = {one.exit_code for one in self.failed}
        if not codes:
            return 0
        is_all = len(self.failed) == len(self.publications)
        return codes.pop() if len(codes) == 1 and is_all else PartialError.exit_code

    def summary(self) -> str:
        """The failures in one line; empty for none."""
        return "; ".join(f"{one.title} {one.language}: {one.error}" for one in self.failed)
