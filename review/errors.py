"""How the review queue refuses: each refusal says why and what to do."""

from subtitles.errors import ReviewError, StorageError


class UnknownTaskError(ReviewError):
    """No task (or cue, or user) of that id."""

    def __init__(self, what: str, wanted_id: str) -> None:
        super().__init__(what, wanted_id)
        self.what, self.wanted_id = what, wanted_id

    def __str__(self) -> str:
        return f"there is no {self.what} {self.wanted_id[:64]!r}"


class TaskHeldError(ReviewError):
    """Somebody else holds the task."""

    def __init__(self, task_id: str, holder: str, until: str) -> None:
        super().__init__(task_id, holder, until)
        self.task_id, self.holder, self.until = task_id, holder, until

    def __str__(self) -> str:
        return f"{self.holder} holds this task until {self.until}"


class LeaseLostError(ReviewError):
    """The writer no longer holds the task: the lease ran out or was taken over."""

    def __init__(self, task_id: str) -> None:
        super().__init__(task_id)
        self.task_id = task_id

    def __str__(self) -> str:
        return (
            "you no longer hold this task: claim it again to go on; your text is kept in this page"
        )


class StaleCueError(ReviewError):
    """An edit was based on a version that is no longer the current one."""

    def __init__(self, cue_id: str, seen: int, current: int, current_text: str) -> None:
        super().__init__(cue_id, seen, current, current_text)
        self.cue_id, self.seen, self.current = cue_id, seen, current
        self.current_text = current_text

    def __str__(self) -> str:
        return (
            f"cue {self.cue_id} has changed since you read it "
            f"(version {self.seen}, now {self.current})"
        )


class NotAllowedError(ReviewError):
    """The action is not possible in this state or for this person."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

    def __str__(self) -> str:
        return self.why


class InvalidEditError(ReviewError):
    """A text or reason that cannot be stored."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

    def __str__(self) -> str:
        return self.why


class InvalidStepError(InvalidEditError):
    """A step that cannot be done on the cues as they are."""


class StaleStepError(ReviewError):
    """A step was based on cues that have changed since, or did not say on which."""

    def __init__(self, task_id: str, cue_ids: tuple[str, ...]) -> None:
        super().__init__(task_id, cue_ids)
        self.task_id, self.cue_ids = task_id, cue_ids

    def __str__(self) -> str:
        return (
            f"{len(self.cue_ids)} cue(s) that this step touches have changed since you read them "
            "(or their versions were not sent): look at them as they are now and try again"
        )


class ReviewDatabaseError(StorageError):
    """The review database cannot be opened, reached or written."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what

    def __str__(self) -> str:
        return self.what
