"""The chat endpoint that may translate, from ``POLYCUE_LLM_…`` environment variables."""

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from translate.engines.chat.endpoint import ReplyFormat


class LlmSettings(BaseSettings):
    """An OpenAI-compatible endpoint; without an address and a model there is none.

    Nothing is sent anywhere by setting these: a run has to ask for it, too (``--llm``).

    Attributes:
        base_url: Address with its version, such as ``http://127.0.0.1:11434/v1``.
        model: As the endpoint names it.
        api_key: Sent to that endpoint and to nobody else; never written down.
        allow_plain_http: Allow unencrypted requests to other machines.
        reply_format: How the endpoint is asked for JSON.
        renderings: Renderings asked of each sentence; each costs tokens.
        requests_at_once: Requests under way at the same time, for each language.
        timeout_seconds: How long one answer may take.
    """

    model_config = SettingsConfigDict(env_prefix="POLYCUE_LLM_", frozen=True, extra="ignore")

    base_url: str = ""
    model: str = ""
    api_key: SecretStr = SecretStr("")
    allow_plain_http: bool = False
    reply_format: ReplyFormat = ReplyFormat.JSON_SCHEMA
    renderings: int = Field(default=2, ge=1, le=8)
    requests_at_once: int = Field(default=4, ge=1, le=32)
    timeout_seconds: int = Field(default=300, ge=1)
