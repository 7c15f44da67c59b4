import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { Visit } from "../../widget/static/widget/visit.js";
import { World, settle } from "./world.js";

const CID = "5f0c6c0e-2f56-4b5e-9a53-1f6a1c6a7b10";
/** @type {World} */
let world;
/** @type {Visit} */
let visit;
/** @type {{rows: any[], tokens: string[], outbox: string[]}} */
let drawn;
const sent = (/** @type {string} */ type) => world.wire.sent.filter((frame) => frame.type === type);
const row = (/** @type {number} */ seq, /** @type {object} */ more) =>
  ({ seq, kind: "message", side: "professional", at: "2026-11-21T21:42Z", text: `${seq}`, ...more });

/**
 * @param {string} token
 * @param {object} [asked]
 */
async function mia(token, asked) {
  drawn = { rows: [], tokens: [], outbox: [] };
  const ticket = { url: "ws://chat.localhost/socket", host: "demo", channel: "youth", language: "fi", age: "A13_15", token, ...asked };
  visit = new Visit(ticket, {
    state: () => undefined,
    rows: (items) => drawn.rows.push(...items.map(({ seq }) => seq)),
    outbox: (entries) => (drawn.outbox = entries.map(({ body, state }) => `${body} ${state}`)),
    token: (given) => drawn.tokens.push(given),
  }, world);
  visit.open();
  await settle();
  world.wire.accept();
}

/** @param {object} [more] */
function welcome(more) {
  world.wire.say({ type: "welcome", v: 1, cid: CID, state: "queued", limits: {}, ...more });
}

/**
 * @param {object[]} items
 * @param {number} last
 */
function events(items, last) {
  world.wire.say({ type: "events", cid: CID, items, last });
}

async function cutAndBack() {
  world.wire.cut(1006);
  await world.pass(500);
  world.wire.accept();
}

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  world = new World();
});
afterEach(() => mock.timers.reset());

test("Mia enters, and her token is kept for the way back", async () => {
  await mia("");
  const [enter] = sent("enter");
  assert.match(enter.attempt, /^[0-9a-f-]{36}$/);
  assert.deepEqual({ ...enter, attempt: "" }, { type: "enter", v: 1, host: "demo", channel: "youth", language: "fi", age_band: "A13_15", attempt: "" });
  welcome({ token: "secret" });
  assert.deepEqual(drawn.tokens, ["secret"]);
  events([row(1, {})], 1);
  await cutAndBack();
  assert.deepEqual(world.wire.sent, [{ type: "hello", v: 1, token: "secret", cursors: { [CID]: 1 } }]);
});

test("an entrance whose welcome was lost is the same entrance again", async () => {
  await mia("");
  const [{ attempt }] = sent("enter");
  await cutAndBack();
  assert.equal(sent("enter")[0].attempt, attempt);
});

test("after a reload the token opens the visit without a cursor", async () => {
  await mia("kept");
  assert.deepEqual(world.wire.sent, [{ type: "hello", v: 1, token: "kept", cursors: {} }]);
});

test("a message waits for the first events, goes once, and its ack makes it a row", async () => {
  await mia("");
  visit.send("hei");
  welcome({ token: "t" });
  assert.deepEqual(sent("send"), []);
  events([], 0);
  const [{ mid, body }] = sent("send");
  assert.equal(body, "hei");
  world.wire.say({ type: "ack", cid: CID, mid, seq: 1, at: "2026-11-21T21:42Z", dup: false });
  events([row(1, { side: "visitor", mid })], 1);
  assert.deepEqual([drawn.rows, drawn.outbox], [[1], []]);
});

test("a message in flight when the line breaks goes again with its mid", async () => {
  await mia("");
  welcome({ token: "t" });
  events([], 0);
  visit.send("hei");
  const [{ mid }] = sent("send");
  await cutAndBack();
  welcome();
  assert.deepEqual(sent("send"), []);
  events([], 0);
  assert.equal(sent("send")[0].mid, mid);
});

test("a message that the first events already hold is not sent again", async () => {
  await mia("");
  welcome({ token: "t" });
  events([], 0);
  visit.send("hei");
  const [{ mid }] = sent("send");
  await cutAndBack();
  welcome();
  events([row(1, { side: "visitor", mid })], 1);
  assert.deepEqual([sent("send"), drawn.outbox, drawn.rows], [[], [], [1]]);
});

test("a server with nothing to tell still lets the outbox go", async () => {
  await mia("");
  welcome({ token: "t" });
  visit.send("hei");
  mock.timers.tick(1500);
  assert.equal(sent("send").length, 1);
});

test("a call waits for Mia, who answers by the button or by writing", async () => {
  await mia("");
  welcome({ token: "t" });
  events([], 0);
  world.wire.say({ type: "queue", cid: CID, state: "called", answer_in: 60 });
  assert.deepEqual(sent("here"), []);
  visit.here();
  visit.send("hei");
  assert.deepEqual(sent("here"), [{ type: "here", cid: CID }, { type: "here", cid: CID }]);
});

test("a code is said once, on entering, and forgotten when it opened the way", async () => {
  await mia("", { age: null, wish: "nurse", code: "1234 5678 9012 3456" });
  const [{ code, wish, age_band }] = sent("enter");
  assert.deepEqual([code, wish, age_band], ["1234 5678 9012 3456", "nurse", null]);
  welcome({ token: "t", after: 7 });
  events([row(8, {})], 8);
  assert.deepEqual(drawn.rows, [8]);
  await cutAndBack();
  assert.deepEqual(world.wire.sent, [{ type: "hello", v: 1, token: "t", cursors: { [CID]: 8 } }]);
});

test("what a waiting visitor tells carries the conversation, and a shown code leaves with the page", async () => {
  await mia("");
  welcome({ token: "t" });
  visit.tell("rate", { rating: "today" });
  visit.tell("code", { on: true });
  assert.deepEqual([...sent("rate"), ...sent("code")], [{ type: "rate", cid: CID, rating: "today" }, { type: "code", cid: CID, on: true }]);
  world.wire.say({ type: "code", cid: CID, digits: "1234 5678 9012 3456" });
  assert.equal(visit.state.code, "1234 5678 9012 3456");
  visit.flee();
  assert.equal(visit.state.code, "");
});

test("what was applied is acked within a second, once", async () => {
  await mia("");
  welcome({ token: "t" });
  events([row(1, {})], 1);
  mock.timers.tick(500);
  events([row(2, {})], 2);
  mock.timers.tick(500);
  assert.deepEqual(sent("ack"), [{ type: "ack", cid: CID, seq: 2 }]);
  mock.timers.tick(10_000);
  assert.equal(sent("ack").length, 1);
});

test("a hole makes it come again with its cursor", async () => {
  await mia("");
  welcome({ token: "t" });
  events([row(1, {})], 1);
  events([row(3, {})], 3);
  await world.pass(0);
  world.wire.accept();
  assert.deepEqual(world.wire.sent[0].cursors, { [CID]: 1 });
});

test("typing is told at most every two seconds, and its end once", async () => {
  await mia("");
  welcome({ token: "t" });
  mock.timers.tick(5000);
  for (let key = 0; key < 30; key += 1) {
    visit.typing(true);
    mock.timers.tick(100);
  }
  visit.typing(false);
  visit.typing(false);
  assert.deepEqual(sent("typing").map(({ on }) => on), [true, true, false]);
});

test("the other side's typing fades after five seconds", async () => {
  await mia("");
  welcome({ token: "t", state: "active" });
  world.wire.say({ type: "typing", cid: CID, side: "professional", on: true });
  assert.equal(visit.state.typing, true);
  mock.timers.tick(5000);
  assert.equal(visit.state.typing, false);
});

test("a refused message is shown as not sent, and the next one goes", async () => {
  await mia("");
  welcome({ token: "t" });
  events([], 0);
  visit.send("one");
  visit.send("two");
  world.wire.say({ type: "nack", cid: CID, mid: sent("send")[0].mid, code: "closed" });
  assert.deepEqual(drawn.outbox, ["one refused", "two sending"]);
});

test("who is limited waits and sends the same again by itself", async () => {
  await mia("");
  welcome({ token: "t" });
  events([], 0);
  visit.send("one");
  const [{ mid }] = sent("send");
  world.wire.say({ type: "nack", cid: CID, mid, code: "limited", retry_in: 2 });
  mock.timers.tick(1900);
  assert.equal(sent("send").length, 1);
  mock.timers.tick(200);
  assert.deepEqual(sent("send").map((frame) => frame.mid), [mid, mid]);
});

test("what was refused during a pause goes again by hand alone, with its own id", async () => {
  await mia("");
  welcome({ token: "t" });
  events([], 0);
  visit.send("one");
  const [{ mid }] = sent("send");
  world.wire.say({ type: "nack", cid: CID, mid, code: "paused" });
  mock.timers.tick(3_600_000);
  assert.deepEqual([sent("send").length, drawn.outbox], [1, ["one refused"]]);
  visit.retry(mid);
  assert.deepEqual(sent("send").map((frame) => frame.mid), [mid, mid]);
});

test("ten minutes without a line end the waiting by themselves", async () => {
  await mia("");
  visit.send("old");
  mock.timers.tick(600_100);
  assert.deepEqual(drawn.outbox, ["old late"]);
});

test("fleeing says so at once and forgets", async () => {
  await mia("");
  welcome({ token: "t" });
  visit.send("secret");
  const wire = world.wire;
  visit.flee();
  assert.deepEqual(wire.sent.at(-1), { type: "leave", cid: CID, how: "quick" });
  assert.equal(wire.closed, 1000);
  await world.pass(600_000);
  assert.equal(world.wires.length, 1, "nothing comes back");
});
