"""Several threads at one engine."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from translate_fakes import ForgetfulTranslator, ScriptedTranslator, greek, pair, sentence

from translate.engines.batching import SharedTranslator
from translate.translator import PLAIN, Ask, Translation, UnsupportedPairError

TARGETS = ("fr", "de", "ja", "pt-BR")
TEXTS = [f"line number {number}" for number in range(10)]


class Multilingual(ScriptedTranslator):
    """Marks every answer with its language, and can be made to wait and to fail."""

    def __init__(self):
        super().__init__()
        self.rounds = []
        self.gate = threading.Event()
        self.gate.set()

    def translate_mixed(self, items, ask=PLAIN):
        self.gate.wait(10)
        self.rounds.append([(one.text, pair.target) for one, pair in items])
        if any(one.text == "poison" for one, _ in items):
            raise ValueError("poison")
        return tuple(Translation(text=f"{pair.target} {greek(one.text)}") for one, pair in items)


def ask_for(shared, target, texts, ask=PLAIN):
    return [
        one.text for one in shared.translate(list(map(sentence, texts)), pair("en", target), ask)
    ]


def in_threads(shared, jobs):
    """Each job in a thread of its own, all waiting while the engine is shut."""
    with ThreadPoolExecutor(len(jobs)) as pool:
        started = [pool.submit(ask_for, shared, *job) for job in jobs]
        while len(shared._waiting) < len(jobs):
            threading.Event().wait(0.001)
        shared._translator.gate.set()
        return started


def test_callers_that_wait_at_the_same_time_share_a_round_and_get_their_own():
    engine = Multilingual()
    shared = SharedTranslator(engine)
    engine.gate.clear()
    jobs = [(target, TEXTS) for target in TARGETS]
    for target, started in zip(TARGETS, in_threads(shared, jobs), strict=True):
        assert started.result() == [f"{target} {greek(text)}" for text in TEXTS]
    # The first came alone, all who came while it was busy go together.
    assert len(engine.rounds) <= 2
    assert sum(map(len, engine.rounds)) == len(TARGETS) * len(TEXTS)


def test_callers_that_ask_differently_are_served_apart():
    engine = Multilingual()
    shared = SharedTranslator(engine)
    engine.gate.clear()
    jobs = [("fr", TEXTS), ("de", TEXTS, Ask(attempt=1)), ("ja", TEXTS, Ask(attempt=1))]
    for (target, *_), started in zip(jobs, in_threads(shared, jobs), strict=True):
        assert started.result() == [f"{target} {greek(text)}" for text in TEXTS]
    together = [{target for _, target in one} for one in engine.rounds]
    assert all("fr" not in one or len(one) == 1 for one in together)


def test_an_error_is_its_callers_own():
    engine = Multilingual()
    shared = SharedTranslator(engine)
    engine.gate.clear()
    good, bad, other = in_threads(shared, [("fr", TEXTS), ("de", ["poison"]), ("ja", TEXTS)])
    with pytest.raises(ValueError, match="poison"):
        bad.result()
    assert good.result()[0].startswith("fr ")
    assert other.result()[0].startswith("ja ")
    assert ask_for(shared, "de", ["calm"]) == [f"de {greek('calm')}"]


def test_a_short_caller_does_not_wait_for_a_long_one():
    engine = Multilingual()
    shared = SharedTranslator(engine)
    engine.gate.clear()
    many = [f"line {number}" for number in range(2_000)]
    long, short = in_threads(shared, [("fr", many), ("de", ["hello"])])
    assert short.result() == [f"de {greek('hello')}"]
    assert long.result() == [f"fr {greek(text)}" for text in many]
    last = max(number for number, one in enumerate(engine.rounds) if ("hello", "de") in one)
    assert last < len(engine.rounds) - 1


def test_an_unserved_pair_is_refused_at_once_and_disturbs_nobody():
    engine = Multilingual()
    shared = SharedTranslator(engine)
    engine.gate.clear()
    with pytest.raises(UnsupportedPairError):
        shared.translate([sentence("hello")], pair("fr", "de"))
    assert engine.rounds == []


def test_engines_of_one_pair_at_a_time_are_asked_pair_by_pair():
    engine = ScriptedTranslator()
    shared = SharedTranslator(engine)
    assert ask_for(shared, "fr", TEXTS) == [greek(text) for text in TEXTS]
    assert engine.asked == [tuple(TEXTS)]


def test_an_engine_that_loses_a_sentence_is_asked_for_each_alone():
    assert ask_for(SharedTranslator(ForgetfulTranslator()), "fr", TEXTS) == [
        greek(text) for text in TEXTS
    ]


def test_an_interrupted_leader_leaves_the_engine_to_the_others():
    class Stopped(BaseException):
        pass

    class Interrupted(Multilingual):
        def translate_mixed(self, items, ask=PLAIN):
            if self.rounds == []:
                self.rounds.append([])
                raise Stopped
            return super().translate_mixed(items, ask)

    shared = SharedTranslator(Interrupted())
    with pytest.raises(Stopped):
        ask_for(shared, "fr", ["one"])
    assert shared._waiting == []
    assert ask_for(shared, "fr", ["two"]) == [f"fr {greek('two')}"]
