"""Where a system lives and what it listens on."""

import os
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

POOL = "polycue"
"""The work pool of our deployments (prefect.yaml)."""

RECOGNITIONS, TRANSLATIONS = "polycue-recognition", "polycue-translation"
"""The concurrency limits of a local system, where it has any."""

BATCHES_AT_ONCE = 2
"""A batch only waits for its titles, but takes one of the worker's places while it does."""


class SystemSettings(BaseSettings):
    """What can be set about a local system, from ``POLYCUE_UP_*`` environment variables."""

    model_config = SettingsConfigDict(env_prefix="POLYCUE_UP_", frozen=True, extra="ignore")

    prefect_port: int = Field(default=4271, ge=1, le=65535)
    """Of Prefect's server and its pages; away from 8000-8999, where embedded servers sit."""

    form_port: int = Field(default=9321, ge=1, le=65535)
    """Of the reviewer form."""

    titles_at_once: int = Field(default=0, ge=0, le=64)
    """Titles at a time from each queue of titles, each a process with models of its own; 0 means
    as many as memory and processors have room for."""

    recognitions_at_once: int = Field(default=0, ge=0, le=64)
    """Titles that are recognised at a time; 0 means all that run, on a GPU one."""

    translations_at_once: int = Field(default=0, ge=0, le=64)
    """Titles that are translated at a time; 0 means all that run, on a GPU one."""

    start_seconds: int = Field(default=180, ge=10)
    """How long the start may take; Prefect makes its database first."""

    stop_seconds: int = Field(default=20, ge=1)
    """How long a part may take to stop before it is killed; what it made so far is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The files of a system in its workspace."""

    workspace: Path

    @property
    def folder(self) -> Path:
        """What the system keeps for itself."""
        return self.workspace / "system"

    @property
    def lock(self) -> Path:
        """Held by the supervisor for as long as it lives; the kernel frees it."""
        return self.folder / "lock"

    @property
    def state(self) -> Path:
        """What runs, for people and for ``polycue down``."""
        return self.folder / "state.json"

    @property
    def secret(self) -> Path:
        """``name:password`` of Prefect's server; readable by its owner alone."""
        return self.folder / "prefect-auth"

    @property
    def logs(self) -> Path:
        """What the parts say, one file each."""
        return self.workspace / "logs"

    @property
    def prefect_home(self) -> Path:
        """Prefect's own files."""
        return self.workspace / "prefect"


def queues_of(device: str) -> tuple[str, ...]:
    """The queues of titles for a machine whose models run there.

    Args:
        device: ``cpu`` or ``cuda``.
    """
    return ("gpu", "cpu") if device == "cuda" else ("cpu",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One system.

    Attributes:
        settings: Of the system.
        layout: Its files.
        secret: The password of its server.
        device: Where its models run, ``cpu`` or ``cuda``.
        room: Titles at a time from each queue, where the settings do not say how many.
    """

    settings: SystemSettings
    layout: Layout
    secret: str
    device: str = "cpu"
    room: int = 1

    @property
    def title_queues(self) -> tuple[str, ...]:
        """The queues that its worker takes titles from."""
        return queues_of(self.device)

    @property
    def titles_at_once(self) -> int:
        """From each of these queues."""
        return self.settings.titles_at_once or self.room

    @property
    def limits(self) -> dict[str, int]:
        """How many slots each of its concurrency limits has; of none that would hold nothing up."""
        running = self.titles_at_once * len(self.title_queues)
        otherwise = 1 if self.device == "cuda" else running
        wanted = {
            RECOGNITIONS: self.settings.recognitions_at_once or otherwise,
            TRANSLATIONS: self.settings.translations_at_once or otherwise,
        }
        return {name: slots for name, slots in wanted.items() if slots < running}

    @property
    def prefect_url(self) -> str:
        """Prefect's pages."""
        return f"http://127.0.0.1:{self.settings.prefect_port}"

    @property
    def form_url(self) -> str:
        """The reviewer form."""
        return f"http://127.0.0.1:{self.settings.form_port}"

    def client_environment(self) -> dict[str, str]:
        """What a command needs to talk to this system."""
        return {
            "POLYCUE_HOME": str(self.layout.workspace),
            "PREFECT_API_URL": f"{self.prefect_url}/api",
            "PREFECT_API_AUTH_STRING": self.secret,
            "PREFECT_HOME": str(self.layout.prefect_home),
        }

    def environment(self) -> dict[str, str]:
        """What a part of this system runs in; measured reasons in ARCHITECTURE.md, "Prefect"."""
        return {
            **os.environ,
            **self.client_environment(),
            "POLYCUE_WEB_PORT": str(self.settings.form_port),
            **self._limits_of_runs(),
            "PREFECT_SERVER_API_AUTH_STRING": self.secret,
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "DO_NOT_TRACK": "1",
            # Kept in memory, slots that were held when the server restarts are never free again.
            "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": (
                "prefect.server.concurrency.lease_storage.filesystem"
            ),
            "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
            "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
            "PREFECT_WORKER_QUERY_SECONDS": "1",
            # What the automation for runs without a sign of life counts by.
            "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
        }

    def _limits_of_runs(self) -> dict[str, str]:
        names = {
            "POLYCUE_RECOGNITION_LIMIT": RECOGNITIONS,
            "POLYCUE_TRANSLATION_LIMIT": TRANSLATIONS,
        }
        return {setting: name for setting, name in names.items() if name in self.limits}
