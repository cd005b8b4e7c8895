"""The sound of a test call, as a browser computes it: a voice passes and nothing else, and nothing waits long."""

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser

import ui

pytestmark = pytest.mark.anyio

SCRIPT = Path(ui.__file__).parent / "static" / "test-call-sound.js"
IN_A_PAGE = """([script, rate, body]) => {
  const posted = [];
  class Processor {
    constructor() { this.port = { postMessage: (data) => posted.push(...new Int16Array(data)) }; }
  }
  const names = ["sampleRate", "AudioWorkletProcessor", "registerProcessor"];
  const { Line } = new Function(...names, `${script}; return { Line }`)(rate, Processor, () => {});
  return new Function("Line", "posted", "rate", body)(Line, posted, rate);
}"""
"""Runs the script as the browser's audio thread does, with a thread of the test's own around it."""

SAY_A_TONE = """
  const line = new Line(), none = [[new Float32Array(128)]];
  const tone = (at) => 0.5 * Math.sin((2 * Math.PI * HZ * at) / rate);
  for (let at = 0; at < rate; at += 128) {
    line.process([[Float32Array.from({ length: 128 }, (_, each) => tone(at + each))]], none);
  }
  const steady = posted.slice(800, -800);
  return [posted.length, Math.sqrt(2 * steady.reduce((sum, each) => sum + (each / 32768) ** 2, 0) / steady.length)];
"""
HEAR = """
  const line = new Line(), heard = [];
  for (const frames of FRAMES) {
    for (let each = 0; each < frames; each++) line.port.onmessage({ data: new Int16Array(160).fill(8192).buffer });
    const output = new Float32Array(rate / 50);
    line.process([[]], [[output]]);
    heard.push(output[output.length - 1]);
  }
  return [heard.map((each) => Math.round(100 * each)), line.samplesWaiting];
"""


async def run(browser: Browser, rate: int, body: str) -> Any:
    page = await browser.new_page()
    try:
        return await page.evaluate(IN_A_PAGE, [SCRIPT.read_text(encoding="utf-8"), rate, body])
    finally:
        await page.close()


@pytest.mark.parametrize("rate", [8_000, 16_000, 44_100, 48_000])
@pytest.mark.parametrize("hertz", [300, 1_000, 3_000])
async def test_a_voice_comes_through_as_loud_as_it_was(browser: Browser, rate: int, hertz: int) -> None:
    samples, loudness = await run(browser, rate, SAY_A_TONE.replace("HZ", str(hertz)))
    assert 49 * 160 <= samples <= 50 * 160 and loudness == pytest.approx(0.5, rel=0.03)


@pytest.mark.parametrize("rate", [16_000, 44_100, 48_000])
@pytest.mark.parametrize("hertz", [5_000, 7_000])
async def test_what_a_telephone_cannot_carry_does_not_come_back_as_noise(
    browser: Browser, rate: int, hertz: int
) -> None:
    _, loudness = await run(browser, rate, SAY_A_TONE.replace("HZ", str(hertz)))
    assert loudness < 0.01


async def test_what_is_heard_begins_when_enough_has_come_and_again_after_a_gap(browser: Browser) -> None:
    heard, _ = await run(browser, 8_000, HEAR.replace("FRAMES", "[1, 1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1]"))
    assert [each > 20 for each in heard[:2]] == [False, False] and heard[3] == 25
    assert heard[8] == heard[9] == 0 and heard[-1] == 25


async def test_what_has_waited_too_long_is_dropped(browser: Browser) -> None:
    _, waiting = await run(browser, 8_000, HEAR.replace("FRAMES", "[15]"))
    assert waiting == 15 * 160 - 160 * 2
    _, waiting = await run(browser, 8_000, HEAR.replace("FRAMES", "[21]"))
    assert waiting < 3 * 160
