"""What is known of a running system: a lock that says whether, a file that says what."""

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Literal

from pydantic import TypeAdapter

from flows.errors import write_failure
from flows.files import write_atomically
from flows.flocks import lock_if_free
from flows.orchestration.system.settings import Layout
from subtitles.errors import BusyError


class Phase(StrEnum):
    """How far a system has come."""

    STARTING = "starting"
    RUNNING = "running"
    STOPPING = "stopping"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartState:
    """One part of it.

    Attributes:
        pid: 0 while it does not run.
        restarts: How often it was started again after it had ended by itself.
        problem: How it ended last; empty when it never did.
    """

    name: str
    pid: int = 0
    state: Literal["waiting", "starting", "ready", "down"] = "waiting"
    restarts: int = 0
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemState:
    """A system, as its supervisor last wrote it down."""

    pid: int
    mark: str
    phase: Phase
    prefect_url: str
    form_url: str
    parts: tuple[PartState, ...] = ()
    message: str = ""


class AlreadyUpError(BusyError):
    """A system runs in this workspace."""

    def __init__(self, workspace: str) -> None:
        super().__init__(workspace)
        self.workspace = workspace

    def __str__(self) -> str:
        return f"a system runs in {self.workspace} already; `polycue down` stops it"


_STATES = TypeAdapter(SystemState)


@contextmanager
def sole(layout: Layout) -> Iterator[None]:
    """Be the only supervisor of a workspace for the length of the block.

    Raises:
        AlreadyUpError: another one is.
        CannotWriteError: the workspace cannot be written.
    """
    with _opened(layout) as number:
        if not lock_if_free(number):
            raise AlreadyUpError(str(layout.workspace))
        yield


def is_up(layout: Layout) -> bool:
    """Whether a supervisor lives, whatever an old state file says."""
    if not layout.lock.exists():
        return False
    with _opened(layout) as number:
        return not lock_if_free(number)


@contextmanager
def _opened(layout: Layout) -> Iterator[int]:
    try:
        layout.folder.mkdir(parents=True, exist_ok=True)
        number = os.open(layout.lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise write_failure(layout.lock, error) from error
    try:
        yield number
    finally:
        os.close(number)


def write_state(layout: Layout, state: SystemState) -> None:
    """Tell everybody; CannotWriteError."""
    write_atomically(layout.state, json.dumps(asdict(state), indent=1).encode())


def read_state(layout: Layout) -> SystemState | None:
    """What was written last; None when nothing was, or nothing that can be read."""
    try:
        return _STATES.validate_json(layout.state.read_bytes())
    except (OSError, ValueError):
        return None


def secret_of(layout: Layout) -> str:
    """``name:password`` of Prefect's server, made when there is none; CannotWriteError."""
    try:
        return layout.secret.read_text("ascii").strip()
    except FileNotFoundError:
        made = f"polycue:{secrets.token_urlsafe(24)}"
    try:
        layout.folder.mkdir(parents=True, exist_ok=True)
        number = os.open(layout.secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(number, "w", encoding="ascii") as file:
            file.write(made + "\n")
    except FileExistsError:  # another process was quicker
        return layout.secret.read_text("ascii").strip()
    except OSError as error:
        raise write_failure(layout.secret, error) from error
    return made
