"""The command itself: help, documented settings and exit codes, stop signals."""

import re
import signal
import subprocess
import sys
import time

import pytest
from command import ROOT, VIDEO, environment, ran, started

from flows.settings import Settings
from subtitles import errors

README = (ROOT / "README.md").read_text("utf-8")


def test_every_setting_stands_in_the_readme():
    for name in Settings.model_fields:
        assert f"`POLYCUE_{name.upper()}`" in README


def test_every_setting_in_the_readme_exists():
    named = set(re.findall(r"`POLYCUE_([A-Z_]+)`", README))
    assert {name.lower() for name in named} == set(Settings.model_fields)


def test_every_exit_code_stands_in_the_readme():
    codes = {kind.exit_code for kind in vars(errors).values() if isinstance(kind, type)}
    table = {int(code) for code in re.findall(r"^\| (\d+) \|", README, re.MULTILINE)}
    assert codes <= table


def test_every_command_in_the_readme_is_known(tmp_path):
    commands = set(re.findall(r"^polycue (\w+)", README, re.MULTILINE))
    assert {"run", "review", "export", "users", "models", "doctor"} <= commands
    for command in commands:
        done = ran(tmp_path / "home", command, "--help")
        assert done.code == 0, command


def test_every_make_target_in_the_readme_exists():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"(?:^|`)make ([a-z-]+)", README, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_version_and_help_answer_without_a_workspace(tmp_path):
    assert ran(tmp_path / "home", "--version").out.startswith("polycue 0.")
    assert "run" in ran(tmp_path / "home", "--help").out
    assert not (tmp_path / "home").exists()


@pytest.mark.engine
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_stop_signal_ends_a_run_in_order(number, code, tmp_path, new_home, tiny_model):
    process = started_and_locked(new_home, "--speech-model", tiny_model, "--out", tmp_path / "out")
    process.send_signal(number)
    _, err = process.communicate(timeout=20)
    assert process.returncode == code, err
    assert "run the same command again" in err
    assert "Traceback" not in err
    assert not (tmp_path / "out").exists()


def started_and_locked(home, *args):
    """A run that holds its title by now."""
    process = started(home, "run", VIDEO, *args)
    deadline = time.monotonic() + 60
    while not list(home.glob("locks/*.lock")):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return process


@pytest.mark.engine
def test_two_runs_of_one_title_at_once_are_refused_with_code_8(tmp_path, new_home, tiny_model):
    args = ("--speech-model", tiny_model, "--out", tmp_path / "out")
    first = started_and_locked(new_home, *args)
    second = ran(new_home, "run", VIDEO, *args)
    assert second.code == 8
    assert f"process {first.pid} " in second.err
    _, err = first.communicate(timeout=120)
    assert first.returncode == 0, err


def test_doctor_reports_a_sound_environment(tmp_path):
    done = ran(tmp_path / "home", "doctor")
    assert "FAIL" not in done.out, done.out
    assert done.code == 0


def test_users_are_added_listed_and_need_a_decent_password(tmp_path):
    home = tmp_path / "home"

    def users(*args, typed=""):
        return subprocess.run(
            [sys.executable, "-m", "flows.cli", "users", *args],
            input=typed, env=environment(home), capture_output=True, text=True, check=False,
        )  # fmt: skip

    short = users("add", "ana", "--password-stdin", typed="short\n")
    assert short.returncode == 10
    assert "Traceback" not in short.stderr
    added = users("add", "ana", "--role", "lead", "--password-stdin", typed="long enough words\n")
    assert added.returncode == 0, added.stderr
    assert users("add", "ANA", "--password-stdin", typed="long enough words\n").returncode == 10
    assert "ana\tlead" in users("list").stdout
