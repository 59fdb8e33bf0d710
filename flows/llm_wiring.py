"""The chat endpoint of the settings as an engine."""

from flows.engines import LazyEngine
from flows.llm_settings import LlmSettings
from translate.engines.chat.endpoint import chat_endpoint
from translate.engines.chat.patience import Patience
from translate.errors import InvalidEndpointError
from translate.translator import Translator


def llm_engine(llm: LlmSettings, *, offline: bool) -> LazyEngine[Translator]:
    """The engine; nothing is sent before it is asked to translate.

    Args:
        llm: Which endpoint.
        offline: Whether only one on this machine will do.

    Raises:
        InvalidEndpointError: none is set, it may not be asked, or it is not on this machine.
    """
    # httpx takes a tenth of a second to import; a run without the endpoint does not pay it.
    from translate.engines.chat.client import ChatClient  # noqa: PLC0415 -- see above
    from translate.engines.http_translator import (  # noqa: PLC0415 -- see above
        HttpTranslator,
        chat_signature,
    )

    if not llm.base_url or not llm.model:
        raise InvalidEndpointError("none is set")
    endpoint = chat_endpoint(
        llm.base_url,
        llm.model,
        reply_format=llm.reply_format,
        max_renderings=llm.renderings,
        allow_plain_http=llm.allow_plain_http,
    )
    if offline and not endpoint.is_on_this_machine:
        raise InvalidEndpointError("it is another machine, and POLYCUE_OFFLINE is set")

    def opened() -> Translator:
        client = ChatClient(
            endpoint,
            llm.api_key.get_secret_value().strip(),
            patience=Patience(answer_s=llm.timeout_seconds),
        )
        return HttpTranslator(endpoint, client, requests_at_once=llm.requests_at_once)

    return LazyEngine(chat_signature(endpoint), opened)
