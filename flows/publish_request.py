"""What `publish_approved` is asked for; also the parameter of the Prefect flow."""

from pydantic import BaseModel, ConfigDict, Field


class PublishRequest(BaseModel):
    """Everything that waits, or one task."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    task_id: str = Field(default="", max_length=200)
    """A task's id, the beginning of one, or a title; empty for everything that waits."""

    limit: int = Field(default=1_000, ge=1)
    """So many tasks at most."""

    @property
    def what(self) -> str:
        """For the name of a run."""
        return self.task_id[:12] or "approved"
