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
import { body, chip, rechip, revealed } from "./marks.js";
import { about, colour, nameOf, person, shape, speaker, visitor } from "./names.js";

/** @typedef {import("../chat/frames.js").Item} Item */
/** @typedef {import("./talk.js").Talk} Talk */
/**
 * @typedef {import("./composer.js").Actions & {
 *   end: (talk: Talk) => void, release: (talk: Talk) => void, dismiss: (talk: Talk) => void, retry: (talk: Talk, mid: string) => void,
 *   handOver: (talk: Talk) => void, askBeside: (talk: Talk) => void,
 *   warn: (talk: Talk) => void, pauseWriting: (talk: Talk) => void
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
  #more;
  #chip = chip("none");
  /** @type {import("./risk.js").RiskBanner | null} */
  #risk = null;
  /** @type {import("./wrapup.js").WrapUp | null} */
  #wrapUp = null;
  /** What is being fetched, so that it is asked for once. @type {Set<string>} */
  #fetching = new Set();
  #open = false;
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
    const acts = {
      reveal: (/** @type {number} */ seq) => desk.act("reveal", talk, { seq }),
      warn: () => actions.warn(talk),
      pause: () => actions.pauseWriting(talk),
      end: () => actions.end(talk),
    };
    this.#log = new LogView({ label: t("log_of", { name }), side: "professional", line, speaker: (item) => speaker(item, talk), body: (item) => body(item, acts) });
    this.#composer = new Composer(talk, actions);
    this.#more = this.#menu(acts);
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
    const buttons = el("div", { class: "row-of-buttons" }, this.#release, this.#handOver, this.#askBeside, this.#stepOut, this.#end, this.#dismiss, this.#more);
    return el("header", { class: "talk-head" }, heading, this.#chip, el("p", { class: "meta" }, about(this.#talk)), this.#presence, this.#wait, this.#beside, buttons);
  }

  /** @param {{warn: () => void, pause: () => void}} acts */
  #menu({ warn, pause }) {
    const button = (/** @type {string} */ key, /** @type {() => void} */ act) => {
      const onclick = () => ((this.#more.open = false), act());
      return el("button", { type: "button", onclick }, t(key));
    };
    const list = el("div", { class: "drop-list" }, button("ask_place", () => this.#composer.askPlace()), button("warn", warn), button("pause_writing", pause));
    return el("details", { class: "drop more-acts" }, el("summary", { class: "button" }, t("more_acts")), list);
  }

  /** @param {readonly Item[]} items */
  add(items) {
    this.#log.add(items);
  }

  /** @param {readonly Item[]} items notes of professionals */
  note(items) {
    this.#notes.add(items);
  }

  /**
   * @param {number} seq
   * @param {string} text that line as it was written
   */
  reveal(seq, text) {
    revealed(this.#log.element, seq, text);
  }

  clear() {
    this.#log.clear();
    this.#notes.clear();
  }

  focus() {
    this.element.querySelector("h2")?.focus();
  }

  write() {
    if (this.#talk.over && this.#wrapUp && !this.#wrapUp.element.hidden) this.#wrapUp.focus();
    else if (this.#talk.over) this.focus();
    else this.#composer.focus();
  }

  toEnd() {
    this.#log.toEnd();
  }

  /** @param {{open: boolean, locked: boolean}} line whether our line is open, and whether it has been down for long */
  update({ open, locked }) {
    const { over, state, facts } = this.#talk;
    this.#open = open;
    this.element.dataset.state = state;
    this.element.dataset.part = facts.part ?? "owner";
    this.element.setAttribute("aria-busy", String(!over && !this.#talk.heard));
    this.#care();
    // The banner says it with more words; until it has come the level stands in the head.
    this.#chip = rechip(this.#chip, over || this.#risk ? "none" : facts.risk);
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
    this.#more.hidden = !own || state !== "active";
    for (const each of this.element.querySelectorAll(".reveal, .cautions button")) /** @type {HTMLButtonElement} */ (each).disabled = !open;
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

  /** The parts that few talks need come when they are needed; a talk goes on without them. */
  #care() {
    const { facts, own, state } = this.#talk;
    if (facts.risk && facts.risk !== "none" && !this.#risk) this.#fetch("risk", async () => {
      const { RiskBanner } = await import("./risk.js");
      this.#risk = new RiskBanner(this.#talk, this.#desk);
      this.#notes.element.before(this.#risk.element);
    });
    if (state === "closed" && own && !this.#wrapUp) this.#fetch("wrap-up", async () => {
      const { WrapUp } = await import("./wrapup.js");
      this.#wrapUp = new WrapUp(this.#talk, this.#desk);
      this.#composer.element.before(this.#wrapUp.element);
    });
    this.#risk?.update(this.#open);
    this.#wrapUp?.update(this.#open);
  }

  /**
   * @param {string} what
   * @param {() => Promise<void>} bring
   */
  #fetch(what, bring) {
    if (this.#fetching.has(what)) return;
    this.#fetching.add(what);
    void bring().then(() => this.#actions.changed(), () => this.#fetching.delete(what));
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
