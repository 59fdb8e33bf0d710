"""How starting work fails."""

from subtitles.errors import PartialError, PolycueError


class StarterDownError(PolycueError):
    """Who starts work does not answer; whatever it is asked for now fails the same way."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what

    def __str__(self) -> str:
        return f"no work can be started now: {self.what}"


class StartRefusedError(PolycueError):
    """One piece of work that will not be started as it is; others may be."""

    def __init__(self, deployment: str, why: str) -> None:
        super().__init__(deployment, why)
        self.deployment, self.why = deployment, why

    def __str__(self) -> str:
        return f"{self.deployment} was not started: {self.why}"


class WorkPutOffError(PolycueError):
    """Work that was done at once, failed, and has put its notices off itself."""

    def __init__(self, deployment: str, why: str) -> None:
        super().__init__(deployment, why)
        self.deployment, self.why = deployment, why

    def __str__(self) -> str:
        return f"{self.deployment} failed and is tried again: {self.why}"


class NotAllStartedError(PartialError):
    """Some notices wait because their work could not be started; they are tried again."""

    def __init__(self, failed: int, why: str) -> None:
        super().__init__(failed, why)
        self.failed, self.why = failed, why

    def __str__(self) -> str:
        return f"{self.failed} notices wait and are tried again: {self.why}"
