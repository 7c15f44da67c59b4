/**
 * What a talk was about, in codes, when it has ended: under its log, or in a dialogue when its view is closed already.
 * No text is asked for. It may wait, and be changed as long as the service takes it. Loaded when a talk ends.
 * @module
 */

import { el, put } from "../chat/dom.js";
import { t } from "../chat/i18n.js";
import { Fields } from "./wrapform.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("./talk.js").Talk} Talk */
/** @typedef {import("./talks.js").WrapUp} One */

/** One form and its way to the service. What was filled in stays until it is stored. */
class Form {
  #desk;
  #cid;
  #stored;
  #save = el("button", { type: "submit", class: "main" }, t("wrap_save"));
  #said = el("p", { class: "problem", role: "alert", hidden: true });
  #ref = "";
  fields;
  element;

  /**
   * @param {Desk} desk
   * @param {One} one
   * @param {{later: () => void, stored: () => void}} acts
   */
  constructor(desk, one, { later, stored }) {
    this.#desk = desk;
    this.#cid = one.cid;
    this.#stored = stored;
    this.fields = new Fields(one);
    const wait = el("button", { type: "button", onclick: later }, t("wrap_later"));
    this.element = el("form", { class: "filling" }, ...this.fields.elements, this.#said, el("div", { class: "row-of-buttons" }, this.#save, wait));
    this.element.addEventListener("submit", (event) => this.#submit(event));
  }

  /** @param {SubmitEvent} event */
  #submit(event) {
    event.preventDefault();
    if (this.#save.disabled || this.#ref) return;
    this.#say("");
    this.#ref = this.#desk.act("wrap_up", null, { cid: this.#cid, ...this.fields.read() });
    if (!this.#ref) this.#say("wrap_failed");
  }

  /** @param {string} key */
  #say(key) {
    put(this.#said, key && t(key));
    this.#said.hidden = !key;
  }

  /** @param {boolean} open whether our line is */
  update(open) {
    const { answer } = this.#desk.wraps;
    const answered = this.#ref !== "" && answer.ref === this.#ref;
    // A line that broke took the answer with it: whether it is stored is seen when the list comes again.
    if (answered || (this.#ref && !this.#desk.asking("wrap_up"))) {
      this.#ref = "";
      this.#say(answered ? answer.refused : "wrap_failed");
      if (answered && !answer.refused) this.#stored();
    }
    // While it is on its way the button stays as it is: one that is switched off would lose the focus.
    this.#save.disabled = !open;
  }
}

/** Under the log of a talk that is still on the desk. */
export class WrapUp {
  #talk;
  #desk;
  /** @type {Form | null} */
  #form = null;
  #place = el("div");
  #said = el("p", { class: "meta", role: "status" });
  #again = el("button", { type: "button", hidden: true, onclick: () => this.#unfold() });
  #wanted = false;
  element;

  /**
   * @param {Talk} talk which has ended
   * @param {Desk} desk
   */
  constructor(talk, desk) {
    this.#talk = talk;
    this.#desk = desk;
    const id = `wrap-up-${talk.cid}`;
    const head = el("div", { class: "wrap-head" }, el("h3", { id }, t("wrap_title")), el("p", { class: "meta" }, t("wrap_more")));
    this.element = el("section", { class: "wrap-up", "aria-labelledby": id, hidden: true }, head, this.#place, this.#said, this.#again);
  }

  /** @param {boolean} open whether our line is */
  update(open) {
    const one = this.#desk.wraps.of(this.#talk.cid);
    if (one && !this.#form) this.#begin(one);
    this.element.hidden = !this.#form || this.#talk.state !== "closed";
    this.#form?.update(open);
  }

  /** @param {One} one */
  #begin(one) {
    this.#form = new Form(this.#desk, one, { later: () => this.#fold(""), stored: () => this.#fold(t("wrap_saved")) });
    this.#place.append(this.#form.element);
    this.element.hidden = false;
    if (one.topic) this.#fold(t("wrap_saved"));
    else if (this.#wanted || ended(this.#talk)) this.#form.fields.focus();
  }

  /** Goes to the form, or to what opens it again; as soon as it is here. */
  focus() {
    this.#wanted = true;
    if (this.#again.hidden) this.#form?.fields.focus();
    else this.#again.focus();
  }

  /** @param {string} said what was done */
  #fold(said) {
    const within = this.#place.contains(document.activeElement);
    this.#place.hidden = true;
    this.#again.hidden = false;
    put(this.#again, t(this.#desk.wraps.of(this.#talk.cid)?.topic ? "wrap_change" : "wrap_now"));
    put(this.#said, said);
    if (within) this.#again.focus();
  }

  #unfold() {
    this.#place.hidden = false;
    this.#again.hidden = true;
    put(this.#said, "");
    this.#form?.fields.focus();
  }
}

/** The same for a talk whose view is closed. */
export class WrapUpDialogue {
  #form;
  #dialog;

  /**
   * @param {Desk} desk
   * @param {One} one
   */
  constructor(desk, one) {
    const shut = () => this.#dialog.close();
    this.#form = new Form(desk, one, { later: shut, stored: shut });
    const heading = el("h2", { id: "wrap-question" }, t("wrap_title"));
    this.#dialog = el("dialog", { class: "wrap-dialogue", "aria-labelledby": "wrap-question" }, heading, el("p", { class: "meta" }, t("wrap_more")), this.#form.element);
    this.#dialog.addEventListener("close", () => this.#dialog.remove());
    document.body.append(this.#dialog);
    this.#dialog.showModal();
    this.#form.fields.focus();
    this.update(desk.link === "open");
  }

  /** @param {boolean} open whether our line is */
  update(open) {
    this.#form.update(open);
  }
}

/**
 * Only after an end of our own does the focus go to the form, and only when it stands nowhere.
 * @param {Talk} talk
 */
function ended({ transcript }) {
  const ours = transcript.items.at(-1)?.code === "ended_by_professional";
  const at = document.activeElement;
  // A button that has just been hidden keeps the focus until the page is drawn: that is nowhere, too.
  return ours && (!at || at === document.body || !at.getClientRects().length);
}
