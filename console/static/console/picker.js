/**
 * One or some of many codes, found by name: a field with what is chosen in it, and a list under it. Arrows go through
 * the list, Enter takes, Backspace in the empty field gives back, Esc shuts; an Enter with nothing open is the form's.
 * @module
 */

import { announce } from "../chat/a11y.js";
import { el, put } from "../chat/dom.js";
import { t } from "../chat/i18n.js";
import { find } from "./search.js";

/** @typedef {import("./search.js").Choice} Choice */
/**
 * `most` may be chosen, one of one is replaced by the next. `eager`: the list opens with the focus while nothing is chosen.
 * `needed`: words for a form that is sent without any.
 * @typedef {{id: string, label: string, most: number, eager?: boolean, needed?: string, changed?: () => void}} Kind
 */

let pressed = false;
addEventListener("mousedown", () => (pressed = true), true);
for (const end of ["mouseup", "dragend"]) addEventListener(end, () => (pressed = false), true);

/**
 * Do a thing that moves what lies below: at once, or after the press that is going on. A button that moves between
 * press and release is not pressed.
 * @param {() => void} act
 */
function onceReleased(act) {
  // The click comes in the same turn as the release, and is done before the timer.
  if (pressed) addEventListener("mouseup", () => setTimeout(act), { once: true, capture: true });
  else act();
}

export class Picker {
  #kind;
  /** @type {Choice[]} */
  #choices = [];
  /** @type {Choice[]} */
  #found = [];
  /** @type {string[]} */
  #values = [];
  #active = -1;
  #chips;
  #input;
  #list;
  #said = el("p", { class: "meta", hidden: true });
  element;

  /** @param {Kind} kind */
  constructor(kind) {
    this.#kind = kind;
    const { id, label } = kind;
    this.#list = el("ul", { class: "picks", role: "listbox", id: `${id}-list`, "aria-label": label, hidden: true });
    this.#chips = el("ul", { class: "picked", id: `${id}-picked`, "aria-label": t("wrap_picked", { label }) });
    const combo = { role: "combobox", "aria-describedby": `${id}-picked`, "aria-required": kind.needed ? "true" : false, "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${id}-list` };
    this.#input = el("input", { id, type: "text", autocomplete: "off", spellcheck: "false", autocapitalize: "none", placeholder: t("wrap_search"), ...combo });
    const box = el("div", { class: "picker-box" }, this.#chips, this.#input);
    this.element = el("div", { class: "picker" }, el("label", { for: id }, label), box, this.#said, this.#list);
    this.#listen(box);
    this.values = [];
  }

  /** @param {HTMLElement} box */
  #listen(box) {
    this.#input.addEventListener("input", () => this.#show());
    this.#input.addEventListener("focus", () => this.#kind.eager && !this.#values.length && this.#show());
    this.#input.addEventListener("click", () => this.#show());
    this.#input.addEventListener("keydown", (event) => this.#key(event));
    this.element.addEventListener("focusout", ({ relatedTarget }) => {
      if (!this.#holds(relatedTarget)) onceReleased(() => this.#holds(document.activeElement) || this.#left());
    });
    // The list must not take the focus from the field.
    this.#list.addEventListener("mousedown", (event) => event.preventDefault());
    box.addEventListener("mousedown", ({ target }) => target === box && setTimeout(() => this.focus()));
  }

  /** @param {EventTarget | null} target */
  #holds(target) {
    return this.element.contains(/** @type {Node | null} */ (target));
  }

  #left() {
    this.#shut(true);
    this.#say("");
  }

  /** @param {Choice[]} choices */
  set choices(choices) {
    this.#choices = choices;
    this.values = this.#values;
    if (document.activeElement === this.#input && this.#kind.eager && !this.#values.length) this.#show();
  }

  /** @returns {string[]} */
  get values() {
    return [...this.#values];
  }

  /** @param {string[]} codes */
  set values(codes) {
    this.#values = [...codes];
    this.#chips.hidden = !codes.length;
    this.#chips.replaceChildren(...codes.map((code) => this.#chip(code)));
    this.#input.setCustomValidity(this.#kind.needed && !codes.length ? this.#kind.needed : "");
    // A field in which something stands needs no word on how to begin; a blank lets the style know that it is empty.
    this.#input.placeholder = codes.length ? " " : t("wrap_search");
    this.#say("");
  }

  focus() {
    this.#input.focus();
  }

  /** @param {string} code */
  #chip(code) {
    const name = this.#name(code);
    const onclick = () => this.#give(code);
    const cross = el("span", { class: "cross", "aria-hidden": "true" }, "×");
    return el("li", null, el("button", { type: "button", "aria-label": t("wrap_remove", { name }), onclick }, name, cross));
  }

  /** @param {string} code @returns {string} until the names are here, the code */
  #name(code) {
    return this.#choices.find((each) => each.code === code)?.name ?? code;
  }

  /** @param {string} code */
  #give(code) {
    this.values = this.#values.filter((each) => each !== code);
    announce(t("wrap_removed", { name: this.#name(code) }));
    this.#kind.changed?.();
    this.focus();
    this.#shut();
  }

  /** @param {Choice} choice */
  #take({ code, name }) {
    const { most } = this.#kind;
    if (most > 1 && this.#values.length >= most) {
      this.#shut(true);
      this.#say(t("wrap_full", { count: most }));
      return;
    }
    this.values = most === 1 ? [code] : [...this.#values, code];
    this.#shut(true);
    announce(t("wrap_taken", { name }));
    this.#kind.changed?.();
  }

  /** @param {string} said why nothing is taken */
  #say(said) {
    put(this.#said, said);
    this.#said.hidden = !said;
    if (said) announce(said);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const { key } = event;
    const open = !this.#list.hidden;
    if (key === "ArrowDown" || key === "ArrowUp") this.#move(key === "ArrowDown" ? 1 : -1);
    else if (key === "Enter" && (this.#found[this.#active] || this.#input.value)) this.#enter();
    else if (key === "Escape" && open) this.#shut(true);
    else if (key === "Backspace" && !this.#input.value && this.#values.length) this.#give(String(this.#values.at(-1)));
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #enter() {
    const choice = this.#found[this.#active];
    if (choice) this.#take(choice);
  }

  /** @param {number} step */
  #move(step) {
    if (this.#list.hidden) this.#show();
    else this.#activate((this.#active + step + this.#found.length) % Math.max(1, this.#found.length));
  }

  #show() {
    this.#say("");
    this.#found = find(this.#choices.filter(({ code }) => !this.#values.includes(code)), this.#input.value);
    this.#list.replaceChildren(...this.#found.map((each, at) => this.#option(each, at)));
    this.#list.hidden = !this.#found.length;
    if (this.#list.hidden && this.#choices.length) this.#say(t("wrap_nothing_found"));
    this.#list.scrollTop = 0;
    this.#list.scrollIntoView({ block: "nearest" });
    this.#input.setAttribute("aria-expanded", String(!this.#list.hidden));
    // What was looked for, or what the visitor chose: one Enter takes it. Nothing else is taken by chance.
    this.#activate(this.#input.value.trim() || this.#found[0]?.sure ? 0 : -1);
  }

  /**
   * @param {Choice} choice
   * @param {number} at
   */
  #option({ name, path, note }, at) {
    const words = [path, note].filter(Boolean).join(" · ");
    const parts = [el("span", null, name), " ", words && el("span", { class: "meta" }, words)];
    const onclick = () => (this.#activate(at, false), this.#enter());
    const onmousemove = () => this.#active !== at && this.#activate(at, false);
    return el("li", { role: "option", id: `${this.#kind.id}-${at}`, "aria-selected": "false", onclick, onmousemove }, ...parts);
  }

  /**
   * @param {number} at
   * @param {boolean} [follow] whether it is brought into view
   */
  #activate(at, follow = true) {
    this.#list.querySelector('[aria-selected="true"]')?.setAttribute("aria-selected", "false");
    this.#active = at < this.#found.length ? at : -1;
    const option = this.#found[this.#active] ? /** @type {HTMLElement} */ (this.#list.children[this.#active]) : null;
    if (option) this.#input.setAttribute("aria-activedescendant", option.id);
    else this.#input.removeAttribute("aria-activedescendant");
    option?.setAttribute("aria-selected", "true");
    if (follow) option?.scrollIntoView({ block: "nearest" });
  }

  /** @param {boolean} [clear] whether what was typed goes too */
  #shut(clear = false) {
    this.#list.hidden = true;
    this.#active = -1;
    this.#found = [];
    this.#input.setAttribute("aria-expanded", "false");
    this.#input.removeAttribute("aria-activedescendant");
    if (clear) this.#input.value = "";
  }
}
