// The sound of a test call: the microphone becomes 16-bit PCM of 8 kHz, and such PCM becomes what is heard.
//
// Rule 1: both ways go through a low-pass at the narrower rate: what lies above it would come back as noise.
// Rule 2: what is to be heard begins when 60 ms of it have come, and so after each gap; of more than 400 ms the oldest
// is dropped until 60 ms are left.
"use strict";

const RATE = 8000;
const FRAME = 160;
const BEGIN = 0.06 * RATE;
const MOST = 0.4 * RATE;
const LOBES = 8;
const PHASES = 256;

/** How much a sample counts at each distance, counted in samples of the narrower rate: a sinc under a Hann window. */
const KERNEL = Float32Array.from({ length: (LOBES + 1) * PHASES + 1 }, (_, index) => {
  const x = index / PHASES;
  if (x >= LOBES) return 0;
  return (x ? Math.sin(Math.PI * x) / (Math.PI * x) : 1) * (0.5 + 0.5 * Math.cos((Math.PI * x) / LOBES));
});

class Resampler {
  constructor(from, to) {
    this.step = from / to;
    this.scale = Math.min(1, to / from);
    this.reach = Math.ceil(LOBES / this.scale);
    this.rest = new Float32Array(0);
    this.at = 0;
  }

  /** Take samples of the one rate; return those of the other that are certain by now. */
  push(samples) {
    const all = new Float32Array(this.rest.length + samples.length);
    all.set(this.rest);
    all.set(samples, this.rest.length);
    const made = [];
    for (; this.at + this.reach < all.length; this.at += this.step) {
      let sum = 0;
      const last = Math.floor(this.at + this.reach);
      for (let index = Math.max(0, Math.ceil(this.at - this.reach)); index <= last; index++) {
        sum += all[index] * KERNEL[Math.round(Math.abs(index - this.at) * this.scale * PHASES)];
      }
      made.push(sum * this.scale);
    }
    const done = Math.max(0, Math.floor(this.at) - this.reach);
    this.rest = all.slice(done);
    this.at -= done;
    return made;
  }
}

class Line extends AudioWorkletProcessor {
  constructor() {
    super();
    this.narrow = new Resampler(sampleRate, RATE);
    this.widen = new Resampler(RATE, sampleRate);
    this.frame = new Int16Array(FRAME);
    this.filled = 0;
    this.waiting = [];
    this.samplesWaiting = 0;
    this.ready = [];
    this.playing = false;
    this.port.onmessage = ({ data }) => this.hear(new Int16Array(data));
  }

  process(inputs, outputs) {
    const said = inputs[0][0];
    if (said) this.say(this.narrow.push(said));
    this.play(outputs[0][0]);
    return true;
  }

  say(samples) {
    for (const sample of samples) {
      this.frame[this.filled++] = Math.max(-1, Math.min(1, sample)) * 32767;
      if (this.filled === FRAME) {
        this.port.postMessage(this.frame.buffer, [this.frame.buffer]);
        this.frame = new Int16Array(FRAME);
        this.filled = 0;
      }
    }
  }

  hear(frame) {
    this.waiting.push(frame);
    this.samplesWaiting += frame.length;
    if (this.samplesWaiting > MOST) {
      while (this.samplesWaiting > BEGIN) this.samplesWaiting -= this.waiting.shift().length;
    }
  }

  play(output) {
    this.playing ||= this.samplesWaiting >= BEGIN;
    while (this.playing && this.ready.length < output.length && this.waiting.length) {
      const frame = this.waiting.shift();
      this.samplesWaiting -= frame.length;
      this.ready.push(...this.widen.push(Float32Array.from(frame, (sample) => sample / 32768)));
    }
    const played = this.ready.splice(0, output.length);
    output.set(played);
    if (played.length < output.length) this.playing = false;
  }
}

registerProcessor("line", Line);
