/**
 * The bar of one's own shift: on duty or not, how many talks at most, pause, end, and the advice of the service.
 * @module
 */

import { el, put } from "../chat/dom.js";
import { clockTime } from "../chat/frames.js";
import { t, tongue } from "../chat/i18n.js";

/** @typedef {import("./desk.js").Desk} Desk */

const MOST = 5;

export class ShiftBar {
  #desk;
  #ask;
  #state = el("p", { class: "shift-state" });
  #advice = el("p", { class: "shift-advice", hidden: true });
  #capacity = el("select", { id: "capacity", onchange: () => this.#chosen() }, ...numbers());
  #start = button("duty_start", () => this.#desk.shift("start", { capacity: this.#desk.wanted }), "main");
  #pause = button("duty_pause", () => this.#ask("rest"));
  #resume = button("duty_resume", () => this.#desk.shift("resume"), "main");
  #absent = button("duty_pair_absent", () => this.#ask("alone"));
  #end = button("duty_end", () => this.#ask("leave"));
  #offer = el("div", { class: "shift-offer", role: "status", hidden: true });

  /**
   * @param {HTMLElement} place
   * @param {Desk} desk
   * @param {(question: "rest" | "alone" | "leave") => void} ask
   */
  constructor(place, desk, ask) {
    this.#desk = desk;
    this.#ask = ask;
    this.#capacity.value = String(desk.me.capacity);
    const most = el("label", { class: "shift-most" }, t("duty_most"), this.#capacity);
    const acts = el("div", { class: "row-of-buttons" }, most, this.#start, this.#resume, this.#pause, this.#absent, this.#end);
    place.replaceChildren(this.#state, this.#advice, acts, this.#offer);
  }

  draw() {
    const { duty, link } = this.#desk;
    const on = duty !== null && duty.state !== "off";
    put(this.#state, words(duty));
    this.#state.dataset.state = duty?.state ?? "";
    this.#start.hidden = on || !duty;
    this.#resume.hidden = duty?.state !== "paused";
    this.#pause.hidden = duty?.state !== "on";
    this.#absent.hidden = !on || duty.alone;
    this.#end.hidden = !on;
    const busy = link !== "open" || !duty || this.#desk.asking("duty");
    for (const each of [this.#start, this.#pause, this.#resume, this.#absent, this.#end, this.#capacity]) each.disabled = busy;
    if (on && document.activeElement !== this.#capacity) this.#capacity.value = String(duty.capacity);
    this.#advise();
  }

  #advise() {
    const { duty, offeredPause } = this.#desk;
    const advice = duty?.advice ? t(`duty_${duty.advice}`, { time: duty.stop_at ? time(duty.stop_at) : "" }) : "";
    this.#advice.hidden = !advice;
    put(this.#advice, advice);
    this.#offer.hidden = !offeredPause;
    if (!offeredPause) this.#offer.replaceChildren();
    else if (!this.#offer.childElementCount) this.#offer.append(...this.#offering(offeredPause));
  }

  /** @param {number} minutes */
  #offering(minutes) {
    const yes = el("button", { type: "button", onclick: () => this.#desk.shift("pause", { minutes }) }, t("duty_pause_yes", { minutes }));
    const no = button("duty_pause_no", () => this.#desk.noPause());
    return [el("p", null, t("duty_pause_offer")), yes, no];
  }

  #chosen() {
    const { duty } = this.#desk;
    this.#desk.wanted = Number(this.#capacity.value);
    if (duty && duty.state !== "off") this.#desk.shift("capacity", { capacity: this.#desk.wanted });
  }
}

/** @param {string} minute */
function time(minute) {
  return clockTime(minute, tongue());
}

/** @param {import("./desk.js").Duty | null} duty */
function words(duty) {
  if (!duty) return "";
  const { state, since, until, pause_until } = duty;
  if (state === "paused") return pause_until ? t("duty_paused_until", { time: time(pause_until) }) : t("duty_paused");
  if (state === "off") return t("duty_off");
  const span = until ? t("duty_from_to", { since: time(since ?? ""), until: time(until) }) : t("duty_from", { since: time(since ?? "") });
  const alone = duty.alone ? ` · ${t("duty_alone")}` : "";
  return (state === "finishing" ? t("duty_finishing") : t("duty_on")) + " " + span + alone;
}

/**
 * @param {string} key
 * @param {() => void} onclick
 * @param {string} [kind]
 */
function button(key, onclick, kind = "") {
  return el("button", { type: "button", class: kind || null, onclick }, t(key));
}

function numbers() {
  return Array.from({ length: MOST }, (_, n) => el("option", { value: n + 1 }, n + 1));
}
