"""Says a word over TLS with the credentials of its environment, as the product does; prints what is heard."""

import sys
from contextlib import aclosing

import anyio

from adapters.google.channel import Channels
from adapters.google.recognizer import GoogleRecognizer
from adapters.memory.literal_audio import speech_frames
from domain.errors import Unavailable


async def main(endpoint: str) -> None:
    channels = Channels(endpoint, host="eu-speech.googleapis.com")
    try:
        async with GoogleRecognizer(channels).listen(None) as ear:
            for frame in speech_frames("так"):
                ear.hear(frame, voiced=True)
            ear.finish()
            async with aclosing(ear.hypotheses()) as hypotheses:
                async for hypothesis in hypotheses:
                    if hypothesis.final:
                        print(hypothesis.text)
                        break
    except Unavailable as trouble:
        print(trouble)
    await channels.close()


if __name__ == "__main__":
    anyio.run(main, sys.argv[1])
