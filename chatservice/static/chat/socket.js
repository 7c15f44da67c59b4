/**
 * One WebSocket that stays: first frame, welcome, heartbeat, and back again after every break.
 *
 *   const socket = new Socket({ url, first, onFrame, onLink });
 *   socket.open(); socket.send({ type: "ping", n: 1 }); socket.close();
 *
 * `first` makes the first frame of each connection (enter, or hello with cursors); it may be async (the
 * console fetches its ticket there). `onLink` hears every change of the link:
 *   "connecting" | "open" (after welcome) | "lost" (comes back by itself) | "stopped" (code: why) | "closed" (by us).
 * @module
 */

import { LIMITS, read, write } from "./frames.js";

/** @typedef {import("./frames.js").Frame} Frame */
/** @typedef {"closed" | "connecting" | "open" | "lost" | "stopped"} Link */
/**
 * What a test replaces.
 * @typedef {{
 *   now: () => number, later: (act: () => void, ms: number) => any, cancel: (timer: any) => void,
 *   random: () => number, connect: (url: string) => WebSocket, page: EventTarget, view: EventTarget & {hidden?: boolean}
 * }} World
 */
/**
 * @typedef {{
 *   url: string, first: () => Frame | Promise<Frame>, onFrame: (frame: Frame) => void,
 *   onLink: (link: Link, code: number) => void, world?: Partial<World>
 * }} Options
 */

const FIRST_DELAY = 500;
const LONGEST_DELAY = 30_000;
const FLOOD_DELAY = 15_000;
const WELCOME_WITHIN = 10_000;
const PROBE_WITHIN = 5_000;
const QUIET = 20_000;
/** Codes after which the same credentials cannot help: the page decides what to tell. */
const STOPPING = new Set([4000, 4001, 4003, 4009, 4010]);
/** We were too much: come back, but not soon. */
const FLOODING = new Set([4008, 4029]);

/** @returns {World} */
function browser() {
  return {
    now: () => Date.now(),
    later: (act, ms) => setTimeout(act, ms),
    cancel: (timer) => clearTimeout(timer),
    random: () => Math.random(),
    connect: (url) => new WebSocket(url),
    page: globalThis,
    view: globalThis.document,
  };
}

/**
 * Full jitter: anything between nothing and the doubled step, so that a thousand clients do not return at once.
 * @param {number} attempt from 0
 * @param {() => number} random
 */
export function delayOf(attempt, random) {
  return random() * Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** Math.min(attempt, 10));
}

/** See the head of the file. */
export class Socket {
  #options;
  #world;
  /** @type {WebSocket | null} */
  #wire = null;
  /** @type {Link} */
  #link = "closed";
  #turn = 0;
  #attempt = 0;
  #heard = 0;
  #pings = 0;
  #bye = 0;
  #limits = LIMITS;
  /** @type {Map<string, any>} */
  #timers = new Map();
  #probe = () => this.probe();

  /** @param {Options} options */
  constructor(options) {
    this.#options = options;
    this.#world = { ...browser(), ...options.world };
  }

  /** The link as onLink last told it. */
  get link() {
    return this.#link;
  }

  /** Starts, and listens for the moments when a phone wakes up. */
  open() {
    for (const name of ["online", "offline", "pageshow"]) this.#world.page.addEventListener(name, this.#probe);
    this.#world.view.addEventListener("visibilitychange", this.#probe);
    void this.#connect();
  }

  /** Ends for good: nothing comes back by itself after this. */
  close() {
    for (const name of ["online", "offline", "pageshow"]) this.#world.page.removeEventListener(name, this.#probe);
    this.#world.view.removeEventListener("visibilitychange", this.#probe);
    this.#drop();
    this.#tell("closed", 1000);
  }

  /**
   * Sends now or not at all.
   * @param {Frame} frame
   * @returns {boolean} whether the link was open; a frame is never kept for later here
   */
  send(frame) {
    if (this.#link !== "open" || this.#wire?.readyState !== 1) return false;
    this.#wire.send(write(frame));
    return true;
  }

  /** Asks whether the line lives, and connects at once when it does not; a try that was begun before is the first again. */
  probe() {
    if (this.#world.view.hidden) return;
    if (this.#link === "lost") this.#again(0);
    else if (this.#link === "connecting") this.#attempt = 0;
    else if (this.#link === "open" && this.#world.now() - this.#heard > QUIET) this.resync();
    else if (this.#link === "open") this.#ask();
  }

  /** Leaves the present connection and takes up the conversation again from the cursors. */
  resync() {
    this.#drop();
    this.#tell("lost", 1006);
    this.#again(0);
  }

  #ask() {
    this.#ping();
    const asked = this.#world.now();
    this.#set("probe", PROBE_WITHIN, () => {
      if (this.#heard < asked) this.resync();
    });
  }

  async #connect() {
    this.#drop();
    const turn = this.#turn;
    this.#tell("connecting", 0);
    this.#set("welcome", WELCOME_WITHIN, () => this.#lost(1006));
    try {
      const frame = await this.#options.first();
      if (turn === this.#turn) this.#dial(turn, write(frame));
    } catch (error) {
      if (turn === this.#turn) this.#lost(Number(/** @type {any} */ (error)?.code) || 1006);
    }
  }

  /**
   * @param {number} turn events of an earlier wire are not ours any more
   * @param {string} first
   */
  #dial(turn, first) {
    const wire = this.#world.connect(this.#options.url);
    this.#wire = wire;
    wire.onopen = () => turn === this.#turn && wire.send(first);
    wire.onmessage = (event) => turn === this.#turn && this.#hear(read(event.data));
    wire.onclose = (event) => turn === this.#turn && this.#lost(event.code);
  }

  /** @param {Frame | null} frame */
  #hear(frame) {
    this.#heard = this.#world.now();
    if (!frame || frame.type === "pong") return;
    if (frame.type === "welcome") this.#welcome(frame);
    if (frame.type === "bye") this.#bye = Number(frame.code) || 0;
    if (frame.type === "drain") this.#set("drain", Number(frame.in_ms) || 0, () => this.resync());
    this.#options.onFrame(frame);
  }

  /** @param {Frame} frame */
  #welcome(frame) {
    this.#attempt = 0;
    this.#limits = { ...LIMITS, ...frame.limits };
    this.#unset("welcome");
    this.#tell("open", 0);
    this.#beat();
  }

  #beat() {
    this.#set("beat", this.#limits.ping_seconds * 1000, () => {
      this.#ping();
      this.#beat();
    });
    const left = this.#heard + this.#limits.dead_seconds * 1000 - this.#world.now();
    this.#set("dead", Math.max(0, left), () => {
      if (this.#world.now() - this.#heard >= this.#limits.dead_seconds * 1000) this.resync();
    });
  }

  #ping() {
    this.send({ type: "ping", n: (this.#pings += 1) });
  }

  /** @param {number} code */
  #lost(code) {
    const why = code === 1006 && this.#bye ? this.#bye : code;
    this.#drop();
    if (STOPPING.has(why)) {
      this.#tell("stopped", why);
      return;
    }
    this.#tell("lost", why);
    const wait = delayOf(this.#attempt, this.#world.random);
    this.#attempt += 1;
    this.#again(FLOODING.has(why) ? FLOOD_DELAY + wait : wait);
  }

  /** @param {number} ms */
  #again(ms) {
    this.#set("again", ms, () => void this.#connect());
  }

  #drop() {
    this.#turn += 1;
    this.#bye = 0;
    for (const name of [...this.#timers.keys()]) this.#unset(name);
    const wire = this.#wire;
    this.#wire = null;
    if (wire && wire.readyState < 2) wire.close(1000);
  }

  /**
   * @param {Link} link
   * @param {number} code
   */
  #tell(link, code) {
    this.#link = link;
    this.#options.onLink(link, code);
  }

  /**
   * @param {string} name one timer of each name
   * @param {number} ms
   * @param {() => void} act
   */
  #set(name, ms, act) {
    this.#unset(name);
    this.#timers.set(name, this.#world.later(() => (this.#timers.delete(name), act()), ms));
  }

  /** @param {string} name */
  #unset(name) {
    this.#world.cancel(this.#timers.get(name));
    this.#timers.delete(name);
  }
}
