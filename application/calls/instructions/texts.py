"""Which text the model is told, in the call's language: the common part first, the same byte for byte in all calls."""

from application.calls.instructions import english, ukrainian
from domain.phrases import Language
from domain.visit.visit import Flow

_COMMON: dict[Language, str] = {"uk": ukrainian.COMMON, "en": english.COMMON}
_FLOWS: dict[Language, dict[Flow, str]] = {"uk": ukrainian.FLOWS, "en": english.FLOWS}


def instructions(language: Language, *, shop: str, agent: str, flow: Flow = Flow.OPENING) -> str:
    return f"{_COMMON[language].format(shop=shop, agent=agent)}\n{_FLOWS[language][flow]}"
