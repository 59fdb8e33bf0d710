"""Where words and phrases begin in scripts without spaces: the only home of ``budoux``.

Japanese, Chinese (simplified and traditional) and Thai. No model is known to us for Khmer, Lao and
Burmese: there a row breaks where the typesetting rules allow (`break_costs` beside this), possibly
inside a word.
"""

from collections.abc import Callable
from functools import cache
from itertools import accumulate
from typing import cast

import langcodes

from subtitles.language import LanguageTag

Splitter = Callable[[str], list[str]]
"""Cuts a text without spaces into phrases that, joined, are the text."""


@cache
def phrase_splitter(language: LanguageTag) -> Splitter | None:
    """The splitter of a language, None when there is none; loaded when first asked for.

    About 120,000 characters a second. Chinese without a script is taken for what is written in its
    territory: ``zh-TW`` is traditional, ``zh`` simplified.
    """
    likely = langcodes.Language.get(language).maximize()
    match (likely.language, likely.script):
        case ("ja", _):
            return _loaded("japanese")
        case ("th", _):
            return _loaded("thai")
        case ("zh" | "yue", "Hant"):
            return _loaded("traditional_chinese")
        case ("zh", _):
            return _loaded("simplified_chinese")
        case _:
            return None


@cache
def _loaded(model: str) -> Splitter:
    # Imported here: it costs more than all of this package, and most languages have spaces.
    import budoux  # noqa: PLC0415

    parser = getattr(budoux, f"load_default_{model}_parser")()
    return cast("Splitter", parser.parse)


def phrase_starts(text: str, language: LanguageTag) -> frozenset[int] | None:
    """Offsets in ``text`` at which a phrase begins, 0 among them; None without a splitter.

    A space always ends a phrase.
    """
    split = phrase_splitter(language)
    if split is None:
        return None
    starts: set[int] = set()
    offset = 0
    for run in text.split(" "):
        starts.update(accumulate(map(len, split(run)[:-1]), initial=offset))
        offset += len(run) + 1
    return frozenset(starts)
