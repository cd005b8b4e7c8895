"""Connections to Google: endpoints, credentials, room for streams."""

import json
import os
import sys
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import anyio
import grpc
import pytest
from anyio.abc import SocketAttribute, SocketStream
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from adapters.google.channel import STREAMS_A_CHANNEL, Channels
from tests.harness.google import GoogleEmulator

pytestmark = pytest.mark.anyio

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PEM = KEY.private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
).decode()


def certificate() -> bytes:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(KEY.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
    )
    return builder.sign(KEY, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


@pytest.fixture
async def token_endpoint() -> AsyncGenerator[str, None]:
    """Give a token to any service account that asks."""
    token = json.dumps({"access_token": "a-token", "expires_in": 3600, "token_type": "Bearer"})
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(token)}\r\n\r\n{token}"

    async def serve(client: SocketStream) -> None:
        async with client:
            await client.receive()
            await client.send(answer.encode())

    listener = await anyio.create_tcp_listener(local_host="127.0.0.1", local_port=0)
    async with listener, anyio.create_task_group() as tasks:
        tasks.start_soon(listener.serve, serve)
        yield f"http://127.0.0.1:{listener.extra(SocketAttribute.local_port)}/token"
        tasks.cancel_scope.cancel()


async def said_over_tls(endpoint: str, credentials: Path, roots: Path) -> str:
    environment = {
        **os.environ,
        "GOOGLE_APPLICATION_CREDENTIALS": str(credentials),
        "GRPC_DEFAULT_SSL_ROOTS_FILE_PATH": str(roots),
        "no_proxy": "127.0.0.1",
    }
    command = [sys.executable, "-m", "tests.adapters.google.say_over_tls", endpoint]
    with anyio.fail_after(40):
        return (await anyio.run_process(command, env=environment)).stdout.decode().strip()


@pytest.mark.parametrize("scheme", ["https://", ""])
async def test_over_tls_the_service_account_signs_in_and_its_project_pays(
    tmp_path: Path, token_endpoint: str, scheme: str
) -> None:
    account = {
        "type": "service_account",
        "project_id": "tyres",
        "private_key_id": "1",
        "private_key": PEM,
        "client_email": "ear@tyres.example",
        "client_id": "1",
        "token_uri": token_endpoint,
    }
    credentials, roots = tmp_path / "key.json", tmp_path / "roots.pem"
    credentials.write_text(json.dumps(account))
    roots.write_bytes(certificate())
    tls = grpc.ssl_server_credentials([(PEM.encode(), roots.read_bytes())])
    async with GoogleEmulator(credentials=tls) as google:
        assert await said_over_tls(f"{scheme}127.0.0.1:{google.port}", credentials, roots) == "так"
        assert google.seen.recognizers[-1] == "projects/tyres/locations/eu/recognizers/_"
        assert set(google.seen.authorizations) == {"Bearer a-token"}


async def test_missing_credentials_are_named(tmp_path: Path) -> None:
    said = await said_over_tls("127.0.0.1:1", tmp_path / "missing.json", tmp_path / "roots.pem")
    assert "GOOGLE_APPLICATION_CREDENTIALS" in said


async def test_nothing_is_connected_before_it_is_needed() -> None:
    channels = Channels("http://127.0.0.1:1", host="host")
    assert channels.connections == 0
    assert await channels.project() == "local"
    await channels.close()


async def test_a_connection_is_added_for_each_eighty_streams_and_places_are_given_back() -> None:
    def start(channel: grpc.aio.Channel) -> grpc.aio.StreamStreamCall[Any, Any]:
        return channel.stream_stream("/google.cloud.speech.v2.Speech/StreamingRecognize")()

    async with GoogleEmulator() as google:
        channels = Channels(google.endpoint, host="host")
        calls = [await channels.call(start) for _ in range(2 * STREAMS_A_CHANNEL + 1)]
        assert (channels.open_streams, channels.connections) == (161, 3)
        for call in calls:
            call.cancel()
        with anyio.fail_after(3):
            while channels.open_streams:  # noqa: ASYNC110 - a call's end has no news to wait for
                await anyio.sleep(0.01)
        again = await channels.call(start)
        assert channels.connections == 3
        again.cancel()
        await channels.close()


async def test_a_project_is_needed_with_tls(tmp_path: Path, token_endpoint: str) -> None:
    account = {
        "type": "authorized_user",
        "client_id": "1",
        "client_secret": "1",
        "refresh_token": "1",
        "token_uri": token_endpoint,
    }
    credentials = tmp_path / "user.json"
    credentials.write_text(json.dumps(account))
    said = await said_over_tls("127.0.0.1:1", credentials, tmp_path / "roots.pem")
    assert "GOOGLE_CLOUD_PROJECT" in said
