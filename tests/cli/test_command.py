"""The command itself: help, documented settings and exit codes, stop signals."""

import re
import signal
import time

import pytest
from command import ROOT, VIDEO, InProcess, ran, ran_here, started

from flows.cli.main import run_command
from flows.cli.stopping import StopSignals
from flows.settings import Settings
from subtitles import errors

README = (ROOT / "README.md").read_text("utf-8")


@pytest.fixture
def polycue(tmp_path, monkeypatch, capsys):
    return InProcess(tmp_path / "home", monkeypatch, capsys)


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


def test_every_command_in_the_readme_is_known(polycue):
    commands = set(re.findall(r"^polycue (\w+)", README, re.MULTILINE))
    assert {"run", "review", "export", "users", "models", "doctor"} <= commands
    for command in commands:
        assert polycue(command, "--help").code == 0, command


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
def test_a_run_at_work_lets_no_second_one_in_and_a_stop_signal_ends_it_in_order(
    number, code, tmp_path, new_home, tiny_model
):
    import flows.wiring  # noqa: F401 - the second run must come before the first has ended

    args = ("run", VIDEO, "--speech-model", tiny_model, "--out", tmp_path / "out")
    first = started_and_locked(new_home, *args)
    second = ran_here(new_home, *args)
    assert second.code == 8
    assert f"process {first.pid} " in second.err
    assert first.poll() is None

    first.send_signal(number)
    _, err = first.communicate(timeout=20)
    assert first.returncode == code, err
    assert "run the same command again" in err
    assert "Traceback" not in err
    assert not (tmp_path / "out").exists()


def test_an_error_that_a_stop_signal_provoked_is_no_crash(monkeypatch, capsys):
    def interrupted_import(**_options):
        raise ImportError("initialization failed")

    monkeypatch.setattr("flows.cli.main.app", interrupted_import)
    signals = StopSignals()
    signals.exit_code = 143
    assert run_command(signals) == 143
    assert capsys.readouterr().err == ""


def started_and_locked(home, *args):
    """A run that holds its title by now."""
    process = started(home, *args)
    deadline = time.monotonic() + 60
    while not list(home.glob("locks/*.lock")):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return process


def test_doctor_reports_a_sound_environment(polycue):
    done = polycue("doctor")
    assert "FAIL" not in done.out, done.out
    assert done.code == 0


def test_users_are_added_listed_and_need_a_decent_password(polycue):
    short = polycue("users", "add", "ana", "--password-stdin", typed="short\n")
    assert short.code == 10
    assert "Traceback" not in short.err
    added = polycue(
        "users", "add", "ana", "--role", "lead", "--password-stdin", typed="long enough words\n"
    )
    assert added.code == 0, added.err
    again = polycue("users", "add", "ANA", "--password-stdin", typed="long enough words\n")
    assert again.code == 10
    assert "ana\tlead" in polycue("users", "list").out
    assert polycue("users", "role", "Ana", "guest").out == "ana is now guest\n"
    assert "ana\tguest" in polycue("users", "list").out
