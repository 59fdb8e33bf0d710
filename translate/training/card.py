"""The model card that travels in a model's folder: what it is, on what trained, how good."""

import re
from collections.abc import Mapping
from pathlib import Path

from translate.training.evaluation import Scores
from translate.training.plan import Plan
from translate.training.progress import Progress
from translate.training.provenance import Provenance

CARD_FILE = "README.md"
_SCORES = "## Scores"
_NEW = """\
# A small translation model

Starter: expect heavy editing. It is meant for trying things out and for tests, not for release
without a linguist who reads every line.
"""
_FINE_TUNED = """\
# A fine-tuned translation model

Drafts for a linguist who reads every line. The licence and the limits of the model it was made from
still hold.
"""


def model_card(provenance: Provenance, plan: Plan, progress: Progress) -> str:
    """The card of a model that was just converted; its scores are still to be measured."""
    pairs = sum(provenance.pairs.values())
    by_language = ", ".join(f"{code} {count:,}" for code, count in provenance.pairs.items())
    head, made = (_FINE_TUNED, "Fine-tuned") if provenance.fine_tuned else (_NEW, "Trained")
    return f"""{head}
- Architecture: Marian (Transformer), CTranslate2, int8.
- {made} on {pairs:,} sentence pairs ({by_language}), {progress.pieces:,} target pieces in
  {progress.steps:,} steps of up to {plan.batch_tokens:,} tokens; the weights are a moving average.
- A model of several targets is told the language by a token before the source, such as `>>es<<`.
- Names, terms, long sentences and anything unlike its training text are where it fails first.

## Attribution

{provenance.attribution}

{_SCORES}

Not measured.
"""


def with_scores(card: str, scores: Mapping[str, Scores]) -> str:
    """The card with its scores replaced.

    Args:
        card: The text as it was.
        scores: By the name of the test set.
    """
    head = re.split(rf"^{_SCORES}$", card, maxsplit=1, flags=re.MULTILINE)[0].rstrip()
    return f"{head}\n\n{_SCORES}\n\n{score_table(scores)}"


def score_table(scores: Mapping[str, Scores]) -> str:
    """Scores as a Markdown table, and below it what exactly was computed."""
    rows = [
        f"| {name} | {one.sentences} | {one.chrf:.1f} | {one.bleu:.1f} |"
        for name, one in scores.items()
    ]
    signatures = sorted({signature for one in scores.values() for signature in one.signatures})
    return "\n".join(
        [
            "| test set | sentences | chrF | BLEU |",
            "|---|---|---|---|",
            *rows,
            "",
            *(f"- `{signature}`" for signature in signatures),
            "",
        ]
    )


def add_scores(scores: Mapping[str, Scores], folder: Path) -> None:
    """Replace the scores in a folder's card; a folder without one gets one of scores alone."""
    path = folder / CARD_FILE
    card = path.read_text(encoding="utf-8") if path.exists() else "# A translation model"
    write_card(with_scores(card, scores), folder)


def write_card(text: str, folder: Path) -> None:
    """Put the card into a model's folder."""
    (folder / CARD_FILE).write_text(text, encoding="utf-8")
