"""How the stages tell what they are doing, without knowing who listens."""

from contextvars import ContextVar
from typing import Protocol


class Progress(Protocol):
    """Listens to a run; called from several threads."""

    def started(self, label: str, total_ms: int) -> None:
        """Work began; ``total_ms`` of media lie ahead (0 when there is nothing to measure)."""
        ...

    def advanced(self, label: str, done_ms: int, *, stored_ms: int = 0) -> None:
        """So much media is done; so much of that was stored already, and took no time."""
        ...

    def finished(self, label: str, note: str) -> None:
        """Work ended; the note says how, such as ``stored already``."""
        ...

    def warned(self, message: str) -> None:
        """Something the person should know; the run goes on."""
        ...


class SilentProgress:
    """Listens to nothing."""

    def started(self, label: str, total_ms: int) -> None:
        """Ignore it."""

    def advanced(self, label: str, done_ms: int, *, stored_ms: int = 0) -> None:
        """Ignore it."""

    def finished(self, label: str, note: str) -> None:
        """Ignore it."""

    def warned(self, message: str) -> None:
        """Ignore it."""


# A context variable, since Prefect hands flow parameters through JSON and copies the context into
# its task threads.
current_progress: ContextVar[Progress] = ContextVar("current_progress", default=SilentProgress())  # noqa: B039 - stateless
