/**
 * One visit: socket, outbox and transcript of one conversation, joined to the page by three calls.
 * @module
 */

import { Outbox } from "../chat/outbox.js";
import { Socket } from "../chat/socket.js";
import { clean } from "../chat/text.js";
import { Transcript } from "../chat/transcript.js";
import { applied, fresh, heard, linked } from "./state.js";

/** @typedef {import("../chat/frames.js").Frame} Frame */
/** @typedef {import("../chat/frames.js").Item} Item */
/**
 * @typedef {{
 *   state: (state: import("./state.js").State) => void, rows: (items: Item[], reset: boolean) => void,
 *   outbox: (entries: readonly import("../chat/outbox.js").Entry[]) => void, token: (token: string) => void
 * }} Draw
 */
/**
 * @typedef {{
 *   url: string, host: string, channel: string, language: string, age: string | null, token: string,
 *   wish?: string, code?: string
 * }} Ticket
 */

const ACK_AFTER = 1000;
const TYPING_EVERY = 2000;
const TYPING_LASTS = 5000;
/** The server may have nothing to send after a welcome: its dedupe makes sending now safe too. */
const EVENTS_WITHIN = 1500;

/** Connected by `open`, ended by `wipe` or `flee`. */
export class Visit {
  #ticket;
  #draw;
  #socket;
  #outbox = new Outbox();
  #transcript = new Transcript();
  #cid = "";
  /** Names this entrance: the server lets a repeated one in once, when its first welcome was lost on the way. */
  #attempt = crypto.randomUUID();
  #state = fresh();
  #acked = 0;
  #typed = 0;
  /** How far the service's clock is ahead of this device's. */
  #skew = 0;
  /** @type {Record<string, any>} */
  #timers = {};

  /**
   * @param {Ticket} ticket
   * @param {Draw} draw
   * @param {Partial<import("../chat/socket.js").World>} [world]
   */
  constructor(ticket, draw, world) {
    this.#ticket = { ...ticket };
    this.#state = fresh(ticket.token !== "");
    this.#draw = draw;
    this.#socket = new Socket({
      url: ticket.url,
      first: () => this.#first(),
      onFrame: (frame) => this.#hear(frame),
      onLink: (link, code) => this.#linked(link, code),
      world: world ?? {},
    });
  }

  /** What the page last heard. */
  get state() {
    return this.#state;
  }

  /** The service's clock. */
  get now() {
    return Date.now() + this.#skew;
  }

  /** Connects; everything after comes through the draw calls. */
  open() {
    this.#socket.open();
  }

  /**
   * Takes the words into the outbox under a new id.
   * @param {string} text
   */
  send(text) {
    if (this.#state.phase === "called") this.here();
    this.#outbox.add(clean(text));
    this.typing(false);
    this.#flush();
  }

  /**
   * By hand, after "not sent".
   * @param {string} mid
   */
  retry(mid) {
    this.#outbox.retry(mid);
    this.#flush();
  }

  /**
   * @param {string} mid
   * @returns {string} the words, back for the composer; sent again they are a new message
   */
  edit(mid) {
    const body = this.#outbox.take(mid);
    this.#flush();
    return body;
  }

  /**
   * Tells the other side, sparingly.
   * @param {boolean} on
   */
  typing(on) {
    const now = Date.now();
    if (on ? now - this.#typed < TYPING_EVERY : !this.#typed) return;
    this.#typed = on ? now : 0;
    this.#socket.send({ type: "typing", cid: this.#cid, on });
  }

  /** "I am here", the answer to a call. */
  here() {
    this.#socket.send({ type: "here", cid: this.#cid });
  }

  /**
   * What a waiting visitor may tell or change: `rate`, `wish`, `code`, `voucher`.
   * @param {string} type
   * @param {object} [said]
   */
  tell(type, said) {
    this.#socket.send({ type, cid: this.#cid, ...said });
  }

  /** Ends the talk for good; the answer comes as an event. */
  end() {
    this.#socket.send({ type: "leave", cid: this.#cid, how: "end" });
  }

  /** Says that the visitor fled, without waiting, and forgets everything. */
  flee() {
    this.#socket.send({ type: "leave", cid: this.#cid, how: "quick" });
    this.wipe();
  }

  /** Forgets the words and the token and closes the line. */
  wipe() {
    for (const timer of Object.values(this.#timers)) clearTimeout(timer);
    this.#draw = { state: () => {}, rows: () => {}, outbox: () => {}, token: () => {} };
    this.#socket.close();
    this.#outbox.wipe();
    this.#transcript.wipe();
    this.#state = fresh();
    this.#ticket.token = this.#ticket.code = "";
  }

  /** @returns {Frame} */
  #first() {
    const { host, channel, language, age, token, wish, code } = this.#ticket;
    const asked = { ...(wish && { wish }), ...(code && { code }) };
    if (!token) return { type: "enter", v: 1, host, channel, language, age_band: age, attempt: this.#attempt, ...asked };
    return { type: "hello", v: 1, token, cursors: this.#cid ? { [this.#cid]: this.#transcript.cursor } : {} };
  }

  /**
   * @param {import("../chat/socket.js").Link} link
   * @param {number} code
   */
  #linked(link, code) {
    if (link !== "open") this.#outbox.pause();
    this.#set(linked(this.#state, link, code));
    this.#flush();
  }

  /** @param {Frame} frame */
  #hear(frame) {
    this.#set(heard(this.#state, frame));
    if (frame.type === "welcome") this.#welcome(frame);
    else if (frame.type === "events") this.#events(frame);
    else if (frame.type === "ack") this.#stored(frame);
    else if (frame.type === "nack") this.#refused(frame);
    else if (frame.type === "typing") this.#later("typing", TYPING_LASTS, () => this.#set({ ...this.#state, typing: false }));
  }

  /** @param {Frame} frame */
  #welcome({ cid, token, after, server_time }) {
    this.#cid = cid ?? this.#cid;
    this.#ticket.code = "";
    this.#skew = (Date.parse(server_time) || Date.now()) - Date.now();
    this.#transcript.startAt(after ?? 0);
    if (token) this.#ticket.token = token;
    if (token) this.#draw.token(token);
    this.#later("ready", EVENTS_WITHIN, () => this.#ready());
  }

  /** @param {Frame} frame */
  #events({ cid, items, last }) {
    if (cid !== this.#cid) return;
    const { fresh: rows, resync, reset } = this.#transcript.apply(items, last);
    this.#show(rows, reset);
    if (resync) this.#socket.resync();
    else this.#ready();
    this.#later("ack", ACK_AFTER, () => this.#ack());
  }

  #ready() {
    clearTimeout(this.#timers.ready);
    if (this.#socket.link !== "open") return;
    this.#outbox.ready();
    this.#flush();
  }

  /**
   * Our message is in the log; its echo, if one comes, is then an old row.
   * @param {Frame} frame
   */
  #stored({ mid, seq, at }) {
    const entry = this.#outbox.stored(mid);
    if (!entry) return;
    const item = { seq, at, mid, kind: "message", side: /** @type {const} */ ("visitor"), text: entry.body, mine: true };
    this.#show(this.#transcript.own(item).fresh, false);
    this.#flush();
  }

  /** @param {Frame} frame */
  #refused({ mid, code, retry_in }) {
    this.#outbox.refused(mid, code, retry_in ?? 1);
    this.#flush();
  }

  /**
   * @param {Item[]} rows
   * @param {boolean} reset
   */
  #show(rows, reset) {
    for (const { mid } of rows) this.#outbox.stored(mid);
    this.#draw.outbox(this.#outbox.entries);
    if (rows.length || reset) this.#draw.rows(rows, reset);
    this.#set(applied(this.#state, rows));
  }

  #ack() {
    const seq = this.#transcript.cursor;
    if (seq > this.#acked && this.#socket.send({ type: "ack", cid: this.#cid, seq })) this.#acked = seq;
  }

  /** Sends what may go, tells the page, and sets the alarm for what no frame will wake. */
  #flush() {
    const entry = this.#outbox.next();
    if (entry) this.#socket.send({ type: "send", cid: this.#cid, mid: entry.mid, body: entry.body });
    this.#draw.outbox(this.#outbox.entries);
    clearTimeout(this.#timers.flush);
    const wake = this.#outbox.wake;
    if (wake !== null) this.#later("flush", wake + 10, () => this.#flush());
  }

  /** @param {import("./state.js").State} state */
  #set(state) {
    this.#state = state;
    this.#draw.state(state);
  }

  /**
   * One timer of each name; a set one runs on (the server hears an ack in time even while rows keep coming).
   * @param {string} name
   * @param {number} ms
   * @param {() => void} act
   */
  #later(name, ms, act) {
    if (name === "ack" && this.#timers.ack) return;
    clearTimeout(this.#timers[name]);
    this.#timers[name] = setTimeout(() => {
      delete this.#timers[name];
      act();
    }, ms);
  }
}
