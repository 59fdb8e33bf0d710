"""The run log of this process."""

from flows.artifacts.opening import blobs_for
from flows.runs.blob_log import BlobRunLog
from flows.runs.port import RunLog
from flows.settings import Settings

RUNS = "runs"
"""The room of the run log."""


def run_log_for(settings: Settings) -> RunLog:
    """The run log: in the workspace, or in POLYCUE_STORE_URL. Opens nothing yet."""
    return BlobRunLog(blobs_for(settings, RUNS))
