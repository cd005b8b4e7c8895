"""The slin inside a WAV file."""

from struct import Struct, error

from domain.audio import RATE, SAMPLE_BYTES
from domain.errors import Unavailable

_CHUNK = Struct("<4sI")
_FORMAT = Struct("<HHIIHH")
_PCM = 1


def slin_of(audio: bytes) -> bytes:
    """Return the samples without the header, which may be of any length or missing.

    Raises `Unavailable` for audio that a call cannot carry.
    """
    if not audio.startswith(b"RIFF"):
        return audio
    at = 12  # "RIFF", size, "WAVE"
    try:
        while True:
            kind, size = _CHUNK.unpack_from(audio, at)
            at += _CHUNK.size
            if kind == b"data":
                return audio[at : at + size]
            if kind == b"fmt ":
                _check(*_FORMAT.unpack_from(audio, at))
            at += size + size % 2  # chunks are padded to an even length
    except error:
        raise Unavailable("Google Text-to-Speech: a WAV file without audio") from None


def _check(coding: int, channels: int, rate: int, _: int, __: int, bits: int) -> None:
    if (coding, channels, rate, bits) != (_PCM, 1, RATE, 8 * SAMPLE_BYTES):
        raise Unavailable(f"Google Text-to-Speech: {rate} Hz, {bits} bits, {channels} channels instead of slin")
