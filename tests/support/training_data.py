"""Sentence pairs made of a few parts: little text that a very small model can learn."""

from itertools import product
from pathlib import Path

from subtitles.language import LanguageTag
from translate.training.pairs import SentencePair
from translate.training.plan import Plan, Shape
from translate.training.preparing import prepare

ES, DE = LanguageTag("es"), LanguageTag("de")
ATTRIBUTION = "Made of a few parts by the tests."
_WHO = (
    ("The old man", "El viejo", "Der alte Mann"),
    ("A woman", "Una mujer", "Eine Frau"),
    ("My brother's friend", "El amigo de mi hermano", "Der Freund meines Bruders"),
    ("The captain", "El capitán", "Der Kapitän"),
    ("Nobody", "Nadie", "Niemand"),
)
_DOES = (
    ("sees", "ve", "sieht"),
    ("opens", "abre", "öffnet"),
    ("forgets", "olvida", "vergisst"),
    ("is looking for", "busca", "sucht"),
)
_WHAT = (
    ("the blue door.", "la puerta azul.", "die blaue Tür."),
    ("a letter from Lisbon.", "una carta de Lisboa.", "einen Brief aus Lissabon."),
    ("three boxes!", "¡tres cajas!", "drei Kisten!"),
    ("what was lost.", "lo que se perdió.", "was verloren ging."),
    ("our city…", "nuestra ciudad…", "unsere Stadt…"),
)
PAIRS = tuple(
    SentencePair(
        source=" ".join(part[0] for part in parts),
        target=" ".join(part[place] for part in parts),
        language=language,
    )
    for parts in product(_WHO, _DOES, _WHAT)
    for place, language in ((1, ES), (2, DE))
)
TINY = Shape(
    width=32,
    inner_width=64,
    encoder_layers=1,
    decoder_layers=1,
    heads=2,
    max_positions=256,
    vocabulary=420,
)


def tiny_plan(**changes: float) -> Plan:
    """A few dozen steps of a network that fits in a hand."""
    settings = {
        "pieces": 8_000,
        "batch_tokens": 150,
        "learning_rate": 0.01,
        "warmup_steps": 40,
        "averaging": 0.9,
    }
    return Plan(shape=TINY, **{**settings, **changes})


def tiny_run(folder: Path, **changes: float) -> Path:
    """A prepared run over `PAIRS`."""
    prepare(folder, PAIRS, tiny_plan(**changes), attribution=ATTRIBUTION)
    return folder
