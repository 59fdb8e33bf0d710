"""The port of projects: titles that belong together, and how they are reviewed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """Titles that belong together, such as the episodes of a series.

    Attributes:
        project_id: Derived from the name; empty for the project that has none, in which titles are
            for which nobody named one.
        name: As people wrote it.
        two_stages: Whether a second person checks and approves.
        source_first: Whether translations wait until the transcript is approved.
        task_count: How many tasks are in it.
    """

    project_id: str
    name: str
    two_stages: bool
    source_first: bool
    created_at: datetime
    task_count: int = 0


class Projects(Protocol):
    """Where projects live. A draft that names a project makes it when it is new."""

    def projects(self) -> tuple[Project, ...]:
        """All of them, by name; the one without a name comes first."""
        ...

    def names(self) -> Mapping[str, str]:
        """What they are called, by their ids: quick, since nothing is counted."""
        ...

    def project(self, project_id: str) -> Project:
        """One project; UnknownTaskError."""
        ...

    def add(self, name: str, *, two_stages: bool, source_first: bool, by: str) -> Project:
        """A new project; InvalidEditError for a name that is taken or cannot be one."""
        ...

    def change(self, project_id: str, *, two_stages: bool, source_first: bool, by: str) -> Project:
        """Review its titles otherwise from now on; UnknownTaskError.

        What waited for a transcript and need not wait any longer is put into the queue. A text
        that was submitted for checking goes on to be checked.
        """
        ...

    def move(self, task_id: str, project_id: str, *, by: str) -> None:
        """Put a task into a project; UnknownTaskError for either."""
        ...
