"""What `make chaos` is made of: titles, blows, the night shift, and the reckoning."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

from bench_flows_parts import polycue, tiny_titles
from command import ROOT
from review_server import backend_of
from whisper_fixtures import tiny_english_folder

from flows.runs.opening import run_log_for
from flows.settings import Settings

TARGETS = ("es", "fr", "de")
LANGUAGES = ("en", *TARGETS)
_DISK_MB = 800
_SPARE_MB = 2


def say(text):
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


@contextmanager
def mounted(folder):
    """A small disk of its own, so that a full one hurts nobody else; a folder without root."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={_DISK_MB}m", "tmpfs", str(folder)]
    is_disk = subprocess.run(command, capture_output=True, check=False).returncode == 0
    if not is_disk:
        say("SKIPPED: a full disk (mounting one takes root)")
    try:
        yield folder
    finally:
        if is_disk:
            subprocess.run(["umount", "--lazy", str(folder)], check=False)


def titles_of(folder, count):
    """A manifest of short titles, each into four languages."""
    films = tiny_titles(folder / "films", count)
    model = tiny_english_folder(folder / "model")
    small = ROOT / "tests" / "fixtures" / "en_es_fr_de"
    rows = [
        {
            "media": str(film),
            "speech_model": str(model),
            "translation_model": str(small),
            "language": "en",
            "targets": list(TARGETS),
        }
        for film in sorted(films.iterdir())
    ]
    manifest = folder / "titles.jsonl"
    manifest.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return manifest


class Blows:
    """Strikes again and again, so many times at most, until it is left."""

    def __init__(self, system, disk, luck, *, pause_s, full_s, most):
        self._system, self._disk, self._luck = system, disk, luck
        self._pause_s, self._full_s, self._most = pause_s, full_s, most
        self._count = Counter()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._strike)

    def __enter__(self):
        self._second = subprocess.Popen(
            [sys.executable, "-m", "prefect", "--no-prompt", "worker", "start", "--pool", "polycue",
             "--type", "process", "--name", "second", "--limit", "1"],
            env=self._system.worker_environment(), cwd=ROOT, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        self._thread.join()
        os.killpg(self._second.pid, signal.SIGKILL)
        self._second.wait()

    def tally(self):
        return ", ".join(f"{count} × {what}" for what, count in sorted(self._count.items()))

    def _strike(self):
        kinds = ["run", "run", "run", "worker", "prefect", "dispatcher", "form", "disk"]
        bag = []
        while not self._stop.wait(self._luck.uniform(0.5, 1.5) * self._pause_s):
            if self._count.total() >= self._most:
                return
            if not bag:  # every kind has its turn
                bag = self._luck.sample(kinds, len(kinds))
            kind = bag.pop()
            hit = self._fill() if kind == "disk" else self._kill(kind)
            if hit:
                self._count[kind] += 1
                say(f"  {kind}")

    def _kill(self, kind):
        pids = self._system.runs() if kind == "run" else [self._system.parts().get(kind, 0)]
        if not any(pids):
            return False
        try:
            os.kill(self._luck.choice([pid for pid in pids if pid]), signal.SIGKILL)
        except ProcessLookupError:
            return False
        return True

    def _fill(self):
        if not os.path.ismount(self._disk):
            return False
        filler = self._disk / "filler"
        free = shutil.disk_usage(self._disk).free - _SPARE_MB * 1_000_000
        with filler.open("wb") as file:
            try:
                for _ in range(max(0, free) // 1_000_000):
                    file.write(bytes(1_000_000))
            except OSError:
                pass
        self._stop.wait(self._full_s)
        filler.unlink()
        return True


class Shift:
    """Whoever watches over the batch: starts it again until every title is complete."""

    def __init__(self, system, manifest, out):
        self._system, self._manifest, self._out = system, manifest, out
        self.rounds, self.is_done = 0, False
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work)
        self._process = None

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
        self._thread.join()

    def _work(self):
        batch = polycue(
            "batch", self._manifest, "--out", self._out, "--engine", "prefect", "--json"
        )
        while not self._stop.is_set():
            self.rounds += 1
            self._process = subprocess.Popen(
                batch, env=self._system.client_environment(), cwd=ROOT,
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            )  # fmt: skip
            said, _ = self._process.communicate()
            if self._process.returncode == 0:
                ends = Counter(one["end"] for one in json.loads(said)["titles"])
                say(f"round {self.rounds}: {dict(ends)}")
                self.is_done = True
                return
            say(f"round {self.rounds} ended with code {self._process.returncode}")
            self._stop.wait(5)


def faults(system, manifest, out, shift):
    """Everything that is not as it should be, in words."""
    titles = [Path(json.loads(row)["media"]).stem for row in manifest.read_text().splitlines()]
    wrong = [] if shift.is_done else ["the batch never ended well"]
    files = [f"{title}.{language}.srt" for title in titles for language in LANGUAGES]
    wrong += [f"{name} is missing" for name in files if not (out / name).is_file()]
    with backend_of(system.home) as backend:
        tasks = Counter((task.title, str(task.language)) for task in backend.store.tasks())
    wanted = {(title, language) for title in titles for language in LANGUAGES}
    wrong += [f"no review task of {one}" for one in wanted - tasks.keys()]
    wrong += [f"{count} review tasks of {one}" for one, count in tasks.items() if count > 1]
    wrong += [f"a task of {one}, which nobody asked for" for one in tasks.keys() - wanted]
    return wrong + _made_twice(system.home)


def _made_twice(home):
    """Results that were computed and stored in more than one run."""
    log = run_log_for(Settings(home=home))
    made = Counter(
        (cost.stage, cost.key)
        for run in log.recent(100_000)
        for cost in run.costs
        if not cost.cached
    )
    say(f"{sum(made.values())} results computed, {len(made)} different ones")
    return [f"{stage} {key} was computed {n} times" for (stage, key), n in made.items() if n > 1]
