/**
 * Timers by name, one of each: setting one again replaces it.
 * @module
 */

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
