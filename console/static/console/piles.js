/**
 * The two piles: who waits, and whom this professional talks with. Rows are kept and changed in place.
 * @module
 */

import { el, put } from "../chat/dom.js";
import { clockTime } from "../chat/frames.js";
import { has, t, tongue } from "../chat/i18n.js";
import { instant, level, minutes, minutesAndSeconds } from "./clock.js";
import { chip, rechip } from "./marks.js";
import { colour, facts, nameOf, shape } from "./names.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("./desk.js").Waiting} Waiting */
/** @typedef {import("./talk.js").Talk} Talk */
/** @typedef {import("./talks.js").WrapUp} WrapUp */

const get = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));

export class Piles {
  #desk;
  #choose;
  #pick;
  #wrapUp;
  /** @type {Map<number, {element: HTMLLIElement, since: number}>} */
  #waiting = new Map();
  /** @type {Map<string, Tab>} */
  #tabs = new Map();

  /**
   * @param {Desk} desk
   * @param {(talk: Talk) => void} choose
   * @param {(one: Waiting) => void} pick
   * @param {(one: WrapUp) => void} wrapUp
   */
  constructor(desk, choose, pick, wrapUp) {
    this.#wrapUp = wrapUp;
    this.#desk = desk;
    this.#choose = choose;
    this.#pick = pick;
  }

  /** @param {string | null} chosen */
  draw(chosen) {
    const desk = this.#desk;
    put(get("waiting-count"), String(desk.count));
    put(get("mine-count"), `${desk.talks.filter((talk) => talk.live && talk.own).length}/${desk.capacity}`);
    get("waiting-none").hidden = desk.waiting.length > 0;
    get("mine-none").hidden = desk.talks.length > 0;
    const rests = desk.duty?.state === "paused" || desk.duty?.state === "finishing";
    /** @type {HTMLButtonElement} */ (get("take")).disabled = desk.link !== "open" || desk.taking || desk.count === 0 || rests;
    const hint = `take_${desk.duty?.state ?? ""}`;
    put(get("take-hint"), has(hint) && desk.link === "open" ? t(hint) : "");
    this.#drawWaiting();
    drawGroups(desk);
    this.#drawMine(chosen);
    drawEnded(this.#desk, this.#wrapUp);
    this.tick();
  }

  tick() {
    const now = this.#desk.now();
    for (const { element, since } of this.#waiting.values()) {
      put(element.querySelector(".time"), Number.isNaN(since) ? "" : minutes(now - since, tongue()));
    }
    for (const tab of this.#tabs.values()) tab.tick(now);
  }

  #drawWaiting() {
    const list = get("waiting");
    const present = new Set(this.#desk.waiting.map(({ ticket }) => ticket));
    for (const [ticket, { element }] of this.#waiting) {
      if (!present.has(ticket)) {
        element.remove();
        this.#waiting.delete(ticket);
      }
    }
    this.#desk.waiting.forEach((one, at) => place(list, this.#row(one, this.#desk.waiting[at + 1]), at));
  }

  /**
   * @param {Waiting} one
   * @param {Waiting} [next] who stands behind them
   */
  #row(one, next) {
    const kept = this.#waiting.get(one.ticket)?.element ?? waitingRow(one, this.#pick);
    this.#waiting.set(one.ticket, { element: kept, since: instant(one.since) });
    put(kept.querySelector(".link-state"), one.link === "here" ? "" : ` · ${t(one.link)}`);
    badges(/** @type {HTMLElement} */ (kept.querySelector(".reasons")), one);
    put(kept.querySelector(".why p"), why(one, next));
    const pick = /** @type {HTMLButtonElement} */ (kept.querySelector(".pick"));
    pick.hidden = !this.#desk.beside.pickable(one, this.#desk.me.id);
    pick.disabled = this.#desk.link !== "open" || this.#desk.taking;
    return kept;
  }

  /** @param {string | null} chosen */
  #drawMine(chosen) {
    const list = get("mine");
    const talks = this.#desk.talks;
    const present = new Set(talks.map(({ cid }) => cid));
    for (const [cid, tab] of this.#tabs) {
      if (!present.has(cid)) {
        tab.element.remove();
        this.#tabs.delete(cid);
      }
    }
    talks.forEach((talk, at) => {
      const tab = this.#tabs.get(talk.cid) ?? new Tab(talk, this.#choose);
      this.#tabs.set(talk.cid, tab);
      tab.update(talk, { chosen: talk.cid === chosen, at });
      place(list, tab.element, at);
    });
  }
}

class Tab {
  #talk;
  #button;
  #wait = el("span", { class: "wait", hidden: true });
  #number = el("span");
  #unread = el("span", { class: "badge", hidden: true }, this.#number, el("span", { class: "unseen" }, ` ${t("unread")}`));
  #more = el("span", { class: "meta" });
  #chip = chip("none");
  element;

  /**
   * @param {Talk} talk
   * @param {(talk: Talk) => void} choose
   */
  constructor(talk, choose) {
    this.#talk = talk;
    const { ticket } = talk.facts;
    const badges = el("span", { class: "badges" }, this.#unread, this.#wait);
    const parts = [shape(ticket), el("span", null, nameOf(talk)), badges, this.#chip, this.#more];
    const onclick = () => choose(this.#talk);
    this.#button = el("button", { type: "button", class: "tab", "data-colour": colour(ticket), onclick }, ...parts);
    this.element = el("li", null, this.#button);
  }

  /**
   * @param {Talk} talk
   * @param {{chosen: boolean, at: number}} place
   */
  update(talk, { chosen, at }) {
    this.#talk = talk;
    if (chosen) this.#button.setAttribute("aria-current", "true");
    else this.#button.removeAttribute("aria-current");
    if (at < 5) this.#button.setAttribute("aria-keyshortcuts", `Alt+${at + 1}`);
    this.#chip = rechip(this.#chip, talk.over ? "none" : talk.facts.risk);
    this.#unread.hidden = talk.unread === 0;
    put(this.#number, String(talk.unread));
    put(this.#more, this.#state().join(" · "));
  }

  #state() {
    const { state, facts: known, draft } = this.#talk;
    const words = [facts(known)];
    if (state !== "active") words.push(state === "gone" || state === "closed" ? t("ended") : t(state));
    else if (known.link !== "here") words.push(t(known.link));
    if (draft.trim()) words.push(t("draft"));
    return words;
  }

  /** @param {number} now */
  tick(now) {
    const { unanswered, over } = this.#talk;
    this.#wait.hidden = unanswered === null || over;
    if (unanswered === null) return;
    const time = minutesAndSeconds(now - unanswered);
    this.#wait.dataset.level = level(now - unanswered);
    this.#wait.title = t("waited", { time });
    put(this.#wait, time);
  }
}

/**
 * @param {Waiting} one
 * @param {(one: Waiting) => void} pick
 */
function waitingRow(one, pick) {
  const name = el("span", null, t("ticket", { ticket: one.ticket }));
  const about = el("span", { class: "meta" }, facts(one), el("span", { class: "link-state" }));
  const reasons = el("ul", { class: "reasons", hidden: true });
  const which = () => el("span", { class: "unseen" }, ` ${t("ticket", { ticket: one.ticket })}`);
  const question = el("summary", null, t("why"), which());
  const taking = el("button", { type: "button", class: "pick", hidden: true, onclick: () => pick(one) }, t("pick"), which());
  const parts = [shape(one.ticket), name, el("span", { class: "time" }), about, reasons, taking];
  const explained = el("details", { class: "why" }, question, el("p"));
  return el("li", { class: "row-waiting", "data-colour": colour(one.ticket) }, ...parts, explained);
}

/**
 * Wish and reasons; the same ones are not drawn again.
 * @param {HTMLElement} list
 * @param {Waiting} one
 */
function badges(list, { wish, reasons = [] }) {
  const key = [wish, ...reasons].join(" ");
  if (list.dataset.shows === key) return;
  list.dataset.shows = key;
  const shown = reasons.map((reason) => el("li", { class: "reason", "data-reason": reason }, t(`reason_${reason}`)));
  if (wish) shown.push(el("li", { class: "reason" }, t(`wish_${wish}`)));
  list.replaceChildren(...shown);
  list.hidden = !shown.length;
}

/**
 * Why somebody stands before the next one: the reasons of both and the time between them.
 * @param {Waiting} one
 * @param {Waiting} [next]
 */
function why(one, next) {
  if (!next) return t("why_last");
  const apart = instant(next.since) - instant(one.since);
  const between = minutes(Math.abs(apart), tongue());
  const came = apart === 0 ? "why_same" : apart > 0 ? "why_longer" : "why_shorter";
  const ticket = next.ticket;
  const parts = [t("why_before", { ticket }), t(came, { time: between })];
  if (one.reasons?.length) parts.push(t("why_reasons", { reasons: listed(one.reasons) }));
  if (next.reasons?.length) parts.push(t("why_next_reasons", { ticket, reasons: listed(next.reasons) }));
  return parts.join(" ");
}

/** @param {string[]} reasons */
function listed(reasons) {
  return reasons.map((reason) => t(`reason_${reason}`)).join(", ");
}

/**
 * Ended talks whose view is closed; their codes can be given or changed for some hours.
 * @param {Desk} desk
 * @param {(one: WrapUp) => void} wrapUp
 */
function drawEnded({ wraps, talks }, wrapUp) {
  const ended = wraps.items.filter(({ cid, closed }) => closed && !talks.some((talk) => talk.cid === cid));
  get("ended-mine").hidden = !ended.length;
  put(get("ended-count"), String(ended.filter(({ topic }) => !topic).length));
  const list = get("ended");
  const shows = JSON.stringify(ended);
  if (list.dataset.shows === shows) return;
  list.dataset.shows = shows;
  list.replaceChildren(...ended.map((one) => {
    const when = t("ended_at", { time: clockTime(one.closed, tongue()) });
    const told = el("span", { class: "meta" }, `${facts({ ...one, age_band: null })} · ${t(one.topic ? "wrap_told" : "wrap_not_told")}`);
    return el("li", null, el("button", { type: "button", class: "ended", onclick: () => wrapUp(one) }, el("span", null, when), told));
  }));
}

/** @param {Desk} desk how many wait by channel and language, when there is more than one group */
function drawGroups({ waiting, count }) {
  /** @type {Map<string, number>} */
  const groups = new Map();
  for (const { channel, language } of waiting) {
    const name = [`group_${channel}`, `language_${language}`].map((key) => t(key)).join(", ");
    groups.set(name, (groups.get(name) ?? 0) + 1);
  }
  const parts = groups.size > 1 ? [...groups].map(([name, many]) => `${name}: ${many}`) : [];
  if (count > waiting.length) parts.push(t("first_shown", { count: waiting.length }));
  put(get("waiting-groups"), parts.join(" · "));
}

/**
 * Moves a row only when it stands elsewhere, so that focus and a reader's place stay.
 * @param {HTMLElement} list
 * @param {HTMLElement} element
 * @param {number} at
 */
function place(list, element, at) {
  if (list.children[at] !== element) list.insertBefore(element, list.children[at] ?? null);
}
