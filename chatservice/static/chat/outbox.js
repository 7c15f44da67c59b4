/**
 * What was typed and is not yet in the server's log: pure, in memory only, one outbox a conversation.
 *
 *   const outbox = new Outbox({ now, uuid });
 *   outbox.add("hello"); outbox.ready();             // the link is open and the first events have come
 *   const entry = outbox.next();                      // send it; null while one is in flight or nothing waits
 *   outbox.stored(mid); outbox.refused(mid, code, s); // ack, own echo or nack
 *   outbox.pause();                                   // the link is lost: the same mid goes again after ready()
 *
 * An entry is "waiting", "sending", "late" (older than ten minutes: only by hand) or "refused" (code tells why).
 * @module
 */

/**
 * @typedef {{mid: string, body: string, typed: number, state: "waiting" | "sending" | "late" | "refused", code: string}} Entry
 */
/** @typedef {{now?: () => number, uuid?: () => string, lasts?: number}} Options */

const TEN_MINUTES = 600_000;
/** Answers after which the same message may go again by itself. */
const PASSING = new Set(["retry", "busy", "limited"]);

/** See the head of the file. */
export class Outbox {
  #now;
  #uuid;
  #lasts;
  #open = false;
  #notBefore = 0;
  /** @type {Entry[]} */
  #entries = [];

  /** @param {Options} [options] */
  constructor({ now = Date.now, uuid = () => crypto.randomUUID(), lasts = TEN_MINUTES } = {}) {
    this.#now = now;
    this.#uuid = uuid;
    this.#lasts = lasts;
  }

  /** In the order of typing. @returns {readonly Entry[]} */
  get entries() {
    return this.#entries;
  }

  /**
   * Takes a message under a new id.
   * @param {string} body
   * @returns {Entry}
   */
  add(body) {
    /** @type {Entry} */
    const entry = { mid: this.#uuid(), body, typed: this.#now(), state: "waiting", code: "" };
    this.#entries.push(entry);
    return entry;
  }

  /** The server knows us and its first events were applied (they may have held one of ours). */
  ready() {
    this.#open = true;
  }

  /** The link is lost; whether the message in flight arrived is unknown, so its mid goes again. */
  pause() {
    this.#open = false;
    this.#notBefore = 0;
    for (const entry of this.#entries) if (entry.state === "sending") entry.state = "waiting";
  }

  /**
   * The one message that may leave now, marked as sending.
   * @returns {Entry | null}
   */
  next() {
    this.expire();
    if (!this.#open || this.#now() < this.#notBefore || this.#inFlight()) return null;
    const entry = this.#entries.find(({ state }) => state === "waiting");
    if (entry) entry.state = "sending";
    return entry ?? null;
  }

  /**
   * The server has it: by ack or because our own echo came.
   * @param {string | null | undefined} mid
   * @returns {Entry | null} the entry that left the outbox
   */
  stored(mid) {
    const at = this.#entries.findIndex((entry) => entry.mid === mid);
    return at < 0 ? null : (this.#entries.splice(at, 1)[0] ?? null);
  }

  /**
   * The server said no: for now, or for good.
   * @param {string | null | undefined} mid
   * @param {string} code of the nack
   * @param {number} [seconds] wait before trying the same again
   */
  refused(mid, code, seconds = 1) {
    const entry = this.#entries.find((each) => each.mid === mid);
    if (!entry) return;
    const passing = PASSING.has(code);
    entry.state = passing ? "waiting" : "refused";
    entry.code = passing ? "" : code;
    if (passing) this.#notBefore = this.#now() + seconds * 1000;
  }

  /**
   * By hand: the same message, ten fresh minutes.
   * @param {string} mid
   */
  retry(mid) {
    const entry = this.#entries.find((each) => each.mid === mid);
    if (entry) Object.assign(entry, { state: "waiting", code: "", typed: this.#now() });
  }

  /**
   * Takes the words back for editing (a new mid when sent again) or for throwing away.
   * @param {string} mid
   */
  take(mid) {
    return this.stored(mid)?.body ?? "";
  }

  /**
   * Marks what nobody should send by itself any more. Unknown outcome counts as not sent.
   * @returns {boolean} whether anything changed
   */
  expire() {
    const old = this.#entries.filter((entry) => this.#alive(entry) && this.#now() - entry.typed >= this.#lasts);
    for (const entry of old) entry.state = "late";
    return old.length > 0;
  }

  /**
   * Milliseconds until something is to be done without a frame coming: a retry or an expiry.
   * @returns {number | null}
   */
  get wake() {
    const alive = this.#entries.filter((entry) => this.#alive(entry));
    if (!alive.length) return null;
    const expiry = Math.min(...alive.map((entry) => entry.typed)) + this.#lasts - this.#now();
    const retry = this.#notBefore - this.#now();
    return Math.max(0, this.#open && retry > 0 ? Math.min(retry, expiry) : expiry);
  }

  /** Forgets every word. */
  wipe() {
    for (const entry of this.#entries) entry.body = "";
    this.#entries.length = 0;
    this.#open = false;
  }

  #inFlight() {
    return this.#entries.some(({ state }) => state === "sending");
  }

  /** @param {Entry} entry */
  #alive({ state }) {
    return state === "waiting" || state === "sending";
  }
}
