"""AudioSocket's messages, from bytes and to bytes; no socket in it.

Rule 1: nothing that a peer sends raises.  What is not understood becomes
`Unknown`, to be counted and skipped.
Rule 2: what leaves is one piece: Asterisk drops a call when more than 5 ms
pass between a header and its payload.
"""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from domain.audio import FRAME_BYTES, SAMPLE_BYTES, SILENCE, Frame

_HEADER_BYTES: Final = 3  # kind, and the payload's length in two bytes, the greater first
_LONGEST_BYTES: Final = 0xFFFF
_UUID_BYTES: Final = 16
_HANG_UP: Final = 0x00
_UUID: Final = 0x01
_DIGIT: Final = 0x03
_AUDIO: Final = 0x10  # 8 kHz; 0x11 to 0x18 are other rates, which only the channel driver sends
_ERROR: Final = 0xFF
_DIGITS: Final = b"0123456789*#ABCD"


@dataclass(frozen=True, slots=True)
class Uuid:
    call_id: UUID


@dataclass(frozen=True, slots=True)
class Audio:
    """Whole samples of 8 kHz slin, any number of them."""

    slin: bytes


@dataclass(frozen=True, slots=True)
class Digit:
    digit: str


@dataclass(frozen=True, slots=True)
class HangUp:
    pass


@dataclass(frozen=True, slots=True)
class Error:
    code: bytes


@dataclass(frozen=True, slots=True)
class Unknown:
    """A kind that is not ours, or one of ours with a payload that makes no sense."""

    kind: int


Message = Uuid | Audio | Digit | HangUp | Error | Unknown


class Decoder:
    """Turns the bytes of one connection into messages, however they are split."""

    def __init__(self) -> None:
        self._rest = b""
        """The beginning of a message that is not whole yet: 65,537 bytes at most."""

    def feed(self, data: bytes) -> list[Message]:
        """Return the messages that are whole by now, oldest first."""
        if self._rest:
            data = self._rest + data
        messages: list[Message] = []
        at, end = 0, len(data)
        while (payload_at := at + _HEADER_BYTES) <= end:
            next_at = payload_at + (data[at + 1] << 8 | data[at + 2])
            if next_at > end:
                break
            messages.append(_message(data[at], data[payload_at:next_at]))
            at = next_at
        self._rest = data[at:]
        return messages


def _message(kind: int, payload: bytes) -> Message:
    if kind == _AUDIO:
        # Half a sample would turn all audio after it into noise.
        return Audio(payload[:-1] if len(payload) % SAMPLE_BYTES else payload)
    if kind == _DIGIT and len(payload) == 1 and payload in _DIGITS:
        return Digit(payload.decode("ascii"))
    if kind == _UUID and len(payload) == _UUID_BYTES:
        return Uuid(UUID(bytes=payload))
    if kind == _HANG_UP:
        return HangUp()
    if kind == _ERROR:
        return Error(payload)
    return Unknown(kind)


def _encode(kind: int, payload: bytes) -> bytes:
    return bytes((kind,)) + len(payload).to_bytes(2, "big") + payload


def encode_uuid(call_id: UUID) -> bytes:
    """Encode what a caller's end says first."""
    return _encode(_UUID, call_id.bytes)


def encode_audio(slin: bytes) -> bytes:
    """Raises `ValueError` for what Asterisk takes amiss: half samples are loud noise, no samples drop the call."""
    if not slin or len(slin) % SAMPLE_BYTES or len(slin) > _LONGEST_BYTES:
        raise ValueError(f"audio of {len(slin)} bytes cannot be sent")
    return _encode(_AUDIO, slin)


def encode_frame(frame: Frame) -> bytes:
    """Encode audio that is known to be a frame: fifty times a second for each call."""
    return _FRAME_HEADER + frame


_FRAME_HEADER: Final = bytes((_AUDIO,)) + FRAME_BYTES.to_bytes(2, "big")
SILENCE_MESSAGE: Final = encode_audio(SILENCE)
HANG_UP: Final = _encode(_HANG_UP, b"")
FAILURE: Final = _encode(_AUDIO, b"")
"""Audio of length 0: Asterisk of every version takes it for a failure at once.

A mere close will not do: 20.14 and later mostly take it for success, which
hangs the caller up, and those before it go on in dead air.
"""
