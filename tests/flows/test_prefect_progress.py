"""Progress of long work as Prefect artifacts: now and then, and never in the way of a run."""

from uuid import uuid4

import pytest
from flows_fakes import RecordingProgress

from flows.orchestration import progress
from flows.orchestration.progress import PrefectProgress
from subtitles.span import MS_PER_MINUTE

pytestmark = pytest.mark.prefect

ALL_MS = 60 * MS_PER_MINUTE


class Server:
    """What Prefect was told; may refuse to listen."""

    def __init__(self, *, refuses=False):
        self.refuses, self.asked = refuses, 0
        self.created, self.updated = [], []

    def create(self, progress, key=None, description=None):
        self._ask()
        self.created.append((progress, key, description))
        return uuid4()

    def update(self, _artifact, progress, description=None):
        self._ask()
        self.updated.append((progress, description))

    def _ask(self):
        self.asked += 1
        if self.refuses:
            message = "no such server"
            raise ConnectionError(message)


@pytest.fixture(params=[False, True], ids=["listens", "refuses"])
def server(request, monkeypatch):
    server = Server(refuses=request.param)
    monkeypatch.setattr(progress, "create_progress_artifact", server.create)
    monkeypatch.setattr(progress, "update_progress_artifact", server.update)
    return server


def test_an_hour_of_chunks_is_few_updates_and_a_server_that_refuses_is_left_alone(server):
    now_s = 0.0
    listener = RecordingProgress()
    progress = PrefectProgress(listener, "Ein Film: Süß", now_s=lambda: now_s)
    progress.started("Recognising speech", ALL_MS)
    for minute in range(1, 61):
        now_s += 1
        progress.advanced("Recognising speech", minute * MS_PER_MINUTE)
    progress.finished("Recognising speech", "9 words")
    progress.warned("odd")
    assert len(listener.told) == 1 + 60 + 2
    if server.refuses:
        assert server.asked == 1
        return
    ((first, key, said),) = server.created
    assert first == pytest.approx(100 * 5 / 60)
    assert key == "recognising-speech-ein-film-s"
    assert said == "Recognising speech: 5.0/60.0 min, 60.0 x real time, 55 s left"
    assert len(server.updated) == 12
    assert server.updated[-1] == (100.0, "Recognising speech: 9 words")
    assert [percent for percent, _ in server.updated] == sorted(p for p, _ in server.updated)


def test_work_that_ends_soon_or_that_nobody_can_measure_makes_no_artifact(server):
    progress = PrefectProgress(RecordingProgress(), "film")
    for total_ms in (0, ALL_MS):
        progress.started("Work", total_ms)
        progress.advanced("Work", ALL_MS)
        progress.finished("Work", "done")
    assert server.asked == 0
