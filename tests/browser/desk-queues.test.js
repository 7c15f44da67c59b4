import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { Desk } from "../../console/static/console/desk.js";

const ME = { id: 1, name: "Aino", profession: "curator", capacity: 2 };
/** @type {any[]} */
let sent = [];
/** @type {string[]} */
let told = [];
/** @type {Desk} */
let desk;

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: Date.parse("2026-11-21T21:42:30Z") });
  sent = [];
  told = [];
  const nothing = () => undefined;
  desk = new Desk(ME, {
    send: (frame) => sent.push(frame) > 0, said: (key) => told.push(key), watching: () => false,
    resync: nothing, changed: nothing, rows: nothing, noted: nothing, revealed: nothing,
    cleared: nothing, opened: nothing,
  });
});
afterEach(() => mock.timers.reset());

/** @param {any[]} talks */
function welcome(...talks) {
  desk.linked("open", 0);
  desk.hear({ type: "welcome", v: 1, server_time: "2026-11-21T21:42:30Z", limits: {}, worker: ME, talks });
}

/** @param {object} [more] */
function facts(more = {}) {
  const known = { cid: "c1", ticket: 14, epoch: 3, state: "active", channel: "youth", language: "fi" };
  return { ...known, age_band: "A13_15", since: "2026-11-21T21:40Z", link: "here", ...more };
}

/** @param {string} type */
const frames = (type) => sent.filter((frame) => frame.type === type);
const first = () => /** @type {any} */ (desk.talks[0]);

const QUEUES = [
  { id: 3, name: "", channel: "youth", language: "fi", professions: [], picking: true },
  { id: 9, name: "", channel: "youth", language: "fi", professions: ["psychologist"], picking: false },
  { id: 4, name: "", channel: "parent", language: "fi", professions: [], picking: true },
  { id: 5, name: "", channel: "youth", language: "sv", professions: [], picking: true },
];
const AINO = { id: 1, name: "Aino", profession: "curator", state: "on", capacity: 2, free: 2, queues: [3] };

test("a talk may go only to another queue of its own channel and language", () => {
  welcome(facts({ queue: 3 }));
  desk.hear({ type: "queues", items: QUEUES });
  assert.deepEqual(desk.beside.elsewhere(first()).map(({ id }) => id), [9]);
});

test("one picks only where it is allowed, from a queue one serves, and on duty", () => {
  welcome();
  desk.hear({ type: "queues", items: QUEUES });
  desk.hear({ type: "colleagues", items: [AINO] });
  const may = (/** @type {number} */ queue) => desk.beside.pickable(/** @type {any} */ ({ queue }), 1);
  assert.deepEqual([3, 9, 4, 77].map(may), [true, false, false, false]);
  desk.hear({ type: "colleagues", items: [{ ...AINO, state: "paused" }] });
  assert.equal(may(3), false);
});

test("picking names the ticket, and a refusal has words of its own", () => {
  welcome();
  desk.take(15);
  const [claim] = frames("claim");
  assert.equal(claim.ticket, 15);
  desk.hear({ type: "nack", code: "gone", ref: claim.ref });
  assert.deepEqual(told, ["not_picked"]);
  desk.take();
  assert.equal("ticket" in frames("claim")[1], false);
});

test("the draft of a note counts as words that only this page has", () => {
  welcome(facts());
  assert.equal(Boolean(desk.beside.unsent), false);
  desk.beside.of(first()).draft = "kysy unesta";
  assert.equal(Boolean(desk.beside.unsent), true);
  desk.dismiss(first());
  assert.equal(Boolean(desk.beside.unsent), false);
});
