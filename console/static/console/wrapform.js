/**
 * The questions of a wrap-up: codes alone, with what is known already filled in. Nothing of another talk is carried over.
 * @module
 */

import { el, put } from "../chat/dom.js";
import { t } from "../chat/i18n.js";
import { book, flat, topicsOf } from "./codes.js";
import { LEVELS, rank } from "./marks.js";
import { Picker } from "./picker.js";

/** @typedef {import("./codes.js").Book} Book */
/** @typedef {import("./codes.js").Named} Named */
/** @typedef {import("./talks.js").Codes} Codes */
/** @typedef {import("./talks.js").WrapUp} WrapUp */

const SIDES = 2;
/** What is true of nearly every talk in which somebody was listened to. */
const HEARD = "O_HEARD";
const NO_COUNSELLING = /^N\./;
/** Who writes, where nothing else is said. */
const WRITER = new Map([["youth", "R_SELF"], ["parent", "R_GUARD"]]);
const UNKNOWN = "unknown";
/** Fields with one code each, and the part of the book that names them. */
const SINGLE = /** @type {const} */ ([["role", "roles"], ["age", "ages"], ["stage", "stages"], ["language", "languages"]]);

export class Fields {
  #one;
  #said = el("p", { class: "meta", role: "status" });
  #topic;
  #sides;
  #outcomes;
  #kinds;
  #radios;
  /** @type {Map<string, HTMLSelectElement>} */
  #selects = new Map();
  /** Whether what came of it is still what we filled in. */
  #untouched = false;
  elements;

  /** @param {WrapUp} one an ended talk */
  constructor(one) {
    this.#one = one;
    const id = `wrap-${one.cid}`;
    this.#topic = new Picker({ id: `${id}-topic`, label: t("wrap_topic"), most: 1, eager: true, needed: t("wrap_topic_needed"), changed: () => this.#turn() });
    this.#sides = new Picker({ id: `${id}-sides`, label: t("wrap_sides"), most: SIDES });
    this.#outcomes = new Picker({ id: `${id}-outcomes`, label: t("wrap_outcomes"), most: 12, changed: () => (this.#untouched = false) });
    this.#kinds = new Picker({ id: `${id}-kinds`, label: t("wrap_kinds"), most: 6 });
    this.#radios = LEVELS.map((value) => el("input", { type: "radio", name: `${id}-risk`, value, required: true, onchange: () => this.#kindsToo() }));
    const labels = this.#radios.map((radio) => el("label", { class: "check" }, radio, t(`wrap_risk_${radio.value}`)));
    const risk = el("fieldset", null, el("legend", null, t("wrap_risk")), ...labels);
    const pickers = el("div", { class: "wrap-pickers" }, this.#topic.element, this.#sides.element, this.#outcomes.element);
    const rest = el("div", { class: "wrap-rest" }, ...SINGLE.map(([name]) => this.#select(id, name)), this.#place(id));
    this.elements = [this.#said, pickers, el("div", { class: "wrap-danger" }, risk, this.#kinds.element), rest];
    this.show(one);
    void this.#fill();
  }

  /**
   * @param {string} id
   * @param {string} name
   * @param {Child} [more] what is to be known of it
   */
  #select(id, name, more = null) {
    const about = more ? { "aria-describedby": `${id}-${name}-more` } : {};
    const select = el("select", { id: `${id}-${name}`, ...about });
    this.#selects.set(name, select);
    return el("div", { class: "stack" }, el("label", { for: `${id}-${name}` }, t(`wrap_${name}`)), more, select);
  }

  /** @param {string} id where the municipality is asked of us; a school is told by the entrance or nobody */
  #place(id) {
    const { placed, school } = this.#one;
    if (placed) return el("p", { class: "stack wrap-placed" }, el("span", { class: "meta" }, t("wrap_placed")), el("span", null), school && el("span", null, school));
    return this.#select(id, "municipality", el("p", { class: "meta", id: `${id}-municipality-more` }, t("wrap_municipality_more")));
  }

  async #fill() {
    const found = await book(this.#one.channel).catch(() => null);
    put(this.#said, found ? "" : t("wrap_no_codes"));
    this.#said.hidden = found !== null;
    if (!found) return;
    this.#topic.choices = topicsOf(found, this.#one.chosen);
    this.#sides.choices = topicsOf({ ...found, likely: [] }, "");
    this.#outcomes.choices = flat(found.outcomes);
    this.#kinds.choices = flat(found.risk_kinds);
    for (const [name, part] of SINGLE) this.#options(name, found[part]);
    this.#places(found.municipalities);
  }

  /**
   * @param {string} name
   * @param {Named[]} named
   */
  #options(name, named) {
    const select = this.#selects.get(name);
    const wanted = select?.dataset.wanted ?? "";
    select?.replaceChildren(...named.map(({ code, name: shown }) => el("option", { value: code, selected: code === wanted }, shown)));
  }

  /** @param {Named[]} towns */
  #places(towns) {
    const own = towns.find(({ code }) => code === this.#one.municipality);
    put(this.elements.at(-1)?.querySelector(".wrap-placed span:nth-child(2)") ?? null, own?.name ?? this.#one.municipality);
    this.#options("municipality", [{ code: UNKNOWN, name: t("wrap_unknown") }, ...towns]);
  }

  /** A main topic that is no counselling has no outcome of one. */
  #turn() {
    const [topic] = this.#topic.values;
    if (!this.#untouched || !topic) return;
    this.#outcomes.values = NO_COUNSELLING.test(topic) ? [] : [HEARD];
  }

  #kindsToo() {
    this.#kinds.element.hidden = rank(this.#risk) === 0;
  }

  get #risk() {
    return this.#radios.find(({ checked }) => checked)?.value ?? "";
  }

  /** @param {WrapUp} one as it is stored, or as it begins */
  show(one) {
    const begins = !one.topic;
    this.#topic.values = one.topic ? [one.topic] : [];
    this.#sides.values = one.sides;
    this.#outcomes.values = begins ? [HEARD] : one.outcomes;
    this.#untouched = begins;
    this.#kinds.values = one.risk_kinds;
    // Where moderation saw danger nobody's judgement is filled in for them.
    const risk = one.risk || (one.marked ? "" : LEVELS[0]);
    for (const radio of this.#radios) radio.checked = radio.value === risk;
    this.#kindsToo();
    const role = begins ? (WRITER.get(one.channel) ?? one.role) : one.role;
    for (const [name, code] of Object.entries({ role, age: one.age, stage: one.stage, language: one.language, municipality: one.municipality })) {
      const select = this.#selects.get(name);
      if (!select) continue;
      select.dataset.wanted = code;
      select.value = code;
    }
  }

  /** @returns {Codes} as they stand in the form */
  read() {
    const single = (/** @type {string} */ name) => {
      const select = this.#selects.get(name);
      return select?.value || select?.dataset.wanted || "";
    };
    const kinds = rank(this.#risk) ? this.#kinds.values : [];
    return {
      topic: this.#topic.values[0] ?? "", sides: this.#sides.values, outcomes: this.#outcomes.values, risk: this.#risk, risk_kinds: kinds,
      role: single("role"), age: single("age"), stage: single("stage"), language: single("language"), municipality: single("municipality"),
    };
  }

  /** Tries again for codes that could not be had before. */
  focus() {
    if (!this.#said.hidden) void this.#fill();
    this.#topic.focus();
  }
}

/** @typedef {import("../chat/dom.js").Child} Child */
