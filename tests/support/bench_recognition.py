"""Recognition for benchmarks: by this project, and by the engine alone, as a bare script uses it.

What is not timed is kept in a folder that git ignores: ours as the artifacts of a run, found by
everything they are made from; the bare engine's by media, model and version.
"""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from asr.sound.av_media import probe
from flows.models.commands import pull_model
from flows.models.registry import load_registry, require
from flows.models.resolve import resolve
from flows.request import LocalizeRequest
from flows.settings import Settings
from flows.wiring import build_pipeline
from subtitles.cues import Subtitle
from subtitles.span import Span

MODEL = "whisper-base"
THREADS = 2


class Recognition:
    """The starter tier's model, loaded when something is not in the cache.

    Args:
        cache: Folder for models, artifacts and what the bare engine said.
        say: Told what was recognised anew, and how long it took.
    """

    def __init__(self, cache, say):
        self.home = cache / "home"
        self._bare_folder = cache / "bare"
        self._bare_folder.mkdir(parents=True, exist_ok=True)
        self.say = say
        models = self.home / "models"
        models.mkdir(parents=True, exist_ok=True)
        registry = load_registry()
        pull_model(registry, MODEL, cache_dir=models, allow_noncommercial=False, offline=True)
        model = resolve(
            require(registry, MODEL), cache_dir=models, allow_noncommercial=False, offline=True
        )
        self.model_folder = model.directory
        self._revision = model.revision
        self._bare = None

    def transcript(self, media, language=None):
        """As a run makes it, out of the artifact store where it is there."""
        request = LocalizeRequest(media=media.absolute(), language=language, shot_changes=False)
        pipeline = self._pipeline(request)
        began = time.perf_counter()
        result = pipeline.transcribe(pipeline.open_title(request))
        if not result.cached:
            self.say(f"recognised {media.name} in {time.perf_counter() - began:.0f} s")
        return result.value

    @property
    def signature(self):
        """Of our recogniser: what was measured of another one says nothing about this one."""
        pipeline = self._pipeline(LocalizeRequest(media=self.home))
        return str(pipeline.transcriber.recognizer.signature)

    def _pipeline(self, request):
        settings = Settings(home=self.home, tier="starter", cpu_threads=THREADS, offline=True)
        return build_pipeline(settings, request)

    def bare_segments(self, media, language, *, vad=False):
        """Segments with the library's own defaults: three lines of anybody's script."""
        made_from = [probe(media).media_id[:16], self._revision[:12], version("faster-whisper")]
        name = "-".join([*made_from, language, *(["vad"] if vad else [])])
        kept = self._bare_folder / f"{name}.json"
        if not kept.is_file():
            began = time.perf_counter()
            partial = kept.with_suffix(".part")
            partial.write_text(json.dumps(self._segments(media, language, vad)), "utf-8")
            partial.replace(kept)
            self.say(f"bare engine: {media.name} in {time.perf_counter() - began:.0f} s")
        segments = json.loads(kept.read_text("utf-8"))
        return tuple(Subtitle(Span(start, end), (text,)) for start, end, text in segments)

    def _segments(self, media, language, vad):
        if self._bare is None:
            from faster_whisper import WhisperModel

            self._bare = WhisperModel(
                str(self.model_folder), compute_type="int8", cpu_threads=THREADS
            )
        segments, _ = self._bare.transcribe(str(media), language=language, vad_filter=vad)
        return [
            (round(one.start * 1000), round(one.end * 1000), one.text.strip())
            for one in segments
            if one.text.strip()
        ]


# ---- commands, timed -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Measured:
    """A command from its start to its end.

    Attributes:
        wall_s: Seconds on the clock.
        cpu_s: Seconds of processor time, of all threads.
        peak_mb: Largest resident memory.
        text: What it printed.
    """

    wall_s: float
    cpu_s: float
    peak_mb: float
    text: str


# Between the benchmark and the command: a process starts with the peak memory of the one it is
# forked from, and this one is small.
_LAUNCHER = """
import json, resource, subprocess, sys, time
began = time.perf_counter()
done = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
wall_s = time.perf_counter() - began
used = resource.getrusage(resource.RUSAGE_CHILDREN)
json.dump({
    "code": done.returncode,
    "wall_s": wall_s,
    "cpu_s": used.ru_utime + used.ru_stime,
    "peak_mb": used.ru_maxrss / 1024,
    "text": done.stdout.decode("utf-8", "replace"),
    "error": done.stderr.decode("utf-8", "replace")[-2000:],
}, sys.stdout)
"""


def measured(*command, **environment):
    """Run a command and measure it; ends the benchmark when it fails."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("POLYCUE_")}
    done = subprocess.run(
        [sys.executable, "-c", _LAUNCHER, *map(str, command)],
        env={**kept, "OMP_NUM_THREADS": str(THREADS), **environment},
        stdout=subprocess.PIPE,
        check=True,
    )
    found = json.loads(done.stdout)
    if found["code"]:
        sys.exit(f"{command}: {found['error']}")
    return Measured(found["wall_s"], found["cpu_s"], found["peak_mb"], found["text"])


def ours_measured(media, models, folder):
    """`polycue transcribe` in a new workspace; gives (Measured, text of the transcript)."""
    home, out = folder / "home", folder / "out"
    home.mkdir(parents=True)
    (home / "models").symlink_to(models)
    measure = measured(
        *(sys.executable, "-m", "flows.cli", "transcribe", media, "--quiet"),
        *("--formats", "json", "--out", out),
        POLYCUE_HOME=str(home),
        POLYCUE_CPU_THREADS=str(THREADS),
        POLYCUE_TIER="starter",
    )
    (file,) = out.glob("*.transcript.json")
    words = json.loads(file.read_text("utf-8"))["words"]
    return measure, "".join(word["text"] for word in words).strip()


def bare_measured(media, model_folder, manner):
    """A bare script; gives (Measured, text)."""
    script = Path(__file__).with_name("bare_whisper.py")
    measure = measured(sys.executable, script, media, model_folder, manner, THREADS)
    return measure, " ".join(measure.text.split())


def other_command():
    """The path of `whisper-ctranslate2`, None where it is not installed."""
    path = Path(sys.executable).with_name("whisper-ctranslate2")
    return path if path.is_file() else None


def other_measured(command, media, model_folder, folder):
    """`whisper-ctranslate2`, batched, with word times; gives (Measured, text)."""
    measure = measured(
        *(command, media, "--model_directory", model_folder, "--output_dir", folder),
        *("--output_format", "txt", "--device", "cpu", "--compute_type", "int8"),
        *("--threads", THREADS, "--batched", True, "--batch_size", 8),
        *("--word_timestamps", True, "--verbose", False),
    )
    return measure, " ".join((folder / f"{media.stem}.txt").read_text("utf-8").split())
