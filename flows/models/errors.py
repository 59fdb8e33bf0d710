"""What can go wrong with models; every kind ends the command line with the code of `ModelError`.

ModelError
├── MalformedRegistryError   a models.toml that cannot be trusted
├── MalformedPinsError       a pins.toml that cannot be read
├── UnknownModelError        a name that no registry has
├── NoSpeechModelError       a language that no model of the tier recognises
├── NonCommercialModelError  a licence that the settings do not allow
├── DamagedModelError        a file whose bytes are not the recorded ones
├── ModelNotHereError        not on this machine, and nothing may or can fetch it
├── UnpinnedModelError       a hub model without a commit
├── BadCommitError           a pin that is no full commit
└── ChangedModelError        a folder whose files were replaced during a run
"""

from subtitles.errors import ModelError


class MalformedRegistryError(ModelError):
    """A registry file that breaks the schema."""

    def __init__(self, file: str, why: str) -> None:
        super().__init__(file, why)
        self.file, self.why = file, why

    def __str__(self) -> str:
        return f"{self.file} is malformed: {self.why}; correct it or reinstall polycue"


class MalformedPinsError(ModelError):
    """A pin file that cannot be read."""

    def __init__(self, file: str, why: str) -> None:
        super().__init__(file, why)
        self.file, self.why = file, why

    def __str__(self) -> str:
        return f"{self.file} is malformed: {self.why}; correct it, or delete it and pin again"


class UnknownModelError(ModelError):
    """A name that no registry has."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(name, known)
        self.name, self.known = name, known

    def __str__(self) -> str:
        return f"there is no model {self.name[:60]!r}; the known ones are {', '.join(self.known)}"


class NoSpeechModelError(ModelError):
    """A language that no speech model of the tier recognises."""

    def __init__(self, language: str, tier: str, served_by: tuple[str, ...]) -> None:
        super().__init__(language, tier, served_by)
        self.language, self.tier, self.served_by = language, tier, served_by

    def __str__(self) -> str:
        advice = (
            f"try {', '.join(self.served_by)}" if self.served_by else "no registered model does"
        )
        return f"no speech model of tier {self.tier} recognises {self.language}; {advice}"


class NonCommercialModelError(ModelError):
    """A licence that forbids commercial use, without leave to use it."""

    def __init__(self, name: str, licence: str, substitutes: tuple[str, ...]) -> None:
        super().__init__(name, licence, substitutes)
        self.name, self.licence, self.substitutes = name, licence, substitutes

    def __str__(self) -> str:
        instead = f"use {' or '.join(self.substitutes)} instead, or " if self.substitutes else ""
        return (
            f"{self.name} is licensed {self.licence}, which forbids commercial use: {instead}"
            "set POLYCUE_ALLOW_NONCOMMERCIAL=true for work that is not commercial"
        )


class DamagedModelError(ModelError):
    """A file whose bytes are not the recorded ones; ``repair`` is the command that helps."""

    def __init__(self, name: str, file: str, expected: str, found: str, repair: str) -> None:
        super().__init__(name, file, expected, found, repair)
        self.name, self.file = name, file
        self.expected, self.found, self.repair = expected, found, repair

    def __str__(self) -> str:
        return (
            f"{self.name}: {self.file} is damaged (expected {self.expected}, found {self.found}); "
            f"repair it with `{self.repair}`"
        )


class ModelNotHereError(ModelError):
    """A model that is not on this machine and cannot be fetched now."""

    def __init__(self, name: str, why: str, advice: str) -> None:
        super().__init__(name, why, advice)
        self.name, self.why, self.advice = name, why, advice

    def __str__(self) -> str:
        return f"{self.name} is not on this machine ({self.why}); {self.advice}"


class UnpinnedModelError(ModelError):
    """A hub model without a commit."""

    def __init__(self, name: str, repository: str, pins_file: str) -> None:
        super().__init__(name, repository, pins_file)
        self.name, self.repository, self.pins_file = name, repository, pins_file

    def __str__(self) -> str:
        return (
            f"{self.name} has no pinned commit: choose one of {self.repository}, then run "
            f"`polycue models pin {self.name} COMMIT` (or write it into {self.pins_file})"
        )


class BadCommitError(ModelError):
    """A pin that is no full commit."""

    def __init__(self, name: str, commit: str) -> None:
        super().__init__(name, commit)
        self.name, self.commit = name, commit

    def __str__(self) -> str:
        return (
            f"{self.commit[:60]!r} is no full commit for {self.name}: "
            "give all 40 hexadecimal digits; a branch or tag can move"
        )


class ChangedModelError(ModelError):
    """A model folder whose files were replaced after the run began."""

    def __init__(self, folder: str) -> None:
        super().__init__(folder)
        self.folder = folder

    def __str__(self) -> str:
        return f"the model in {self.folder} was replaced during the run: run the command again"
