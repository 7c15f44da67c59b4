/**
 * One conversation on the page: head, log, composer.
 * @module
 */

import { el, put } from "../chat/dom.js";
import { has, t } from "../chat/i18n.js";
import { LogView } from "../chat/log.js";
import { NotesView } from "./aside.js";
import { level, minutesAndSeconds } from "./clock.js";
import { Composer } from "./composer.js";
import { about, colour, nameOf, person, shape, speaker, visitor } from "./names.js";

/** @typedef {import("../chat/frames.js").Item} Item */
/** @typedef {import("./talk.js").Talk} Talk */
/**
 * @typedef {import("./composer.js").Actions & {
 *   end: (talk: Talk) => void, release: (talk: Talk) => void, dismiss: (talk: Talk) => void, retry: (talk: Talk, mid: string) => void,
 *   handOver: (talk: Talk) => void, askBeside: (talk: Talk) => void
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
  #beside = el("p", { class: "beside", hidden: true });
  #desk;
  #notes;
  #release;
  #handOver;
  #askBeside;
  #stepOut;
  #end;
  #dismiss;
  element;

  /**
   * @param {Talk} talk
   * @param {Actions} actions
   * @param {import("./desk.js").Desk} desk
   */
  constructor(talk, actions, desk) {
    this.#talk = talk;
    this.#desk = desk;
    this.#notes = new NotesView(talk, desk, line);
    this.#handOver = el("button", { type: "button", onclick: () => actions.handOver(talk) }, t("hand_over"));
    this.#askBeside = el("button", { type: "button", onclick: () => actions.askBeside(talk) }, t("ask_colleague"));
    this.#stepOut = el("button", { type: "button", onclick: () => desk.act("step_out", talk) }, t("step_out"));
    this.#actions = actions;
    this.#release = el("button", { type: "button", onclick: () => actions.release(talk) }, t("give_back"));
    this.#end = el("button", { type: "button", class: "danger", onclick: () => actions.end(talk) }, t("end"));
    this.#dismiss = el("button", { type: "button", hidden: true, onclick: () => actions.dismiss(talk) }, t("dismiss"));
    const name = nameOf(talk);
    this.#log = new LogView({ label: t("log_of", { name }), side: "professional", line, speaker: (item) => speaker(item, talk) });
    this.#composer = new Composer(talk, actions);
    const parts = [this.#head(name), this.#notes.element, this.#notice, this.#log.element, this.#typing, this.#composer.element];
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
    const buttons = el("div", { class: "row-of-buttons" }, this.#release, this.#handOver, this.#askBeside, this.#stepOut, this.#end, this.#dismiss);
    return el("header", { class: "talk-head" }, heading, el("p", { class: "meta" }, about(this.#talk)), this.#presence, this.#wait, this.#beside, buttons);
  }

  /** @param {readonly Item[]} items */
  add(items) {
    this.#log.add(items);
  }

  /** @param {readonly Item[]} items notes of professionals */
  note(items) {
    this.#notes.add(items);
  }

  clear() {
    this.#log.clear();
    this.#notes.clear();
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
    this.#buttons(open);
    this.#notes.update(open);
    this.#dismiss.hidden = !over;
    this.#note();
    this.#composer.update(locked);
    this.#log.pending(this.#talk.outbox.entries, {
      retry: (mid) => this.#actions.retry(this.#talk, mid),
      edit: (mid) => this.#edit(mid),
    });
  }

  /** @param {boolean} open */
  #buttons(open) {
    const { over, own, facts, state } = this.#talk;
    const alone = this.#desk.beside.colleagues.filter(({ id }) => id !== this.#desk.me.id).length === 0;
    this.#release.hidden = this.#end.hidden = over || !own;
    this.#askBeside.hidden = over || !own || state !== "active" || alone;
    this.#handOver.hidden = over || !own || state !== "active" || (alone && !this.#desk.beside.elsewhere(this.#talk).length);
    this.#stepOut.hidden = over || own;
    for (const each of [this.#release, this.#end, this.#handOver, this.#askBeside, this.#stepOut]) each.disabled = !open;
    this.#seats(own ? (facts.beside ?? []) : [], open);
  }

  /**
   * Who sits beside, and the way to bring them in.
   * @param {{worker: number, name: string, profession: string, visible: boolean}[]} seats
   * @param {boolean} open
   */
  #seats(seats, open) {
    const shows = JSON.stringify([seats, open, this.#talk.facts.part]);
    if (this.#beside.dataset.shows === shows) return;
    this.#beside.dataset.shows = shows;
    const bring = (/** @type {number} */ worker) => el("button", { type: "button", disabled: !open, onclick: () => this.#desk.act("bring_in", this.#talk, { worker }) }, t("bring_in"));
    const rows = seats.map((one) => el("span", null, t(one.visible ? "sits_visible" : "sits_beside", { who: person(one) }), " ", one.visible ? null : bring(one.worker)));
    if (!this.#talk.own) rows.push(el("span", null, t(this.#talk.writes ? "you_are_in" : "you_sit_beside")));
    this.#beside.replaceChildren(...rows);
    this.#beside.hidden = !rows.length;
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

/** @param {Item} item */
function line(item) {
  const { kind, code, who } = item;
  const key = has(`line_${kind}_${code}`) ? `line_${kind}_${code}` : `line_${kind}`;
  if (!has(key)) return null;
  return t(key, { name: who?.name ?? "", profession: who ? t(who.profession) : "" });
}
