/**
 * One conversation as the desk knows it: rows, outbox, draft, who is there. No element of the page.
 * @module
 */

import { Outbox } from "../chat/outbox.js";
import { Transcript } from "../chat/transcript.js";
import { instant } from "./clock.js";

/** @typedef {import("../chat/frames.js").Item} Item */
/**
 * The server's own description of a conversation that this professional holds.
 * @typedef {{
 *   cid: string, ticket: number, epoch: number, state: string, channel: string, language: string,
 *   age_band: string | null, since: string, link: string,
 *   risk?: string, queue?: number | null, part?: "owner" | "beside" | "brought_in", beside?: {worker: number, name: string, profession: string, visible: boolean}[]
 * }} Facts
 */
/**
 * @typedef {{
 *   ticket: number, channel: string, language: string, age_band: string | null, since: string, link: string,
 *   queue?: number | null, wish?: string, reasons?: string[]
 * }} Waiting
 */
/**
 * @typedef {{
 *   state: "off" | "on" | "paused" | "finishing", capacity: number, since: string | null, until: string | null,
 *   pause_until: string | null, advice: string, stop_at: string | null, alone: boolean, offer_pause: number | null
 * }} Duty
 */

const TYPING_LASTS = 5_000;
/** Times of the wire are whole minutes: a row this young came while we watched. */
const LIVE = 120_000;

export class Talk {
  transcript = new Transcript();
  outbox = new Outbox();
  draft = "";
  unread = 0;
  /** Whether its log has come: until then a draft knows nothing of what the visitor wrote. */
  heard = false;
  /** The visitor's newest message, and the one that the present draft was begun under. */
  newest = 0;
  begunUnder = 0;
  /** The newest message about which the writer has been asked already. */
  askedAbout = 0;
  /** When the last unanswered message came, on our clock. @type {number | null} */
  unanswered = null;
  typingUntil = 0;
  /** Why it is gone. */
  why = "";
  /** Whether the draft asks where they are, and which of our messages did: the answer is shown as written. */
  asksPlace = false;
  placeAsked = new Set();

  /** @param {Facts} facts */
  constructor(facts) {
    this.facts = facts;
  }

  get cid() {
    return this.facts.cid;
  }

  /** "called", "active", "parked", "closed", or "gone" when it is not ours any more. */
  get state() {
    return this.facts.state;
  }

  get live() {
    return this.state === "active" || this.state === "called";
  }

  /** Whether we answer for it; else we only sit beside. */
  get own() {
    return (this.facts.part ?? "owner") === "owner";
  }

  get writes() {
    return this.facts.part !== "beside";
  }

  get over() {
    return this.state === "closed" || this.state === "gone";
  }

  /** @param {Partial<Facts>} facts */
  learn(facts) {
    this.facts = { ...this.facts, ...facts };
  }

  /**
   * Rows that were just applied.
   * @param {readonly Item[]} items
   * @param {number} now
   * @returns {number} how many of them are news from the visitor
   */
  hear(items, now) {
    let news = 0;
    for (const item of items) {
      if (item.kind === "closed") this.learn({ state: "closed" });
      if (item.kind === "message") news += this.#message(item, now);
    }
    return news;
  }

  /**
   * @param {Item} item
   * @param {number} now
   */
  #message(item, now) {
    this.outbox.stored(item.mid);
    if (item.side !== "visitor") {
      this.unanswered = null;
      return 0;
    }
    this.newest = item.seq;
    this.typingUntil = 0;
    const at = instant(item.at);
    this.unanswered = now - at < LIVE ? now : at;
    return 1;
  }

  /**
   * Keeps the draft; its first character remembers what the writer has seen.
   * @param {string} text
   */
  write(text) {
    if (!this.draft.trim() && text.trim()) this.begunUnder = this.newest;
    this.draft = text;
    this.asksPlace &&= text.trim() !== "";
  }

  /** Whether a message came that the draft did not know and nobody has been asked about. */
  get overtaken() {
    return this.newest > this.begunUnder && this.newest > this.askedAbout;
  }

  /**
   * @param {boolean} on
   * @param {number} now
   */
  typing(on, now) {
    this.typingUntil = on ? now + TYPING_LASTS : 0;
  }

  /** Forgets every word, theirs and ours. */
  wipe() {
    this.transcript.wipe();
    this.outbox.wipe();
    this.draft = "";
    this.asksPlace = false;
    this.unanswered = null;
    this.typingUntil = 0;
  }
}
