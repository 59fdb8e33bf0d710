"""The Prefect side, for real: a server, the flow, a deployment, a worker."""

import json
import shutil
import subprocess
import sys
import time

import pytest
from command import ROOT, VIDEO, environment, home_with_models, ran, ran_together, started
from prefect_server import running_server
from review_drafts import draft_of
from sentences_film import CHUNKED, make_sentences

from flows.review_wiring import open_people, open_review
from flows.settings import Settings
from review.tasks import Role

pytestmark = [pytest.mark.prefect, pytest.mark.engine]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    home = tmp_path_factory.mktemp("prefect")
    with running_server(home) as server:
        yield server


@pytest.fixture(scope="module")
def home(tmp_path_factory, models_folder, main_job):
    """A workspace in which the speech is recognised and nothing is made of it yet."""
    home = home_with_models(tmp_path_factory.mktemp("workspace"), models_folder)
    shutil.copytree(main_job.home / "artifacts", home / "artifacts")
    for stage in ("transcript", "source-cues", "target-cues"):
        shutil.rmtree(home / "artifacts" / "stages" / stage)
    return home


@pytest.fixture(scope="module")
def runs(server, home, tmp_path_factory):
    """How three runs on the server ended: the first, the same again, one with a language too much.

    They are the server's three oldest flow runs.
    """
    run = ("run", VIDEO, "--json", "--out", tmp_path_factory.mktemp("out"), "--to")
    languages = ("pt-BR", "pt-BR", "pt-BR,ko")
    return ran_together(home, *((*run, to) for to in languages), **server.environment)


def test_a_configured_server_is_used_and_a_second_run_ends_in_cached_states(server, runs):
    assert [(done.code, done.err) for done in runs[:2]] == [(0, ""), (0, "")]
    first, second = (json.loads(done.out)["languages"] for done in runs[:2])
    assert [one["language"] for one in first] == ["en", "pt-BR"]
    assert all(one["cached"] and not one["task_is_new"] for one in second)

    later, earlier = server.flow_runs()[-2:]
    assert (later["state"]["type"], earlier["state"]["type"]) == ("COMPLETED", "COMPLETED")
    first_states, second_states = (server.task_states(run["id"]) for run in (earlier, later))
    made = {"join", "source", "target"}
    # The workspace knows the film's shot changes and its chunks already, whoever asks for them.
    assert first_states[f"recognize-{VIDEO.stem}-1-of-1"] == "Cached"
    known = {"listen", "language", "recognize", "shots"}
    assert {name.partition("-")[0] for name in first_states} >= made | known
    assert {state for name, state in first_states.items() if name.partition("-")[0] in made} == {
        "Completed"
    }
    assert set(second_states.values()) == {"Cached"}
    assert second_states.keys() == first_states.keys()
    artifacts = server.ask("artifacts/filter")
    assert any("pt-BR" in artifact["data"] for artifact in artifacts)


def test_a_language_that_fails_ends_the_run_partial_and_leaves_the_others(server, runs):
    done = runs[2]
    assert done.code == 9, done.err
    errors = {one["language"]: one["error"] for one in json.loads(done.out)["languages"]}
    assert errors["pt-BR"] is None
    assert "ko" in errors["ko"]
    flow_run = server.flow_runs()[-3]
    assert (flow_run["name"], flow_run["state"]["name"]) == (VIDEO.stem, "Partial")


# Runs several commands of Prefect's in one process: each would import all of it again.
PREFECT_COMMANDS = """
import json, sys
from prefect.cli import app
for arguments in json.loads(sys.argv[1]):
    sys.argv = ["prefect", "--no-prompt", *arguments]
    try:
        app()
    except SystemExit as end:
        if end.code:
            raise
"""


def test_a_deployed_flow_runs_in_a_process_worker_and_completes(server, home, tmp_path):
    request = {"media": str(VIDEO), "targets": ["pt-BR"], "out": str(tmp_path)}
    commands = [
        ["work-pool", "create", "polycue", "--type", "process"],
        ["deploy", "--name", "local"],
        ["deployment", "run", "localize-title/local", "--params", json.dumps({"request": request})],
        ["worker", "start", "--pool", "polycue", "--run-once"],
    ]
    done = subprocess.run(
        [sys.executable, "-c", PREFECT_COMMANDS, json.dumps(commands)],
        cwd=ROOT, env=environment(home, **server.environment), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert server.flow_runs()[0]["state"]["type"] == "COMPLETED", done.stdout
    assert (tmp_path / f"{VIDEO.stem}.pt-BR.srt").is_file()


MAINTAIN = """
from flows.maintaining import MaintainRequest
from flows.orchestration.maintain import maintain
assert maintain(MaintainRequest()).exit_code == 0
"""


@pytest.mark.slow
def test_maintenance_runs_as_a_flow_and_says_what_it_did(server, tmp_path):
    subprocess.run(
        [sys.executable, "-c", MAINTAIN], env=environment(tmp_path, **server.environment),
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    run = server.flow_runs()[0]
    assert (run["name"], run["state"]["type"]) == ("maintain", "COMPLETED")
    assert any(one["key"] == "maintenance" for one in server.ask("artifacts/filter"))


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["docker", "kubernetes"])
def test_the_server_takes_the_templates_of_pools_that_are_not_on_this_machine(server, kind):
    template = json.loads((ROOT / "deploy" / "pools" / f"{kind}.json").read_text("utf-8"))
    made = server.ask("work_pools/", name=f"polycue-{kind}", type=kind, base_job_template=template)
    assert made["base_job_template"] == template


def children_of(group_id):
    listing = subprocess.run(
        ["ps", "-eo", "pgid,args"], capture_output=True, text=True, check=True
    ).stdout
    return [line for line in listing.splitlines() if line.split()[0] == str(group_id)]


# Runs the flow several times in one process, with the requests given.
PUBLISH = """
import json, sys
from flows.orchestration import environment
from flows.settings import Settings
environment.prepare(Settings().workspace)
from flows.orchestration.publish import publish_approved
for request in json.loads(sys.argv[1]):
    state = publish_approved(request, return_state=True)
    print(json.dumps([state.type.value, state.name, state.message]))
"""


@pytest.mark.slow
def test_what_was_approved_is_published_by_a_flow_with_a_task_for_each_release(server, tmp_path):
    home = tmp_path / "home"
    settings = Settings(home=home)
    store = open_review(settings)
    ana = open_people(settings).add_user("Ana", "correct horse battery", Role.LINGUIST)
    for title in ("Film", "x" * 250):
        task, _ = store.park(draft_of("Guten Tag.", title=title, media=title))
        epoch = store.claim(task.task_id, ana.user_id).epoch
        store.approve(task.task_id, user_id=ana.user_id, epoch=epoch)
    requests = [{}, {"task_id": "Film"}, {"limit": 5}, {"limit": 0}]
    done = subprocess.run(
        [sys.executable, "-c", PUBLISH, json.dumps(requests)],
        env=environment(home, **server.environment),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    ended = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one[:2] for one in ended] == [
        ["COMPLETED", "Partial"],
        ["COMPLETED", "Completed"],
        ["FAILED", "Failed"],
        ["FAILED", "Failed"],
    ], done.stderr
    assert "shorten the title" in ended[0][2]
    assert "limit" in ended[3][2]
    assert (home / "published" / "Film.de.srt").exists()
    runs = {one["name"]: one for one in server.flow_runs()[:4]}
    assert runs.keys() > {"publish-approved", "publish-Film"}  # and one that was never begun
    assert server.task_states(runs["publish-Film"]["id"]) == {"publish-Film-de": "Cached"}


@pytest.mark.slow
def test_every_chunk_is_a_task_run_and_a_lost_one_is_made_again_alone(server, tmp_path, tiny_model):
    media = make_sentences(tmp_path / "sentences.flac", rounds=2)
    (tmp_path / "home").mkdir()
    run = ("run", media, "--speech-model", tiny_model, "--json", "--engine", "prefect")

    def states():
        done = ran(tmp_path / "home", *run, **server.environment, **CHUNKED)
        assert done.code == 0, done.err
        return server.task_states(server.flow_runs()[0]["id"])

    first = states()
    assert set(first.values()) == {"Completed"}
    chunks = sorted(name for name in first if name.startswith("recognize-"))
    count = len(chunks)
    assert count > 3
    assert set(chunks) == {f"recognize-sentences-{n}-of-{count}" for n in range(1, count + 1)}

    stages = tmp_path / "home" / "artifacts" / "stages"
    shutil.rmtree(stages / "transcript")
    lost = min((stages / "chunk").iterdir())
    lost.unlink()
    second = states()
    assert second.keys() == first.keys()
    # The words are the same, so what is made of them is stored already; what it took is not.
    computed = {name for name, state in second.items() if state == "Completed"}
    assert len(computed & set(chunks)) == 1
    assert computed - set(chunks) == {"join-sentences", "report-sentences"}
    assert lost.exists()


@pytest.mark.slow
def test_without_a_server_an_embedded_one_serves_quietly_and_is_gone_afterwards(home, tmp_path):
    process = started(home, "run", VIDEO, "--to", "pt-BR", "--out", tmp_path, "--engine", "prefect")
    out, err = process.communicate(timeout=280)
    assert process.returncode == 0, err
    assert all(word not in (out + err).lower() for word in ("traceback", "prefect", "warning:"))
    assert not children_of(process.pid)


@pytest.mark.slow
def test_sigterm_ends_an_embedded_run_within_seconds_and_leaves_no_process(home, tmp_path):
    process = started(home, "run", VIDEO, "--to", "pt-BR", "--out", tmp_path, "--engine", "prefect")
    deadline = time.monotonic() + 120
    while len(children_of(process.pid)) < 2:  # the command and its server
        assert time.monotonic() < deadline
        time.sleep(0.2)
    process.terminate()
    began = time.monotonic()
    process.communicate(timeout=60)
    assert process.returncode == 143
    assert time.monotonic() - began < 30
    assert not children_of(process.pid)
