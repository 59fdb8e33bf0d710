"""Running the ``polycue`` command: inside the test process (quick) or as a process of its own."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "sample_media"
VIDEO = SAMPLES / "sense_and_sensibility.mp4"


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str


def environment(home, **more):
    """The environment of a command whose workspace is ``home`` and nothing else."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("POLYCUE_")}
    kept.pop("PREFECT_API_URL", None)
    return {**kept, "POLYCUE_HOME": str(home), **more}


def started(home, *args, **more):
    """Start the command; the caller waits for it or kills it."""
    return subprocess.Popen(
        [sys.executable, "-m", "flows.cli", *map(str, args)],
        env=environment(home, **more),
        cwd=home.parent,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def ran(home, *args, timeout_s=240, **more):
    """Run the command as a process of its own."""
    process = started(home, *args, **more)
    out, err = process.communicate(timeout=timeout_s)
    return Done(process.returncode, out, err)


class InProcess:
    """Runs the command inside the test process."""

    def __init__(self, home, monkeypatch, capsys):
        self.home = home
        self._monkeypatch = monkeypatch
        self._capsys = capsys
        for name in list(os.environ):
            if name.startswith("POLYCUE_") or name == "PREFECT_API_URL":
                monkeypatch.delenv(name)
        monkeypatch.setenv("POLYCUE_HOME", str(home))

    def __call__(self, *args):
        from flows.cli.main import run_command

        self._capsys.readouterr()
        self._monkeypatch.setattr(sys, "argv", ["polycue", *map(str, args)])
        code = run_command()
        captured = self._capsys.readouterr()
        return Done(code, captured.out, captured.err)
