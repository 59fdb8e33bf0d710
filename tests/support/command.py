"""Running the ``polycue`` command: inside the test process (quick) or as a process of its own."""

import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "sample_media"
VIDEO = SAMPLES / "sense_and_sensibility.mp4"


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str


def home_with_models(folder, models):
    """A workspace in a folder, without anything but models."""
    home = folder / "home"
    home.mkdir()
    (home / "models").symlink_to(models)
    return home


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


# Prints one JSON object per command, once all of them have ended.
_ONE_AFTER_ANOTHER = """
import contextlib, io, json, sys
from flows.cli.main import run_command
ended = []
for arguments in json.loads(sys.argv[1]):
    sys.argv = ["polycue", *arguments]
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run_command()
    ended.append({"code": code, "out": out.getvalue(), "err": err.getvalue()})
json.dump(ended, sys.stdout)
"""


def ran_together(home, *commands, timeout_s=240, **more):
    """Run commands one after another in one process: its imports cost more than what they do."""
    texts = [[str(argument) for argument in command] for command in commands]
    done = subprocess.run(
        [sys.executable, "-c", _ONE_AFTER_ANOTHER, json.dumps(texts)],
        env=environment(home, **more),
        cwd=home.parent,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=timeout_s,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    # What did not go through Python's own streams belongs to no command in particular.
    assert done.stderr == ""
    return [Done(**one) for one in json.loads(done.stdout)]


def ran_here(home, *args, **more):
    """Run the command inside the test process."""
    from flows.cli.main import run_command

    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        for name in os.environ.keys() - environment(home).keys():
            patch.delenv(name)
        for name, value in {"POLYCUE_HOME": str(home), **more}.items():
            patch.setenv(name, value)
        patch.setattr(sys, "argv", ["polycue", *map(str, args)])
        with redirect_stdout(out), redirect_stderr(err):
            code = run_command()
    return Done(code, out.getvalue(), err.getvalue())


class InProcess:
    """Runs the command inside the test process, and again and again."""

    def __init__(self, home, monkeypatch, capsys):
        self.home = home
        self._monkeypatch = monkeypatch
        self._capsys = capsys
        for name in list(os.environ):
            if name.startswith("POLYCUE_") or name == "PREFECT_API_URL":
                monkeypatch.delenv(name)
        monkeypatch.setenv("POLYCUE_HOME", str(home))

    def __call__(self, *args, typed=""):
        from flows.cli.main import run_command

        self._capsys.readouterr()
        self._monkeypatch.setattr(sys, "argv", ["polycue", *map(str, args)])
        self._monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        code = run_command()
        captured = self._capsys.readouterr()
        return Done(code, captured.out, captured.err)
