/**
 * The talks on the desk: which there are, and what rows, receipts and refusals do to each; the alarms for those whom nobody
 * takes; and the talks that have ended and wait for their codes. No element of the page.
 * @module
 */

import { Talk } from "./talk.js";

/** @typedef {import("../chat/frames.js").Frame} Frame */
/** @typedef {import("../chat/frames.js").Item} Item */
/** @typedef {import("./talk.js").Facts} Facts */
/**
 * @typedef {{
 *   send: (frame: Frame) => boolean, resync: () => void, changed: () => void, said: (key: string, talk?: Talk) => void,
 *   rows: (talk: Talk, items: readonly Item[]) => void, cleared: (talk: Talk) => void, opened: (talk: Talk) => void,
 *   noted: (talk: Talk, items: readonly Item[]) => void, watching: (talk: Talk) => boolean,
 *   revealed: (talk: Talk, seq: number, text: string) => void
 * }} View
 */
/**
 * @typedef {{
 *   outgoing: import("./outgoing.js").Outgoing, beside: import("./beside.js").Beside,
 *   me: () => {name: string, profession: string}, now: () => number
 * }} Desk
 */

/**
 * What is said of a talk in codes; nothing of it is a text. `topic` and `risk` are empty until they are given.
 * @typedef {{
 *   topic: string, risk: string, sides: string[], outcomes: string[], risk_kinds: string[],
 *   role: string, age: string, stage: string, language: string, municipality: string
 * }} Codes
 */
/**
 * One ended talk. `placed`: its entrance tells the municipality; `chosen`: the topic its visitor chose when coming in;
 * `marked`: moderation saw danger in it.
 * @typedef {Codes & {
 *   cid: string, channel: string, closed: string, placed: boolean, school: string, chosen: string, marked: boolean
 * }} WrapUp
 */

/** @typedef {import("./outgoing.js").Timers} Timers */
/** @typedef {{ticket: number, channel: string, language: string, since: string, reason: string}} Alert */

/** How long after a welcome an alarm rings on that is not told again. */
const AGAIN_WITHIN = 5_000;
/** Refusals which have words of their own; the others only say that it did not succeed. */
const TOLD = new Set(["gone", "unknown_topic", "side_topics", "unknown_code", "unknown_place"]);

export class Talks {
  #view;
  #desk;
  /** @type {Map<string, Talk>} */
  #talks = new Map();

  /**
   * @param {View} view
   * @param {Desk} desk
   */
  constructor(view, desk) {
    this.#view = view;
    this.#desk = desk;
  }

  /** In the order of tickets, which never changes while one looks. */
  get all() {
    return [...this.#talks.values()].sort((a, b) => a.facts.ticket - b.facts.ticket);
  }

  /** @param {string | null} cid */
  get(cid) {
    return this.#talks.get(cid ?? "") ?? null;
  }

  /**
   * @param {Facts} facts
   * @returns {Talk}
   */
  learn(facts) {
    const known = this.get(facts.cid);
    if (known && known.state !== "gone") {
      known.learn(facts);
      this.#desk.outgoing.flush(known);
      return known;
    }
    const talk = new Talk(facts);
    this.#talks.set(facts.cid, talk);
    return talk;
  }

  /**
   * @param {Talk | null} talk
   * @param {readonly Item[]} items
   * @param {number} last
   */
  apply(talk, items, last) {
    if (!talk) return;
    const before = talk.over;
    const { fresh, resync, reset } = talk.transcript.apply(items, last);
    if (reset) this.#view.cleared(talk);
    this.#show(talk, fresh);
    talk.heard = true;
    if (!before && talk.over) this.#view.said("has_ended", talk);
    if (resync) this.#view.resync();
    else this.#desk.outgoing.ready(talk);
  }

  /** @param {Talk | null} talk its log on the server is shorter than what we have: a restored backup */
  reset(talk) {
    if (!talk) return;
    talk.transcript.wipe();
    this.#desk.beside.forget(talk.cid);
    this.#view.cleared(talk);
  }

  /**
   * @param {Talk} talk
   * @param {readonly Item[]} fresh
   */
  #show(talk, fresh) {
    const me = this.#desk.me();
    for (const item of fresh) if (item.who) item.mine ??= item.who.name === me.name && item.who.profession === me.profession;
    const news = talk.hear(fresh, this.#desk.now());
    if (!this.#view.watching(talk)) talk.unread += news;
    this.#view.rows(talk, fresh);
    if (fresh.length) this.#desk.outgoing.owe(talk);
  }

  /**
   * @param {Talk | null} talk
   * @param {any} frame
   */
  acked(talk, { mid, seq, at }) {
    const { name, profession } = this.#desk.me();
    const who = { name, profession };
    if (!talk || this.#desk.beside.acked(talk, { mid, seq, at }, who)) return;
    const entry = talk.outbox.stored(mid);
    if (!entry) return;
    const item = { seq, kind: "message", side: /** @type {const} */ ("professional"), at, mid, text: entry.body, who, mine: true };
    this.#show(talk, talk.transcript.own(item).fresh);
    this.#desk.outgoing.flush(talk);
  }

  /**
   * @param {Talk} talk
   * @param {any} frame a refusal of one of its messages or notes
   */
  refused(talk, { mid, code, retry_in }) {
    talk.outbox.refused(mid, code, retry_in);
    this.#desk.outgoing.flush(talk);
    this.#desk.beside.refused(talk, { mid, code, retry_in });
  }

  /**
   * @param {Talk} talk
   * @param {string} reason
   * @param {boolean} ours whether we asked for it
   */
  gone(talk, reason, ours) {
    if (reason === "closed") {
      talk.learn({ state: "closed" });
      return;
    }
    this.#forget(talk);
    talk.learn({ state: "gone" });
    talk.why = reason;
    if (ours || reason === "released") this.dismiss(talk);
    this.#view.said("given_back", talk);
  }

  /** The session is over. */
  forgetAll() {
    for (const talk of this.all) this.#forget(talk);
    this.#talks.clear();
  }

  /** @param {Talk} talk its words, theirs and ours */
  #forget(talk) {
    talk.wipe();
    this.#desk.beside.forget(talk.cid);
    this.#view.cleared(talk);
  }

  /**
   * @param {Talk} talk
   * @param {string} body
   */
  say(talk, body) {
    const { mid } = talk.outbox.add(body);
    if (talk.asksPlace) talk.placeAsked.add(mid);
    talk.asksPlace = false;
    talk.draft = "";
    this.#desk.outgoing.type(talk, false);
    this.#desk.outgoing.flush(talk);
    this.#view.changed();
  }

  /**
   * @param {Talk} talk
   * @param {string} mid
   */
  retry(talk, mid) {
    talk.outbox.retry(mid);
    this.#desk.outgoing.flush(talk);
    this.#view.changed();
  }

  /** @param {Talk} talk its view is closed; what was said is forgotten here */
  dismiss(talk) {
    this.#desk.outgoing.forget(talk);
    this.#talks.delete(talk.cid);
    this.#forget(talk);
    this.#view.changed();
  }
}

/** The alarms that ring, as the service tells them. */
export class Alerts {
  #view;
  #timers;
  /** @type {Map<number, Alert>} by ticket */
  #ringing = new Map();

  /**
   * @param {{changed: () => void}} view
   * @param {Timers} timers
   */
  constructor(view, timers) {
    this.#view = view;
    this.#timers = timers;
  }

  get all() {
    return [...this.#ringing.values()];
  }

  /** @param {Alert & {over: boolean}} frame */
  told(frame) {
    if (frame.over) this.#ringing.delete(frame.ticket);
    else this.#ringing.set(frame.ticket, frame);
  }

  /** Alarms ring on over a break; those that the service does not tell again are over. */
  welcomed() {
    const before = new Set(this.all);
    this.#timers.set("alarms", AGAIN_WITHIN, () => {
      for (const alert of before) if (this.#ringing.get(alert.ticket) === alert) this.#ringing.delete(alert.ticket);
      this.#view.changed();
    });
  }

  forget() {
    this.#ringing.clear();
  }
}

/** The ended talks of ours whose codes may be given or changed, and the answer to what was saved last. */
export class Wraps {
  /** @type {WrapUp[]} */
  #items = [];
  /** What the service said to the save with this word: the key of a refusal, or nothing when it is stored. */
  answer = { ref: "", refused: "" };

  /** The last ended first. */
  get items() {
    return [...this.#items].sort((a, b) => b.closed.localeCompare(a.closed));
  }

  /** @param {string} cid */
  of(cid) {
    return this.#items.find((each) => each.cid === cid) ?? null;
  }

  /** @param {WrapUp[]} items every one of them */
  told(items) {
    this.#items = items;
  }

  /** @param {any} frame the list follows it with all that is stored */
  stored({ cid, topic, risk, ref }) {
    this.answer = { ref, refused: "" };
    this.#items = this.#items.map((each) => (each.cid === cid ? { ...each, topic, risk } : each));
  }

  /**
   * @param {string} ref
   * @param {string} code
   */
  refused(ref, code) {
    this.answer = { ref, refused: `wrap_${TOLD.has(code) ? code : "failed"}` };
  }
}
