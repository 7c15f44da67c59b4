/**
 * The desk's state and what each frame does to it. It touches no element: `view` is told what changed.
 * @module
 */

import { LIMITS } from "../chat/frames.js";
import { Beside } from "./beside.js";
import { instant } from "./clock.js";
import { Asked, Outgoing, Timers, refusal } from "./outgoing.js";
import { Alerts, Talks, Wraps } from "./talks.js";

/** @typedef {import("../chat/frames.js").Frame} Frame */
/** @typedef {import("../chat/socket.js").Link} Link */
/** @typedef {import("./talk.js").Talk} Talk */
/** @typedef {import("./talk.js").Facts} Facts */
/** @typedef {import("./talk.js").Waiting} Waiting */
/** @typedef {import("./talk.js").Duty} Duty */
/** @typedef {import("./talks.js").View} View */
/** @typedef {{id?: number, name: string, profession: string, capacity: number}} Me */
/** The composer locks when the line has been down so long. */
const LOCK_AFTER = 10_000;
/** How long the first events of a connection are waited for before unsent messages go again. */
const FIRST_EVENTS_WITHIN = 2_000;

export class Desk {
  #view;
  #held;
  #asked = new Asked();
  #timers = new Timers();
  #outgoing;
  #offset = 0;
  /** @type {Waiting[]} */
  waiting = [];
  count = 0;
  /** Our own shift, null until the service tells. @type {Duty | null} */
  duty = null;
  /** How many talks at most a shift shall begin with. */
  wanted;
  /** Minutes of a pause that is offered, 0 when none is. */
  offeredPause = 0;
  /** @type {Link} */
  link = "connecting";
  code = 0;
  locked = false;
  limits = LIMITS;
  /** Ended talks and their codes. */
  wraps = new Wraps();

  /**
   * @param {Me} me
   * @param {View} view
   */
  constructor(me, view) {
    this.me = me;
    this.wanted = me.capacity;
    this.#view = view;
    this.alerts = new Alerts(view, this.#timers);
    this.#outgoing = new Outgoing(view, this.#timers);
    this.beside = new Beside(view, this.#timers);
    const by = { outgoing: this.#outgoing, beside: this.beside, me: () => this.me, now: () => this.now() };
    this.#held = new Talks(view, by);
  }

  /** In the order of tickets, which never changes while one looks. */
  get talks() {
    return this.#held.all;
  }

  /** @param {string | null} cid */
  talk(cid) {
    return this.#held.get(cid);
  }

  /** The server's time on our clock. */
  now() {
    return Date.now() + this.#offset;
  }

  get taking() {
    return this.asking("claim");
  }

  /** @param {string} act that was asked for and is not answered yet */
  asking(act) {
    return this.#asked.has(act);
  }

  /** How many talks we may hold. */
  get capacity() {
    return this.duty && this.duty.state !== "off" ? this.duty.capacity : this.me.capacity;
  }

  /** What a new connection says of what is here already. */
  cursors() {
    const held = this.talks.filter((talk) => !talk.over);
    const cursors = Object.fromEntries(held.map((talk) => [talk.cid, talk.transcript.cursor]));
    return { cursors, note_cursors: this.beside.cursors(held) };
  }

  /**
   * @param {Link} link
   * @param {number} code
   */
  linked(link, code) {
    this.link = link;
    this.code = code;
    this.#outgoing.linked(link === "open");
    if (link === "open") this.#unlock();
    else this.#pause();
    if (link === "stopped") this.#forgetAll();
    this.#view.changed();
  }

  #unlock() {
    this.#timers.unset("lock");
    this.locked = false;
    this.#timers.set("ready", FIRST_EVENTS_WITHIN, () => this.talks.forEach((talk) => this.#outgoing.ready(talk)));
  }

  #pause() {
    this.#timers.unset("ready");
    this.#asked.clear();
    this.beside.pause();
    for (const talk of this.talks) talk.outbox.pause();
    if (this.#timers.has("lock") || this.locked) return;
    this.#timers.set("lock", LOCK_AFTER, () => {
      this.locked = true;
      this.#view.changed();
    });
  }

  #forgetAll() {
    this.#held.forgetAll();
    this.wraps.told([]);
    this.beside.offers = [];
    this.alerts.forget();
    this.waiting = [];
    this.count = 0;
    this.duty = null;
  }

  /** @param {Frame} frame */
  hear(frame) {
    if (!Object.hasOwn(this.#acts, frame.type)) return;
    this.#acts[frame.type]?.(frame);
    this.#view.changed();
  }

  /** @type {Record<string, (frame: any) => void>} */
  #acts = {
    welcome: (frame) => this.#welcome(frame),
    events: ({ cid, items, last }) => this.#held.apply(this.talk(cid), items, last),
    reset: ({ cid }) => this.#held.reset(this.talk(cid)),
    ack: (frame) => this.#held.acked(this.talk(frame.cid), frame),
    nack: (frame) => this.#refused(frame),
    typing: ({ cid, side, on }) => side === "visitor" && this.talk(cid)?.typing(on, Date.now()),
    presence: ({ cid, side, link }) => side === "visitor" && this.talk(cid)?.learn({ link }),
    talk: ({ talk, ref }) => this.#told(talk, ref),
    gone: ({ cid, reason }) => this.#gone(this.talk(cid), reason),
    alert: (frame) => this.alerts.told(frame),
    duty: (frame) => this.#onDuty(frame),
    notes: (frame) => this.beside.hear(this.talk(frame.cid), frame, this.me),
    offers: ({ items }) => this.beside.offered(items),
    colleagues: ({ items }) => (this.beside.colleagues = items),
    queues: ({ items }) => (this.beside.queues = items),
    revealed: (frame) => this.#revealed(frame),
    wrap_ups: ({ items }) => this.wraps.told(items),
    wrapped_up: (frame) => (this.#asked.take(frame.ref), this.wraps.stored(frame)),
    waiting: ({ count, items }) => Object.assign(this, { count, waiting: items ?? [] }),
  };

  /** @param {any} frame */
  #welcome({ server_time, limits, worker, talks }) {
    const server = instant(server_time);
    if (!Number.isNaN(server)) this.#offset = server - Date.now();
    this.limits = { ...LIMITS, ...limits };
    this.me = { ...this.me, ...worker };
    this.beside.offers = [];
    this.alerts.welcomed();
    const held = new Set((talks ?? []).map((/** @type {Facts} */ facts) => facts.cid));
    for (const talk of this.talks) if (!talk.over && !held.has(talk.cid)) this.#gone(talk, "requeued");
    for (const facts of talks ?? []) this.beside.ready(this.#held.learn(facts));
  }

  /**
   * @param {Facts} facts
   * @param {string} [ref] of our own claim
   */
  #told(facts, ref) {
    const talk = this.#held.learn(facts);
    this.beside.ready(talk);
    const asked = this.#asked.take(ref);
    if (asked?.act === "claim" || asked?.act === "accept") this.#view.opened(talk);
    else if (talk.state === "closed") this.#view.said("has_ended", talk);
  }

  /** @param {any} frame */
  #refused({ code, cid, mid, ref, retry_in }) {
    const talk = this.talk(cid);
    if (talk && mid) this.#held.refused(talk, { mid, code, retry_in });
    const asked = this.#asked.take(ref);
    if (asked?.act === "wrap_up") this.wraps.refused(ref, code);
    else if (asked) this.#view.said(refusal(asked.act, code));
  }

  /** @param {any} frame a line as it was written: for the eye, kept nowhere here */
  #revealed({ cid, seq, text }) {
    this.#asked.took(cid, ["reveal"]);
    const talk = this.talk(cid);
    if (talk && talk.state !== "gone") this.#view.revealed(talk, seq, text);
  }

  /** @param {any} frame our shift as it stands */
  #onDuty({ ref, ...duty }) {
    this.#asked.take(ref);
    if (this.duty && this.duty.state !== duty.state) this.#view.said(`duty_now_${duty.state}`);
    this.duty = duty;
    if (duty.state !== "on") this.offeredPause = 0;
    else if (duty.offer_pause) this.offeredPause = duty.offer_pause;
  }

  /**
   * @param {Talk | null} talk
   * @param {string} reason
   */
  #gone(talk, reason) {
    if (!talk) return;
    const ours = reason !== "closed" && this.#asked.took(talk.cid, ["release", "step_out"]);
    this.#held.gone(talk, reason, ours);
  }

  // -- what the professional does ------------------------------------------------------------------------------

  /** @param {number} [ticket] whom we pick, where a coordinator allows it; else the next one */
  take(ticket) {
    if (this.taking) return;
    // The service would begin the shift by itself; begun by us it has the chosen number of talks, and is told.
    if (this.duty?.state === "off") this.shift("start", { capacity: this.wanted });
    this.#ask("claim", null, ticket === undefined ? {} : { ticket });
  }

  /**
   * @param {"start" | "pause" | "resume" | "end" | "capacity" | "pair_absent"} act
   * @param {{capacity?: number, minutes?: number}} [more]
   */
  shift(act, more = {}) {
    if (!this.asking("duty")) this.#ask("duty", null, { act, ...more });
  }

  noPause() {
    this.offeredPause = 0;
    this.#view.changed();
  }

  /**
   * @param {string} type release, close, offer, ask, bring_in, step_out, reveal, lower, caution, wrap_up; accept, refuse, withdraw (of no talk here)
   * @param {Talk | null} talk
   * @param {Record<string, any>} [more]
   * @returns {string} the word that its answer will carry; none when the line is down
   */
  act(type, talk, more = {}) {
    return this.#ask(type, talk?.cid ?? null, talk ? { cid: talk.cid, epoch: talk.facts.epoch, ...more } : more);
  }

  /**
   * @param {string} act
   * @param {string | null} cid
   * @param {Record<string, any>} fields
   */
  #ask(act, cid, fields) {
    const ref = this.#asked.put(act, cid);
    const sent = this.#view.send({ type: act, ref, ...fields });
    if (sent) this.#view.changed();
    else this.#asked.take(ref);
    return sent ? ref : "";
  }

  /**
   * @param {Talk} talk
   * @param {string} body
   */
  say(talk, body) {
    this.#held.say(talk, body);
  }

  /**
   * @param {Talk} talk
   * @param {string} mid
   */
  retry(talk, mid) {
    this.#held.retry(talk, mid);
  }

  /**
   * @param {Talk} talk
   * @param {boolean} on
   */
  type(talk, on) {
    this.#outgoing.type(talk, on);
  }

  /** @param {Talk} talk its view is closed; what was said is forgotten here */
  dismiss(talk) {
    this.#held.dismiss(talk);
  }
}
