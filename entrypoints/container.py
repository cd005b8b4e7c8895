"""The container: each line reads port = adapter, and this is the only place that knows them all.

Rule 1: nothing connects here; `lifespan` opens and closes.
Rule 2: a part without a key has a stand-in; `Settings.for_calls` refuses to start where that must not be.
"""

import os
from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Literal, cast
from zoneinfo import ZoneInfo

from dependency_injector import containers, providers
from dependency_injector.providers import Provider
from openai import AsyncOpenAI

from adapters.asterisk.absent import AbsentSwitchboard
from adapters.asterisk.ari import AsteriskSwitchboard
from adapters.audiosocket.claims import Claims, InMemoryClaims
from adapters.audiosocket.server import AudioSocketServer
from adapters.audiosocket.server import Limits as ServerLimits
from adapters.files.journal import FolderJournal
from adapters.google.channel import Channels
from adapters.google.clauses import ClauseCache
from adapters.google.recognizer import MODELS, GoogleRecognizer, speech_host
from adapters.google.synthesizer import TTS_HOST, GoogleSynthesizer
from adapters.ledger.sqlite import SqliteLedger
from adapters.llm.anthropic import AnthropicModel
from adapters.llm.clients import anthropic_client, openai_client
from adapters.llm.failover import FailoverModel, NamedModel
from adapters.llm.openai_compatible import OpenAICompatibleModel
from adapters.memory.archive import InMemoryArchive
from adapters.memory.knowledge import InMemoryKnowledge
from adapters.memory.trials import InMemoryTrialRegister
from adapters.metrics.calls import CallMetrics
from adapters.metrics.engine import EngineMetrics
from adapters.metrics.models import ModelMetrics
from adapters.metrics.shared import MetricsFile, registry_of_process
from adapters.metrics.speech import SpeechMetrics
from adapters.metrics.store import StoreMetrics
from adapters.offline.espeak import EspeakSynthesizer
from adapters.offline.pocketsphinx_recognizer import PocketsphinxRecognizer
from adapters.offline.rule_model import RuleModel
from adapters.postgres.archive import PostgresArchive
from adapters.postgres.database import Database
from adapters.postgres.ledger import PostgresLedger
from adapters.redis.journal import RedisJournal
from adapters.redis.live import RedisBoard, RedisCommands
from adapters.redis.trials import RedisTrialRegister
from adapters.store.client import StoreClient
from adapters.vad.model import SileroModel
from adapters.vad.silero import SileroVoiceActivity
from adapters.whisper.recognizer import WhisperRecognizer
from application.calls.announcements import Announcements
from application.calls.assistant import AssistantFactory
from application.calls.carry_journal import CarryJournal
from application.calls.conduct_call import CallParts, ConductCall
from application.calls.hints import CatalogHints
from application.calls.keep_journal import KeepJournal
from application.calls.obey_commands import ObeyCommands
from application.calls.recall_calls import RecallCalls
from application.calls.recognizer_by_caller import RecognizerByCaller
from application.calls.shop_assistant import ShopAssistant
from application.calls.show_calls import ShowCalls
from application.calls.trials import TrialAssistant, Trials, TrialSwitchboard
from application.ports.calls import CallHistory
from application.ports.knowledge import Knowledge
from application.ports.language import LanguageModel
from application.ports.operations import CallObserver
from application.ports.records import Ledger
from application.ports.shop import Shop
from application.ports.speech import SpeechRecognizer, SpeechSynthesizer, VoiceActivity
from application.ports.telephony import Switchboard
from application.ports.trials import TrialRegister
from domain.limits import Limits
from domain.phrases import PHRASES, Language, Phrases
from domain.rollout import whisper_chosen
from entrypoints.call_log import CallLog, log_not_recalled, log_obeyed
from entrypoints.observers import Together
from entrypoints.prices import prices_of
from entrypoints.settings import Settings, ledger_file, metrics_folder

_KYIV = ZoneInfo("Europe/Kyiv")
_BRISK = 205
"""Words a minute of the offline voice: nobody listens to a demonstration for long."""
_LEDGER_SECONDS = 2.0  # a caller waits for it
_AN_HOUR_OF_EACH_PART = (3, 8, 13, 20)


def _language(settings: Settings) -> Language:
    """The offline ear knows English only."""
    return "en" if settings.speech_is_offline else cast(Language, settings.call_language)


def _names(settings: Settings, phrases: Phrases) -> dict[str, str]:
    return {"shop": settings.shop_name or phrases.shop, "agent": settings.greeting_agent_name or phrases.agent}


def _now() -> datetime:
    return datetime.now(_KYIV)


def _today() -> date:
    return _now().date()


def _greeting_now(phrases: Phrases, names: dict[str, str]) -> str:
    return phrases.greeting(_now().hour, **names)


def _texts(phrases: Phrases, names: dict[str, str]) -> tuple[str, ...]:
    greetings = (phrases.greeting(hour, **names) for hour in _AN_HOUR_OF_EACH_PART)
    return (*greetings, *phrases.fixed())


def _limits(settings: Settings) -> Limits:
    return Limits(
        call_seconds=settings.call_max_minutes * 60,
        turn_seconds=settings.turn_timeout_seconds,
        tool_seconds=settings.tool_timeout_seconds,
        tool_rounds=settings.tool_rounds_per_turn,
        silence_seconds=settings.silence_prompt_seconds,
        filler_after_seconds=settings.filler_after_seconds,
        filler_repeat_seconds=settings.filler_repeat_seconds,
        considered=Limits().considered if settings.speculative_replies else 0,
    )


def _speech_models(first: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((first, *MODELS)))


def _recognition(settings: Settings) -> str:
    if settings.speech_is_offline:
        return "offline"
    return "by_caller" if settings.whisper_percent else "google"


def _choice_of_whisper(settings: Settings) -> partial[bool]:
    provider = cast(Literal["google", "whisper"], settings.ff_stt_provider)
    return partial(whisper_chosen, provider, settings.ff_whisper_rollout_percent)


def _openai_client(settings: Settings, provider: str) -> AsyncOpenAI:
    key, url = getattr(settings, f"{provider}_api_key"), getattr(settings, f"{provider}_base_url")
    return openai_client(api_key=key, base_url=url)


def _models(settings: Settings) -> dict[str, AnthropicModel | OpenAICompatibleModel]:
    """The chosen language models, the first choice first."""
    models: dict[str, AnthropicModel | OpenAICompatibleModel] = {}
    for name in settings.language_providers:
        match name:
            case "openai" | "deepseek" | "gemini":
                client, model = _openai_client(settings, name), str(getattr(settings, f"{name}_model"))
                models[name] = OpenAICompatibleModel(client, provider=name, model=model)
            case _:
                models[name] = AnthropicModel(
                    anthropic_client(api_key=settings.anthropic_api_key, base_url=settings.anthropic_base_url),
                    model=settings.anthropic_model,
                )
    return models


def _failover(models: dict[str, AnthropicModel | OpenAICompatibleModel], watcher: ModelMetrics) -> FailoverModel:
    return FailoverModel([NamedModel(name, model) for name, model in models.items()], watcher=watcher)


def _journal_folder(settings: Settings, name: str) -> Path:
    return Path(settings.data_dir) / name


def _in_trials_too(assistant: AssistantFactory, trials: Trials) -> AssistantFactory:
    return partial(TrialAssistant, assistant=assistant, trials=trials)


def _as_shop(client: StoreClient) -> Shop:
    return client


class Container(containers.DeclarativeContainer):
    settings = providers.Dependency(instance_of=Settings)

    language = providers.Callable(_language, settings)
    phrases = providers.Callable(PHRASES.__getitem__, language)
    names = providers.Callable(_names, settings, phrases)
    texts: Provider[Sequence[str]] = providers.Callable(_texts, phrases, names)
    limits = providers.Callable(_limits, settings)
    prices = providers.Callable(prices_of, settings.provided.prices)

    registry = providers.Singleton(registry_of_process)
    metrics = providers.Singleton(CallMetrics, registry)
    store_metrics = providers.Singleton(StoreMetrics, registry)
    engine_metrics = providers.Singleton(EngineMetrics, registry)
    speech_metrics = providers.Singleton(SpeechMetrics, registry)
    model_metrics = providers.Singleton(ModelMetrics, registry, settings.provided.language_providers)
    metrics_file = providers.Singleton(
        MetricsFile,
        providers.Callable(metrics_folder, settings),
        providers.Callable(lambda: f"calls-{os.getpid()}"),
        registry,
    )

    store_client = providers.Singleton(
        StoreClient,
        url=settings.provided.store_api_url,
        key=settings.provided.store_api_key,
        attempt_seconds=settings.provided.store_api_timeout,
        on_response=store_metrics.provided.responded,
    )
    shop: Provider[Shop] = providers.Callable(_as_shop, store_client)
    database = providers.Singleton(Database, settings.provided.database_url, seconds=_LEDGER_SECONDS)
    ledger: Provider[Ledger] = providers.Selector(
        settings.provided.ledger,
        file=providers.Singleton(SqliteLedger, providers.Callable(ledger_file, settings)),
        database=providers.Singleton(PostgresLedger, database),
    )
    knowledge: Provider[Knowledge] = providers.Singleton(InMemoryKnowledge, language)
    hints = providers.Singleton(CatalogHints, shop, language)

    speech_channels = providers.Singleton(
        Channels,
        settings.provided.google_stt_endpoint,
        host=providers.Callable(speech_host, settings.provided.google_stt_location),
        project=settings.provided.google_project,
    )
    google_recognizer = providers.Singleton(
        GoogleRecognizer,
        speech_channels,
        language=settings.provided.google_stt_language_code,
        alternatives=settings.provided.google_stt_alternative_languages,
        location=settings.provided.google_stt_location,
        models=providers.Callable(_speech_models, settings.provided.google_stt_model),
        hints=hints,
        on_sent=speech_metrics.provided.sent,
    )
    whisper_recognizer = providers.Singleton(
        WhisperRecognizer,
        providers.Callable(_openai_client, settings, "whisper"),
        model=settings.provided.whisper_model,
        language=language,
    )
    recognizer_by_caller = providers.Singleton(
        RecognizerByCaller, google_recognizer, whisper_recognizer, providers.Callable(_choice_of_whisper, settings)
    )
    pocketsphinx_recognizer = providers.Singleton(PocketsphinxRecognizer)
    recognizer: Provider[SpeechRecognizer] = providers.Selector(
        providers.Callable(_recognition, settings),
        google=google_recognizer,
        by_caller=recognizer_by_caller,
        offline=pocketsphinx_recognizer,
    )

    voice_channels = providers.Singleton(
        Channels, settings.provided.google_tts_endpoint, host=TTS_HOST, project=settings.provided.google_project
    )
    clause_cache = providers.Singleton(
        ClauseCache,
        settings.provided.google_tts_voice,
        providers.Callable(str, settings.provided.google_tts_speaking_rate),
        directory=providers.Callable(Path, settings.provided.tts_cache_dir),
    )
    google_synthesizer = providers.Singleton(
        GoogleSynthesizer,
        voice_channels,
        voice=settings.provided.google_tts_voice,
        speaking_rate=settings.provided.google_tts_speaking_rate,
        cache=clause_cache,
    )
    espeak_synthesizer = providers.Singleton(
        EspeakSynthesizer,
        voice=providers.Callable({"uk": "uk", "en": "en-us+f3"}.__getitem__, language),
        words_per_minute=providers.Object(_BRISK),
    )
    synthesizer: Provider[SpeechSynthesizer] = providers.Selector(
        providers.Callable(lambda offline: "offline" if offline else "google", settings.provided.speech_is_offline),
        google=google_synthesizer,
        offline=espeak_synthesizer,
    )
    announcements = providers.Singleton(Announcements, synthesizer, espeak_synthesizer)

    models = providers.Singleton(_models, settings)
    model: Provider[LanguageModel] = providers.Selector(
        providers.Callable(lambda offline: "offline" if offline else "real", settings.provided.model_is_offline),
        real=providers.Singleton(_failover, models, model_metrics),
        offline=providers.Singleton(RuleModel),
    )

    voice_activity: Provider[VoiceActivity] = providers.Singleton(SileroVoiceActivity, providers.Singleton(SileroModel))
    asterisk_switchboard = providers.Singleton(
        AsteriskSwitchboard,
        url=settings.provided.ari_url,
        user=settings.provided.ari_user,
        password=settings.provided.ari_password,
    )
    absent_switchboard: Provider[AbsentSwitchboard] = providers.Singleton(AbsentSwitchboard)
    redis_trial_register = providers.Singleton(RedisTrialRegister, settings.provided.redis_url)
    trial_register: Provider[TrialRegister] = providers.Selector(
        providers.Callable(lambda redis_url: "redis" if redis_url else "memory", settings.provided.redis_url),
        redis=redis_trial_register,
        memory=providers.Singleton(InMemoryTrialRegister),
    )
    trials = providers.Singleton(Trials, trial_register)
    exchange: Provider[Switchboard] = providers.Selector(
        providers.Callable(lambda absent: "absent" if absent else "asterisk", settings.provided.switchboard_is_absent),
        asterisk=asterisk_switchboard,
        absent=absent_switchboard,
    )
    switchboard: Provider[Switchboard] = providers.Singleton(TrialSwitchboard, exchange, trials)
    redis_journal = providers.Singleton(RedisJournal, settings.provided.redis_url)
    folder_journal = providers.Singleton(FolderJournal, providers.Callable(_journal_folder, settings, "journal"))
    refused_journal = providers.Singleton(FolderJournal, providers.Callable(_journal_folder, settings, "refused"))
    keep_journal = providers.Singleton(
        KeepJournal, providers.List(redis_journal, folder_journal), now=providers.Object(_now), language=language
    )
    carry_journal = providers.Singleton(
        CarryJournal, providers.List(folder_journal), redis_journal.provided.append, refused=refused_journal
    )
    board = providers.Singleton(RedisBoard, settings.provided.redis_url)
    show_calls = providers.Singleton(ShowCalls, board, now=providers.Object(_now))
    observer: Provider[CallObserver] = providers.Selector(
        providers.Callable(lambda redis_url: "recorded" if redis_url else "seen", settings.provided.redis_url),
        recorded=providers.Singleton(Together, providers.Singleton(CallLog), metrics, keep_journal, show_calls, trials),
        seen=providers.Singleton(Together, providers.Singleton(CallLog), metrics),
    )

    history: Provider[CallHistory] = providers.Selector(
        providers.Callable(lambda url: "kept" if url else "forgotten", settings.provided.database_url),
        kept=providers.Singleton(PostgresArchive, database),
        forgotten=providers.Singleton(InMemoryArchive),
    )
    recall_calls = providers.Singleton(
        RecallCalls, history, switchboard, now=providers.Object(_now), failed=providers.Object(log_not_recalled)
    )
    shop_assistant: Provider[AssistantFactory] = providers.Callable(
        partial,
        ShopAssistant,
        shop=shop,
        ledger=ledger,
        knowledge=knowledge,
        recall=recall_calls,
        language=language,
        shop_name=providers.Callable(lambda names: names["shop"], names),
        agent_name=providers.Callable(lambda names: names["agent"], names),
        now=providers.Object(_now),
    )
    assistant: Provider[AssistantFactory] = providers.Callable(_in_trials_too, shop_assistant, trials)

    conduct_call = providers.Singleton(
        ConductCall,
        providers.Factory(
            CallParts,
            recognizer=recognizer,
            voice_activity=voice_activity,
            synthesizer=synthesizer,
            model=model,
            switchboard=switchboard,
            announcements=announcements,
            observer=observer,
            assistant=assistant,
            phrases=phrases,
            limits=limits,
            language=language,
            today=providers.Object(_today),
            greeting=providers.Callable(partial, _greeting_now, phrases, names),
            prices=prices,
        ),
    )
    commands = providers.Singleton(RedisCommands, settings.provided.redis_url)
    obey_commands = providers.Singleton(
        ObeyCommands, commands, conduct_call, trials, obeyed=providers.Object(log_obeyed)
    )
    share_port: Provider[bool] = providers.Object(False)
    claims: Provider[Claims] = providers.Singleton(InMemoryClaims)
    server = providers.Singleton(
        AudioSocketServer,
        host=settings.provided.audiosocket_host,
        port=settings.provided.audiosocket_port,
        share_port=share_port,
        limits=providers.Factory(
            ServerLimits,
            most_calls=settings.provided.max_calls,
            most_connections=settings.provided.max_connections,
            uuid_deadline_seconds=settings.provided.uuid_deadline_seconds,
        ),
        claims=claims,
    )
