"""BLEU and chrF of translations: the figures that sacreBLEU makes, under their signatures."""

import pytest
import sacrebleu

from subtitles.language import parse_language
from translate.scoring.likeness import Segment, bleu, chrf, word_rule

SEGMENTS = [
    Segment(shown="Der Hund läuft heim.", wanted="Der Hund läuft nach Hause."),
    Segment(shown="", wanted="Niemand fragt mich."),
    Segment(shown="Ja.", wanted="Ja."),
]
GERMAN = parse_language("de")


def test_the_figures_are_those_of_the_bare_library():
    shown, wanted = ([getattr(one, side) for one in SEGMENTS] for side in ("shown", "wanted"))
    assert chrf(SEGMENTS).score == round(sacrebleu.corpus_chrf(shown, [wanted]).score, 2)
    assert bleu(SEGMENTS, GERMAN).score == round(sacrebleu.corpus_bleu(shown, [wanted]).score, 2)


@pytest.mark.parametrize(
    ("tag", "rule"),
    [
        ("de", "13a"),
        ("zh-Hant", "zh"),
        ("yue", "zh"),
        ("ja", "char"),
        ("ko", "char"),
        ("th", "char"),
    ],
)
def test_the_signature_says_how_words_were_found(tag, rule):
    language = parse_language(tag)
    assert word_rule(language) == rule
    assert f"tok:{rule}|" in bleu(SEGMENTS, language).signature


def test_text_without_spaces_is_compared_by_its_characters():
    near = [Segment(shown="你好世界朋友们啊", wanted="你好世界朋友们")]
    assert bleu(near, parse_language("zh")).score > 60
    assert bleu(near, parse_language("de")).score < 1
