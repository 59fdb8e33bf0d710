"""OPUS-MT, M2M100, NLLB and MADLAD checkpoints as they are, through transformers and PyTorch.

For models that nobody has converted yet, and to compare a conversion with. It needs the extra named
torch, and is several times slower than the same model converted (`polycue models convert`).
"""

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from subtitles.signature import EngineSignature
from translate.engines.checkpoint import open_checkpoint
from translate.engines.decoding import Decoding
from translate.engines.sequence_translator import SequenceTranslator
from translate.engines.subword_tokenizers import load_tokenizer
from translate.engines.transformers_runner import ENGINE_VERSION, TransformersRunner, number_type
from translate.translator import LanguagePair


class TransformersTranslator(SequenceTranslator):
    """The Translator port on one checkpoint; safe to share between threads, which take turns."""

    def __init__(
        self,
        checkpoint_dir: Path,
        *,
        model_name: str,
        model_revision: str,
        pairs: Collection[LanguagePair] = (),
        decoding: Decoding | None = None,
    ) -> None:
        """Loads the checkpoint and its tokenizer.

        Args:
            checkpoint_dir: Folder as transformers saves it, with the tokenizer files.
            model_name: For the signature.
            model_revision: Digest or commit of the model, for the signature.
            pairs: What it serves: needed for OPUS-MT models, whose files do not say.
            decoding: How to translate; None takes the defaults. Integer types become float32.

        Raises:
            InvalidCheckpointError: for a folder that holds no known checkpoint.
            MissingTokenizerError: when its SentencePiece files or tokenizer.json are not there.
        """
        decoding = decoding or Decoding()
        decoding = replace(decoding, compute_type=number_type(decoding.compute_type))
        checkpoint = open_checkpoint(checkpoint_dir, pairs)
        super().__init__(
            checkpoint.folder,
            load_tokenizer(checkpoint_dir),
            TransformersRunner(checkpoint, decoding),
            signature=transformers_signature(model_name, model_revision, decoding),
            decoding=decoding,
        )


def transformers_signature(
    model_name: str, model_revision: str, decoding: Decoding
) -> EngineSignature:
    """Libraries, model and what changes the output.

    Args:
        model_name: As registered, or of a folder.
        model_revision: Digest or commit.
        decoding: Its number type as PyTorch computes (`number_type`).
    """
    decoding = replace(decoding, compute_type=number_type(decoding.compute_type))
    return EngineSignature(
        engine="transformers",
        engine_version=ENGINE_VERSION,
        model=model_name,
        model_revision=model_revision,
        options=decoding.options,
    )
