/**
 * The quiet banner of a talk in danger: the level and its kinds in words, the words that the rules stopped at, and why.
 * It orders a queue and is no verdict, so it never says that there is no danger. Loaded when it is needed first.
 * @module
 */

import { clockTime } from "../chat/frames.js";
import { el, put } from "../chat/dom.js";
import { t, tongue } from "../chat/i18n.js";
import { tidy } from "../chat/text.js";
import { LEVELS, chip, grounds, pieces, rank, rechip } from "./marks.js";

/** @typedef {import("../chat/frames.js").Item} Item */
/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("./talk.js").Talk} Talk */

const MOST_QUOTES = 4;
const MOST_LINES = 8;

export class RiskBanner {
  #talk;
  #desk;
  #shown = "";
  #chip = chip("none");
  #kinds = el("span", { class: "kinds" });
  #quotes = el("p", { class: "quotes" });
  #reasons = el("ul", { class: "grounds" });
  #lower = el("details", { class: "drop lower" });
  #levels = el("div", { class: "drop-list" });
  element;

  /**
   * @param {Talk} talk
   * @param {Desk} desk
   */
  constructor(talk, desk) {
    this.#talk = talk;
    this.#desk = desk;
    const first = el("p", { class: "risk-head", role: "status" }, this.#chip, this.#kinds);
    const why = el("details", { class: "grounds-of" }, el("summary", null, t("risk_why")), this.#reasons);
    this.#lower.append(el("summary", { class: "button" }, t("risk_lower")), this.#levels);
    const note = el("p", { class: "meta" }, t("risk_note"));
    const name = t("risk_of", { name: t("name", { ticket: talk.facts.ticket }) });
    this.element = el("section", { class: "risk", "aria-label": name, hidden: true }, first, this.#lower, this.#quotes, note, why);
  }

  /** @param {boolean} open whether our line is */
  update(open) {
    const { facts, over, own, transcript } = this.#talk;
    const level = rank(facts.risk);
    this.element.hidden = !level || over;
    if (this.element.hidden) return;
    this.element.dataset.level = facts.risk;
    this.#lower.hidden = !own;
    for (const button of this.#levels.children) /** @type {HTMLButtonElement} */ (button).disabled = !open;
    const shows = `${level} ${transcript.cursor}`;
    if (this.#shown === shows) return;
    this.#shown = shows;
    this.#draw(level, transcript.items.filter(({ mark }) => rank(mark?.level)));
  }

  /**
   * @param {number} level
   * @param {Item[]} lines in which moderation saw danger
   */
  #draw(level, lines) {
    this.#chip = rechip(this.#chip, LEVELS[level]);
    const kinds = new Set(lines.flatMap(({ mark }) => mark?.categories ?? []));
    put(this.#kinds, [...kinds].map((kind) => t(`kind_${kind}`)).join(", "));
    const found = [...new Set(lines.flatMap(quotes))].slice(-MOST_QUOTES);
    put(this.#quotes, found.length ? t("risk_words", { words: found.join(" ") }) : t("risk_no_words"));
    this.#reasons.replaceChildren(...lines.slice(-MOST_LINES).map(ground));
    const less = LEVELS.slice(0, level).reverse();
    const judge = (/** @type {string} */ risk) => () => {
      this.#lower.open = false;
      this.#desk.act("lower", this.#talk, { risk });
    };
    this.#levels.replaceChildren(...less.map((risk) => el("button", { type: "button", onclick: judge(risk) }, t(`lower_${risk}`))));
  }
}

/** @param {Item} item @returns {string[]} the words that rules stopped at, in quotation marks */
function quotes(item) {
  return pieces(item).filter(({ marked }) => marked).map(({ text }) => t("quoted", { words: tidy(text) }));
}

/** @param {Item} item @returns {HTMLElement} when, and which rules */
function ground({ at, mark }) {
  const reasons = grounds(mark);
  const names = (/** @type {import("../chat/frames.js").Reason[]} */ of) => [...new Set(of.map(({ rule }) => rule))];
  const fired = names(reasons.filter(({ blocker }) => !blocker));
  const held = reasons.filter(({ blocker }) => blocker).map(({ rule, blocker }) => t("risk_held_back", { rule, blocker: blocker ?? "" }));
  return el("li", null, `${clockTime(at, tongue())} `, [...fired, ...new Set(held)].join(", "));
}
