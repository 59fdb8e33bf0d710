"""Prefect's own settings for a run from the command line; call before Prefect is imported.

Measured with Prefect 3.8.8 (ARCHITECTURE.md, "Prefect"): without these an embedded server often
misses its 20-second start-up limit, prints an INFO line per task and a hundred lines of harmless
traceback at exit, and Ctrl-C hangs for a minute.
"""

import os
from pathlib import Path

from flows.errors import write_failure

_QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",
    "PREFECT_CLIENT_MAX_RETRIES": "1",
}


def has_api() -> bool:
    """Whether the environment names a Prefect API to talk to."""
    return bool(os.environ.get("PREFECT_API_URL"))


def wants_prefect(engine: str) -> bool:
    """Whether ``auto``, ``prefect`` or ``inline`` means Prefect where a server may be named."""
    return engine == "prefect" or (engine == "auto" and has_api())


def prepare(workspace: Path) -> None:
    """Set what the environment does not set already; Prefect's files go into the workspace.

    Raises:
        CannotWriteError: the workspace cannot be made. Prefect itself would only warn, once per
            module, and then wait for a server that can never start.
    """
    home = Path(os.environ.setdefault("PREFECT_HOME", str(workspace / "prefect")))
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise write_failure(home, error) from error
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)
