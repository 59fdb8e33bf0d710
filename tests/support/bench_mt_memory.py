"""A long film into several languages: how much memory that takes, and what a kill costs.

Everything happens in processes of their own, so that a peak belongs to one run alone. What engines
are asked is written down by the process itself, a line for every question.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from command import environment
from subtitle_files import plain_sentences, write_srt

CUES = 3_000

# Commands one after another in one process; prints its peak and its processor time.
_RUNS = """
import contextlib, io, json, resource, sys, time
from flows.cli.main import run_command
from translate.engines.firefox_translator import FirefoxTranslator
from translate.engines.sequence_translator import SequenceTranslator

log = open(sys.argv[1], "a", buffering=1)
asked = SequenceTranslator.translate_mixed
said = FirefoxTranslator.translate

def watched_mixed(self, items, ask):
    log.writelines(f"{pair} {ask} {one.text!r}\\n" for one, pair in items)
    return asked(self, items, ask)

def watched(self, sentences, pair, ask):
    log.writelines(f"{pair} {ask} {one.text!r}\\n" for one in sentences)
    return said(self, sentences, pair, ask)

SequenceTranslator.translate_mixed = watched_mixed
FirefoxTranslator.translate = watched
reports, begun = [], time.perf_counter()
for arguments in json.loads(sys.argv[2]):
    sys.argv = ["polycue", *arguments]
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = run_command()
    assert code == 0, (code, out.getvalue())
    reports.append(json.loads(out.getvalue()))
usage = resource.getrusage(resource.RUSAGE_SELF)
json.dump({
    "reports": reports,
    "peak_mb": usage.ru_maxrss / 1_000,
    "cpu_s": usage.ru_utime + usage.ru_stime,
    "wall_s": time.perf_counter() - begun,
}, sys.stdout)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmCost:
    """What a film took.

    Attributes:
        cues: Of the film.
        languages: How many it was translated into.
        sentences: Of all languages together.
        asked: Questions to engines, those about faults and lengths included.
        asked_twice: Questions that had been asked in the very same words before.
        peak_mb: Resident memory of the process at most.
        cpu_s: Its processor time, of all threads.
        wall_s: What the clock said, without the start of the process.
    """

    cues: int
    languages: int
    sentences: int
    asked: int
    asked_twice: int
    peak_mb: float
    cpu_s: float
    wall_s: float


class LongFilm:
    """One subtitle file on its way into several languages, in a workspace of its own."""

    def __init__(
        self,
        folder: Path,
        routes: Sequence[tuple[str, Path | None]],
        sentences: Sequence[str] = (),
        *,
        cues: int = CUES,
    ) -> None:
        """Writes the file.

        Args:
            folder: An empty one.
            routes: Languages as ``--to`` takes them, and the folder of the model for them; None
                for the starter tier's.
            sentences: What is said, again and again until there are enough cues, each time a
                little different; made up when there are none.
            cues: How many.
        """
        self.home, self.out, self._log = folder / "home", folder / "out", folder / "asked.log"
        self.home.mkdir(parents=True)
        said = list(sentences) or plain_sentences(cues)
        lines = [
            text if turn == 0 else f"{text} {turn + 1}."
            for turn in range(-(-cues // len(said)))
            for text in said
        ]
        file = write_srt(folder / "film.en.srt", lines[:cues])
        common = ("translate", str(file), "--out", str(self.out), "--json", "--formats", "srt")
        self._cues, self._commands = (
            cues,
            [
                [*common, "--to", to, *(("--translation-model", str(model)) if model else ())]
                for to, model in routes
            ],
        )

    def finished(self) -> FilmCost:
        """Run to the end, from wherever it stands."""
        process = self._started()
        out, err = process.communicate()
        if process.returncode != 0:
            raise RuntimeError(err.decode())
        found = json.loads(out)
        languages = [one for report in found["reports"] for one in report["languages"]]
        asked = self.asked()
        return FilmCost(
            cues=self._cues,
            languages=len(languages),
            sentences=sum(one["translation"]["sentences"] for one in languages),
            asked=asked.total(),
            asked_twice=asked.total() - len(asked),
            peak_mb=found["peak_mb"],
            cpu_s=found["cpu_s"],
            wall_s=found["wall_s"],
        )

    def killed(self, *, after: int) -> int:
        """Run until so many more questions were asked, and kill; gives how many it were."""
        before = self.asked().total()
        process = self._started()
        while self._lines() - before < after:
            if process.poll() is not None:
                raise RuntimeError("the run ended before it could be killed")
            time.sleep(0.01)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        return self.asked().total() - before

    def asked(self) -> Counter[str]:
        """Every question so far, and how often it was asked."""
        return Counter(self._log.read_text("utf-8").splitlines() if self._log.exists() else [])

    def files(self) -> dict[str, bytes]:
        """What was written, by name."""
        return {path.name: path.read_bytes() for path in sorted(self.out.glob("*.srt"))}

    def _lines(self) -> int:
        return self._log.read_bytes().count(b"\n") if self._log.exists() else 0

    def _started(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-c", _RUNS, str(self._log), json.dumps(self._commands)],
            env=environment(self.home),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
