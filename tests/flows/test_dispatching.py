"""What people do in review starts work, from the click to the file, on the sample video."""

import json
import shutil

import pytest
from command import VIDEO, InProcess
from glossaries import glossary, term

from flows.review_wiring import open_backend, project_id_of
from flows.settings import Settings
from review.tasks import Role, TaskState

pytestmark = pytest.mark.engine
PASSWORD = "correct horse battery"


class House:
    """A workspace in which the sample video is in review, with a lead at work in it."""

    def __init__(self, polycue):
        self.polycue = polycue
        self.settings = Settings(home=polycue.home)
        self.backend = open_backend(self.settings)
        self.store = self.backend.store
        self.lea = self.backend.people.add_user("Lea", PASSWORD, Role.LEAD)

    def task(self, language):
        return next(one for one in self.store.tasks() if one.language == language)

    def texts(self, language):
        return [cue.text for cue in self.store.cues(self.task(language).task_id)]

    def write(self, language, text, *, cue):
        """The lead gives a cue a text and lets the task go."""
        task_id, lease = self._claimed(language)
        now = self.store.cues(task_id)[cue]
        who = {"user_id": self.lea.user_id, "epoch": lease.epoch}
        self.store.edit_cue(task_id, now.cue_id, version=now.version, text=text, **who)
        self.store.release(task_id, **who)

    def approve(self, language):
        task_id, lease = self._claimed(language)
        who = {"user_id": self.lea.user_id, "epoch": lease.epoch}
        for cue in self.store.cues(task_id):
            for rule in {one.rule for one in cue.findings if one.severity.value == "error"}:
                self.store.waive(task_id, cue_id=cue.cue_id, rule=rule, reason="as heard", **who)
        self.store.approve(task_id, **who)

    def said(self, *args):
        done = self.polycue(*args)
        assert done.code == 0, done.err
        return done.out

    def _claimed(self, language):
        task_id = self.task(language).task_id
        return task_id, self.store.claim(task_id, self.lea.user_id)


@pytest.fixture
def house(main_job, tmp_path, monkeypatch, capsys):
    home = shutil.copytree(main_job.home, tmp_path / "home", symlinks=True)
    house = House(InProcess(home, monkeypatch, capsys))
    house.said("run", VIDEO, "--to", "pt-BR", "--out", tmp_path / "out", "--project", "Saga")
    return house


def test_an_approved_transcript_is_published_and_translated_as_people_wrote_it(house):
    before = house.texts("pt-BR")
    house.write("en", "The rabbit is on the moon.", cue=1)
    house.approve("en")
    assert house.said("dispatch", "--once", "--engine", "inline") == "2 started, 0 failed\n"

    assert house.task("en").state is TaskState.PUBLISHED
    published = [path.read_text("utf-8") for path in house.settings.publish_folder.rglob("*.srt")]
    assert len(published) == 1
    assert "The rabbit is on the moon." in published[0]
    after = house.texts("pt-BR")
    assert "lua" in after[1]
    assert after[-1] == before[-1]  # sentences that the correction does not touch stay
    rendered = [cue.source_text for cue in house.store.cues(house.task("pt-BR").task_id)]
    assert "The rabbit is on the moon." in rendered
    assert "1 titles up to date" in house.said("redo", VIDEO.stem)
    assert house.said("dispatch", "--once") == "0 started, 0 failed\n"


def test_changed_words_redo_what_they_touch_and_leave_what_people_wrote(house):
    house.write("pt-BR", "Escrito por uma pessoa.", cue=0)
    before = house.texts("pt-BR")
    spoken = house.texts("en")
    word = next(word for word in " ".join(spoken[1:]).split() if word.isalpha() and len(word) > 5)
    words = glossary(term(word, pt_BR="zibaldone"))
    project_id = project_id_of(house.settings, "Saga")
    house.backend.glossaries.store(project_id, words, by=house.lea.user_id)

    told = json.loads(house.said("redo", "--project", "saga", "--dry-run", "--json"))
    (title,) = told["titles"]
    assert (title["outcome"], title["languages"][0]["why"]) == ("stale", ["words"])
    assert house.texts("pt-BR") == before
    assert house.said("dispatch", "--once") == "1 started, 0 failed\n"
    after = house.texts("pt-BR")
    assert after[0] == "Escrito por uma pessoa."
    assert "zibaldone" in " ".join(after).lower()
    assert "up to date" in house.said("redo", "--all", "--dry-run")
