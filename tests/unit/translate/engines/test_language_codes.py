"""From BCP 47 to what models call languages."""

import tomllib
from importlib import resources

import pytest
from timed_text import language

from translate.engines.language_codes import (
    ModelFamily,
    has_language_tokens,
    is_language_token,
    language_token,
)

NLLB = {"eng_Latn", "por_Latn", "zho_Hans", "zho_Hant", "srp_Cyrl", "arb_Arab", "nob_Latn"}
M2M = {"__en__", "__pt__", "__zh__", "__no__", "__sr__", "__tl__", "__he__"}
MADLAD = {"<2en>", "<2pt>", "<2pt_PT>", "<2zh>", "<2zh_Hant>", "<2iw>"}
MARIAN = {">>por<<", ">>pt_BR<<", ">>zho_Hant<<", ">>spa<<", ">>fr<<"}


@pytest.mark.parametrize(
    ("family", "vocabulary", "tag", "expected"),
    [
        (ModelFamily.NLLB, NLLB, "en-GB", "eng_Latn"),
        (ModelFamily.NLLB, NLLB, "pt-BR", "por_Latn"),
        (ModelFamily.NLLB, NLLB, "pt-PT", None),
        (ModelFamily.NLLB, NLLB, "zh", "zho_Hans"),
        (ModelFamily.NLLB, NLLB, "zh-TW", "zho_Hant"),
        (ModelFamily.NLLB, NLLB, "sr", "srp_Cyrl"),
        (ModelFamily.NLLB, NLLB, "sr-Latn", None),
        (ModelFamily.NLLB, NLLB, "ar-EG", "arb_Arab"),
        (ModelFamily.NLLB, NLLB, "nb", "nob_Latn"),
        (ModelFamily.NLLB, NLLB, "fr", None),
        (ModelFamily.M2M100, M2M, "pt-BR", "__pt__"),
        (ModelFamily.M2M100, M2M, "nb", "__no__"),
        (ModelFamily.M2M100, M2M, "fil", "__tl__"),
        (ModelFamily.M2M100, M2M, "zh-Hant", None),
        (ModelFamily.M2M100, M2M, "sr-Latn", None),
        (ModelFamily.MADLAD, MADLAD, "pt-PT", "<2pt_PT>"),
        (ModelFamily.MADLAD, MADLAD, "pt-BR", "<2pt>"),
        (ModelFamily.MADLAD, MADLAD, "zh-HK", "<2zh_Hant>"),
        (ModelFamily.MADLAD, MADLAD, "he", "<2iw>"),
        (ModelFamily.MARIAN, MARIAN, "pt-BR", ">>pt_BR<<"),
        (ModelFamily.MARIAN, MARIAN, "pt", ">>por<<"),
        (ModelFamily.MARIAN, MARIAN, "pt-PT", None),
        (ModelFamily.MARIAN, MARIAN, "zh-Hant", ">>zho_Hant<<"),
        (ModelFamily.MARIAN, MARIAN, "fr", ">>fr<<"),
        (ModelFamily.MARIAN, {">>por<<", ">>pob<<"}, "pt-BR", ">>pob<<"),
        (ModelFamily.MARIAN, {">>cmn<<", ">>cmn_Hans<<", ">>yue<<"}, "zh", ">>cmn_Hans<<"),
        (ModelFamily.MARIAN, {">>cmn<<", ">>cmn_Hant<<"}, "zh-TW", ">>cmn_Hant<<"),
    ],
)
def test_a_tag_finds_its_own_token_or_none(family, vocabulary, tag, expected):
    assert language_token(family, language(tag), vocabulary) == expected


@pytest.mark.parametrize(
    ("family", "vocabulary"),
    [
        (ModelFamily.NLLB, NLLB),
        (ModelFamily.M2M100, M2M),
        (ModelFamily.MADLAD, MADLAD),
        (ModelFamily.MARIAN, MARIAN),
    ],
)
def test_a_family_knows_its_own_language_tokens_and_no_others(family, vocabulary):
    for own, tokens in (
        (ModelFamily.NLLB, NLLB),
        (ModelFamily.M2M100, M2M),
        (ModelFamily.MADLAD, MADLAD),
        (ModelFamily.MARIAN, MARIAN),
    ):
        assert has_language_tokens(family, tokens) is (own is family)
        assert all(is_language_token(family, token) for token in tokens) is (own is family)
    assert not is_language_token(family, "▁word")


def test_every_code_of_the_table_stands_for_a_real_tag():
    tables = tomllib.loads(
        resources.files("translate.engines")
        .joinpath("language_codes.toml")
        .read_text(encoding="utf-8")
    )
    for code, name in tables["nllb"].items():
        assert language_token(ModelFamily.NLLB, language(code), {name}) == name
        assert language_token(ModelFamily.MARIAN, language(code), {f">>{code}<<"}) == f">>{code}<<"
    for region in tables["refused"]["regions"]:
        assert language(region) == region
