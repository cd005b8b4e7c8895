"""The agent is tried from the browser: what is written is answered, and the answer is heard."""

import pytest
from playwright.async_api import expect

from tests.browser.axe import amiss
from tests.browser.window import Window

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(120)]

LISTEN = """
const connect = AudioNode.prototype.connect;
AudioNode.prototype.connect = function (to, ...more) {
  if (to instanceof AudioDestinationNode) {
    window.ear = new AnalyserNode(this.context);
    connect.call(this, window.ear);
  }
  return connect.call(this, to, ...more);
};
window.isLoud = () => {
  if (!window.ear) return false;
  const samples = new Float32Array(window.ear.fftSize);
  window.ear.getFloatTimeDomainData(samples);
  return samples.some((each) => Math.abs(each) > 0.05);
};
"""
"""Puts an ear before the loudspeaker."""


async def test_what_is_written_is_answered_and_the_answer_is_heard(admin: Window) -> None:
    page = admin.page
    await page.add_init_script(LISTEN)
    await admin.open("/admin/test-call")
    await page.get_by_role("button", name="Call the agent").click()
    said = page.get_by_role("region", name="Transcript")
    await expect(said).to_contain_text("Слухаю вас.")
    await expect(page.locator(".state")).to_contain_text("listening")
    await admin.until("!isLoud()")
    await page.get_by_label("Say in writing").fill("потрібні зимові шини")
    await page.get_by_role("button", name="Say it").click()
    await expect(said).to_contain_text("потрібні зимові шини")
    await admin.until("isLoud()")
    await expect(said).to_contain_text("Яка вам більше до вподоби?")
    await expect(page.get_by_role("region", name="Where the time went")).to_contain_text("first word")
    assert await amiss(page) == []
    await page.get_by_role("button", name="Hang up").click()
    await page.get_by_role("link", name="See its record").click()
    await expect(page.locator(".transcript")).to_contain_text("потрібні зимові шини")
