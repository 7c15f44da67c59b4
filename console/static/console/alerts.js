/**
 * The alarms that ring, as the service tells them. It touches no element.
 * @module
 */

/** @typedef {import("./outgoing.js").Timers} Timers */
/** @typedef {{ticket: number, channel: string, language: string, since: string, reason: string}} Alert */

/** How long after a welcome an alarm rings on that is not told again. */
const AGAIN_WITHIN = 5_000;

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
