/**
 * Where an answer is written: bound to one conversation for its whole life, with its name, shape and colour.
 * @module
 */

import { refusal } from "../chat/frames.js";
import { el, put } from "../chat/dom.js";
import { t } from "../chat/i18n.js";
import { clean } from "../chat/text.js";
import { HIGH, rank } from "./marks.js";
import { shape } from "./names.js";

/** @typedef {import("./talk.js").Talk} Talk */
/**
 * @typedef {{
 *   say: (talk: Talk, body: string) => void, type: (talk: Talk, on: boolean) => void, limits: () => import("../chat/frames.js").Limits,
 *   guarded: () => boolean, guard: () => void, pasting: (talk: Talk, text: string) => Promise<boolean> | null, changed: () => void
 * }} Actions
 */

/** Characters left are told from here on. */
const NEAR_LIMIT = 200;

export class Composer {
  #talk;
  #actions;
  #field;
  #send;
  #left = el("p", { class: "meta", "aria-live": "off" });
  #lock = el("p", { class: "meta lock", hidden: true });
  #asks = el("p", { class: "meta asks", role: "status" });
  #place;
  #newer;
  element;

  /**
   * @param {Talk} talk
   * @param {Actions} actions
   */
  constructor(talk, actions) {
    this.#talk = talk;
    this.#actions = actions;
    const id = `write-${talk.cid}`;
    this.#field = el("textarea", { id, rows: 3, autocomplete: "off", spellcheck: "true", "aria-describedby": `${id}-hint` });
    this.#send = el("button", { type: "submit", class: "main" }, t("send"));
    this.#newer = this.#question();
    const hint = el("p", { class: "meta", id: `${id}-hint` }, t("send_hint"));
    const name = el("span", null, t("write_to", { name: t("name", { ticket: talk.facts.ticket }) }));
    const label = el("label", { for: id }, shape(talk.facts.ticket), name);
    this.#place = el("button", { type: "button", hidden: true, onclick: () => this.askPlace() }, t("ask_place"));
    const foot = el("div", { class: "foot" }, hint, this.#left, this.#place, this.#send);
    this.element = el("form", { class: "composer" }, label, this.#newer, this.#lock, this.#asks, this.#field, foot);
    this.#listen();
  }

  #question() {
    const again = el("button", { type: "button", onclick: () => this.#submit() }, t("send_anyway"));
    return el("div", { class: "ask", role: "alert", hidden: true }, el("p", null, t("newer")), again);
  }

  #listen() {
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#field.addEventListener("input", () => this.#written());
    this.#field.addEventListener("keydown", (event) => this.#key(event));
    this.#field.addEventListener("blur", () => this.#actions.type(this.#talk, false));
    this.#field.addEventListener("paste", (event) => void this.#pasted(event));
  }

  focus() {
    this.#field.focus();
  }

  /** @param {string} text words taken back for editing, before what is being written */
  takeBack(text) {
    this.#field.value = this.#field.value ? `${text}\n${this.#field.value}` : text;
    this.#written();
    this.focus();
  }

  /** A ready question, to be changed and sent by hand; the answer to it is shown as written. */
  askPlace() {
    if (this.#talk.asksPlace) this.focus();
    if (this.#field.readOnly || this.#talk.asksPlace) return;
    const { language, channel } = this.#talk.facts;
    const question = t(`place_${channel}_${language}`);
    this.#field.value = [this.#field.value.trim(), question].filter(Boolean).join("\n");
    this.#talk.asksPlace = true;
    this.#written();
    this.focus();
  }

  /** @param {boolean} locked */
  update(locked) {
    const { state, draft, asksPlace, facts } = this.#talk;
    // Who only sits beside has no field that leads to the visitor.
    this.element.hidden = this.#talk.over || !this.#talk.writes;
    this.#field.readOnly = locked;
    this.#lock.hidden = !locked;
    if (locked) put(this.#lock, t("locked"));
    this.#send.disabled = this.#place.disabled = locked || state !== "active";
    this.#place.hidden = rank(facts.risk) < HIGH || asksPlace;
    put(this.#asks, asksPlace ? t("asks_place") : "");
    if (!this.#talk.overtaken && !draft) this.#newer.hidden = true;
  }

  #written() {
    this.#talk.write(this.#field.value);
    if (this.#field.value.trim()) this.#actions.type(this.#talk, true);
    else this.#newer.hidden = true;
    this.#count();
    this.#actions.changed();
  }

  #count() {
    const left = this.#actions.limits().message_characters - [...this.#field.value].length;
    put(this.#left, left < 0 ? t("too_long", { count: -left }) : left < NEAR_LIMIT ? t("left", { count: left }) : "");
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === "Escape") this.#leave(event);
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    // A switch of conversation just before: this Enter was meant for the other one.
    if (!event.repeat && !this.#actions.guarded()) this.#submit();
  }

  /** @param {KeyboardEvent} event */
  #leave(event) {
    event.preventDefault();
    /** @type {HTMLElement | null | undefined} */ (this.element.parentElement?.querySelector(".log:not(.notes .log)"))?.focus();
  }

  #submit() {
    const body = clean(this.#field.value).trim();
    if (this.#send.disabled || refusal(body, this.#actions.limits())) return;
    if (this.#talk.overtaken) {
      this.#talk.askedAbout = this.#talk.newest;
      this.#newer.hidden = false;
      this.#actions.guard();
      return;
    }
    this.#newer.hidden = true;
    this.#field.value = "";
    this.#actions.say(this.#talk, body);
    this.#count();
    this.focus();
  }

  /** @param {ClipboardEvent} event */
  async #pasted(event) {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const asked = this.#actions.pasting(this.#talk, text);
    if (!asked) return;
    event.preventDefault();
    const agreed = await asked;
    this.focus();
    if (!agreed || this.#field.readOnly) return;
    this.#field.setRangeText(text, this.#field.selectionStart, this.#field.selectionEnd, "end");
    this.#written();
  }
}
