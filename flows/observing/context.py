"""What the code at hand is working on, for whoever reports about it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingOn:
    """Ids of the work at hand; empty (0 for the chunk) where one does not apply."""

    run_id: str = ""
    title: str = ""
    language: str = ""
    chunk: int = 0
    stage: str = ""


# A context variable: threads that are started with a copy of the context (Prefect's, our own) know
# what they work on, too.
_current: ContextVar[WorkingOn] = ContextVar("working_on", default=WorkingOn())  # noqa: B039 - frozen


def working_on() -> WorkingOn:
    """What this context works on."""
    return _current.get()


@contextmanager
def at_work(
    *,
    run_id: str | None = None,
    title: str | None = None,
    language: str | None = None,
    chunk: int | None = None,
    stage: str | None = None,
) -> Iterator[None]:
    """Name what the block works on; what is not given stays as it was."""
    given = {"run_id": run_id, "title": title, "language": language, "chunk": chunk, "stage": stage}
    known = {name: value for name, value in given.items() if value is not None}
    token = _current.set(replace(_current.get(), **known))  # type: ignore[arg-type]
    try:
        yield
    finally:
        _current.reset(token)
