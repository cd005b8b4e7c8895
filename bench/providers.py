"""The emulated providers of a load, in a process of their own; prints the ports it listens on."""

import argparse
import json

import anyio
import uvloop

from bench.sentences import words_of_frames
from tests.harness.google import GoogleEmulator
from tests.harness.llm import LanguageEmulator, load_answer


async def serve(arguments: argparse.Namespace) -> None:
    language = LanguageEmulator(first_token_delay=arguments.first_token, tokens_per_second=60)
    language.answer_with(load_answer)
    async with GoogleEmulator(port=0) as google, language:
        google.speech.recordings = await words_of_frames()
        google.speech.final_delay = arguments.final
        google.speech.interim_delay = arguments.interim if arguments.interim >= 0 else None
        google.voice.first_audio_delay = arguments.first_audio
        print(json.dumps({"google": google.port, "language": language.port}), flush=True)
        while True:
            await anyio.sleep(5)
            language.requests.clear()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--final", type=float, default=0.2)
    parser.add_argument("--interim", type=float, default=0.1)
    parser.add_argument("--first-token", type=float, default=0.4)
    parser.add_argument("--first-audio", type=float, default=0.15)
    uvloop.run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()
