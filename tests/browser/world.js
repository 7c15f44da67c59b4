// A clock, a page and a server end that tests hold in their hands: nothing here waits for real time.

/** @typedef {{at: number, act: () => void}} Timer */

export class World {
  time = 1_000_000;
  /** @type {Map<number, Timer>} */
  timers = new Map();
  /** @type {Wire[]} */
  wires = [];
  #ids = 0;
  page = new EventTarget();
  view = Object.assign(new EventTarget(), { hidden: false });
  random = () => 1;
  now = () => this.time;
  cancel = (/** @type {number} */ id) => this.timers.delete(id);
  connect = () => {
    const wire = new Wire();
    this.wires.push(wire);
    return /** @type {any} */ (wire);
  };

  later = (/** @type {() => void} */ act, /** @type {number} */ ms) => {
    this.#ids += 1;
    this.timers.set(this.#ids, { at: this.time + ms, act });
    return this.#ids;
  };

  /** The connection made last. */
  get wire() {
    const wire = this.wires.at(-1);
    if (!wire) throw new Error("nothing connected yet");
    return wire;
  }

  /**
   * Lets time pass, timer by timer, with the promises between them settled.
   * @param {number} ms
   */
  async pass(ms) {
    const end = this.time + ms;
    for (let next = this.#due(end); next; next = this.#due(end)) {
      const [id, timer] = next;
      this.time = Math.max(this.time, timer.at);
      this.timers.delete(id);
      timer.act();
      await settle();
    }
    this.time = end;
    await settle();
  }

  /** @param {number} end */
  #due(end) {
    return [...this.timers].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
  }
}

export class Wire {
  readyState = 0;
  /** @type {any[]} */
  sent = [];
  closed = 0;
  /** @type {() => void} */
  onopen = () => undefined;
  /** @type {(event: {data: unknown}) => void} */
  onmessage = () => undefined;
  /** @type {(event: {code: number}) => void} */
  onclose = () => undefined;

  /** @param {string} text */
  send(text) {
    this.sent.push(JSON.parse(text));
  }

  /** @param {number} code */
  close(code) {
    this.readyState = 3;
    this.closed = code;
  }

  accept() {
    this.readyState = 1;
    this.onopen();
  }

  /** @param {object} frame */
  say(frame) {
    this.onmessage({ data: JSON.stringify(frame) });
  }

  /** @param {number} code */
  cut(code) {
    this.readyState = 3;
    this.onclose({ code });
  }
}

export async function settle() {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
}
