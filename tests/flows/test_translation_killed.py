"""`kill -9` in the middle of a translation, then the same command: nothing is translated twice."""

import os
import signal
import subprocess
import sys
import time

import pytest
from command import environment, ran_here
from deliveries import files_in, without_times
from subtitle_files import plain_sentences, write_srt

pytestmark = [pytest.mark.engine, pytest.mark.slow]

COUNT = 60

# The command in small blocks, writing down each sentence that its engine has been asked for.
WATCHED = """
import sys, time
from translate.engines import remembering
from translate.engines.firefox_translator import FirefoxTranslator
from flows.cli.main import run_command

log, sys.argv = sys.argv[1], ["polycue", *sys.argv[2:]]
remembering.BLOCK_SENTENCES = 8
translate = FirefoxTranslator.translate

def watched(self, sentences, pair, ask):
    with open(log, "a") as file:
        file.writelines(f"{ask} {one.text}\\n" for one in sentences)
    time.sleep(0.1)
    return translate(self, sentences, pair, ask)

FirefoxTranslator.translate = watched
sys.exit(run_command())
"""


class Case:
    """A file on its way, in a workspace of its own."""

    def __init__(self, folder):
        self.home, self.out, self.log = folder / "home", folder / "out", folder / "asked.log"
        self.home.mkdir(parents=True)
        file = write_srt(folder / "film.en.srt", plain_sentences(COUNT))
        self.command = ("translate", file, "--to", "pt-BR", "--out", self.out, "--json")

    def started(self):
        return subprocess.Popen(
            [sys.executable, "-c", WATCHED, *map(str, (self.log, *self.command))],
            env=environment(self.home),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    def asked(self):
        """What the engine was asked, as often as it was."""
        return self.log.read_text().splitlines() if self.log.exists() else []

    def kill(self, asked):
        """Start the command; kill it once the engine was asked for so many sentences."""
        process = self.started()
        deadline = time.monotonic() + 120
        while len(self.asked()) < asked:
            assert process.poll() is None, "the run ended before it could be killed"
            assert time.monotonic() < deadline
            time.sleep(0.005)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()

    def files(self):
        return {name: without_times(data) for name, data in files_in(self.out).items()}


def test_a_killed_translation_goes_on_where_it_was(tmp_path):
    unbroken = Case(tmp_path / "unbroken")
    assert ran_here(unbroken.home, *unbroken.command).code == 0

    case = Case(tmp_path / "killed")
    case.kill(asked=20)
    first = len(case.asked())
    assert first < COUNT
    process = case.started()
    _, err = process.communicate(timeout=120)
    assert process.returncode == 0, err

    asked = case.asked()
    # The block at hand when it was killed, of which nobody knows how far it had come.
    twice = len(asked) - len(set(asked))
    assert twice <= 8, "a sentence that had been answered was asked again"
    assert len(asked) >= COUNT
    assert case.files() == unbroken.files()
