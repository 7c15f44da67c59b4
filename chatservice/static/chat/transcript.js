/**
 * The applied part of a conversation's log: pure, contiguous, each seq once.
 *
 *   const { fresh, resync, reset } = transcript.apply(items, last);   // an events frame
 *   const { fresh } = transcript.own(item);                           // our message, known from its ack
 *
 * `fresh` are the rows to draw, in order. `resync` asks for a new hello with `cursor` (there is a hole).
 * `reset` says that everything drawn is to be thrown away first (the server knows less than we do: restored backup).
 * @module
 */

/** @typedef {import("./frames.js").Item} Item */
/** @typedef {{fresh: Item[], resync: boolean, reset: boolean}} Applied */

/** See the head of the file. */
export class Transcript {
  /** @type {Item[]} */
  #items = [];
  /** @type {Map<number, Item>} */
  #held = new Map();
  #cursor = 0;
  /** Rows up to here stay hidden from this reader. */
  #base = 0;

  /**
   * Begins after hidden rows, as the welcome says; does nothing once rows are here.
   * @param {number} seq
   */
  startAt(seq) {
    if (this.#items.length || seq <= this.#cursor) return;
    this.#base = this.#cursor = seq;
  }

  /** The last applied seq, as hello and ack name it. */
  get cursor() {
    return this.#cursor;
  }

  /** Every applied row, in order. @returns {readonly Item[]} */
  get items() {
    return this.#items;
  }

  /**
   * Takes a page of rows.
   * @param {readonly Item[]} items of one events frame
   * @param {number} [last] the server's last seq of the conversation
   * @returns {Applied}
   */
  apply(items, last = this.#cursor) {
    const reset = last < this.#cursor && (items[0]?.seq ?? this.#base + 1) === this.#base + 1;
    if (reset) this.#forget();
    for (const item of items) this.#hold(item);
    const fresh = this.#drain();
    const hole = items.some(({ seq }) => seq > this.#cursor);
    return { fresh, resync: hole || this.#cursor < last && reset, reset };
  }

  /**
   * An acknowledged message of ours: applied as soon as all before it are here; its echo is then an old row.
   * @param {Item} item
   * @returns {Applied}
   */
  own(item) {
    this.#hold(item);
    return { fresh: this.#drain(), resync: false, reset: false };
  }

  /** Forgets every word. */
  wipe() {
    for (const item of this.#items) item.text = "";
    this.#forget();
  }

  /** @param {Item} item */
  #hold(item) {
    if (item.seq > this.#cursor) this.#held.set(item.seq, item);
  }

  /** @returns {Item[]} */
  #drain() {
    const from = this.#items.length;
    for (let next = this.#held.get(this.#cursor + 1); next; next = this.#held.get(this.#cursor + 1)) {
      this.#held.delete(next.seq);
      this.#cursor = next.seq;
      this.#items.push(next);
    }
    return this.#items.slice(from);
  }

  #forget() {
    this.#items.length = 0;
    this.#held.clear();
    this.#cursor = this.#base;
  }
}
