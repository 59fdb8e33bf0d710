"""OPUS-MT, M2M100, NLLB and MADLAD models through CTranslate2."""

from collections.abc import Collection
from pathlib import Path

from subtitles.signature import EngineSignature
from translate.engines.ctranslate2_model import open_model_folder
from translate.engines.ctranslate2_runner import ENGINE_VERSION, CTranslate2Runner
from translate.engines.decoding import Decoding
from translate.engines.sequence_translator import SequenceTranslator
from translate.engines.subword_tokenizers import load_tokenizer
from translate.translator import LanguagePair


class CTranslate2Translator(SequenceTranslator):
    """The Translator port on one converted model; safe to share between threads."""

    def __init__(
        self,
        model_dir: Path,
        *,
        model_name: str,
        model_revision: str,
        pairs: Collection[LanguagePair] = (),
        decoding: Decoding | None = None,
    ) -> None:
        """Loads the model and its tokenizer.

        Args:
            model_dir: Folder made by a CTranslate2 converter, with the tokenizer files.
            model_name: As in the registry, for the signature.
            model_revision: Digest or commit of the model, for the signature.
            pairs: What it serves: needed for OPUS-MT models, whose files do not say.
            decoding: How to translate; None takes the defaults.

        Raises:
            InvalidModelFolderError: for a folder that holds no known model.
            MissingTokenizerError: when its tokenizer is missing or damaged.
        """
        decoding = decoding or Decoding()
        folder = open_model_folder(model_dir, pairs)
        super().__init__(
            folder,
            load_tokenizer(model_dir),
            CTranslate2Runner(model_dir, decoding),
            signature=EngineSignature(
                engine="ctranslate2",
                engine_version=ENGINE_VERSION,
                model=model_name,
                model_revision=model_revision,
                options=decoding.options,
            ),
            decoding=decoding,
        )
