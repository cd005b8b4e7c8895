"""The models of each provider, against the emulator."""

from collections.abc import Callable

from adapters.llm.anthropic import AnthropicModel
from adapters.llm.clients import anthropic_client, openai_client
from adapters.llm.openai_compatible import OpenAICompatibleModel
from tests.harness.llm import LanguageEmulator

KEY = "sk-very-secret-4711"

Model = AnthropicModel | OpenAICompatibleModel


def anthropic(emulator: LanguageEmulator) -> Model:
    return AnthropicModel(anthropic_client(api_key=KEY, base_url=emulator.url), model="claude-test")


def openai(emulator: LanguageEmulator) -> Model:
    client = openai_client(api_key=KEY, base_url=emulator.openai_url)
    return OpenAICompatibleModel(client, provider="openai", model="gpt-test")


def deepseek(emulator: LanguageEmulator) -> Model:
    client = openai_client(api_key=KEY, base_url=emulator.url)
    return OpenAICompatibleModel(client, provider="deepseek", model="deepseek-test")


def gemini(emulator: LanguageEmulator) -> Model:
    client = openai_client(api_key=KEY, base_url=emulator.gemini_url)
    return OpenAICompatibleModel(client, provider="gemini", model="gemini-test")


PROVIDERS: dict[str, Callable[[LanguageEmulator], Model]] = {
    "anthropic": anthropic,
    "openai": openai,
    "deepseek": deepseek,
    "gemini": gemini,
}
