"""A system of small parts: started in order, kept alive, stopped without a trace."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from flows.orchestration.system.control import bring_down, running
from flows.orchestration.system.marks import MARK, end_marked, marked
from flows.orchestration.system.parts import Part, Plan
from flows.orchestration.system.settings import Layout, Site, SystemSettings
from flows.orchestration.system.state import (
    AlreadyUpError,
    Phase,
    is_up,
    read_state,
    secret_of,
    sole,
)
from flows.orchestration.system.supervisor import StartFailedError, Supervisor
from flows.settings import Settings

FOR_EVER = "import time\nwhile True: time.sleep(0.05)"
# A process of its own that its parent does not wait for, as a flow run is one of a worker's.
WITH_CHILD = f"import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', {FOR_EVER!r}])\n"


def python(text):
    return (sys.executable, "-c", text)


def part(name, text=FOR_EVER, ready=lambda: True):
    return Part(name=name, command=python(text), ready=ready)


def until(true, within_s=20):
    deadline = time.monotonic() + within_s
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.fixture
def site(tmp_path):
    layout = Layout(workspace=tmp_path)
    settings = SystemSettings(start_seconds=10, stop_seconds=2)
    return Site(settings=settings, layout=layout, secret="a:b")


class Running:
    """A supervisor in a thread."""

    def __init__(self, site, plan):
        self.site, self.stop, self.error = site, threading.Event(), None
        self._supervisor = Supervisor(site, plan, self.stop)
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self):
        try:
            self._supervisor.run(os.getpid())
        except StartFailedError as error:
            self.error = error

    def state(self):
        return read_state(self.site.layout)

    def is_running(self):
        state = self.state()
        return state is not None and state.phase is Phase.RUNNING

    def end(self):
        self.stop.set()
        self._thread.join(timeout=30)
        assert not self._thread.is_alive()
        assert marked(self.state().mark) == ()


def plan(*rest, first=None, prepare="pass"):
    return Plan(first=first or part("first"), prepare=python(prepare), rest=rest)


def test_parts_run_until_the_end_and_leave_no_process_not_even_a_grandchild(site):
    system = Running(site, plan(part("second", WITH_CHILD + FOR_EVER)))
    until(system.is_running)
    state = system.state()
    assert [(one.name, one.state) for one in state.parts] == [
        ("first", "ready"),
        ("second", "ready"),
    ]
    until(lambda: len(marked(state.mark)) == 3)  # two parts and a grandchild
    system.end()
    assert system.state().phase is Phase.STOPPING


def test_a_part_that_ends_is_started_again_and_its_words_are_kept(site):
    dies_once = (
        f"import os, pathlib, sys\nmark = pathlib.Path({str(site.layout.workspace)!r}) / 'once'\n"
        "print('here I am', flush=True)\n"
        f"if not mark.exists(): mark.touch(); sys.exit(3)\n{FOR_EVER}"
    )
    system = Running(site, plan(part("second", dies_once)))
    until(system.is_running)
    until(lambda: system.state().parts[1].restarts == 1)
    assert "code 3" in system.state().parts[1].problem
    until(lambda: (site.layout.logs / "second.log").read_text().count("here I am") == 2)
    system.end()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (plan(part("second", "raise SystemExit(4)", ready=lambda: False)), "second ended"),
        (plan(prepare="raise SystemExit('no such pool')"), "no such pool"),
    ],
    ids=["a part", "the preparation"],
)
def test_what_cannot_start_is_told_and_everything_is_stopped_again(site, wrong, words):
    system = Running(site, wrong)
    system._thread.join(timeout=30)
    assert words in str(system.error)
    assert (system.state().phase, words in system.state().message) == (Phase.FAILED, True)
    system.end()


def test_a_supervisor_that_is_killed_takes_everything_with_it(site, tmp_path):
    script = f"""
import os, sys, threading
sys.path.insert(0, {str(Path(__file__).parent)!r})
from test_supervising import *
layout = Layout(workspace=Path({str(tmp_path)!r}))
site = Site(settings=SystemSettings(), layout=layout, secret="a:b")
parts = plan(part("second", WITH_CHILD + FOR_EVER))
with sole(layout):
    Supervisor(site, parts, threading.Event()).run(os.getpid())
"""
    supervisor = subprocess.Popen(python(script))
    until(lambda: (state := read_state(site.layout)) and state.phase is Phase.RUNNING)
    mark = read_state(site.layout).mark
    assert is_up(site.layout)
    with pytest.raises(AlreadyUpError, match="polycue down"), sole(site.layout):
        pass
    supervisor.send_signal(signal.SIGKILL)
    supervisor.wait()
    until(lambda: not marked(mark))
    settings = Settings(home=tmp_path)
    assert running(settings) is None
    assert not is_up(site.layout)
    assert bring_down(settings) is False  # nothing was left to stop
    assert read_state(site.layout) is None


def test_whoever_ignores_the_request_to_end_is_made_to(tmp_path):
    deaf = f"import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n{FOR_EVER}"
    mark = f"test-{tmp_path.name}-{os.getpid()}"
    process = subprocess.Popen(python(deaf), env={**os.environ, MARK: mark})
    until(lambda: marked(mark) == (process.pid,))
    time.sleep(0.3)
    threading.Thread(target=process.wait).start()  # else it stays in the list as a zombie
    assert end_marked(mark, grace_s=0.3) == 1
    assert marked(mark) == ()


def test_the_password_is_made_once_and_is_nobody_elses_to_read(site):
    made = secret_of(site.layout)
    assert (made.partition(":")[0], secret_of(site.layout)) == ("polycue", made)
    assert len(made) > 30
    assert site.layout.secret.stat().st_mode & 0o077 == 0
