"""Every setting of the call engine, under the names of the deployment guide, with its default.

Rule 1: settings are read once, here, at the start; parts get plain values.
Rule 2: whoever deploys learns of everything that is wrong at once, one line each: what, why, cure.
Rule 3: a secret is shown by nothing, neither by `repr` nor in a message.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Self

from domain.errors import Misconfigured
from entrypoints.environment import choice, number, secret, switch, text, url, value_of, whole, words
from entrypoints.prices import prices_of

_FILL = "fill it in .env"
_SHORTEST_JWT_SECRET = 32
LANGUAGE_PROVIDERS = ("anthropic", "openai", "deepseek", "gemini")
DEFAULT_JWT_SECRETS = frozenset(
    {"change-me", "change_me", "changeme", "change-me-in-production", "default", "secret", "admin", "your-secret-key"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    # The language models.
    anthropic_api_key: str = secret()
    anthropic_model: str = text("claude-sonnet-4-5-20250929")
    anthropic_base_url: str = url("https://api.anthropic.com")
    ff_llm_routing_enabled: bool = switch(False)
    llm_agent_providers: tuple[str, ...] = words()
    openai_api_key: str = secret()
    openai_model: str = text("gpt-4o")
    openai_base_url: str = url("https://api.openai.com/v1")
    deepseek_api_key: str = secret()
    deepseek_model: str = text()
    deepseek_base_url: str = url("https://api.deepseek.com")
    gemini_api_key: str = secret()
    gemini_model: str = text("gemini-2.0-flash")
    gemini_base_url: str = url("https://generativelanguage.googleapis.com/v1beta/openai/")

    # Hearing and speaking.
    google_application_credentials: str = text()
    google_cloud_project: str = text()
    google_stt_endpoint: str = url()
    google_stt_location: str = text("global")
    google_stt_model: str = text("latest_long")
    google_stt_language_code: str = text("uk-UA")
    google_stt_alternative_languages: tuple[str, ...] = words("ru-RU")
    google_tts_endpoint: str = url()
    google_tts_voice: str = text("uk-UA-Standard-A")
    google_tts_speaking_rate: float = number(1.0, least=0.25, most=2.0)
    tts_cache_dir: str = text(".data/tts-cache")
    ff_stt_provider: str = choice("google", "whisper")
    ff_whisper_rollout_percent: int = whole(0, least=0, most=100)
    whisper_base_url: str = url()
    whisper_api_key: str = secret()
    whisper_model: str = text("whisper-1")

    # The shop, and what must not be forgotten.
    store_api_url: str = url()
    store_api_key: str = secret()
    store_api_timeout: float = number(5.0, least=0.1, most=30)
    data_dir: str = text(".data")

    # The switchboard and the line.
    ari_url: str = url()
    ari_user: str = text("callcenter")
    ari_password: str = secret()
    ari_operators: tuple[str, ...] = words()
    audiosocket_host: str = text("0.0.0.0")
    audiosocket_port: int = whole(9092, least=0, most=65_535)
    uuid_deadline_seconds: float = number(5.0, least=0.1, most=60)
    max_calls: int = whole(200, least=1, most=10_000)
    max_connections: int = whole(400, least=1, most=20_000)
    drain_seconds: float = number(120.0, least=0, most=3600)

    # The call.
    call_language: str = choice("uk", "en")
    greeting_agent_name: str = text()
    shop_name: str = text()
    call_max_minutes: float = number(30.0, least=0.1, most=240)
    turn_timeout_seconds: float = number(45.0, least=1, most=300)
    tool_timeout_seconds: float = number(15.0, least=0.1, most=120)
    tool_rounds_per_turn: int = whole(5, least=1, most=20)
    silence_prompt_seconds: float = number(15.0, least=1, most=300)
    filler_after_seconds: float = number(0.4, least=0.1, most=10)
    filler_repeat_seconds: float = number(8.0, least=1, most=60)
    speculative_replies: bool = switch(True)

    # The records, and who may look at them.
    ledger: str = choice("file", "database")
    database_url: str = secret()
    redis_url: str = secret()
    admin_username: str = text("admin")
    admin_password: str = secret()
    admin_jwt_secret: str = secret()

    # What providers take.
    prices: str = text()

    # What the operator sees.
    log_level: str = choice("INFO", "DEBUG", "WARNING", "ERROR")
    log_format: str = choice("json", "console")

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Self:
        """Read what is set, whatever it is enough for."""
        settings, problems = cls._read(environ)
        return settings._unless(problems)

    @classmethod
    def for_calls(cls, environ: Mapping[str, str]) -> Self:
        """Read the settings of an engine that answers real callers: every provider it is told to use has its key."""
        settings, problems = cls._read(environ)
        return settings._unless([*problems, *settings.missing_for_calls(), *settings.missing_for_ledger()])

    @classmethod
    def for_web(cls, environ: Mapping[str, str]) -> Self:
        """Read the settings of the pages: somebody can sign in, and nobody else."""
        settings, problems = cls._read(environ)
        return settings._unless([*problems, *settings.missing_for_web()])

    @classmethod
    def for_serving(cls, environ: Mapping[str, str]) -> Self:
        """Read the settings of an engine that answers real callers and of the pages beside it."""
        settings, problems = cls._read(environ)
        return settings._unless([*problems, *settings.missing_for_calls(), *settings.missing_for_web()])

    @classmethod
    def for_demo(cls, environ: Mapping[str, str]) -> Self:
        """Read the settings of the demo, where a stand-in takes the place of each part that has no key."""
        return cls.from_env(environ)

    @property
    def language_providers(self) -> tuple[str, ...]:
        """The language models for an agent's turn, the first choice first."""
        if not self.ff_llm_routing_enabled:
            return LANGUAGE_PROVIDERS[:1]
        return self.llm_agent_providers or tuple(name for name in LANGUAGE_PROVIDERS if self._of(name, "api_key"))

    @property
    def whisper_percent(self) -> int:
        """How many callers of a hundred Whisper hears."""
        return 100 if self.ff_stt_provider == "whisper" else self.ff_whisper_rollout_percent

    @property
    def google_project(self) -> str:
        """The project that is set, else that of the credentials; an emulator takes any."""
        if self.google_cloud_project or not self.google_application_credentials:
            return self.google_cloud_project or "emulated"
        try:
            return str(_service_account(self.google_application_credentials)["project_id"])
        except ValueError:
            return "emulated"

    @property
    def model_is_offline(self) -> bool:
        return bool(self.missing_for_language())

    @property
    def speech_is_offline(self) -> bool:
        return bool(self.missing_for_speech())

    @property
    def switchboard_is_absent(self) -> bool:
        return not self.ari_url

    @property
    def shop_is_absent(self) -> bool:
        return not self.store_api_url

    @property
    def offline_parts(self) -> tuple[str, ...]:
        """What stands in for a real part, and how to get the real one: a line each."""
        parts = []
        if missing := self.missing_for_speech():
            parts.append(f"Speech is offline (espeak-ng speaks, pocketsphinx hears, in English): {'; '.join(missing)}")
        if missing := self.missing_for_language():
            parts.append(f"The language model is offline (rules in its place): {'; '.join(missing)}")
        if self.shop_is_absent:
            parts.append(f"The shop is the demonstration's own (callcenter demo-shop): STORE_API_URL is empty: {_FILL}")
        if self.switchboard_is_absent:
            parts.append(
                f"The switchboard is absent (the dialplan takes callers to operators): ARI_URL is empty: {_FILL}"
            )
        return tuple(parts)

    @property
    def secrets(self) -> tuple[str, ...]:
        """The values that no log may show."""
        return tuple(filter(None, (getattr(self, each.name) for each in fields(self) if not each.repr)))

    def missing_for_calls(self) -> tuple[str, ...]:
        return (*self.missing_for_language(), *self.missing_for_speech(), *self.missing_for_shop())

    def missing_for_ledger(self) -> tuple[str, ...]:
        if self.ledger == "database" and not self.database_url:
            return ("LEDGER is database and DATABASE_URL is not set: set it, or LEDGER=file",)
        return ()

    def missing_for_language(self) -> tuple[str, ...]:
        if not self.language_providers:
            return (f"FF_LLM_ROUTING_ENABLED is true and no language model has a key: {_FILL}",)
        missing = []
        for provider in self.language_providers:
            for part, why in (
                ("api_key", "it is among the language models of this engine"),
                ("model", "it has no default"),
            ):
                if not self._of(provider, part):
                    missing.append(f"{provider.upper()}_{part.upper()} is empty: {why}; {_FILL}")
        return tuple(missing)

    def missing_for_shop(self) -> tuple[str, ...]:
        if self.store_api_url and not self.store_api_key:
            return (f"STORE_API_KEY is empty: the shop of STORE_API_URL asks for it; {_FILL}",)
        return ()

    def missing_for_web(self) -> tuple[str, ...]:
        missing = []
        if not self.admin_password:
            missing.append(f"ADMIN_PASSWORD is empty: nobody could sign in; {_FILL}")
        if len(self.admin_jwt_secret) < _SHORTEST_JWT_SECRET:
            missing.append(
                f"ADMIN_JWT_SECRET is shorter than {_SHORTEST_JWT_SECRET} characters: it could be guessed;"
                " make one with: openssl rand -hex 32"
            )
        return tuple(missing)

    def missing_for_speech(self) -> tuple[str, ...]:
        missing = []
        if self.whisper_percent and not self.whisper_base_url:
            missing.append(f"WHISPER_BASE_URL is empty: Whisper hears {self.whisper_percent} % of the callers; {_FILL}")
        endpoints = {self.google_tts_endpoint} | ({self.google_stt_endpoint} if self.whisper_percent < 100 else set())
        if all(is_plaintext(endpoint) for endpoint in endpoints):
            return tuple(missing)
        if not self.google_application_credentials:
            missing.append(f"GOOGLE_APPLICATION_CREDENTIALS is empty: Google hears and speaks; {_FILL}")
        else:
            try:
                _service_account(self.google_application_credentials)
            except ValueError as error:
                missing.append(str(error))
        return tuple(missing)

    @classmethod
    def _read(cls, environ: Mapping[str, str]) -> tuple[Self, list[str]]:
        values, problems = {}, _problems_of_records(environ)
        for setting in fields(cls):
            try:
                values[setting.name] = value_of(setting, environ)
            except ValueError as error:
                problems.append(str(error))
        settings = cls(**values)
        return settings, problems + _problems_of_choices(settings)

    def _unless(self, problems: Sequence[str]) -> Self:
        if problems:
            raise Misconfigured("\n".join(problems))
        return self

    def _of(self, provider: str, part: str) -> str:
        return str(getattr(self, f"{provider}_{part}"))


def ledger_file(settings: Settings) -> Path:
    """Return where the processes of this machine write what must not be forgotten."""
    return Path(settings.data_dir) / "ledger.sqlite"


def metrics_folder(settings: Settings) -> Path:
    """Return where every process writes what it has counted."""
    return Path(settings.data_dir) / "run" / "metrics"


def is_plaintext(endpoint: str) -> bool:
    """Whether this is an emulator or a proxy, which wants neither TLS nor credentials."""
    return endpoint.startswith("http://")


def _service_account(path: str) -> Mapping[str, object]:
    """Read Google's JSON key, or raise ValueError with what is wrong and the cure."""
    try:
        account = json.loads(Path(path).read_text(encoding="utf-8"))
    except PermissionError as error:
        raise ValueError(f"GCP credentials file cannot be read: {path}: give it to the user of this process") from error
    except OSError as error:
        raise ValueError(
            f"GCP credentials file not found: {path}: put the JSON key of the service account there"
        ) from error
    except ValueError as error:
        raise ValueError(f"GCP credentials file is not JSON: {path}: download the key anew") from error
    if not isinstance(account, dict) or "project_id" not in account:
        raise ValueError(f"GCP credentials file is not the key of a service account: {path}: download the key anew")
    return account


def _problems_of_records(environ: Mapping[str, str]) -> list[str]:
    """What is refused whatever is started."""
    problems = []
    if (database := environ.get("DATABASE_URL", "").strip()) and not database.startswith("postgresql"):
        problems.append(
            "DATABASE_URL must start with postgresql: it names another database; correct its format in .env"
        )
    if environ.get("ADMIN_JWT_SECRET", "").strip().lower() in DEFAULT_JWT_SECRETS:
        problems.append("ADMIN_JWT_SECRET equals default: anybody could sign in; make one with: openssl rand -hex 32")
    return problems


def _problems_of_choices(settings: Settings) -> list[str]:
    """What each variable allows by itself and not together."""
    problems = []
    unknown = [name for name in settings.llm_agent_providers if name not in LANGUAGE_PROVIDERS]
    if unknown:
        allowed = ", ".join(LANGUAGE_PROVIDERS)
        problems.append(
            f"LLM_AGENT_PROVIDERS names {', '.join(unknown)}: it must be some of {allowed}; correct it in .env"
        )
    try:
        prices_of(settings.prices)
    except ValueError as error:
        problems.append(str(error))
    if settings.max_connections < settings.max_calls:
        problems.append("MAX_CONNECTIONS is less than MAX_CALLS: each call is a connection; raise it in .env")
    return problems
