"""Whose model thinks for the agent."""

from pytest_bdd import given, parsers, then

from adapters.llm.anthropic import AnthropicModel
from adapters.llm.clients import anthropic_client, openai_client
from adapters.llm.openai_compatible import OpenAICompatibleModel
from application.ports.language import LanguageModel
from features.desk import Desk
from features.shop import OpenShop
from tests.harness.llm import LanguageEmulator
from tests.harness.rule_answers import RuleAnswers

_KEY = "key-of-the-model"
_PATHS = {"Anthropic": "/v1/messages", "OpenAI": "/v1/chat/completions"}


@given(parsers.parse("за агента думає модель {provider}"), target_fixture="provider")
def _(desk: Desk, shop: OpenShop, provider: str) -> LanguageEmulator:
    """The provider is emulated; what its model says is what the rules say to the messages that it gets."""
    emulator = LanguageEmulator()
    emulator.answer_with(RuleAnswers(emulator))
    desk.enter(emulator)
    shop.model.rules = desk.do(_model, provider, emulator)
    return emulator


@then(parsers.parse("розмову вела модель {name}"))
def _(provider: LanguageEmulator, name: str) -> None:
    assert {asked.path for asked in provider.requests} == {_PATHS[name]}
    assert not provider.violations, provider.violations


def _model(provider: str, emulator: LanguageEmulator) -> LanguageModel:
    if provider == "Anthropic":
        return AnthropicModel(anthropic_client(api_key=_KEY, base_url=emulator.url), model="claude")
    return OpenAICompatibleModel(
        openai_client(api_key=_KEY, base_url=emulator.openai_url), provider="openai", model="gpt"
    )
