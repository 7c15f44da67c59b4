/**
 * The field where the visitor writes: in normal flow, never fixed, grows to a few lines.
 * @module
 */

import { el, put } from "../chat/dom.js";
import { refusal } from "../chat/frames.js";
import { t } from "../chat/i18n.js";
import { clean } from "../chat/text.js";

const LONGEST = 4000;
/** From here on the room that is left is shown. */
const NEARLY = 400;
const STOPPED_AFTER = 4000;
/** Without one of these nothing looks like a number, an address or a name of one's own: the look-out stays away. */
const TELLING = /[\p{Nd}@_:.(]/u;

/** The form; `element` is put on the page. */
export class Composer {
  #acts;
  #field = el("textarea", {
    id: "message", rows: 1, autocomplete: "off", autocapitalize: "sentences", spellcheck: "false",
    enterkeyhint: "enter", "aria-describedby": "room nameless",
  });
  #room = el("p", { id: "room", class: "room" });
  /** Always there, so that a reader hears what comes into it. */
  #hint = el("p", { id: "nameless", class: "nameless", role: "status" });
  /** Kinds that were said once; later they are only shown. @type {Set<string>} */
  #said = new Set();
  /** @type {((text: string) => string) | null} */
  #looksLike = null;
  /** @type {any} */
  #pause = 0;
  element;

  /** @param {{send: (text: string) => void, typing: (on: boolean) => void}} acts */
  constructor(acts) {
    this.#acts = acts;
    const label = el("label", { class: "unseen", for: "message" }, t("message"));
    const button = el("button", { class: "main", type: "submit" }, t("send"));
    const line = el("div", { class: "line" }, this.#field, button);
    this.element = el("form", { class: "composer", novalidate: true, onsubmit: (/** @type {Event} */ event) => this.#submit(event) });
    this.element.append(label, line, this.#room, this.#hint);
    this.#field.placeholder = t("message");
    this.#field.addEventListener("input", () => this.#typed());
    this.#field.addEventListener("keydown", (event) => this.#key(event));
  }

  /**
   * Gives words back for editing.
   * @param {string} text
   */
  fill(text) {
    this.#field.value = [text, this.#field.value].filter(Boolean).join("\n");
    this.#measure();
    this.#field.focus();
  }

  /** Forgets what was written. */
  wipe() {
    clearTimeout(this.#pause);
    this.#field.value = "";
  }

  /** @param {Event} event */
  #submit(event) {
    event.preventDefault();
    const text = clean(this.#field.value).trim();
    const wrong = refusal(text);
    this.#field.setAttribute("aria-invalid", String(wrong === "too_long"));
    this.#field.focus();
    if (wrong) return;
    this.wipe();
    this.#measure();
    this.#acts.send(text);
  }

  #typed() {
    this.#measure();
    const some = this.#field.value !== "";
    this.#acts.typing(some);
    clearTimeout(this.#pause);
    if (some) this.#pause = setTimeout(() => this.#acts.typing(false), STOPPED_AFTER);
  }

  #measure() {
    const count = LONGEST - [...this.#field.value].length;
    put(this.#room, count < 0 ? t("too_long", { count: -count }) : count <= NEARLY ? t("left", { count }) : "");
    this.#room.classList.toggle("error", count < 0);
    if (count >= 0) this.#field.removeAttribute("aria-invalid");
    this.#field.style.height = "auto";
    this.#field.style.height = `${this.#field.scrollHeight + 4}px`;
    this.#look();
  }

  /** What tells who the writer is, noticed before it is sent; it is never held back. */
  #look() {
    if (this.#looksLike) this.#warn(this.#looksLike(this.#field.value));
    else if (TELLING.test(this.#field.value)) this.#keepWatch().catch(() => undefined);
  }

  async #keepWatch() {
    const { looksLike } = await import("./nameless.js");
    this.#looksLike = looksLike;
    this.#look();
  }

  /** @param {string} kind */
  #warn(kind) {
    const small = document.documentElement.hasAttribute("data-small");
    this.#hint.setAttribute("aria-live", this.#said.has(kind) ? "off" : "polite");
    this.#said.add(kind);
    put(this.#hint, kind && (small ? t("nameless_small") : `${t(`looks_${kind}`)} ${t("nameless")}`));
  }

  /**
   * Enter sends where there is a real keyboard; on a phone it is a new line, and the button sends.
   * @param {KeyboardEvent} event
   */
  #key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || matchMedia("(pointer: coarse)").matches) return;
    event.preventDefault();
    this.element.requestSubmit();
  }
}
