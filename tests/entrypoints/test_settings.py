"""Settings by the names of the deployment guide, and what is said of each that is wrong."""

import re
from pathlib import Path

import pytest

from domain.errors import Misconfigured
from entrypoints.settings import LANGUAGE_PROVIDERS, Settings

ROOT = Path(__file__).parents[2]


@pytest.fixture
def credentials(tmp_path: Path) -> str:
    file = tmp_path / "gcp-key.json"
    file.write_text('{"project_id": "tyres-2026"}')
    return str(file)


@pytest.fixture
def complete(credentials: str) -> dict[str, str]:
    return {"ANTHROPIC_API_KEY": "sk-ant-1", "GOOGLE_APPLICATION_CREDENTIALS": credentials}


def problems(environ: dict[str, str], *, calls: bool = False) -> list[str]:
    with pytest.raises(Misconfigured) as refused:
        Settings.for_calls(environ) if calls else Settings.from_env(environ)
    return str(refused.value).splitlines()


def test_nothing_set_is_every_default() -> None:
    assert Settings.from_env({}) == Settings()


def test_an_empty_variable_is_one_that_is_not_set() -> None:
    assert Settings.from_env({"AUDIOSOCKET_PORT": " ", "SHOP_NAME": ""}) == Settings()


def test_the_two_required_settings_are_enough_for_calls(complete: dict[str, str]) -> None:
    settings = Settings.for_calls(complete)
    assert settings.anthropic_api_key == "sk-ant-1"
    assert settings.google_project == "tyres-2026"
    assert [line.split(" is ")[0] for line in settings.offline_parts] == ["The shop", "The switchboard"]


@pytest.mark.parametrize(
    ("name", "raw", "value"),
    [
        ("ANTHROPIC_MODEL", "claude-x", "claude-x"),
        ("AUDIOSOCKET_HOST", "127.0.0.1", "127.0.0.1"),
        ("AUDIOSOCKET_PORT", "19092", 19092),
        ("GOOGLE_STT_ALTERNATIVE_LANGUAGES", "ru-RU, pl-PL", ("ru-RU", "pl-PL")),
        ("GOOGLE_TTS_SPEAKING_RATE", "1.15", 1.15),
        ("GOOGLE_TTS_ENDPOINT", "http://127.0.0.1:9", "http://127.0.0.1:9"),
        ("FF_STT_PROVIDER", "Whisper", "whisper"),
        ("FF_WHISPER_ROLLOUT_PERCENT", "20", 20),
        ("FF_LLM_ROUTING_ENABLED", "true", True),
        ("SPECULATIVE_REPLIES", "off", False),
        ("LLM_AGENT_PROVIDERS", "gemini,anthropic", ("gemini", "anthropic")),
        ("LOG_LEVEL", "debug", "DEBUG"),
        ("LOG_FORMAT", "console", "console"),
        ("CALL_LANGUAGE", "en", "en"),
        ("CALL_MAX_MINUTES", "5", 5.0),
        ("DRAIN_SECONDS", "0", 0.0),
    ],
)
def test_a_variable_sets_the_field_of_its_name(name: str, raw: str, value: object) -> None:
    assert getattr(Settings.from_env({name: raw}), name.lower()) == value


@pytest.mark.parametrize(
    ("name", "raw", "allowed"),
    [
        ("AUDIOSOCKET_PORT", "voice", "a whole number from 0 to 65535"),
        ("AUDIOSOCKET_PORT", "70000", "a whole number from 0 to 65535"),
        ("FF_WHISPER_ROLLOUT_PERCENT", "101", "a whole number from 0 to 100"),
        ("GOOGLE_TTS_SPEAKING_RATE", "9", "a number from 0.25 to 2"),
        ("GOOGLE_TTS_SPEAKING_RATE", "nan", "a number from 0.25 to 2"),
        ("FF_LLM_ROUTING_ENABLED", "maybe", "true or false"),
        ("FF_STT_PROVIDER", "siri", "google or whisper"),
        ("LOG_FORMAT", "xml", "json or console"),
        ("ARI_URL", "asterisk:8088", "a URL that starts with http:// or https://"),
        ("ANTHROPIC_BASE_URL", "http://", "a URL that starts with http:// or https://"),
    ],
)
def test_a_wrong_value_is_named_with_what_is_allowed(name: str, raw: str, allowed: str) -> None:
    assert problems({name: raw}) == [f"{name} is {raw!r}: it must be {allowed}; correct it in .env"]


def test_a_language_model_that_nobody_knows_is_named() -> None:
    (line,) = problems({"LLM_AGENT_PROVIDERS": "anthropic,skynet"})
    assert line == (
        "LLM_AGENT_PROVIDERS names skynet: it must be some of anthropic, openai, deepseek, gemini; correct it in .env"
    )


def test_fewer_connections_than_calls_are_refused() -> None:
    (line,) = problems({"MAX_CALLS": "50", "MAX_CONNECTIONS": "49"})
    assert line.startswith("MAX_CONNECTIONS is less than MAX_CALLS:")


@pytest.mark.parametrize("key", [{}, {"ANTHROPIC_API_KEY": ""}, {"ANTHROPIC_API_KEY": "  "}])
def test_no_calls_without_the_key_of_the_language_model(complete: dict[str, str], key: dict[str, str]) -> None:
    del complete["ANTHROPIC_API_KEY"]
    (line,) = problems(complete | key, calls=True)
    assert re.fullmatch(r"ANTHROPIC_API_KEY is empty: .+; fill it in \.env", line)


def test_no_calls_without_credentials_for_google(complete: dict[str, str]) -> None:
    del complete["GOOGLE_APPLICATION_CREDENTIALS"]
    (line,) = problems(complete, calls=True)
    assert line.startswith("GOOGLE_APPLICATION_CREDENTIALS is empty:")


def test_credentials_that_are_not_there_are_named_with_their_path(complete: dict[str, str]) -> None:
    complete["GOOGLE_APPLICATION_CREDENTIALS"] = "/secrets/absent.json"
    (line,) = problems(complete, calls=True)
    assert line.startswith("GCP credentials file not found: /secrets/absent.json:")


@pytest.mark.parametrize(
    ("content", "fault"), [("{", "is not JSON"), ("[]", "is not the key of"), ("{}", "is not the key of")]
)
def test_credentials_of_another_kind_are_refused(complete: dict[str, str], content: str, fault: str) -> None:
    Path(complete["GOOGLE_APPLICATION_CREDENTIALS"]).write_text(content)
    (line,) = problems(complete, calls=True)
    assert line.startswith(f"GCP credentials file {fault}")


def test_plaintext_endpoints_want_no_credentials() -> None:
    emulated = {"GOOGLE_STT_ENDPOINT": "http://127.0.0.1:1", "GOOGLE_TTS_ENDPOINT": "http://127.0.0.1:2"}
    assert Settings.for_calls(emulated | {"ANTHROPIC_API_KEY": "k"}).google_project == "emulated"


@pytest.mark.parametrize("endpoint", ["GOOGLE_STT_ENDPOINT", "GOOGLE_TTS_ENDPOINT"])
def test_one_plaintext_endpoint_does_not_spare_the_other_its_credentials(endpoint: str) -> None:
    (line,) = problems({endpoint: "http://127.0.0.1:1", "ANTHROPIC_API_KEY": "k"}, calls=True)
    assert line.startswith("GOOGLE_APPLICATION_CREDENTIALS is empty:")


def test_whisper_for_every_caller_leaves_only_the_voice_to_google() -> None:
    whisper = {"FF_STT_PROVIDER": "whisper", "WHISPER_BASE_URL": "http://gpu:8000/v1", "ANTHROPIC_API_KEY": "k"}
    assert Settings.for_calls(whisper | {"GOOGLE_TTS_ENDPOINT": "http://127.0.0.1:2"}).whisper_percent == 100


def test_whisper_for_some_callers_wants_its_server(complete: dict[str, str]) -> None:
    (line,) = problems(complete | {"FF_WHISPER_ROLLOUT_PERCENT": "20"}, calls=True)
    assert line.startswith("WHISPER_BASE_URL is empty: Whisper hears 20 % of the callers;")


def test_without_routing_only_anthropic_answers(complete: dict[str, str]) -> None:
    settings = Settings.for_calls(complete | {"OPENAI_API_KEY": "k", "LLM_AGENT_PROVIDERS": "openai"})
    assert settings.language_providers == ("anthropic",)


def test_with_routing_every_model_that_has_a_key_answers_in_the_order_of_the_house() -> None:
    keys = {"GEMINI_API_KEY": "g", "OPENAI_API_KEY": "o", "FF_LLM_ROUTING_ENABLED": "true"}
    assert Settings.from_env(keys).language_providers == ("openai", "gemini")


def test_with_routing_the_order_may_be_given_and_each_model_in_it_wants_its_key(complete: dict[str, str]) -> None:
    (line,) = problems(
        complete | {"FF_LLM_ROUTING_ENABLED": "true", "LLM_AGENT_PROVIDERS": "openai,anthropic"}, calls=True
    )
    assert line.startswith("OPENAI_API_KEY is empty:")


def test_with_routing_some_model_must_have_a_key(complete: dict[str, str]) -> None:
    del complete["ANTHROPIC_API_KEY"]
    (line,) = problems(complete | {"FF_LLM_ROUTING_ENABLED": "true"}, calls=True)
    assert line.startswith("FF_LLM_ROUTING_ENABLED is true and no language model has a key:")


def test_deepseek_wants_the_name_of_its_model(complete: dict[str, str]) -> None:
    (line,) = problems(complete | {"FF_LLM_ROUTING_ENABLED": "true", "DEEPSEEK_API_KEY": "k"}, calls=True)
    assert line.startswith("DEEPSEEK_MODEL is empty:")


@pytest.mark.parametrize("database", ["mysql://db/calls", "sqlite:///calls.db"])
def test_another_database_is_refused(database: str) -> None:
    (line,) = problems({"DATABASE_URL": database})
    assert line.startswith("DATABASE_URL must start with postgresql:")


@pytest.mark.parametrize("secret", ["change-me", "changeme", "CHANGE-ME"])
def test_a_jwt_secret_that_everybody_knows_is_refused(secret: str) -> None:
    (line,) = problems({"ADMIN_JWT_SECRET": secret})
    assert line.startswith("ADMIN_JWT_SECRET equals default:")
    assert "openssl rand -hex 32" in line


def test_no_pages_without_a_password_and_a_secret_that_cannot_be_guessed() -> None:
    with pytest.raises(Misconfigured) as refused:
        Settings.for_web({"ADMIN_JWT_SECRET": "short"})
    assert [line.split()[0] for line in str(refused.value).splitlines()] == ["ADMIN_PASSWORD", "ADMIN_JWT_SECRET"]
    assert Settings.for_web({"ADMIN_PASSWORD": "p", "ADMIN_JWT_SECRET": "s" * 32}).admin_username == "admin"


def test_everything_that_is_wrong_is_said_at_once() -> None:
    lines = problems({"DATABASE_URL": "redis://x", "ADMIN_JWT_SECRET": "changeme", "LOG_FORMAT": "xml"}, calls=True)
    assert [line.split()[0] for line in lines] == [
        *("DATABASE_URL", "ADMIN_JWT_SECRET", "LOG_FORMAT", "ANTHROPIC_API_KEY", "GOOGLE_APPLICATION_CREDENTIALS")
    ]


def test_a_secret_is_never_shown() -> None:
    secret = "sk-do-not-show"
    settings = Settings.from_env(
        {f"{name.upper()}_API_KEY": secret for name in LANGUAGE_PROVIDERS} | {"ARI_PASSWORD": "s3cret"}
    )
    assert secret not in repr(settings)
    assert "s3cret" not in repr(settings)
    assert set(settings.secrets) == {secret, "s3cret"}


def test_in_the_demo_a_part_without_a_key_is_offline() -> None:
    settings = Settings.for_demo({})
    assert settings.speech_is_offline
    assert settings.model_is_offline
    assert settings.switchboard_is_absent
    assert [line.split(" is ")[0] for line in settings.offline_parts] == [
        "Speech",
        "The language model",
        "The shop",
        "The switchboard",
    ]
    cures = ("GOOGLE_APPLICATION_CREDENTIALS", "ANTHROPIC_API_KEY", "STORE_API_URL", "ARI_URL")
    for line, cure in zip(settings.offline_parts, cures, strict=True):
        assert cure in line


def test_in_the_demo_a_part_with_a_key_is_real(complete: dict[str, str]) -> None:
    real = {"ARI_URL": "http://127.0.0.1:8088/ari", "STORE_API_URL": "http://127.0.0.1:9/api/v1", "STORE_API_KEY": "k"}
    settings = Settings.for_demo(complete | real)
    assert settings.offline_parts == ()
    assert not (settings.speech_is_offline or settings.model_is_offline or settings.switchboard_is_absent)


def test_a_shop_without_its_key_stops_the_start(complete: dict[str, str]) -> None:
    with pytest.raises(Misconfigured, match="STORE_API_KEY is empty"):
        Settings.for_calls(complete | {"STORE_API_URL": "http://127.0.0.1:9/api/v1"})


def test_a_ledger_in_a_database_that_is_not_named_stops_the_start(complete: dict[str, str]) -> None:
    with pytest.raises(Misconfigured, match="LEDGER is database and DATABASE_URL is not set"):
        Settings.for_calls(complete | {"LEDGER": "database"})
    url = "postgresql://127.0.0.1:1/x"
    assert Settings.for_calls(complete | {"LEDGER": "database", "DATABASE_URL": url}).ledger == "database"


def test_the_example_names_every_setting_and_is_accepted_as_it_stands() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^#? ?([A-Z][A-Z0-9_]+)=", example, re.MULTILINE))
    assert {name.upper() for name in Settings.__dataclass_fields__} <= named
    live = dict(line.split("=", 1) for line in example.splitlines() if re.match(r"[A-Z]", line))
    assert Settings.from_env(live) == Settings(google_application_credentials="/secrets/gcp-key.json")


def test_every_setting_is_used_by_something() -> None:
    """A switch that nothing reads is worse than none."""
    text = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "entrypoints").glob("*.py"))
    by_provider = {
        f"{name}_{part}" for name in (*LANGUAGE_PROVIDERS, "whisper") for part in ("api_key", "base_url", "model")
    }
    unused = [
        name
        for name in Settings.__dataclass_fields__
        if name not in by_provider and not re.search(rf"(settings|self|provided)\.{name}\b", text)
    ]
    assert unused == []
