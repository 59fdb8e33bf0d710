"""How training fails: pairs that cannot be read, models and runs that cannot be used."""

from subtitles.errors import BusyError, FormatError, LanguageError, ModelError


class MalformedPairsError(FormatError):
    """A file of sentence pairs with a line that cannot be one."""

    def __init__(self, path: str, line: int, why: str) -> None:
        super().__init__(path, line, why)
        self.path, self.line, self.why = path, line, why

    def __str__(self) -> str:
        return (
            f"{self.path}, line {self.line}: {self.why}; a line is SOURCE, tab, TRANSLATION in "
            "UTF-8, or LANGUAGE, tab, SOURCE, tab, TRANSLATION"
        )


class TooFewPairsError(FormatError):
    """Nothing worth training on is left after sifting."""

    def __init__(self, kept: int, wanted: int) -> None:
        super().__init__(kept, wanted)
        self.kept, self.wanted = kept, wanted

    def __str__(self) -> str:
        return (
            f"only {self.kept} sentence pairs are left after sifting: at least {self.wanted} are "
            "needed; see the counts above for why the others were left out"
        )


class InvalidStartModelError(ModelError):
    """A folder that training cannot start from."""

    def __init__(self, folder: str, why: str) -> None:
        super().__init__(folder, why)
        self.folder, self.why = folder, why

    def __str__(self) -> str:
        return (
            f"{self.folder} is no Marian model to start from ({self.why}): give a folder with "
            "config.json, its weights, source.spm, target.spm and vocab.json"
        )


class UnnamedLanguageError(LanguageError):
    """Pairs into a language that a model of several targets has no token for."""

    def __init__(self, language: str, named: tuple[str, ...]) -> None:
        super().__init__(language, named)
        self.language, self.named = language, named

    def __str__(self) -> str:
        return (
            f"the model has no token for {self.language}, only {', '.join(self.named[:20])}: "
            "leave these pairs out or start from another model"
        )


class MixedLanguagesError(LanguageError):
    """Pairs into several languages for a model that cannot be told which one is wanted."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        super().__init__(languages)
        self.languages = languages

    def __str__(self) -> str:
        return (
            f"the model to start from knows one target language, the pairs are into "
            f"{', '.join(self.languages[:20])}: give pairs of one language"
        )


class BusyRunError(BusyError):
    """A run that another process is training."""

    def __init__(self, folder: str) -> None:
        super().__init__(folder)
        self.folder = folder

    def __str__(self) -> str:
        return f"{self.folder} is being trained by another process: wait for it or stop it"


class InvalidRunError(ModelError):
    """A run folder that is not prepared, damaged, or made from other data than its checkpoint."""

    def __init__(self, folder: str, why: str) -> None:
        super().__init__(folder, why)
        self.folder, self.why = folder, why

    def __str__(self) -> str:
        return (
            f"{self.folder} is no usable training run ({self.why}): make one with "
            "python -m translate.training prepare RUN PAIRS"
        )


class ExistingRunError(ModelError):
    """A run that would be made where something is already."""

    def __init__(self, folder: str) -> None:
        super().__init__(folder)
        self.folder = folder

    def __str__(self) -> str:
        return (
            f"{self.folder} exists already: name another folder, or go on with that run with "
            f"python -m translate.training train {self.folder}"
        )


class InvalidPlanError(ModelError):
    """A setting of training that makes no sense."""

    def __init__(self, name: str, value: float, why: str) -> None:
        super().__init__(name, value, why)
        self.name, self.value, self.why = name, value, why

    def __str__(self) -> str:
        return f"{self.name} {self.value} is no way to train: {self.why}"


class DivergedError(ModelError):
    """Training whose loss is no number any more."""

    def __init__(self, run: str, step: int) -> None:
        super().__init__(run, step)
        self.run, self.step = run, step

    def __str__(self) -> str:
        return (
            f"the loss of {self.run} is no number at step {self.step}: prepare it again with a "
            "lower --learning-rate; its last checkpoint is from before"
        )
