"""Which parts the settings choose."""

from collections.abc import Mapping

import pytest

from adapters.asterisk.absent import AbsentSwitchboard
from adapters.asterisk.ari import AsteriskSwitchboard
from adapters.google.recognizer import GoogleRecognizer
from adapters.google.synthesizer import GoogleSynthesizer
from adapters.ledger.sqlite import SqliteLedger
from adapters.llm.failover import FailoverModel
from adapters.offline.espeak import EspeakSynthesizer
from adapters.offline.pocketsphinx_recognizer import PocketsphinxRecognizer
from adapters.offline.rule_model import RuleModel
from adapters.postgres.ledger import PostgresLedger
from application.calls.recognizer_by_caller import RecognizerByCaller
from entrypoints.container import Container
from entrypoints.settings import Settings

REAL = {
    "ANTHROPIC_API_KEY": "key",
    "GOOGLE_STT_ENDPOINT": "http://127.0.0.1:1",
    "GOOGLE_TTS_ENDPOINT": "http://127.0.0.1:1",
    "ARI_URL": "http://127.0.0.1:1",
}
WHISPER = {**REAL, "WHISPER_BASE_URL": "http://127.0.0.1:1/v1", "WHISPER_API_KEY": "key"}


def container(settings: Mapping[str, str]) -> Container:
    return Container(settings=Settings.from_env(settings))


def parts(settings: Mapping[str, str]) -> set[type]:
    chosen = container(settings)
    return {type(part()) for part in (chosen.recognizer, chosen.synthesizer, chosen.model, chosen.exchange)}


@pytest.mark.parametrize(
    ("settings", "chosen"),
    [
        ({}, {PocketsphinxRecognizer, EspeakSynthesizer, RuleModel, AbsentSwitchboard}),
        (REAL, {GoogleRecognizer, GoogleSynthesizer, FailoverModel, AsteriskSwitchboard}),
        (
            {**WHISPER, "FF_STT_PROVIDER": "whisper"},
            {RecognizerByCaller, GoogleSynthesizer, FailoverModel, AsteriskSwitchboard},
        ),
        (
            {**WHISPER, "FF_WHISPER_ROLLOUT_PERCENT": "5"},
            {RecognizerByCaller, GoogleSynthesizer, FailoverModel, AsteriskSwitchboard},
        ),
    ],
)
def test_each_part_is_the_one_that_the_settings_allow(settings: Mapping[str, str], chosen: set[type]) -> None:
    assert parts(settings) == chosen


def test_language_models_come_in_the_order_of_the_settings() -> None:
    keys = {f"{provider}_API_KEY": "key" for provider in ("OPENAI", "GEMINI")}
    routing = {**REAL, **keys, "FF_LLM_ROUTING_ENABLED": "true"}
    assert list(container(routing).models()) == ["anthropic", "openai", "gemini"]
    assert list(container({**routing, "LLM_AGENT_PROVIDERS": "gemini,anthropic"}).models()) == ["gemini", "anthropic"]
    assert list(container({**routing, "FF_LLM_ROUTING_ENABLED": "false"}).models()) == ["anthropic"]


def test_the_offline_ear_makes_the_call_english() -> None:
    assert container({}).language() == "en"
    assert container(REAL).language() == "uk"


def test_every_greeting_of_the_day_is_prepared_with_the_names_of_the_shop() -> None:
    texts = container({**REAL, "SHOP_NAME": "Шини Плюс", "GREETING_AGENT_NAME": "Марія"}).texts()
    greetings = [text for text in texts if "Шини Плюс" in text]
    assert len(set(greetings)) == 4
    assert all("Марія" in greeting for greeting in greetings)


def test_replies_are_considered_early_unless_the_settings_forbid_it() -> None:
    assert container(REAL).limits().considered > 0
    assert container({**REAL, "SPECULATIVE_REPLIES": "false"}).limits().considered == 0


def test_what_must_not_be_forgotten_is_in_a_file_of_this_machine_unless_the_settings_say_database() -> None:
    assert isinstance(container({}).ledger(), SqliteLedger)
    in_database = container({"LEDGER": "database", "DATABASE_URL": "postgresql://127.0.0.1:1/none"})
    assert isinstance(in_database.ledger(), PostgresLedger)


def test_a_part_is_made_once() -> None:
    chosen = container(REAL)
    assert chosen.synthesizer() is chosen.google_synthesizer()
    assert chosen.conduct_call() is chosen.conduct_call()
