/**
 * One conversation on the page: head, log, composer.
 * @module
 */

import { el, put } from "../chat/dom.js";
import { has, t } from "../chat/i18n.js";
import { LogView } from "../chat/log.js";
import { level, minutesAndSeconds } from "./clock.js";
import { Composer } from "./composer.js";
import { colour, shape } from "./shape.js";

/** @typedef {import("../chat/frames.js").Item} Item */
/** @typedef {import("./talk.js").Talk} Talk */
/**
 * @typedef {import("./composer.js").Actions & {
 *   end: (talk: Talk) => void, release: (talk: Talk) => void, dismiss: (talk: Talk) => void, retry: (talk: Talk, mid: string) => void
 * }} Actions
 */

export class Panel {
  #talk;
  #actions;
  #log;
  #composer;
  #presence = el("p", { class: "presence" });
  #wait = el("span", { class: "wait", hidden: true });
  #notice = el("p", { class: "notice", hidden: true });
  #typing = el("p", { class: "typing meta", "aria-live": "off" });
  #release;
  #end;
  #dismiss;
  element;

  /**
   * @param {Talk} talk
   * @param {Actions} actions
   */
  constructor(talk, actions) {
    this.#talk = talk;
    this.#actions = actions;
    this.#release = el("button", { type: "button", onclick: () => actions.release(talk) }, t("give_back"));
    this.#end = el("button", { type: "button", class: "danger", onclick: () => actions.end(talk) }, t("end"));
    this.#dismiss = el("button", { type: "button", hidden: true, onclick: () => actions.dismiss(talk) }, t("dismiss"));
    const name = nameOf(talk);
    this.#log = new LogView({ label: t("log_of", { name }), side: "professional", line, speaker: (item) => speaker(item, talk) });
    this.#composer = new Composer(talk, actions);
    const parts = [this.#head(name), this.#notice, this.#log.element, this.#typing, this.#composer.element];
    const facts = { class: "talk", "data-cid": talk.cid, "data-colour": colour(talk.facts.ticket), "aria-label": name };
    this.element = el("section", facts, ...parts);
  }

  get talk() {
    return this.#talk;
  }

  /** @param {string} name */
  #head(name) {
    const { ticket } = this.#talk.facts;
    const heading = el("h2", { tabindex: -1 }, shape(ticket), name);
    const buttons = el("div", { class: "row-of-buttons" }, this.#release, this.#end, this.#dismiss);
    return el("header", { class: "talk-head" }, heading, el("p", { class: "meta" }, about(this.#talk)), this.#presence, this.#wait, buttons);
  }

  /** @param {readonly Item[]} items */
  add(items) {
    this.#log.add(items);
  }

  clear() {
    this.#log.clear();
  }

  focus() {
    this.element.querySelector("h2")?.focus();
  }

  write() {
    if (this.#talk.over) this.focus();
    else this.#composer.focus();
  }

  toEnd() {
    this.#log.toEnd();
  }

  /** @param {{open: boolean, locked: boolean}} line whether our line is open, and whether it has been down for long */
  update({ open, locked }) {
    const { over, state, facts } = this.#talk;
    this.element.dataset.state = state;
    this.#presence.dataset.at = facts.link;
    put(this.#presence, t(facts.link));
    // While our own line is down nobody knows whether they are there.
    this.#presence.hidden = over || !open;
    this.#release.hidden = this.#end.hidden = over;
    this.#release.disabled = this.#end.disabled = !open;
    this.#dismiss.hidden = !over;
    this.#note();
    this.#composer.update(locked);
    this.#log.pending(this.#talk.outbox.entries, {
      retry: (mid) => this.#actions.retry(this.#talk, mid),
      edit: (mid) => this.#edit(mid),
    });
  }

  /** @param {number} now on the server's clock */
  tick(now) {
    const { unanswered, over } = this.#talk;
    this.#wait.hidden = unanswered === null || over;
    if (unanswered !== null) {
      this.#wait.dataset.level = level(now - unanswered);
      put(this.#wait, minutesAndSeconds(now - unanswered));
    }
    put(this.#typing, Date.now() < this.#talk.typingUntil ? `${visitor(this.#talk)} ${t("typing")}` : "");
  }

  #note() {
    const { state, facts, why } = this.#talk;
    const told = `notice_${state === "active" ? facts.link : state}`;
    const key = has(`${told}_${why}`) ? `${told}_${why}` : told;
    this.#notice.hidden = !has(key);
    if (has(key)) put(this.#notice, t(key));
  }

  /** @param {string} mid */
  #edit(mid) {
    this.#composer.takeBack(this.#talk.outbox.take(mid));
    this.#actions.changed();
  }
}

/** @param {Talk} talk */
export function nameOf(talk) {
  return t("name", { ticket: talk.facts.ticket });
}

/** @param {Talk} talk */
function visitor(talk) {
  return t(`visitor_${talk.facts.channel}`);
}

/**
 * @param {{channel: string, language: string, age_band: string | null}} facts
 * @returns {string} "Young person · 13–15 years · Finnish"
 */
export function facts({ channel, language, age_band }) {
  const parts = [t(`visitor_${channel}`), age_band && t(`age_${age_band}`), t(`language_${language}`)];
  return parts.filter(Boolean).join(" · ");
}

/** @param {Talk} talk */
function about(talk) {
  return facts(talk.facts);
}

/**
 * @param {Item} item
 * @param {Talk} talk
 */
function speaker(item, talk) {
  if (item.side === "visitor") return visitor(talk);
  return item.who ? `${item.who.name}, ${t(item.who.profession)}` : t("you");
}

/** @param {Item} item */
function line(item) {
  const { kind, code, who } = item;
  const key = has(`line_${kind}_${code}`) ? `line_${kind}_${code}` : `line_${kind}`;
  if (!has(key)) return null;
  return t(key, { name: who?.name ?? "", profession: who ? t(who.profession) : "" });
}
