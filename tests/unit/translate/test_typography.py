"""How target languages print dashes, quotation marks and spaces."""

import tomllib
from importlib import resources

import pytest
from hypothesis import given
from timed_text import any_text, language

from translate.typography import allows_italics, typeset, with_dash


@pytest.mark.parametrize(
    ("tag", "text", "expected"),
    [
        ("pt-BR", '"Estou bem", disse.', "“Estou bem”, disse."),
        ("pt-PT", '"Estou bem", disse.', "«Estou bem», disse."),
        ("fr", 'Il dit : "Quoi ?"', "Il dit\u00a0: «\u00a0Quoi\u00a0?\u00a0»"),
        ("fr", "Quoi?!", "Quoi\u00a0?!"),
        ("fr", "Il est 10:30.", "Il est 10:30."),
        ("fr-CA", "Quoi?", "Quoi?"),
        ("de", 'Er sagt: "Ja."', "Er sagt: „Ja.“"),
        ("ja", '"はい"と"いいえ"', "「はい」と「いいえ」"),
        ("zh-TW", '"好"', "「好」"),
        ("pt-BR", 'aberto "só aqui', "aberto “só aqui"),
        ("pt-BR", 'e fechado aqui"', "e fechado aqui”"),
        ("pt-BR", "-Oi.", "- Oi."),
        ("en", "- Hi.", "-Hi."),
        ("en", "-5 degrees", "-5 degrees"),
        ("xh", '- "Molo"', "-“Molo”"),
    ],
)
def test_one_speaker(tag, text, expected):
    assert with_dash(typeset(text, language(tag)), language(tag)) == expected


@pytest.mark.parametrize(
    ("tag", "first", "second"),
    [("pt-BR", "- Oi.", "- Olá."), ("en", "-Oi.", "-Olá."), ("nl", "Oi.", "-Olá.")],
)
def test_two_speakers_have_the_languages_own_dashes(tag, first, second):
    assert with_dash("Oi.", language(tag), turn=0) == first
    assert with_dash("- Olá.", language(tag), turn=1) == second


def test_scripts_without_italics_say_so():
    assert allows_italics(language("pt-BR"))
    assert not allows_italics(language("ar"))
    assert not allows_italics(language("ja"))


def test_every_entry_of_the_table_can_be_used():
    table = tomllib.loads(
        resources.files("translate").joinpath("typography.toml").read_text(encoding="utf-8")
    )
    for name in table:
        if name != "general":
            assert with_dash(typeset('- "a"', language(name)), language(name), turn=1).startswith(
                ("-", "- ")
            )


@given(any_text(60))
def test_setting_text_keeps_every_letter(text):
    letters = [character for character in text if character.isalnum()]
    for tag in ("pt-BR", "fr", "ja", "nl"):
        found = with_dash(typeset(text, language(tag)), language(tag))
        assert [character for character in found if character.isalnum()] == letters
