/**
 * What a talk was about, in codes, when it has ended: one topic and the professional's own judgement of the danger.
 * No text is asked for. It may wait, and be changed as long as the service takes it. Loaded when a talk ends.
 * @module
 */

import { el, put } from "../chat/dom.js";
import { t } from "../chat/i18n.js";
import { LEVELS } from "./marks.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("./talk.js").Talk} Talk */
/** @typedef {{code: string, name: string}} Topic */
/** @typedef {Topic & {topics: Topic[]}} Group */

const ADDRESS = "/topics";

export class WrapUp {
  #talk;
  #desk;
  #fields;
  #save = el("button", { type: "submit", class: "main" }, t("wrap_save"));
  #said = el("p", { class: "meta", role: "status" });
  #form;
  #again = el("button", { type: "button", hidden: true, onclick: () => this.#unfold() });
  /** What is shown as saved. */
  #saved = "";
  element;

  /**
   * @param {Talk} talk which has ended
   * @param {Desk} desk
   */
  constructor(talk, desk) {
    this.#talk = talk;
    this.#desk = desk;
    const id = `wrap-${talk.cid}`;
    this.#fields = new Fields(id, talk.facts.channel);
    const later = el("button", { type: "button", onclick: () => this.#fold("") }, t("wrap_later"));
    this.#form = el("form", { class: "filling" }, ...this.#fields.elements, el("div", { class: "row-of-buttons" }, this.#save, later));
    this.#form.addEventListener("submit", (event) => this.#submit(event));
    const heading = el("h3", { id, tabindex: -1 }, t("wrap_title"));
    const more = el("p", { class: "meta" }, t("wrap_more"));
    this.element = el("section", { class: "wrap-up", "aria-labelledby": id }, heading, more, this.#form, this.#said, this.#again);
  }

  /** @param {boolean} open whether our line is */
  update(open) {
    const codes = this.#desk.wrapUps.find(({ cid }) => cid === this.#talk.cid);
    this.element.hidden = this.#talk.state !== "closed";
    this.#save.disabled = !open || this.#desk.asking("wrap_up");
    const saved = codes?.topic ? `${codes.topic} ${codes.risk}` : "";
    if (!codes || !saved || saved === this.#saved) return;
    this.#saved = saved;
    this.#fields.show(codes);
    this.#fold(t("wrap_saved"));
  }

  /** @param {string} said what was done */
  #fold(said) {
    const within = this.#form.contains(document.activeElement);
    this.#form.hidden = true;
    this.#again.hidden = false;
    put(this.#again, t(this.#saved ? "wrap_change" : "wrap_now"));
    put(this.#said, said);
    if (within) this.#again.focus();
  }

  #unfold() {
    this.#form.hidden = false;
    this.#again.hidden = true;
    put(this.#said, "");
    this.#fields.focus();
  }

  /** @param {SubmitEvent} event */
  #submit(event) {
    event.preventDefault();
    if (!this.#save.disabled) this.#desk.act("wrap_up", null, { cid: this.#talk.cid, ...codesOf(new FormData(this.#form)) });
  }
}

/** The two questions, for a form here or in a dialogue. */
export class Fields {
  #channel;
  #said = el("p", { class: "meta", role: "status" });
  #topic;
  #radios;
  #wanted = "";
  elements;

  /**
   * @param {string} id
   * @param {string} channel
   */
  constructor(id, channel) {
    this.#channel = channel;
    this.#topic = el("select", { id: `${id}-topic`, name: "topic", required: true }, el("option", { value: "" }, t("wrap_choose")));
    const topic = el("div", { class: "stack" }, el("label", { for: `${id}-topic` }, t("wrap_topic")), this.#topic, this.#said);
    this.#radios = LEVELS.map((value) => el("input", { type: "radio", name: "risk", value, required: true }));
    const labels = this.#radios.map((radio) => el("label", { class: "check" }, radio, t(`wrap_risk_${radio.value}`)));
    this.elements = [topic, el("fieldset", null, el("legend", null, t("wrap_risk")), ...labels)];
    void this.#fill();
  }

  async #fill() {
    const groups = await topics(this.#channel).catch(() => null);
    put(this.#said, groups ? "" : t("wrap_no_topics"));
    this.#topic.append(...(groups ?? []).map((group) => el("optgroup", { label: group.name }, ...within(group).map(option))));
    this.#topic.value = this.#wanted || this.#topic.value;
  }

  /** @param {{topic: string, risk: string}} codes */
  show({ topic, risk }) {
    this.#wanted = this.#topic.value = topic;
    for (const radio of this.#radios) radio.checked = radio.value === risk;
  }

  /** Tries again for topics that could not be had before. */
  focus() {
    if (this.#topic.options.length === 1) void this.#fill();
    this.#topic.focus();
  }
}

/** @param {FormData} given */
export function codesOf(given) {
  return { topic: String(given.get("topic")), risk: String(given.get("risk")) };
}

/**
 * @param {string} channel
 * @returns {Promise<Group[]>} the topics in the professional's language
 */
async function topics(channel) {
  const headers = { Accept: "application/json" };
  const answer = await fetch(`${ADDRESS}?channel=${encodeURIComponent(channel)}`, { headers, redirect: "error", cache: "no-store" });
  if (!answer.ok) throw new Error("no topics");
  return (await answer.json()).groups;
}

/** @param {Group} group @returns {Topic[]} the group itself first: not everything is certain to the last code */
function within({ code, name, topics: finer }) {
  return finer.some((topic) => topic.code === code) ? finer : [{ code, name: t("wrap_whole_group", { name }) }, ...finer];
}

/** @param {Topic} topic */
function option({ code, name }) {
  return el("option", { value: code }, name);
}
