/**
 * What professionals do among themselves: notes beside a talk, offers, who is on duty and for which queues. State only.
 * @module
 */

import { Outbox } from "../chat/outbox.js";
import { Transcript } from "../chat/transcript.js";

/** @typedef {import("../chat/frames.js").Item} Item */
/** @typedef {import("./talk.js").Talk} Talk */
/**
 * `queues`: the ids they serve; none: all of them.
 * @typedef {{id: number, name: string, profession: string, state: string, capacity: number, free: number, queues?: number[]}} Colleague
 */
/** @typedef {{id: number, name: string, channel: string, language: string, professions: string[], picking: boolean}} Queue */
/**
 * @typedef {{
 *   id: string, kind: "take_over" | "beside", mine: boolean, worker: number, who: {name: string, profession: string},
 *   ticket: number, channel: string, language: string, age_band: string, until: string, note?: string, cid?: string | null
 * }} Offer
 */
/**
 * @typedef {{
 *   send: (frame: import("../chat/frames.js").Frame) => boolean, resync: () => void, changed: () => void,
 *   noted: (talk: Talk, items: readonly Item[]) => void, said: (key: string) => void
 * }} View
 */

export class Notes {
  transcript = new Transcript();
  outbox = new Outbox();
  /** Words not added yet. */
  draft = "";
}

export class Beside {
  #view;
  #timers;
  /** @type {Map<string, Notes>} */
  #notes = new Map();
  /** @type {Offer[]} */
  offers = [];
  /** @type {Colleague[]} */
  colleagues = [];
  /** @type {Queue[]} */
  queues = [];

  /**
   * @param {View} view
   * @param {import("./outgoing.js").Timers} timers
   */
  constructor(view, timers) {
    this.#view = view;
    this.#timers = timers;
  }

  /** @param {Talk} talk */
  of(talk) {
    const known = this.#notes.get(talk.cid) ?? new Notes();
    this.#notes.set(talk.cid, known);
    return known;
  }

  /** Whether words are here that only this page has. */
  get unsent() {
    return [...this.#notes.values()].some(({ draft, outbox }) => draft.trim() || outbox.entries.length);
  }

  /**
   * @param {Talk} talk
   * @returns {Queue[]} where it may be given to: channels and languages never mix
   */
  elsewhere({ facts: { queue, channel, language } }) {
    return this.queues.filter((one) => one.id !== queue && one.channel === channel && one.language === language);
  }

  /**
   * @param {number} queue
   * @returns {Colleague[]} who would take from it now
   */
  serving(queue) {
    return this.colleagues.filter(({ state, queues }) => state === "on" && (!queues?.length || queues.includes(queue)));
  }

  /**
   * @param {import("./talk.js").Waiting} one who waits
   * @param {number | undefined} me
   */
  pickable({ queue }, me) {
    const lane = this.queues.find(({ id }) => id === queue);
    return Boolean(lane?.picking) && this.serving(lane?.id ?? 0).some(({ id }) => id === me);
  }

  /** @param {readonly Talk[]} talks */
  cursors(talks) {
    return Object.fromEntries(talks.map((talk) => [talk.cid, this.of(talk).transcript.cursor]));
  }

  /** The line is down: what was in flight goes again, with the same number. */
  pause() {
    for (const { outbox } of this.#notes.values()) outbox.pause();
  }

  /** @param {Talk} talk the service knows us again */
  ready(talk) {
    this.of(talk).outbox.ready();
    this.#flush(talk);
  }

  /**
   * @param {Talk | null} talk
   * @param {{items: readonly Item[], last: number}} frame
   * @param {{name: string, profession: string}} me
   */
  hear(talk, { items, last }, me) {
    if (!talk) return;
    const { transcript, outbox } = this.of(talk);
    const { fresh, resync } = transcript.apply(items, last);
    for (const item of fresh) {
      item.mine = item.who?.name === me.name && item.who.profession === me.profession;
      outbox.stored(item.mid);
    }
    this.#view.noted(talk, fresh);
    if (resync) this.#view.resync();
    this.#flush(talk);
  }

  /** @param {Offer[]} offers */
  offered(offers) {
    const known = new Set(this.offers.map(({ id }) => id));
    this.offers = offers;
    if (offers.some(({ id, mine }) => !mine && !known.has(id))) this.#view.said("offer_came");
  }

  /**
   * @param {Talk} talk
   * @param {string} body
   */
  whisper(talk, body) {
    this.of(talk).outbox.add(body);
    this.#flush(talk);
    this.#view.changed();
  }

  /**
   * @param {Talk} talk
   * @param {any} frame an acknowledgement
   * @param {{name: string, profession: string}} who we
   * @returns {boolean} whether it was a note's
   */
  acked(talk, { mid, seq, at }, who) {
    const { transcript, outbox } = this.of(talk);
    const entry = outbox.stored(mid);
    if (!entry) return false;
    const item = { seq, kind: "message", side: /** @type {const} */ ("professional"), at, mid, text: entry.body, who, mine: true };
    this.#view.noted(talk, transcript.own(item).fresh);
    this.#flush(talk);
    return true;
  }

  /**
   * @param {Talk} talk
   * @param {any} frame a refusal; of a message it changes nothing here
   */
  refused(talk, { mid, code, retry_in }) {
    this.of(talk).outbox.refused(mid, code, retry_in);
    this.#flush(talk);
  }

  /** @param {string} cid its words are forgotten */
  forget(cid) {
    const notes = this.#notes.get(cid);
    notes?.transcript.wipe();
    notes?.outbox.wipe();
    this.#notes.delete(cid);
    this.#timers.unset(`note ${cid}`);
  }

  /** @param {Talk} talk */
  #flush(talk) {
    const { outbox } = this.of(talk);
    const entry = outbox.next();
    const { cid, epoch } = talk.facts;
    if (entry && !this.#view.send({ type: "whisper", cid, mid: entry.mid, body: entry.body, epoch })) outbox.pause();
    const { wake } = outbox;
    if (wake === null) this.#timers.unset(`note ${cid}`);
    else this.#timers.set(`note ${cid}`, wake + 5, () => (outbox.expire(), this.#flush(talk), this.#view.changed()));
  }
}
