"""Redoing a title asks engines for no more than what a change touches, and says so."""

from dataclasses import dataclass, field, replace
from types import SimpleNamespace

import pytest
from answer_fakes import InMemoryAnswerStore
from flows_fakes import InMemoryArtifactStore
from translate_fakes import ScriptedTranslator, greek

from flows.engines import Lazy, LazyEngine
from flows.file_title import open_file
from flows.file_translation import plan_file, translate_file
from flows.localizing import Localizer
from flows.request import TranslateRequest
from flows.settings import Settings
from review.errors import InvalidEditError
from subtitles.language import parse_language
from translate.aids import Aids
from translate.glossary.glossary import glossary_of
from translate.glossary.show_glossary import ShowGlossary
from translate.glossary.terms import Term, TermKind, Wording
from translate.memory.port import MemoryHit

LINES = [
    "The captain sails at dawn.",
    "Nobody told Margaret about it.",
    "We open three boxes.",
    "The harbour is closed today.",
]


class Context(ScriptedTranslator):
    """An engine that is told the show's words and what is said around."""

    @property
    def uses_context(self):
        return True


class Remembered:
    """A memory of one approved sentence."""

    def __init__(self, source, target):
        self._hit = MemoryHit(
            text=target, source_text=source, score=1.0, is_exact=True, origin="another film"
        )

    def hits(self, text, before, after, pair):
        return (self._hit,) if text == self._hit.source_text else ()


@dataclass
class Bench:
    """A folder, stores that last, and an engine for each run."""

    folder: object
    store: InMemoryArtifactStore = field(default_factory=InMemoryArtifactStore)
    answers: InMemoryAnswerStore = field(default_factory=InMemoryAnswerStore)

    def localizer(self, engine, aids=None):
        return Localizer(
            store=self.store,
            review=None,
            answers=self.answers,
            translator_for=lambda pair, title: LazyEngine(engine.signature, lambda: engine),
            aids=Lazy(lambda: aids or Aids()),
        )

    def request(self, lines=LINES, to=("el", "ru"), **more):
        file = self.folder / "film.en.srt"
        file.write_text(srt(lines), "utf-8")
        targets = tuple(parse_language(tag) for tag in to)
        return TranslateRequest(file=file, targets=targets, out=self.folder / "out", **more)

    def run(self, lines=LINES, engine=None, aids=None, **request):
        """What was asked, and the report's languages by tag."""
        engine = engine or ScriptedTranslator()
        report = translate_file(
            self.localizer(engine, aids),
            self.request(lines, **request),
            Settings(home=self.folder / "home"),
        )
        assert not report.failed, report.failed
        asked = {text for call in engine.asked for text in call}
        return asked, {one.language: one for one in report.languages}


@pytest.fixture
def bench(tmp_path):
    return Bench(tmp_path)


def srt(lines):
    times = [
        f"00:00:{3 * place:02},000 --> 00:00:{3 * place + 2:02},500" for place in range(len(lines))
    ]
    blocks = enumerate(zip(times, lines, strict=True), 1)
    return "\n".join(f"{number}\n{time}\n{line}\n" for number, (time, line) in blocks)


def words(*terms):
    return Aids(glossary=ShowGlossary(glossary_of(terms)))


def term(text, **wordings):
    return Term(
        text=text,
        language=parse_language("en"),
        kind=TermKind.NAME,
        wordings=tuple(
            Wording(language=parse_language(tag), forms=(form,))
            for tag, form in sorted(wordings.items())
        ),
    )


def test_a_first_run_asks_for_everything_and_a_second_for_nothing(bench):
    asked, first = bench.run()
    assert {text.rstrip(".") for text in asked} == {line.rstrip(".") for line in LINES}
    assert [one.translation.asked for one in first.values()] == [4, 4]
    assert len(first["el"].translation.asked_cues) == 4
    assert first["el"].translation.changed_cues is None
    asked, again = bench.run()
    assert asked == set()
    assert [one.cached for one in again.values()] == [True, True]
    assert again["el"].translation.changed_cues == ()


def test_a_changed_source_cue_asks_for_its_sentence_alone(bench):
    bench.run()
    changed = [*LINES[:2], "We open forty boxes.", LINES[3]]
    asked, report = bench.run(changed)
    assert {text.rstrip(".") for text in asked} == {"We open forty boxes"}
    for one in report.values():
        assert one.translation.asked == len(one.translation.asked_cues) == 1
        assert len(one.translation.changed_cues) == 1


@pytest.mark.parametrize("other", [{"audience": "children"}, {"resegment": True}])
def test_another_style_asks_for_nothing(bench, other):
    _, before = bench.run()
    asked, after = bench.run(**other)
    assert asked == set()
    assert not any(one.cached for one in after.values())
    assert before["el"].cues.key != after["el"].cues.key


def test_a_term_that_nobody_says_changes_no_artifact(bench):
    _, before = bench.run()
    asked, after = bench.run(aids=words(term("Willoughby", el="Γουίλομπι", ru="Уиллоби")))
    assert asked == set()
    assert all(one.cached for one in after.values())
    assert [one.cues for one in before.values()] == [one.cues for one in after.values()]


def test_a_term_redoes_its_own_sentence_in_its_own_language(bench):
    _, before = bench.run()
    aids = words(term("Margaret", el="Μάργκαρετ"))
    asked, after = bench.run(aids=aids)
    # The word by itself, and the sentence with a word in its place that the engine knows.
    assert all(len(text.split()) == 1 or text.startswith("Nobody told") for text in asked)
    assert after["ru"].cached
    assert after["ru"].cues == before["ru"].cues
    summary = after["el"].translation
    assert (summary.terms, summary.terms_honoured) == (1, 1)
    assert len(summary.changed_cues) == 1
    file = (bench.folder / "out" / "film.el.srt").read_text("utf-8")
    assert "Μάργκαρετ" in file


def test_an_engine_that_is_told_the_words_is_asked_again_for_the_sentence_they_stand_in(bench):
    bench.run(engine=Context())
    asked, report = bench.run(
        engine=Context(), aids=words(term("Margaret", el="Μάργκαρετ")), to=("el",)
    )
    assert any(text.startswith("Nobody told") for text in asked)
    assert not any("captain" in text or "boxes" in text for text in asked)
    assert len(report["el"].translation.asked_cues) == 1


def test_what_memory_has_is_not_asked_and_only_its_track_is_made_anew(bench):
    bench.run(to=("el",))
    aids = Aids(memory=Remembered(LINES[2], "Ανοίγουμε τρία κουτιά."))
    asked, report = bench.run(aids=aids, to=("el",))
    assert asked == set()
    summary = report["el"].translation
    assert (summary.from_memory, len(summary.changed_cues)) == (1, 1)
    elsewhere = Aids(memory=Remembered("Something else.", "Κάτι άλλο."))
    _, report = bench.run(aids=elsewhere, to=("el",))
    assert report["el"].cached


def test_one_language_that_fails_leaves_the_others_complete(bench):
    class Greekless(ScriptedTranslator):
        def translate(self, sentences, pair, ask=None):
            if pair.target == "el":
                raise RuntimeError("out of paper\nand ink")
            return super().translate(sentences, pair)

    report = translate_file(
        bench.localizer(Greekless()), bench.request(), Settings(home=bench.folder / "home")
    )
    assert [one.error for one in report.languages] == [
        "unexpected RuntimeError: out of paper",
        None,
    ]
    assert (bench.folder / "out" / "film.ru.srt").exists()


def test_the_plan_translates_and_writes_nothing(bench):
    engine = ScriptedTranslator()
    localizer, settings = bench.localizer(engine), Settings(home=bench.folder / "home")
    steps = plan_file(localizer, bench.request(), settings)
    assert [step.state for step in steps] == ["to do"] * 3
    assert engine.asked == []
    assert not (bench.folder / "out").exists()
    bench.run()
    steps = plan_file(localizer, bench.request(), settings)
    assert [step.state for step in steps] == ["stored already"] * 3


def test_the_files_text_and_times_are_kept_and_its_cues_answer_for_the_targets(bench):
    _, report = bench.run(to=("el",))
    title = open_file(bench.request(), Settings(home=bench.folder / "home"))
    assert (title.language, title.asset, title.media_id) == ("en", None, title.digest)
    file = (bench.folder / "out" / "film.el.srt").read_text("utf-8")
    assert greek("captain") in file
    assert "00:00:03,000 -->" in file
    assert report["el"].task_id is None


@pytest.mark.parametrize("damage", [b'{"digest": 1}', b"", b"[]"])
def test_an_unreadable_last_draft_is_none(bench, damage):
    bench.run(to=("el",))
    bench.store.damage("last-draft", damage)
    _, report = bench.run(to=("el",))
    assert report["el"].translation.changed_cues is None


class Queue:
    """Keeps what is parked; parking itself has its contract."""

    def __init__(self):
        self.drafts = []

    def park(self, draft):
        self.drafts.append(draft)
        return SimpleNamespace(task_id=f"t{len(self.drafts)}"), True


def test_a_draft_carries_the_project_it_was_asked_for_under(bench):
    queue = Queue()
    localizer = replace(bench.localizer(ScriptedTranslator()), review=Lazy(lambda: queue))
    request = bench.request(to=("el",), review=True, project="  The   Gate ")
    translate_file(localizer, request, Settings(home=bench.folder / "home"))
    assert {draft.project for draft in queue.drafts} == {"The Gate"}


def test_what_cannot_be_a_project_stops_before_any_work(bench):
    with pytest.raises(InvalidEditError, match="one line"):
        bench.request(project="two\nrows")
