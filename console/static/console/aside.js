/**
 * Offers, and the notes beside a talk: far from the composer, and of another look.
 * @module
 */

import { el, put } from "../chat/dom.js";
import { refusal } from "../chat/frames.js";
import { t } from "../chat/i18n.js";
import { LogView } from "../chat/log.js";
import { clean } from "../chat/text.js";
import { instant, minutesAndSeconds } from "./clock.js";
import { person } from "./names.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("./talk.js").Talk} Talk */
/** @typedef {import("./beside.js").Offer} Offer */
/** @typedef {import("../chat/frames.js").Item} Item */

/** Living offers to and from us, each with its answers. */
export class Offers {
  #place;
  #desk;
  /** @type {Map<string, HTMLElement>} */
  #rows = new Map();

  /**
   * @param {HTMLElement} place
   * @param {Desk} desk
   */
  constructor(place, desk) {
    this.#place = place;
    this.#desk = desk;
  }

  draw() {
    const { offers } = this.#desk.beside;
    const living = new Set(offers.map(({ id }) => id));
    for (const [id, row] of this.#rows) if (!living.has(id)) this.#drop(id, row);
    for (const offer of offers) if (!this.#rows.has(offer.id)) this.#add(offer);
    this.#place.hidden = !offers.length;
    this.tick();
  }

  tick() {
    for (const { id, until } of this.#desk.beside.offers) {
      put(this.#rows.get(id)?.querySelector(".time") ?? null, minutesAndSeconds(instant(until) - this.#desk.now()));
    }
  }

  /**
   * @param {string} id
   * @param {HTMLElement} row
   */
  #drop(id, row) {
    row.remove();
    this.#rows.delete(id);
  }

  /** @param {Offer} offer */
  #add(offer) {
    const { id, mine, kind, ticket, who } = offer;
    const told = t([mine ? "offer_mine" : "offer", kind].join("_"), { ticket, who: person(who) });
    const act = (/** @type {string} */ type) => el("button", { type: "button", class: type === "accept" ? "main" : null, onclick: () => this.#desk.act(type, null, { offer: id }) }, t(`offer_${type}`));
    const answers = mine ? [act("withdraw")] : [act("accept"), act("refuse")];
    const about = [t(`visitor_${offer.channel}`), offer.age_band && t(`age_${offer.age_band}`), t(`language_${offer.language}`)];
    const facts = el("p", { class: "meta" }, about.filter(Boolean).join(" · "), " · ", el("span", { class: "time" }));
    const note = offer.note ? el("p", { class: "offer-note" }, offer.note) : null;
    const row = el("div", { class: "offer" }, el("p", null, told), facts, note, el("div", { class: "row-of-buttons" }, ...answers));
    this.#rows.set(id, row);
    this.#place.append(row);
  }
}

/** The notes of one talk. A note leaves only by its own button: Enter makes a new line. */
export class NotesView {
  #talk;
  #desk;
  #log;
  #count = el("span", { class: "count" });
  #field;
  #add;
  element;

  /**
   * @param {Talk} talk
   * @param {Desk} desk
   * @param {(item: Item) => string | null} line
   */
  constructor(talk, desk, line) {
    this.#talk = talk;
    this.#desk = desk;
    const id = `note-${talk.cid}`;
    const name = t("name", { ticket: talk.facts.ticket });
    this.#log = new LogView({ label: t("notes_of", { name }), side: "professional", line, speaker: (item) => (item.who ? person(item.who) : "") });
    const oninput = () => this.#written();
    this.#field = el("textarea", { id, rows: 2, autocomplete: "off", spellcheck: "true", oninput });
    this.#add = el("button", { type: "button", onclick: () => this.#submit() }, t("note_add"));
    const form = el("div", { class: "note-form" }, el("label", { for: id }, t("note_label")), this.#field, this.#add);
    const summary = el("summary", null, t("notes"), " ", this.#count, el("span", { class: "meta" }, ` ${t("notes_hidden")}`));
    this.element = el("details", { class: "notes", open: !talk.writes }, summary, this.#log.element, form);
  }

  /** @param {readonly Item[]} items */
  add(items) {
    this.#log.add(items);
    if (items.some((item) => !item.mine)) this.element.open = true;
    this.#log.toEnd();
  }

  clear() {
    this.#log.clear();
    this.#field.value = "";
  }

  /** @param {boolean} open whether our line is */
  update(open) {
    const { transcript, outbox } = this.#desk.beside.of(this.#talk);
    const count = transcript.items.filter(({ kind }) => kind === "message").length;
    this.#count.hidden = !count;
    put(this.#count, String(count));
    this.element.hidden = this.#talk.state === "gone";
    this.#field.readOnly = this.#add.disabled = !open || this.#talk.over;
    const retry = (/** @type {string} */ mid) => (outbox.retry(mid), this.#desk.beside.ready(this.#talk));
    this.#log.pending(outbox.entries, { retry, edit: (mid) => this.#takeBack(outbox.take(mid)) });
  }

  /** @param {string} text words taken back for editing, before what is being written */
  #takeBack(text) {
    this.#field.value = [text, this.#field.value].filter(Boolean).join("\n");
    this.#written();
    this.#field.focus();
  }

  #written() {
    this.#desk.beside.of(this.#talk).draft = this.#field.value;
  }

  #submit() {
    const body = clean(this.#field.value).trim();
    if (refusal(body, this.#desk.limits)) return;
    this.#field.value = "";
    this.#written();
    this.#desk.beside.whisper(this.#talk, body);
    this.#field.focus();
  }
}
