// The test call by voice: a socket carries what is said and heard, and the call lasts as long as the socket.
//
// Rule 1: where this browser cannot do it, the form is sent as it is, and the call is held in writing.
// Rule 2: what the socket cannot take at once (a second of it waits already) is dropped: it would come too late.
"use strict";

(() => {
  const SECOND_OF_BYTES = 16000;
  const sound = document.getElementById("sound");
  const [state, mute] = [sound.querySelector("p"), sound.querySelector("button")];

  document.addEventListener("submit", (event) => {
    if (event.target.id !== "dial" || !window.AudioWorkletNode || !window.isSecureContext) return;
    event.preventDefault();
    dial(event.target);
  });

  document.addEventListener("htmx:afterRequest", ({ target, detail }) => {
    if (target.id !== "words" || !detail.successful) return;
    target.reset();
    target.elements.text.focus();
  });

  async function dial(form) {
    form.elements[form.elements.length - 1].disabled = true;
    const context = new AudioContext({ latencyHint: "interactive" });
    const [, microphone] = await Promise.all([context.audioWorklet.addModule(form.dataset.sound), openMicrophone()]);
    const line = new AudioWorkletNode(context, "line", { outputChannelCount: [1] });
    line.connect(context.destination);
    if (microphone) context.createMediaStreamSource(microphone).connect(line);
    const asked = { seal: form.elements.seal.value, real: form.elements.real.checked };
    hold(new Call(context, microphone, line), form.dataset.line, asked);
  }

  function openMicrophone() {
    const wanted = { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true };
    return navigator.mediaDevices.getUserMedia({ audio: wanted }).catch(() => null);
  }

  class Call {
    constructor(context, microphone, line) {
      Object.assign(this, { context, microphone, line, known: false });
    }

    show() {
      const on = this.microphone?.getTracks().some((track) => track.enabled);
      state.textContent = this.microphone ? sound.dataset[on ? "on" : "off"] : sound.dataset.none;
      mute.textContent = mute.dataset[on ? "mute" : "speak"];
      mute.hidden = !this.microphone;
      sound.hidden = false;
    }

    switchMicrophone() {
      for (const track of this.microphone.getTracks()) track.enabled = !track.enabled;
      this.show();
    }

    stop() {
      for (const track of this.microphone?.getTracks() ?? []) track.stop();
      this.context.close();
      mute.hidden = true;
    }
  }

  function hold(call, path, asked) {
    const url = new URL(path, location.href);
    url.protocol = url.protocol.replace("http", "ws");
    const socket = new WebSocket(url);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => socket.send(JSON.stringify(asked));
    socket.onmessage = ({ data }) => {
      if (data instanceof ArrayBuffer) call.line.port.postMessage(data, [data]);
      else told(call, JSON.parse(data));
    };
    socket.onclose = () => {
      call.stop();
      sound.hidden = call.known;
      if (!call.known) state.textContent = sound.dataset.lost;
    };
    call.line.port.onmessage = ({ data }) => {
      if (socket.readyState === WebSocket.OPEN && socket.bufferedAmount < SECOND_OF_BYTES) socket.send(data);
    };
    mute.onclick = () => call.switchMicrophone();
  }

  function told(call, message) {
    if (message.begun) {
      call.show();
      htmx.ajax("GET", location.pathname, { target: "#trial", swap: "outerHTML" });
    } else {
      call.known = true;
      if (message.refused) refuse(message.refused);
      // The page is told as well, unless it is the admin itself that ends.
      else if (!document.querySelector("#trial .over")) {
        document.querySelector("#trial .say")?.replaceChildren(said("over", "status", message.over));
      }
    }
  }

  function refuse(why) {
    const form = document.getElementById("dial");
    document.querySelectorAll("#trial > .alert").forEach((old) => old.remove());
    form.before(said("alert", "alert", why));
    form.elements[form.elements.length - 1].disabled = false;
  }

  function said(className, role, textContent) {
    return Object.assign(document.createElement("p"), { className, role, textContent });
  }
})();
