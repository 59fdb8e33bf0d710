"""The parts of `make bench-flows`."""

import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx
import numpy as np
from bench_promises import Promise, table
from command import ROOT, VIDEO, environment
from media_factory import AudioTrack, make_media
from prefect_server import free_port, running_server
from review_server import SESSION, backend_of
from sentences_film import make_sentences
from whisper_fixtures import tiny_english_folder

from asr.recognizer import SAMPLE_RATE_HZ
from asr.sound.av_media import decode_spans, probe
from asr.sound.stream_choice import stream_choice
from flows.orchestration.system.marks import MARK, marked
from review.tasks import Role
from subtitles.span import Span

_ROUND_S = 36.5
"""Length of one round of the sentences, pauses and all."""
_MOST_S, _MOST_EACH_S = 600, 15


@dataclass(frozen=True)
class Took:
    """What a command took: the clock, and its own processor time."""

    wall_s: float
    cpu_s: float


def _say(text):
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def took(command, **more):
    """Run a command to its good end."""
    begun = time.monotonic()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=ROOT, **more
    )
    said = process.stderr.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{said}")
    return Took(time.monotonic() - begun, usage.ru_utime + usage.ru_stime)


def polycue(*arguments):
    return [sys.executable, "-m", "flows.cli", *map(str, arguments)]


# ---- what Prefect adds -------------------------------------------------------------------------


def overhead(*, minutes):
    """The same title by the stages alone and as a Prefect flow, new and stored already."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        film = make_sentences(folder / "film.flac", rounds=max(1, round(60 * minutes / _ROUND_S)))
        model = tiny_english_folder(folder / "model")
        (folder / "prefect").mkdir()
        found = {}
        with running_server(folder / "prefect") as server:
            for engine in ("inline", "prefect"):
                home = folder / engine
                run = polycue(
                    *("run", film, "--speech-model", model, "--language", "en", "--to", "pt-BR"),
                    *("--engine", engine, "--quiet", "--out", folder / f"out-{engine}"),
                )
                for state in ("new", "stored"):
                    found[engine, state] = took(run, env=environment(home, **server.environment))
                    _say(f"{engine}, {state}: {found[engine, state].wall_s:.1f} s")
    fixed = found["prefect", "stored"].wall_s - found["inline", "stored"].wall_s
    more = found["prefect", "new"].wall_s - found["inline", "new"].wall_s
    share = 100 * (more - fixed) / found["inline", "new"].wall_s
    rows = [
        (f"{engine}, {state}", f"{one.wall_s:.1f} s", f"{one.cpu_s:.1f} s")
        for (engine, state), one in found.items()
    ]
    said = f"`polycue run`, {minutes:.0f} min of speech, whole process"
    lines = table((said, "wall time", "its CPU"), rows)
    lines += ["The smallest model recognises, so that whatever Prefect adds weighs most.", ""]
    return lines, [
        Promise("fixed, in a title stored already", "< 3 s", f"{fixed:.1f} s", fixed < 3),
        Promise("beyond that, of the wall time", "< 2 %", f"{share:.1f} %", share < 2),
    ]


# ---- a whole system ----------------------------------------------------------------------------


class System:
    """A system of `polycue up`."""

    def __init__(self, home, **more):
        self.home = home
        ports = {
            **more,
            "POLYCUE_UP_PREFECT_PORT": str(free_port()),
            "POLYCUE_UP_FORM_PORT": str(free_port()),
        }
        self.environment = environment(home, **ports)
        self.form = f"http://127.0.0.1:{ports['POLYCUE_UP_FORM_PORT']}"
        self.api = f"http://127.0.0.1:{ports['POLYCUE_UP_PREFECT_PORT']}/api"

    def client_environment(self):
        """That of a command which uses its Prefect server."""
        return {
            **self.environment,
            "PREFECT_API_URL": self.api,
            "PREFECT_API_AUTH_STRING": self.secret,
            "PREFECT_HOME": str(self.home / "prefect"),
        }

    @property
    def secret(self):
        return (self.home / "system" / "prefect-auth").read_text().strip()

    def ask(self, path, **body):
        auth = tuple(self.secret.split(":", 1))
        answer = httpx.post(f"{self.api}/{path}", json=body, auth=auth, timeout=30)
        answer.raise_for_status()
        return answer.json()

    def _state(self):
        return json.loads((self.home / "system" / "state.json").read_bytes())

    def parts(self):
        """Process ids by the names of the parts."""
        return {part["name"]: part["pid"] for part in self._state()["parts"]}

    def mark(self):
        """What every process of it bears (`flows.orchestration.system.marks`)."""
        return self._state()["mark"]

    def worker_environment(self):
        """That of a further worker, which ends with the system."""
        return {**self.client_environment(), MARK: self.mark(), "PREFECT_WORKER_QUERY_SECONDS": "2"}

    def runs(self):
        """Processes of flow runs that go on now."""
        return [pid for pid in marked(self.mark()) if "PREFECT__FLOW_RUN_ID" in _variables(pid)]

    def left_behind(self, mark):
        """Processes that should be gone once it is down."""
        return marked(mark)


def _variables(pid):
    """The environment of a process; nothing when it is gone."""
    try:
        return Path(f"/proc/{pid}/environ").read_text(errors="replace")
    except OSError:
        return ""


@contextmanager
def running_system(home, **more):
    system = System(home, **more)
    begun = time.monotonic()
    took(polycue("up"), env=system.environment)
    _say(f"a system is up after {time.monotonic() - begun:.0f} s")
    try:
        yield system
    finally:
        took(polycue("down"), env=system.environment)


def approval():
    """From the answer to an approval until the file of the published text is there."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name) / "home"
        with running_system(home) as system:
            run = polycue("run", VIDEO, "--to", "pt-BR", "--quiet", "--engine", "inline")
            took([*run, "--out", home / "drafts"], env=system.environment)
            with backend_of(home) as backend:
                ana = backend.people.add_user("Ana", "correct horse battery", Role.LEAD)
                session = backend.people.open_session(ana.user_id, lifetime=timedelta(hours=1))
                tasks = [task.task_id for task in backend.store.tasks()]
            times = [_published(system, session, task_id) for task_id in tasks]
    worst = max(times)
    shown = ", ".join(f"{one:.1f} s" for one in times)
    lines = [f"Approved one after the other, published by the dispatcher: {shown}.", ""]
    return lines, [Promise("approval to published file", "< 10 s", f"{worst:.1f} s", worst < 10)]


def _published(system, session, task_id):
    folder = system.home / "published"
    before = set(folder.rglob("*.srt"))
    with httpx.Client(
        base_url=system.form,
        headers={"Origin": system.form},
        cookies={SESSION: session},
        timeout=30,
    ) as client:
        base = f"/api/v1/tasks/{task_id}"
        epoch = client.post(f"{base}/claim", json={}).json()["epoch"]
        for cue in client.get(f"{base}/cues").json():
            client.put(
                f"{base}/cues/{cue['cue_id']}/confirmation",
                json={"epoch": epoch, "confirmed": True},
            )
        answer = client.post(f"{base}/approve", json={"epoch": epoch})
        assert answer.status_code == 200, answer.text
        approved = time.monotonic()
        while not set(folder.rglob("*.srt")) - before:
            assert time.monotonic() - approved < 120, "nothing was published"
            time.sleep(0.05)
        there = time.monotonic() - approved
    _say(f"published after {there:.1f} s")
    return there


# ---- many titles -------------------------------------------------------------------------------


def tiny_titles(folder, count):
    """Short recordings, every one another; where they are."""
    folder.mkdir()
    asset = probe(VIDEO)
    (said,) = decode_spans(asset, stream_choice(asset, None).stream, [Span(11_450, 14_600)])
    for number in range(count):
        silence = np.zeros(SAMPLE_RATE_HZ + 16 * number, dtype=np.float32)
        samples = np.concatenate([silence, said.samples])
        track = AudioTrack(pieces=[(0.0, samples[None, :])], codec="flac", rate_hz=SAMPLE_RATE_HZ)
        make_media(folder / f"title-{number:04}.flac", audio=[track])
    return folder


def drain(*, titles):
    """How soon many titles are queued and made, and what server, worker and form take meanwhile."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        films = tiny_titles(folder / "films", titles)
        model = tiny_english_folder(folder / "model")
        manifest = folder / "titles.jsonl"
        rows = [
            {"media": str(one), "speech_model": str(model), "language": "en"}
            for one in sorted(films.iterdir())
        ]
        manifest.write_text("\n".join(map(json.dumps, rows)), "utf-8")
        with running_system(folder / "home") as system:
            queued_s, done_s, memory = _drained(system, manifest, folder / "out", titles)
    grown = {name: shares[-1] / shares[0] for name, shares in memory.items() if shares[0]}
    lines = table(
        ("memory (resident)", "at a third", "at the end"),
        [(name, f"{a:.0f} MB", f"{b:.0f} MB") for name, (a, b) in memory.items()],
    )
    lines += [
        (
            f"{titles} titles of 4 s of speech: queued after {queued_s:.0f} s, all made after "
            f"{done_s:.0f} s ({done_s / titles:.1f} s each, one at a time)."
        ),
        "",
    ]
    worst = max(grown, key=grown.__getitem__)
    per_thousand = queued_s * 1000 / titles
    return lines, [
        Promise(
            "queueing, for 1,000 titles", "< 300 s", f"{per_thousand:.0f} s", per_thousand < 300
        ),
        Promise(
            f"growth of memory in the last two thirds ({worst})",
            "≤ 1.2 x",
            f"{grown[worst]:.2f} x",
            grown[worst] <= 1.2,
        ),
    ]


def _drained(system, manifest, out, titles):
    batch = polycue("batch", manifest, "--out", out, "--engine", "prefect", "--json")
    told_by_batch = manifest.with_name("report.json")  # a thousand titles fill a pipe
    begun = time.monotonic()
    with told_by_batch.open("w") as stdout:
        process = subprocess.Popen(batch, env=system.client_environment(), cwd=ROOT, stdout=stdout)
    queued_s, memory, told = 0.0, {}, 0
    try:
        while process.poll() is None:
            most_s = _MOST_S + _MOST_EACH_S * titles
            assert time.monotonic() - begun < most_s, "the titles are not made in time"
            counts = _counts(system)
            told = _told(counts, told, system, begun)
            if not queued_s and sum(counts.values()) >= titles:
                queued_s = time.monotonic() - begun
                _say(f"{titles} titles queued after {queued_s:.0f} s")
            if counts.get("COMPLETED", 0) >= titles // 3 and not memory:
                memory = {name: [_resident_mb(pid)] for name, pid in system.parts().items()}
            time.sleep(5 if memory else 1)  # the server counts, too
        done_s = time.monotonic() - begun
        report = json.loads(told_by_batch.read_text())
        ends = {one["end"] for one in report["titles"]}
        assert (process.returncode, ends) == (0, {"done"}), report
        for name, pid in system.parts().items():
            memory[name].append(_resident_mb(pid))
    finally:
        process.kill()
        process.wait()
    return queued_s, done_s, memory


def _told(counts, told, system, begun):
    """How many hundred titles are made, said once each: it may take hours."""
    hundreds = counts.get("COMPLETED", 0) // 100
    if hundreds > told:
        memory = {name: round(_resident_mb(pid)) for name, pid in system.parts().items()}
        _say(f"{hundreds * 100} titles made after {time.monotonic() - begun:.0f} s; MB: {memory}")
    return hundreds


def _counts(system):
    """Runs of titles by the types of their states."""
    ours = {"name": {"any_": ["localize-title"]}}
    found = {}
    for kind in ("SCHEDULED", "PENDING", "RUNNING", "COMPLETED", "FAILED", "CRASHED"):
        state = {"state": {"type": {"any_": [kind]}}}
        found[kind] = system.ask("flow_runs/count", flows=ours, flow_runs=state)
    return found


def _resident_mb(pid):
    """Of a process and those it has started that are still there, but for runs of titles."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
