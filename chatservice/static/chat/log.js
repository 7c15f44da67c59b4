/**
 * The log of one conversation on the page: rows are only ever added at the end, never drawn again, so that a screen
 * reader hears the other side's messages and nothing twice.
 *
 *   const log = new LogView({ label, side: "visitor", line, speaker });
 *   main.append(log.element); log.add(fresh); log.pending(outbox.entries, { retry, edit }); log.clear();
 *
 * Words it asks of i18n: you, damaged, sent, waiting, sending, late, refused_{code}, retry, edit, new_messages (count).
 * @module
 */

import { clockTime } from "./frames.js";
import { el, put, words } from "./dom.js";
import { has, t, tongue } from "./i18n.js";

/** @typedef {import("./frames.js").Item} Item */
/** @typedef {import("./outbox.js").Entry} Entry */
/** @typedef {{retry: (mid: string) => void, edit: (mid: string) => void}} Actions */
/**
 * `line` tells a row that is no message in words (null: show nothing); `speaker` names who wrote a message;
 * `body` may show a message's words in a way of its own (null: as they are).
 * @typedef {{
 *   label: string, side: "visitor" | "professional", line: (item: Item) => string | null, speaker: (item: Item) => string,
 *   body?: (item: Item) => Node | null
 * }} Options
 */

/** Nearer to the end than this counts as reading the end. */
const NEAR = 48;

/** Draws rows and outbox; knows nothing of the wire. */
export class LogView {
  #options;
  #rows = el("ol", { class: "rows" });
  #waiting = el("ol", { class: "rows waiting", "aria-live": "off", hidden: true });
  #log;
  #more = el("button", { class: "more", type: "button", hidden: true, onclick: () => this.toEnd() });
  #following = true;
  #unread = 0;
  #speaker = "";
  /** @type {Map<string, HTMLLIElement>} */
  #pending = new Map();
  /** The whole: the scrolling log and its "new messages" button. */
  element;

  /** @param {Options} options */
  constructor(options) {
    this.#options = options;
    this.#log = el("div", { role: "log", class: "log", tabindex: 0, "aria-label": options.label });
    this.#log.append(this.#rows, this.#waiting);
    this.#log.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    // a keyboard, a notice or a longer heading takes room: who was at the end stays there
    new ResizeObserver(() => this.#following && this.toEnd()).observe(this.#log);
    this.element = el("div", { class: "talk-log" }, this.#log, this.#more);
  }

  /**
   * New rows at the end. The view follows only when its reader was at the end; else a button tells the count.
   * @param {readonly Item[]} items
   */
  add(items) {
    const following = this.#following;
    const rows = items.map((item) => this.#row(item)).filter((row) => row !== null);
    this.#quietly(items.every((item) => this.#mine(item)), () => this.#rows.append(...rows));
    if (following) this.toEnd();
    else this.#missed(items.filter((item) => item.kind === "message" && !this.#mine(item)).length);
  }

  /**
   * The outbox below the log: rows are kept, only their state text changes.
   * @param {readonly Entry[]} entries
   * @param {Actions} actions
   */
  pending(entries, actions) {
    const following = this.#following;
    const known = new Set(entries.map(({ mid }) => mid));
    for (const [mid, row] of this.#pending) if (!known.has(mid)) this.#forget(mid, row);
    for (const entry of entries) this.#show(entry, actions);
    this.#waiting.hidden = !entries.length;
    if (following) this.toEnd();
  }

  /** Shows the newest row and counts everything as read. */
  toEnd() {
    this.#following = true;
    this.#log.scrollTop = this.#log.scrollHeight;
    this.#read();
  }

  /** Throws every row away. */
  clear() {
    this.#rows.replaceChildren();
    this.#waiting.replaceChildren();
    this.#pending.clear();
    this.#speaker = "";
    this.#read();
  }

  /** @param {Item} item */
  #mine(item) {
    return item.mine ?? item.side === this.#options.side;
  }

  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.#log;
    this.#following = scrollHeight - scrollTop - clientHeight < NEAR;
    if (this.#following) this.#read();
  }

  #read() {
    this.#unread = 0;
    this.#more.hidden = true;
  }

  /** @param {number} count */
  #missed(count) {
    if (!count) return;
    this.#unread += count;
    this.#more.hidden = false;
    put(this.#more, t("new_messages", { count: this.#unread }));
  }

  /**
   * Own rows are no news to the one who wrote them.
   * @param {boolean} quiet
   * @param {() => void} act
   */
  #quietly(quiet, act) {
    this.#log.setAttribute("aria-live", quiet ? "off" : "polite");
    act();
  }

  /**
   * @param {Item} item
   * @returns {HTMLLIElement | null}
   */
  #row(item) {
    if (item.kind === "message") return this.#message(item);
    const line = this.#options.line(item);
    this.#speaker = "";
    return line === null ? null : el("li", { class: "row service", "data-seq": item.seq, "data-code": item.code }, el("p", null, line));
  }

  /** @param {Item} item */
  #message(item) {
    const mine = this.#mine(item);
    const body = item.damaged ? el("em", null, t("damaged")) : (this.#options.body?.(item) ?? words(item.text ?? ""));
    const meta = [clockTime(item.at, tongue()), mine && t("sent")].filter(Boolean).join(" · ");
    const row = el("li", { class: `row ${mine ? "mine" : "theirs"}`, "data-seq": item.seq, "data-mid": item.mid });
    row.append(this.#name(item, mine), el("div", { class: "bubble" }, body), el("p", { class: "meta" }, meta));
    return row;
  }

  /**
   * The label stands outside the bubble, drawn by us; said again only when the speaker changes, but always there
   * for a reader who hears a single row.
   * @param {Item} item
   * @param {boolean} mine
   */
  #name(item, mine) {
    const name = mine ? t("you") : this.#options.speaker(item);
    const same = name === this.#speaker;
    this.#speaker = name;
    return el("p", { class: same ? "who same" : "who" }, name);
  }

  /**
   * @param {string} mid
   * @param {HTMLLIElement} row
   */
  #forget(mid, row) {
    row.remove();
    this.#pending.delete(mid);
  }

  /**
   * @param {Entry} entry
   * @param {Actions} actions
   */
  #show(entry, actions) {
    const row = this.#pending.get(entry.mid) ?? this.#first(entry);
    const state = `${entry.state} ${entry.code}`;
    if (row.dataset.state === state) return;
    row.dataset.state = state;
    row.querySelector(".meta")?.replaceChildren(stateText(entry), ...buttons(entry, actions));
  }

  /** @param {Entry} entry */
  #first({ mid, body }) {
    const who = el("p", { class: "who same" }, t("you"));
    const row = el("li", { class: "row mine pending", "data-mid": mid }, who);
    row.append(el("div", { class: "bubble" }, words(body)), el("p", { class: "meta" }));
    this.#waiting.append(row);
    this.#pending.set(mid, row);
    return row;
  }
}

/** @param {Entry} entry */
function stateText({ state, code }) {
  if (state !== "refused") return t(state);
  return has(`refused_${code}`) ? t(`refused_${code}`) : t("refused");
}

/**
 * @param {Entry} entry
 * @param {Actions} actions
 * @returns {HTMLButtonElement[]}
 */
function buttons({ mid, state, code }, { retry, edit }) {
  if (state !== "late" && state !== "refused") return [];
  const again = el("button", { type: "button", class: "link", onclick: () => retry(mid) }, t("retry"));
  const change = el("button", { type: "button", class: "link", onclick: () => edit(mid) }, t("edit"));
  return code === "too_long" || code === "id_conflict" ? [change] : [again, change];
}
