/**
 * The alarm for somebody in urgent need whom nobody takes: it stays until they are taken or it was seen. It sounds only
 * where sounds are switched on.
 * @module
 */

import { el } from "../chat/dom.js";
import { clockTime } from "../chat/frames.js";
import { t, tongue } from "../chat/i18n.js";
import { keep, kept } from "./bar.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("./talks.js").Alert} Alert */

/** Two soft tones: seconds from the beginning, and hertz. */
const TONES = [[0, 523], [0.28, 659]];

export class Alarm {
  #place;
  #desk;
  #button;
  /** @type {Map<string, HTMLElement>} */
  #rows = new Map();
  /** @type {Set<string>} */
  #seen = new Set();
  /** @type {AudioContext | null} */
  #audio = null;

  /**
   * @param {HTMLElement} place
   * @param {HTMLElement} button switches sounds on and off
   * @param {Desk} desk
   */
  constructor(place, button, desk) {
    this.#place = place;
    this.#button = button;
    this.#desk = desk;
    button.addEventListener("click", () => this.#switch(!this.#on));
    button.setAttribute("aria-pressed", String(kept("sounds") === "on"));
    // A browser lets a page sound only after somebody has touched it.
    document.addEventListener("pointerdown", () => this.#on && this.#ready(), { once: true });
  }

  get rings() {
    return this.#rows.size > 0;
  }

  get #on() {
    return this.#button.getAttribute("aria-pressed") === "true";
  }

  draw() {
    const living = new Map(this.#desk.alerts.all.map((alert) => [[alert.ticket, alert.since, alert.reason].join(" "), alert]));
    for (const [key, row] of this.#rows) if (!living.has(key) || this.#seen.has(key)) this.#drop(key, row);
    for (const [key, alert] of living) if (!this.#rows.has(key) && !this.#seen.has(key)) this.#add(key, alert);
    this.#place.hidden = !this.rings;
    const { link, taking, duty } = this.#desk;
    const free = link === "open" && !taking && duty?.state === "on";
    for (const each of this.#place.querySelectorAll("button.main")) /** @type {HTMLButtonElement} */ (each).disabled = !free;
  }

  /**
   * @param {string} key
   * @param {HTMLElement} row
   */
  #drop(key, row) {
    row.remove();
    this.#rows.delete(key);
  }

  /**
   * @param {string} key
   * @param {Alert} alert
   */
  #add(key, { ticket, channel, language, since, reason }) {
    const told = reason === "away" ? "alarm_away" : "alarm_not_taken";
    const facts = [`visitor_${channel}`, `language_${language}`].map((each) => t(each));
    const time = t("alarm_since", { time: clockTime(since, tongue()) });
    const take = el("button", { type: "button", class: "main", onclick: () => this.#desk.take() }, t("alarm_take"));
    const seen = el("button", { type: "button", onclick: () => this.#saw(key) }, t("alarm_seen"));
    const acts = el("div", { class: "row-of-buttons" }, reason === "away" ? null : take, seen);
    const words = el("div", { class: "alarm-words" }, el("p", null, el("strong", null, t(told, { ticket }))), el("p", null, [...facts, time].join(" · ")));
    const row = el("div", { class: "alarm" }, words, acts);
    this.#rows.set(key, row);
    this.#place.append(row);
    if (this.#on) this.#sound();
  }

  /** @param {string} key */
  #saw(key) {
    this.#seen.add(key);
    this.draw();
    document.getElementById("take")?.focus();
  }

  /** @param {boolean} on */
  #switch(on) {
    this.#button.setAttribute("aria-pressed", String(on));
    keep("sounds", on ? "on" : "off");
    if (on) this.#sound();
  }

  #ready() {
    this.#audio ??= new AudioContext();
    void this.#audio.resume();
    return this.#audio;
  }

  #sound() {
    const audio = this.#ready();
    for (const [after = 0, hertz = 0] of TONES) tone(audio, audio.currentTime + after, hertz);
  }
}

/**
 * @param {AudioContext} audio
 * @param {number} at
 * @param {number} hertz
 */
function tone(audio, at, hertz) {
  const loudness = new GainNode(audio, { gain: 0 });
  const source = new OscillatorNode(audio, { frequency: hertz });
  source.connect(loudness).connect(audio.destination);
  loudness.gain.setValueAtTime(0, at);
  loudness.gain.linearRampToValueAtTime(0.12, at + 0.03);
  loudness.gain.linearRampToValueAtTime(0, at + 0.5);
  source.start(at);
  source.stop(at + 0.5);
}
