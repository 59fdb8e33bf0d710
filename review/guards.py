"""What must hold before a task moves: who acts, who holds it, what is still open on it."""

from collections.abc import Callable
from dataclasses import dataclass

from review.errors import LeaseLostError, NotAllowedError
from review.tasks import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What the guards look at.

    Attributes:
        task_id: For the error.
        role: Of the person who acts; None for the pipeline.
        holds: Whether that person's lease, by its epoch, is the one in force.
        error_count: Open findings of severity error that nobody has waived.
        unconfirmed_count: Cues without a tick.
        blocking_count: Open comments that stand in the way of approval.
        two_stages: Whether a second person approves in this project.
        is_submitter: Whether this person submitted the text that stands.
        kept_for: Who may take the task first; empty for nobody, or for this very person.
        awaits_transcript: Whether the project wants the transcript approved first, and it is not.
    """

    task_id: str
    role: Role | None
    holds: bool = False
    error_count: int = 0
    unconfirmed_count: int = 0
    blocking_count: int = 0
    two_stages: bool = False
    is_submitter: bool = False
    kept_for: str = ""
    awaits_transcript: bool = False

    @property
    def leads(self) -> bool:
        """Whether it is a lead, or somebody above, who acts."""
        return self.role in {Role.LEAD, Role.ADMIN}


EDITORS = frozenset({Role.LINGUIST, Role.LEAD, Role.ADMIN})
"""The roles that may do more than look."""

Guard = Callable[[Circumstances], None]
"""Raises when the action must not happen."""


def linguist(facts: Circumstances) -> None:
    """Somebody who may do more than look."""
    if facts.role is None:
        raise NotAllowedError("only a person may do that")
    if facts.role not in EDITORS:
        raise NotAllowedError("viewers may look only: ask an administrator for the role linguist")


def lead(facts: Circumstances) -> None:
    """A lead, or somebody above."""
    if not facts.leads:
        raise NotAllowedError("only a lead may do that: ask one")


def pipeline(facts: Circumstances) -> None:
    """The machine itself."""
    if facts.role is not None:
        raise NotAllowedError("only the pipeline does that: it follows an approval by itself")


def lead_or_pipeline(facts: Circumstances) -> None:
    """The machine, or a lead."""
    if facts.role is not None:
        lead(facts)


def holder(facts: Circumstances) -> None:
    """Whose lease is in force."""
    if not facts.holds:
        raise LeaseLostError(facts.task_id)


def holder_or_lead(facts: Circumstances) -> None:
    """Whose lease is in force, or a lead without one."""
    linguist(facts)
    if not facts.leads:
        holder(facts)


def not_kept(facts: Circumstances) -> None:
    """Nobody else has it first; a lead takes it all the same."""
    if facts.kept_for and not facts.leads:
        raise NotAllowedError(
            f"this task is kept for {facts.kept_for}: take another, or ask a lead"
        )


def lead_or_ready(facts: Circumstances) -> None:
    """The pipeline, once the transcript is approved where it must be; a lead, without it too."""
    if facts.role is not None:
        lead(facts)
    elif facts.awaits_transcript:
        raise NotAllowedError("the transcript of this title has to be approved first")


def second_person(facts: Circumstances) -> None:
    """Not who submitted the text."""
    if facts.is_submitter:
        raise NotAllowedError("you submitted this text: somebody else has to check it")


def one_stage(facts: Circumstances) -> None:
    """Nobody has to look after this person."""
    if facts.two_stages:
        raise NotAllowedError("in this project a second person approves: submit it for checking")


def two_stages(facts: Circumstances) -> None:
    """Somebody has to look after this person."""
    if not facts.two_stages:
        raise NotAllowedError("in this project nobody checks after you: approve it yourself")


def no_errors(facts: Circumstances) -> None:
    """No open finding of severity error."""
    if facts.error_count:
        raise NotAllowedError(
            f"{facts.error_count} error finding(s) are open: correct those cues, "
            "or ask a lead to waive what may stay"
        )


def complete(facts: Circumstances) -> None:
    """Every cue ticked off."""
    if facts.unconfirmed_count:
        raise NotAllowedError(
            f"{facts.unconfirmed_count} cue(s) are not confirmed yet: look at them first"
        )


def nothing_blocks(facts: Circumstances) -> None:
    """No comment that has to be answered first."""
    if facts.blocking_count:
        raise NotAllowedError(
            f"{facts.blocking_count} blocking comment(s) are open: answer and resolve them first"
        )
