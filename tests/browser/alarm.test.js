import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { Desk } from "../../console/static/console/desk.js";

const ME = { name: "Aino", profession: "curator", capacity: 2 };
const ALERT = { type: "alert", ticket: 41, channel: "youth", language: "fi", since: "2026-11-21T21:40Z", reason: "not_taken", over: false };
const nothing = () => undefined;
/** @type {Desk} */
let desk;

function welcome() {
  desk.linked("open", 0);
  desk.hear({ type: "welcome", v: 1, server_time: "2026-11-21T21:42:30Z", limits: {}, worker: ME, talks: [] });
}

const ringing = () => desk.alerts.all.map(({ ticket }) => ticket);

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: Date.parse("2026-11-21T21:42:30Z") });
  const view = { send: () => true, resync: nothing, changed: nothing, said: nothing, rows: nothing, noted: nothing };
  desk = new Desk(ME, { ...view, revealed: nothing, cleared: nothing, opened: nothing, watching: () => false });
  welcome();
});
afterEach(() => mock.timers.reset());

test("an alarm rings until the service says that it is over", () => {
  desk.hear(ALERT);
  desk.hear({ ...ALERT, ticket: 44 });
  assert.deepEqual(ringing(), [41, 44]);
  desk.hear({ ...ALERT, over: true });
  assert.deepEqual(ringing(), [44]);
});

test("an alarm rings on over a break when it is told again", () => {
  desk.hear(ALERT);
  desk.linked("lost", 1006);
  assert.deepEqual(ringing(), [41]);
  welcome();
  desk.hear({ ...ALERT });
  mock.timers.tick(6000);
  assert.deepEqual(ringing(), [41]);
});

test("an alarm that ended during a break rings no more", () => {
  desk.hear(ALERT);
  desk.linked("lost", 1006);
  welcome();
  mock.timers.tick(6000);
  assert.deepEqual(ringing(), []);
});

test("after the session has ended nothing rings", () => {
  desk.hear(ALERT);
  desk.linked("stopped", 4010);
  assert.deepEqual(ringing(), []);
});
