"""What everything that starts work must do: the remembering fake, and a real Prefect server."""

from contextlib import contextmanager

import pytest
from dispatching_fakes import RememberingStarter
from prefect_server import running_server

from flows.dispatching.errors import StarterDownError, StartRefusedError
from flows.dispatching.port import REDO

PARAMETERS = {"request": {"project_id": "saga", "reason": "glossary.changed"}}


@pytest.fixture(scope="module")
def prefect_server(tmp_path_factory):
    with running_server(tmp_path_factory.mktemp("prefect")) as server:
        yield server


@pytest.fixture(scope="module")
def prefect_starter(prefect_server):
    from prefect.client.orchestration import get_client
    from prefect.settings import PREFECT_API_URL, PREFECT_CLIENT_MAX_RETRIES, temporary_settings

    from flows.orchestration.starting import PrefectStarter

    with temporary_settings({PREFECT_API_URL: prefect_server.url, PREFECT_CLIENT_MAX_RETRIES: 0}):
        with get_client(sync_client=True) as client:
            client.create_deployment(
                flow_id=client.create_flow_from_name("redo-stale"), name="local"
            )
        yield PrefectStarter()


class StarterContract:
    """Tests of any `Starter`; subclasses give `starter`, `runs()`, and `down` as a context."""

    def test_a_key_starts_its_work_once_and_another_key_another(self, starter, runs):
        before = len(runs())
        for key in ("first", "first", "second", "first"):
            starter.start(REDO, PARAMETERS, key)
        assert runs()[before:] == [PARAMETERS, PARAMETERS]

    def test_work_that_there_is_not_is_refused_by_its_name(self, starter, runs):
        before = runs()
        with pytest.raises(StartRefusedError, match="no-such-flow/local"):
            starter.start("no-such-flow/local", {}, "third")
        assert runs() == before

    def test_one_who_does_not_answer_says_so_and_the_same_key_works_later(
        self, starter, runs, outage
    ):
        before = len(runs())
        with outage(), pytest.raises(StarterDownError):
            starter.start(REDO, PARAMETERS, "fourth")
        starter.start(REDO, PARAMETERS, "fourth")
        assert len(runs()) == before + 1


class TestRememberingStarter(StarterContract):
    @pytest.fixture
    def starter(self):
        return RememberingStarter()

    @pytest.fixture
    def runs(self, starter):
        return lambda: [run.parameters for run in starter.runs]

    @pytest.fixture
    def outage(self, starter):
        @contextmanager
        def down():
            starter.is_down = True
            yield
            starter.is_down = False

        return down


@pytest.mark.slow
@pytest.mark.prefect
class TestPrefectStarter(StarterContract):
    @pytest.fixture
    def starter(self, prefect_starter):
        return prefect_starter

    @pytest.fixture
    def runs(self, prefect_server):
        return lambda: [
            run["parameters"]
            for run in prefect_server.ask("flow_runs/filter", sort="START_TIME_ASC")
        ]

    @pytest.fixture
    def outage(self):
        from prefect.settings import PREFECT_API_URL, temporary_settings

        return lambda: temporary_settings({PREFECT_API_URL: "http://127.0.0.1:9/api"})
