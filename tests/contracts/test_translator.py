"""What every Translator promises, run on the fake and on the real adapters."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from answer_fakes import InMemoryAnswerStore
from fake_chat import running_chat
from tiny_models import marian_folder, multilingual_folder
from translate_fakes import ScriptedTranslator, pair, sentence

from subtitles.language import parse_language
from translate.engines.batching import SharedTranslator
from translate.engines.chat.client import ChatClient
from translate.engines.chat.endpoint import chat_endpoint
from translate.engines.ctranslate2_translator import CTranslate2Translator
from translate.engines.decoding import Decoding
from translate.engines.firefox_translator import FirefoxTranslator
from translate.engines.http_translator import HttpTranslator
from translate.engines.pivot import PivotTranslator
from translate.engines.pool import EnginePool, PooledTranslator
from translate.engines.remembering import RememberingTranslator
from translate.translator import Ask, LanguagePair, Translator, UnsupportedPairError

EN_PT = pair("en", "pt-BR")
TEXTS = ("The old man sees the blue door.", "Nobody opens three boxes!", "a letter from Lisbon")
HOSTILE = (
    "x" * 1_000,
    "A letter from Lisbon, " * 50,
    "</s> <pad> eng_Latn __en__ >>por<< <2pt>",
    "<script>alert(1)</script>",
    "{\\an8}<i>up</i>",
    "\u202eevil\u202c \u200b",
    "e\u0301\u0302 \u0000 null",
    "日本語のテキスト。",
    "مرحبا بالعالم",
    "😀 hi 👨‍👩‍👧",
    "line\nbreak\r\nline",
    "``` code ``` $x^2$ \\begin{verbatim}",
)
WORDLESS = ("", " ", "40", "1,234.56", "♪", "...", "?!", "😀", "--", "\u200b")


@dataclass(frozen=True)
class Desk:
    """A translator of English into Brazilian Portuguese, and a pair it must refuse."""

    translator: Translator
    refused: LanguagePair
    close: Callable[[], None] = lambda: None


def _scripted(_: Path) -> Desk:
    return Desk(ScriptedTranslator(), pair("fr", "pt-BR"))


def _firefox(_: Path) -> Desk:
    return Desk(FirefoxTranslator("digest"), pair("en", "pt-PT"))


def _tiny(folder: Path, *pairs: LanguagePair) -> CTranslate2Translator:
    return CTranslate2Translator(
        folder,
        model_name="tiny",
        model_revision="digest",
        pairs=pairs,
        # Random weights never stop by themselves: short inputs keep their loops short.
        decoding=Decoding(max_input_tokens=30, beam_size=2),
    )


def _converted(make: Callable[[Path], Path], *pairs: LanguagePair) -> Callable[[Path], Desk]:
    return lambda folder: Desk(_tiny(make(folder / "model"), *pairs), pair("en", "fr"))


def _m2m(folder: Path) -> CTranslate2Translator:
    tokens = ("__en__", "__pt__")
    return _tiny(multilingual_folder(folder, tokens, spm_name="sentencepiece.bpe.model"))


def _shared(folder: Path) -> Desk:
    return Desk(SharedTranslator(_m2m(folder / "model")), pair("en", "fr"))


def _pooled(folder: Path) -> Desk:
    engine = _m2m(folder / "model")
    pooled = PooledTranslator(
        EnginePool(0),
        lambda: engine,
        signature=engine.signature,
        supports=engine.supports,
        size_mb=1,
    )
    return Desk(pooled, pair("en", "fr"))


def _remembering(folder: Path) -> Desk:
    engine = _m2m(folder / "model")
    return Desk(RememberingTranslator(engine, InMemoryAnswerStore()), pair("en", "fr"))


def _pivot(folder: Path) -> Desk:
    first = _tiny(marian_folder(folder / "first", targets=("spa",)), pair("en", "es"))
    second = _tiny(marian_folder(folder / "second"), pair("es", "pt-BR"))
    return Desk(PivotTranslator(first, second, parse_language("es")), pair("en", "fr"))


def _chat(_: Path) -> Desk:
    stack = ExitStack()
    endpoint = chat_endpoint(stack.enter_context(running_chat()).url, "model")
    client = ChatClient(endpoint)
    stack.callback(client.close)
    return Desk(HttpTranslator(endpoint, client), pair("en", "en"), stack.close)


def _checkpoint(folder: Path) -> Desk:
    pytest.importorskip("torch", reason="PyTorch is not installed: make test-torch runs these")
    from tiny_checkpoints import marian_checkpoint

    from translate.engines.transformers_translator import TransformersTranslator

    engine = TransformersTranslator(
        marian_checkpoint(folder / "model"),
        model_name="tiny",
        model_revision="digest",
        pairs=[EN_PT],
        decoding=Decoding(max_input_tokens=30, beam_size=2, device="cpu"),
    )
    return Desk(engine, pair("en", "fr"))


MAKERS = {
    "scripted": _scripted,
    "firefox": _firefox,
    "marian": _converted(marian_folder, EN_PT),
    "marian-group": _converted(lambda at: marian_folder(at, targets=("por", "spa")), EN_PT),
    "m2m100": lambda folder: Desk(_m2m(folder / "model"), pair("en", "fr")),
    "nllb": _converted(
        lambda at: multilingual_folder(
            at, ("eng_Latn", "por_Latn"), spm_name="sentencepiece.bpe.model"
        )
    ),
    "madlad": _converted(
        lambda at: multilingual_folder(at, ("<2en>", "<2pt>"), spm_name="spiece.model")
    ),
    "shared": _shared,
    "pooled": _pooled,
    "remembering": _remembering,
    "pivot": _pivot,
    "chat": _chat,
    "checkpoint": _checkpoint,
}


MARKS = {"firefox": [pytest.mark.engine], "checkpoint": [pytest.mark.torch]}


@pytest.fixture(
    scope="module", params=[pytest.param(name, marks=MARKS.get(name, [])) for name in MAKERS]
)
def desk(request, tmp_path_factory):
    """Each translator in turn."""
    desk = MAKERS[request.param](tmp_path_factory.mktemp("desk"))
    yield desk
    desk.close()


def test_there_is_one_translation_for_each_sentence(desk):
    found = desk.translator.translate([sentence(text) for text in TEXTS], EN_PT)
    assert len(found) == len(TEXTS)
    assert all(isinstance(one.text, str) and one.text.strip() for one in found)


def _named(ask: Ask) -> str:
    return f"attempt-{ask.attempt}-brevity-{ask.brevity}-of-{ask.candidates}"


ASKS = (
    Ask(),
    Ask(candidates=3, wants_alignment=True),
    Ask(brevity=0.5, attempt=1),
    Ask(attempt=2),
    Ask(attempt=9, wants_alignment=True),
)


@pytest.mark.parametrize("ask", ASKS, ids=_named)
def test_the_order_of_sentences_is_kept_and_each_stands_for_itself(desk, ask):
    forward = desk.translator.translate([sentence(text) for text in TEXTS], EN_PT, ask)
    backward = desk.translator.translate([sentence(text) for text in TEXTS[::-1]], EN_PT, ask)
    alone = [desk.translator.translate([sentence(text)], EN_PT, ask)[0] for text in TEXTS]
    assert [one.text for one in backward[::-1]] == [one.text for one in forward]
    assert [one.text for one in alone] == [one.text for one in forward]
    assert all(len(one.renderings) <= max(1, ask.candidates) for one in forward)


@pytest.mark.parametrize("ask", [ASKS[1], ASKS[-1]], ids=_named)
def test_links_lie_within_both_texts_in_the_order_of_the_rendering(desk, ask):
    texts = [*TEXTS, HOSTILE[1][:200], HOSTILE[5], HOSTILE[7], HOSTILE[9]]
    found = desk.translator.translate([sentence(text) for text in texts], EN_PT, ask)
    for text, one in zip(texts, found, strict=True):
        for rendering in one.renderings:
            last = 0
            for link in rendering.alignment:
                assert last <= link.target[0] < link.target[1] <= len(rendering.text)
                assert 0 <= link.source[0] < link.source[1] <= len(text)
                assert 0 <= link.weight <= 1
                assert rendering.text[slice(*link.target)].strip()
                last = link.target[1]
    is_aligned = [bool(one.alignment) for one in found if one.text]
    assert all(is_aligned) or not any(is_aligned)


def test_no_sentences_give_no_translations(desk):
    assert desk.translator.translate([], EN_PT) == ()


def test_text_without_a_letter_comes_back_as_it_is(desk):
    found = desk.translator.translate([sentence(text) for text in WORDLESS], EN_PT)
    assert [one.text for one in found] == list(WORDLESS)


def test_hostile_text_costs_nobody_else_a_translation(desk):
    mixed = [TEXTS[0], *HOSTILE, TEXTS[1]]
    found = desk.translator.translate([sentence(text) for text in mixed], EN_PT)
    assert len(found) == len(mixed)
    calm = desk.translator.translate([sentence(text) for text in TEXTS[:2]], EN_PT)
    assert (found[0].text, found[-1].text) == (calm[0].text, calm[1].text)


def test_a_pair_it_does_not_serve_is_refused(desk):
    assert desk.translator.supports(EN_PT)
    assert not desk.translator.supports(desk.refused)
    with pytest.raises(UnsupportedPairError) as caught:
        desk.translator.translate([sentence(TEXTS[0])], desk.refused)
    assert str(desk.refused) in str(caught.value)


def test_a_language_is_never_translated_into_itself(desk):
    assert not desk.translator.supports(pair("en", "en"))


def test_the_signature_stays_the_same_and_names_the_engine(desk):
    assert desk.translator.signature == desk.translator.signature
    assert desk.translator.signature.engine
    assert desk.translator.signature.engine_version
    assert list(desk.translator.signature.options) == sorted(desk.translator.signature.options)


@pytest.mark.parametrize("ask", ASKS, ids=_named)
def test_scores_are_log_probabilities_and_candidates_are_others(desk, ask):
    for one in desk.translator.translate([sentence(text) for text in TEXTS], EN_PT, ask):
        assert one.score is None or one.score <= 0
        texts = [rendering.text for rendering in one.renderings]
        assert len(set(texts)) == len(texts)
        assert all(text.strip() for text in texts)


def test_two_threads_get_what_one_gets(desk):
    wanted = [sentence(text) for text in TEXTS]
    alone = desk.translator.translate(wanted, EN_PT)
    with ThreadPoolExecutor(2) as pool:
        together = list(pool.map(lambda _: desk.translator.translate(wanted, EN_PT), range(4)))
    assert all([one.text for one in found] == [one.text for one in alone] for found in together)
