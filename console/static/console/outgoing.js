/**
 * What leaves the desk: messages in order, acknowledgements, typing, and acts that are answered; the timers of the desk.
 * @module
 */

/** @typedef {import("../chat/frames.js").Frame} Frame */
/** @typedef {import("./talk.js").Talk} Talk */
/** @typedef {{send: (frame: Frame) => boolean, changed: () => void}} Line */

const ACK_EVERY = 1_000;
const TYPING_EVERY = 2_000;
/** Refusals which have words of their own; the others only say that it did not succeed. */
const OF_COLLEAGUE = new Set(["full", "off_duty", "on_pause", "finishing", "offered"]);
const TOLD = new Set(["nothing_waiting", "not_picked", "full", "off_duty", "on_pause", "finishing", "wrong_step"]);
const OF_CARE = new Set(["reveal", "lower", "caution"]);

export class Outgoing {
  #line;
  #timers;
  #open = false;
  /** @type {Map<string, number>} */
  #typed = new Map();

  /**
   * @param {Line} line
   * @param {Timers} timers
   */
  constructor(line, timers) {
    this.#line = line;
    this.#timers = timers;
  }

  /** @param {boolean} open whether the server knows us */
  linked(open) {
    this.#open = open;
  }

  /** @param {Talk} talk its first events of this connection were applied */
  ready(talk) {
    if (!this.#open) return;
    talk.outbox.ready();
    this.flush(talk);
  }

  /** @param {Talk} talk sends what may leave now, and comes back when something is to be done without a frame coming */
  flush(talk) {
    const entry = talk.state === "active" && this.#open ? talk.outbox.next() : null;
    if (entry) this.#dispatch(talk, entry);
    const { wake } = talk.outbox;
    if (wake === null) this.#timers.unset(`wake ${talk.cid}`);
    else this.#timers.set(`wake ${talk.cid}`, wake + 5, () => this.#awake(talk));
  }

  /** @param {Talk} talk */
  #awake(talk) {
    talk.outbox.expire();
    this.flush(talk);
    this.#line.changed();
  }

  /**
   * @param {Talk} talk
   * @param {import("../chat/outbox.js").Entry} entry
   */
  #dispatch(talk, { mid, body }) {
    const { cid, epoch } = talk.facts;
    const asks = talk.placeAsked.has(mid) ? { asks_place: true } : {};
    const sent = this.#line.send({ type: "send", cid, mid, body, epoch, seen: talk.transcript.cursor, ...asks });
    if (!sent) talk.outbox.pause();
  }

  /** @param {Talk} talk rows of it were applied: the server hears so within a second */
  owe(talk) {
    const name = `ack ${talk.cid}`;
    if (this.#timers.has(name)) return;
    const tell = () => this.#line.send({ type: "ack", cid: talk.cid, seq: talk.transcript.cursor });
    this.#timers.set(name, ACK_EVERY, tell);
  }

  /**
   * Tells the other side, at most every two seconds.
   * @param {Talk} talk
   * @param {boolean} on
   */
  type(talk, on) {
    const last = this.#typed.get(talk.cid) ?? 0;
    if (talk.state !== "active" || (on ? Date.now() - last < TYPING_EVERY : !last)) return;
    this.#typed.set(talk.cid, on ? Date.now() : 0);
    this.#line.send({ type: "typing", cid: talk.cid, on });
  }

  /** @param {Talk} talk nothing more leaves for it */
  forget(talk) {
    this.#timers.unset(`wake ${talk.cid}`);
    this.#timers.unset(`ack ${talk.cid}`);
    this.#typed.delete(talk.cid);
  }
}

/** Acts that were asked for and are not answered yet, by the word that the answer will carry. */
export class Asked {
  /** @type {Map<string, {act: string, cid: string | null}>} */
  #open = new Map();

  /**
   * @param {string} act
   * @param {string | null} cid
   * @returns {string} its word
   */
  put(act, cid) {
    const ref = crypto.randomUUID();
    this.#open.set(ref, { act, cid });
    return ref;
  }

  /** @param {string | undefined} ref */
  take(ref) {
    const asked = this.#open.get(ref ?? "") ?? null;
    this.#open.delete(ref ?? "");
    return asked;
  }

  /** @param {string} act */
  has(act) {
    return [...this.#open.values()].some((asked) => asked.act === act);
  }

  /**
   * @param {string} cid
   * @param {readonly string[]} acts
   * @returns {boolean} whether one of them was asked of this talk; it is answered with that
   */
  took(cid, acts) {
    const ours = [...this.#open].find(([, asked]) => acts.includes(asked.act) && asked.cid === cid);
    return ours !== undefined && this.#open.delete(ours[0]);
  }

  /** The line is down: no answer comes any more. */
  clear() {
    this.#open.clear();
  }
}

/** Timers by name, one of each: setting one again replaces it. */
export class Timers {
  /** @type {Map<string, any>} */
  #running = new Map();

  /**
   * @param {string} name
   * @param {number} ms
   * @param {() => void} act
   */
  set(name, ms, act) {
    this.unset(name);
    this.#running.set(name, setTimeout(() => (this.#running.delete(name), act()), ms));
  }

  /** @param {string} name */
  unset(name) {
    clearTimeout(this.#running.get(name));
    this.#running.delete(name);
  }

  /** @param {string} name */
  has(name) {
    return this.#running.has(name);
  }
}

/**
 * @param {string} act
 * @param {string} code
 * @returns {string} the key of the words for a refused act
 */
export function refusal(act, code) {
  if (act === "offer" || act === "ask") return `colleague_${OF_COLLEAGUE.has(code) ? code : "failed"}`;
  if (OF_CARE.has(act)) return code === "wrong_step" ? "care_not_active" : "care_failed";
  if (act === "claim" && code === "gone") return "not_picked";
  if (act === "release") return code === "no_queue" ? "colleague_no_queue" : "colleague_not_given";
  return TOLD.has(code) ? code : "take_failed";
}
