/**
 * The waiting room below the composer: what a waiting visitor may tell, change, take along or do meanwhile.
 * Nothing here is asked for twice, and all of it may be left alone.
 * @module
 */

import { el, put } from "../chat/dom.js";
import { t } from "../chat/i18n.js";

/** @typedef {import("./state.js").State} State */
/**
 * @typedef {{
 *   rate: (rating: string) => void, wish: (wish: string) => void, code: (on: boolean) => void,
 *   others: () => Node | null, wished: string
 * }} Acts
 */

const RATINGS = ["can_wait", "today"];
const WISHES = ["", "curator", "psychologist", "nurse"];
/** One beside each group, for those who read numbers slowly; with its word, never by itself. */
const MARKS = ["☀", "★", "♥", "☂"];
const THINGS = ["thing_water", "thing_look", "thing_write"];

/** Drawn once; `show` changes texts in place. */
export class Room {
  #acts;
  #code = el("div", { class: "code-place" });
  #voucher = el("section", { class: "voucher", hidden: true });
  #rest;
  #shown = { code: "", voucher: "" };
  /** The whole room. */
  element;
  /** Whether the visitor allowed the phone to shake when the turn comes. */
  shakes = false;

  /** @param {Acts} acts */
  constructor(acts) {
    this.#acts = acts;
    this.#rest = el("div", null, this.#rating(), this.#wish(), fold("code_offer", this.#code), this.#meanwhile(), ...this.#others(), ...this.#shake());
    this.element = el("section", { class: "room-of-waiting", "aria-label": t("room") }, this.#voucher, this.#rest);
    this.#offer();
  }

  /**
   * @param {State} state
   * @param {boolean} waits
   */
  show(state, waits) {
    this.#rest.hidden = !waits || Boolean(state.voucher);
    if (state.code !== this.#shown.code) this.#hand(state.code);
    if (state.voucher !== this.#shown.voucher) this.#early(state);
    this.#shown = { code: state.code, voucher: state.voucher };
  }

  #rating() {
    const thanks = el("p", { class: "thanks", role: "status" });
    return choice("rate", RATINGS.map((each) => [each, t(`rate_${each}`)]), null, (value) => {
      this.#acts.rate(value);
      put(thanks, t("rate_thanks"));
    }, thanks);
  }

  #wish() {
    const thanks = el("p", { class: "thanks", role: "status" });
    /** @type {[string, string][]} */
    const options = WISHES.map((each) => [each, t(`wish_${each || "anyone"}`)]);
    return fold("wish_change", choice("wish_h", options, this.#acts.wished, (value) => {
      this.#acts.wish(value);
      put(thanks, t("wish_thanks"));
    }, thanks));
  }

  #offer() {
    const ask = el("button", { type: "button", class: "second", onclick: () => this.#acts.code(true) }, t("code_show"));
    this.#code.replaceChildren(el("p", null, t("code_why")), ask);
  }

  /** @param {string} digits empty when it was taken away */
  #hand(digits) {
    if (!digits) {
      this.#offer();
      return;
    }
    const done = el("button", { type: "button", class: "main", onclick: () => this.#offer() }, t("code_written"));
    const away = el("button", { type: "button", class: "second", onclick: () => this.#acts.code(false) }, t("code_away"));
    this.#code.replaceChildren(groups(digits), el("p", null, t("code_once")), done, away);
    groupsFocus(this.#code);
  }

  /** @param {State} state */
  #early({ voucher, opens }) {
    this.#voucher.hidden = false;
    const when = opens ? t("voucher_when", { when: opens }) : t("voucher_next");
    this.#voucher.replaceChildren(el("h2", null, t("voucher_h")), groups(voucher), el("p", null, when), el("p", null, t("voucher_fair")));
    groupsFocus(this.#voucher);
  }

  #meanwhile() {
    const list = el("ul", { class: "things" }, ...THINGS.map((key) => el("li", null, t(key))));
    return fold("things", el("div", { class: "breath", "aria-hidden": "true" }), el("p", null, t("breathe")), list);
  }

  #others() {
    const list = this.#acts.others();
    return list ? [fold("others", list)] : [];
  }

  /** Off until the visitor turns it on; phones that cannot are not asked. */
  #shake() {
    if (!("vibrate" in navigator)) return [];
    const box = el("input", { type: "checkbox", autocomplete: "off", onchange: () => (this.shakes = box.checked) });
    return [el("p", null, el("label", { class: "shake" }, box, el("span", null, t("shake"))))];
  }
}

/**
 * A code in its groups, each with a mark beside it for small children.
 * @param {string} digits
 */
function groups(digits) {
  const small = document.documentElement.hasAttribute("data-small");
  const rows = digits.split(" ").map((group, at) => el("li", null, el("b", null, group), small && mark(at)));
  return el("ol", { class: "groups", tabindex: -1, "aria-label": t("code_h") }, ...rows);
}

/** @param {number} at */
function mark(at) {
  return el("span", null, el("i", { "aria-hidden": "true" }, MARKS[at] ?? ""), ` ${t(`mark_${at}`)}`);
}

/** @param {HTMLElement} box */
function groupsFocus(box) {
  /** @type {HTMLElement | null} */ (box.querySelector(".groups"))?.focus();
}

/**
 * Something that opens when it is wanted.
 * @param {string} key
 * @param {...Node} inside
 */
function fold(key, ...inside) {
  return el("details", { class: "more-here" }, el("summary", null, t(key)), ...inside);
}

/**
 * A question that may be skipped.
 * @param {string} key
 * @param {string[][]} options value and words
 * @param {string | null} chosen
 * @param {(value: string) => void} act
 * @param {Node} thanks
 */
function choice(key, options, chosen, act, thanks) {
  const rows = options.map(([value, text]) => {
    const radio = el("input", { type: "radio", name: key, value, autocomplete: "off", checked: value === chosen, onchange: () => act(value ?? "") });
    return el("label", null, radio, el("span", null, text));
  });
  const legend = el("legend", null, t(key), " ", el("small", null, t("skip")));
  return el("fieldset", null, legend, el("div", { class: "ages wishes" }, ...rows), thanks);
}
