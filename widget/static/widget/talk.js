/**
 * The screens of a visit after its start: panel, log, composer and the lines between them.
 * @module
 */

import { announce, focusHeading, unsay } from "../chat/a11y.js";
import { el, put } from "../chat/dom.js";
import { clockTime } from "../chat/frames.js";
import { t, tongue } from "../chat/i18n.js";
import { LogView } from "../chat/log.js";
import { Composer } from "./composer.js";
import { tell } from "./frame.js";
import { Help } from "./help.js";
import { doingOf, lineOf } from "./lines.js";
import { headingOf, panel, placeOf, rangeOf, roleOf, screenOf } from "./panel.js";
import { fresh } from "./state.js";
import { Visit } from "./visit.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("../chat/frames.js").Item} Item */

/** A short break is nobody's worry; a long one deserves numbers to call. */
const NOTICED = 1500;
const LONG = 120_000;
const PLACE_EVERY = 60_000;
/** Who stands still for so long may think that they were forgotten. */
const STILL = 300_000;
/** Where the waiting room is open. */
const ROOMY = new Set(["waiting", "requeued", "parked"]);
const WRITING = new Set(["waiting", "called", "talk", "requeued", "parked"]);
/** A code that opened nothing leads back to its field. */
const CODES = new Set(["codes_wait", "no_such_code"]);
/** After these nobody needs another service at once. */
const KIND_ENDINGS = new Set(["ended_by_visitor", "ended_by_professional", "broken", "gone"]);

/** Owns <main> from the start of a visit until `wipe`. */
export class Talk {
  #root;
  #visit;
  #options;
  #state = fresh();
  #drawn = "";
  #told = { place: "", at: 0, cut: false };
  #still = { place: 0, since: 0 };
  /** @type {import("./room.js").Room | null} */
  #room = null;
  #turned = false;
  /** @type {Help | null} */
  #help = null;
  #aside = el("div", { class: "aside", hidden: true });
  #unread = 0;
  /** @type {any[]} */
  #timers = [];
  #panel = el("div", { class: "panel-place" });
  #cut = el("p", { class: "notice cut", hidden: true });
  #other = el("p", { class: "notice", hidden: true });
  #doing = el("p", { class: "doing" });
  #log = new LogView({ label: t("log"), side: "visitor", line: (item) => lineOf(item, this.#options.pause), speaker: (item) => roleOf(item.who ?? this.#state.helper) });
  #composer = new Composer({ send: (text) => this.#visit.send(text), typing: (on) => this.#visit.typing(on) });

  /**
   * @param {HTMLElement} root
   * @param {{ticket: import("./visit.js").Ticket, returns: boolean, token: (token: string) => void,
   *   hold: number, pause: number, over: () => void, again: () => void, refused: (key: string) => void, others: () => Node | null}} options
   */
  constructor(root, options) {
    this.#root = root;
    this.#options = options;
    this.#visit = new Visit(options.ticket, {
      state: (state) => this.#show(state),
      rows: (items, reset) => this.#rows(items, reset),
      outbox: (entries) => this.#log.pending(entries, { retry: (mid) => this.#visit.retry(mid), edit: (mid) => this.#edit(mid) }),
      token: options.token,
    });
  }

  /** Puts the screens in place and connects. */
  open() {
    this.#root.replaceChildren(this.#panel, this.#other, this.#log.element, this.#doing, this.#cut, this.#composer.element, this.#aside);
    this.#visit.open();
    this.#furnish().catch(() => undefined);
  }

  /** The waiting room comes after the first screen; without it the waiting still works. */
  async #furnish() {
    const { Room } = await import("./room.js");
    const { ticket, others } = this.#options;
    this.#room = new Room({
      rate: (rating) => this.#visit.tell("rate", { rating }),
      wish: (wish) => this.#visit.tell("wish", { wish }),
      code: (on) => this.#visit.tell("code", { on }),
      others,
      wished: ticket.wish ?? "",
    });
    this.#aside.prepend(this.#room.element);
    this.#side(this.#state);
  }

  /** @param {State} state */
  #side(state) {
    const waits = ROOMY.has(screenOf(state));
    this.#aside.hidden = !waits && !state.voucher && !this.#turned;
    this.#room?.show(state, waits);
  }

  /** Another window of this browser has the chat open too: said, never forbidden. */
  doubled() {
    this.#other.hidden = false;
    put(this.#other, t("other_tab"));
  }

  /** The panel was hidden by its host's page: the talk goes on, unseen. */
  covered() {
    this.#root.dataset.covered = "";
  }

  /** The panel is shown again. */
  seen() {
    delete this.#root.dataset.covered;
    this.#unread = 0;
    tell({ type: "unread", n: 0 });
    focusHeading(this.#root);
  }

  /** The visitor fled: said without waiting, then nothing is left here. */
  flee() {
    this.#visit.flee();
    this.wipe();
  }

  /** Leaves no word on the page and no line open. */
  wipe() {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#visit.wipe();
    this.#composer.wipe();
    this.#log.clear();
    this.#aside.replaceChildren();
    this.#room = null;
    this.#root.replaceChildren();
  }

  /** @param {State} state */
  #show(state) {
    const before = this.#state;
    this.#state = state;
    const screen = screenOf(state);
    this.#root.dataset.screen = screen;
    this.#root.dataset.link = state.link;
    if (CODES.has(state.ending)) {
      this.#options.refused(state.ending);
      return;
    }
    if (screen === "ended" || screen === "stopped") this.#options.over();
    this.#screen(state, `${screen} ${headingOf(state)} ${state.until} ${state.skipped} ${state.why} ${state.closing && state.refused}`);
    this.#place(state);
    if (state.help > before.help) this.#helpNow();
    this.#turnTo(state);
    this.#side(state);
    if (state.phase === "called" && before.phase !== "called" && this.#room?.shakes) navigator.vibrate(300);
    if (before.link !== state.link) this.#linked(state);
    put(this.#doing, doingOf(state));
    this.#composer.element.hidden = !WRITING.has(screen);
  }

  /**
   * @param {State} state
   * @param {string} name
   */
  #screen(state, name) {
    if (name === this.#drawn) return;
    this.#drawn = name;
    const acts = {
      end: () => this.#visit.end(), here: () => this.#visit.here(), voucher: () => this.#visit.tell("voucher"),
      again: this.#options.again, reload: () => location.reload(),
    };
    const writing = this.#composer.element.contains(document.activeElement);
    this.#panel.replaceChildren(panel(state, this.#options.returns, acts));
    // who is writing keeps the field: the change is said, not forced
    if (writing && WRITING.has(screenOf(state))) announce(headingOf(state));
    else focusHeading(this.#panel);
  }

  /**
   * Whoever is not let in or not answered reads who else is there, right below.
   * @param {State} state
   */
  #turnTo({ ending, phase }) {
    const over = phase === "closed" || phase === "stopped";
    const list = over && !this.#turned && !KIND_ENDINGS.has(ending) ? this.#options.others() : null;
    if (over) this.#panel.after(this.#aside);
    if (!list) return;
    this.#turned = true;
    this.#aside.append(el("h2", null, t("others")), list);
  }

  /** Above everything, and the focus stays where it is. */
  #helpNow() {
    if (this.#help) {
      this.#help.open();
      return;
    }
    this.#help = new Help(this.#options.others());
    this.#root.prepend(this.#help.element);
    this.#help.element.scrollIntoView({ block: "nearest" });
  }

  /** @param {State} state */
  #place(state) {
    const text = placeOf(state);
    put(this.#panel.querySelector(".place"), text);
    put(this.#panel.querySelector(".range"), rangeOf(state));
    if (state.place !== this.#still.place) this.#still = { place: state.place, since: Date.now() };
    const still = text && Date.now() - this.#still.since >= STILL;
    put(this.#panel.querySelector(".remembered"), still ? t("remembered") : "");
    put(this.#panel.querySelector(".keeps"), this.#keeps());
    const due = Date.now() - this.#told.at > PLACE_EVERY;
    if (!text) unsay(this.#told.place);
    if (!text || text === this.#told.place || !due) return;
    this.#told = { ...this.#told, place: text, at: Date.now() };
    announce(text);
  }

  /** Until when the place is kept for who leaves now; only a tab that remembers the visit promises it. */
  #keeps() {
    if (!this.#options.returns) return "";
    const until = new Date(this.#visit.now + this.#options.hold * 60_000).toISOString();
    return t("holds_now", { time: clockTime(until, tongue()) });
  }

  /** @param {State} state */
  #linked({ link, phase }) {
    const well = link === "open" || phase === "stopped" || phase === "closed" || phase === "entering";
    if (well) this.#mended(link);
    else if (!this.#timers.length) this.#watch();
  }

  #watch() {
    this.#timers = [setTimeout(() => this.#broken("lost"), NOTICED), setTimeout(() => this.#broken("lost_long"), LONG)];
  }

  /** @param {string} link */
  #mended(link) {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers = [];
    this.#cut.hidden = true;
    delete this.#root.dataset.cut;
    if (this.#told.cut && link === "open") announce(t("back"));
    this.#told.cut = false;
  }

  /** @param {string} key */
  #broken(key) {
    this.#cut.hidden = false;
    this.#root.dataset.cut = key;
    this.#told.cut = true;
    put(this.#cut, t(key));
    announce(t(key));
  }

  /**
   * @param {Item[]} items
   * @param {boolean} reset
   */
  #rows(items, reset) {
    if (reset) this.#log.clear();
    this.#log.add(items);
    const news = items.filter(({ kind, side }) => kind === "message" && side === "professional").length;
    if (!news || !("covered" in this.#root.dataset || document.hidden)) return;
    this.#unread += news;
    tell({ type: "unread", n: this.#unread });
  }

  /** @param {string} mid */
  #edit(mid) {
    this.#composer.fill(this.#visit.edit(mid));
  }
}
