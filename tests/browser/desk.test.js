import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { Desk } from "../../console/static/console/desk.js";

const NOW = Date.parse("2026-11-21T21:42:30Z");
const ME = { name: "Aino", profession: "curator", capacity: 2 };

/** @type {any[]} */
let sent = [];
/** @type {any[]} */
let told = [];
/** @type {any} */
let watched = null;
let up = true;
/** @type {Desk} */
let desk;

/** @param {object} [more] */
function facts(more = {}) {
  const known = { cid: "c1", ticket: 14, epoch: 3, state: "active", channel: "youth", language: "fi" };
  return { ...known, age_band: "A13_15", since: "2026-11-21T21:40Z", link: "here", ...more };
}

/** @param {number} seq @param {object} [more] */
function item(seq, more = {}) {
  return { seq, kind: "message", side: "visitor", at: "2026-11-21T21:42Z", mid: `v${seq}`, text: `t${seq}`, ...more };
}

/** @param {any[]} talks */
function welcome(...talks) {
  desk.linked("open", 0);
  desk.hear({ type: "welcome", v: 1, server_time: "2026-11-21T21:42:30Z", limits: {}, worker: ME, talks });
}

/** @param {any[]} items @param {string} [cid] */
function events(items, cid = "c1") {
  desk.hear({ type: "events", cid, items, last: items.at(-1)?.seq ?? 0 });
}

/** @param {string} type */
const frames = (type) => sent.filter((frame) => frame.type === type);
const first = () => /** @type {any} */ (desk.talks[0]);

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: NOW });
  sent = [];
  told = [];
  watched = null;
  up = true;
  desk = new Desk(ME, {
    send: (frame) => up && sent.push(frame) > 0,
    resync: () => told.push("resync"),
    changed: () => undefined,
    said: (key) => told.push(key),
    rows: () => undefined,
    noted: (talk, items) => items.length && told.push(`noted ${talk.cid}`),
    revealed: () => undefined,
    cleared: (talk) => told.push(`cleared ${talk.cid}`),
    opened: (talk) => told.push(`opened ${talk.cid}`),
    watching: (talk) => talk.cid === watched,
  });
});

afterEach(() => mock.timers.reset());

test("only an own claim opens a conversation; nothing else ever switches", () => {
  welcome(facts());
  desk.hear({ type: "talk", talk: facts({ cid: "c2", ticket: 15 }) });
  events([item(1)]);
  assert.deepEqual(told, []);
  desk.take();
  const [{ ref }] = frames("claim");
  desk.hear({ type: "talk", talk: facts({ cid: "c3", ticket: 16 }), ref: "another" });
  desk.hear({ type: "talk", talk: facts({ cid: "c4", ticket: 17 }), ref });
  assert.deepEqual(told, ["opened c4"]);
});

test("a talk is unread until its log has come, an empty one too", () => {
  welcome(facts());
  assert.equal(first().heard, false);
  events([]);
  assert.equal(first().heard, true);
});

test("one claim at a time, and a lost line forgets it", () => {
  welcome();
  desk.take();
  desk.take();
  assert.equal(frames("claim").length, 1);
  desk.linked("lost", 1006);
  assert.equal(desk.taking, false);
});

test("an empty queue and a full desk are told in words", () => {
  welcome();
  for (const code of ["nothing_waiting", "full", "retry"]) {
    desk.take();
    desk.hear({ type: "nack", code, ref: frames("claim").at(-1).ref });
  }
  assert.deepEqual(told, ["nothing_waiting", "full", "take_failed"]);
});

test("an answer names its conversation, epoch and what was seen", () => {
  welcome(facts());
  events([item(1), item(2)]);
  desk.say(first(), "hei");
  const [{ mid, ...frame }] = frames("send");
  assert.deepEqual(frame, { type: "send", cid: "c1", body: "hei", epoch: 3, seen: 2 });
  desk.hear({ type: "ack", cid: "c1", mid, seq: 3, at: "2026-11-21T21:42Z", dup: false });
  assert.equal(first().transcript.items[2].text, "hei");
  assert.equal(first().unanswered, null);
});

test("nothing leaves before they are here", () => {
  welcome(facts({ state: "called" }));
  events([item(1)]);
  desk.say(first(), "hei");
  assert.equal(frames("send").length, 0);
  desk.hear({ type: "talk", talk: facts({ epoch: 4 }) });
  assert.equal(frames("send")[0].epoch, 4);
});

test("after a break the same message goes again, unless the log has it", () => {
  welcome(facts());
  events([item(1)]);
  desk.say(first(), "one");
  desk.say(first(), "two");
  desk.linked("lost", 1006);
  const { mid } = frames("send")[0];
  welcome(facts());
  assert.equal(frames("send").length, 1, "not before the first events");
  events([item(2, { side: "professional", mid, text: "one", mine: true })]);
  assert.deepEqual(frames("send").map(({ body }) => body), ["one", "two"]);
  assert.deepEqual(desk.cursors().cursors, { c1: 2 });
});

test("a server that has no news is waited for two seconds only", () => {
  welcome(facts());
  desk.say(first(), "hei");
  mock.timers.tick(1_999);
  assert.equal(frames("send").length, 0);
  mock.timers.tick(1);
  assert.equal(frames("send").length, 1);
});

test("a passing refusal goes again by itself, a lasting one does not", () => {
  welcome(facts());
  events([item(1)]);
  desk.say(first(), "hei");
  const { mid } = frames("send")[0];
  desk.hear({ type: "nack", code: "busy", cid: "c1", mid, retry_in: 3 });
  mock.timers.tick(3_100);
  assert.deepEqual(frames("send").map((frame) => frame.mid), [mid, mid]);
  desk.hear({ type: "nack", code: "stale", cid: "c1", mid });
  mock.timers.tick(60_000);
  assert.equal(frames("send").length, 2);
  assert.equal(first().outbox.entries[0].code, "stale");
});

test("messages are unread where nobody looks", () => {
  welcome(facts(), facts({ cid: "c2", ticket: 15 }));
  watched = "c1";
  events([item(1), item(2)]);
  events([item(1), item(2), item(3, { side: "professional" })], "c2");
  assert.deepEqual(desk.talks.map(({ unread }) => unread), [0, 2]);
});

test("waiting is counted from the last unanswered message, on the server's clock", () => {
  welcome(facts());
  events([item(1, { at: "2026-11-21T21:30Z" })]);
  assert.equal(desk.now() - first().unanswered, 12.5 * 60_000);
  events([item(2)]);
  mock.timers.tick(45_000);
  assert.equal(desk.now() - first().unanswered, 45_000);
});

test("what was applied is acknowledged within a second, once", () => {
  welcome(facts());
  events([item(1)]);
  events([item(2)]);
  mock.timers.tick(1_000);
  assert.deepEqual(frames("ack"), [{ type: "ack", cid: "c1", seq: 2 }]);
});

test("a hole asks for the log again", () => {
  welcome(facts());
  events([item(1), item(3)]);
  assert.deepEqual(told, ["resync"]);
  assert.deepEqual(desk.cursors().cursors, { c1: 1 });
});

test("a restored backup is read from the beginning", () => {
  welcome(facts());
  events([item(1), item(2)]);
  desk.hear({ type: "reset", cid: "c1" });
  events([item(1, { text: "older" })]);
  assert.deepEqual(told, ["cleared c1"]);
  assert.equal(first().transcript.items[0].text, "older");
});

test("an ended conversation stays to be read until it is dismissed", () => {
  welcome(facts());
  events([item(1), item(2, { kind: "closed", code: "ended_by_visitor" })]);
  assert.deepEqual(told, ["has_ended"]);
  desk.linked("lost", 1006);
  welcome();
  assert.equal(first().state, "closed");
  assert.equal(first().transcript.items[0].text, "t1");
  desk.dismiss(first());
  assert.equal(desk.talks.length, 0);
});

for (const leave of ["gone frame", "welcome without it"]) {
  test(`a conversation that is no longer ours loses its words: ${leave}`, () => {
    welcome(facts());
    events([item(1)]);
    const talk = first();
    talk.write("draft");
    if (leave === "gone frame") desk.hear({ type: "gone", cid: "c1", reason: "requeued" });
    else welcome();
    assert.equal(talk.state, "gone");
    assert.equal(talk.transcript.items.length, 0);
    assert.equal(talk.draft, "");
    assert.deepEqual(desk.cursors().cursors, {});
  });
}

test("a conversation that comes back after it was gone starts afresh", () => {
  welcome(facts());
  events([item(1)]);
  desk.hear({ type: "gone", cid: "c1", reason: "requeued" });
  desk.hear({ type: "talk", talk: facts({ epoch: 5 }) });
  events([item(1), item(2)]);
  assert.equal(first().transcript.items.length, 2);
  assert.equal(first().facts.epoch, 5);
});

test("given back by ourselves it leaves the desk", () => {
  welcome(facts());
  desk.act("release", first());
  const [frame] = frames("release");
  assert.deepEqual([frame.cid, frame.epoch], ["c1", 3]);
  desk.hear({ type: "gone", cid: "c1", reason: "released" });
  assert.equal(desk.talks.length, 0);
});

test("the composer locks after ten seconds without a line", () => {
  welcome(facts());
  desk.linked("lost", 1006);
  mock.timers.tick(5_000);
  desk.linked("connecting", 0);
  mock.timers.tick(4_999);
  assert.equal(desk.locked, false);
  mock.timers.tick(1);
  assert.equal(desk.locked, true);
  welcome(facts());
  assert.equal(desk.locked, false);
});

test("the end of the session forgets every word", () => {
  welcome(facts());
  events([item(1)]);
  const talk = first();
  talk.write("draft");
  desk.linked("stopped", 4010);
  assert.equal(desk.talks.length + talk.transcript.items.length + talk.draft.length, 0);
});

test("typing is told at most every two seconds, and its end at once", () => {
  welcome(facts());
  for (let key = 0; key < 5; key += 1) desk.type(first(), true);
  mock.timers.tick(2_000);
  desk.type(first(), true);
  desk.type(first(), false);
  desk.type(first(), false);
  assert.deepEqual(frames("typing").map(({ on }) => on), [true, true, false]);
});

test("their typing ends after five seconds, or with their message", () => {
  welcome(facts());
  desk.hear({ type: "typing", cid: "c1", side: "visitor", on: true });
  assert.equal(first().typingUntil, NOW + 5_000);
  events([item(1)]);
  assert.equal(first().typingUntil, 0);
});

test("unknown frames and unknown conversations change nothing", () => {
  welcome(facts());
  for (const type of ["later", "__proto__", "toString"]) desk.hear({ type });
  events([item(1)], "c9");
  desk.hear({ type: "presence", cid: "c9", side: "visitor", link: "away" });
  desk.hear({ type: "ack", cid: "c9", mid: "m", seq: 1 });
  assert.equal(desk.talks.length, 1);
});

const DUTY = { type: "duty", state: "off", capacity: 0, since: null, until: null, pause_until: null, advice: "", stop_at: null, alone: false, offer_pause: null, ref: "" };

test("taking the next one off duty begins the shift first, with the chosen number", () => {
  welcome();
  desk.hear(DUTY);
  desk.wanted = 4;
  desk.take();
  assert.deepEqual(sent.map(({ type, act, capacity }) => [type, act, capacity]), [["duty", "start", 4], ["claim", undefined, undefined]]);
});

test("one act of duty at a time; its answer is the shift as it stands", () => {
  welcome();
  desk.hear(DUTY);
  desk.shift("start", { capacity: 3 });
  desk.shift("start", { capacity: 3 });
  assert.equal(frames("duty").length, 1);
  desk.hear({ ...DUTY, state: "on", capacity: 3, ref: frames("duty")[0].ref });
  assert.equal(desk.asking("duty"), false);
  assert.equal(desk.capacity, 3);
  assert.deepEqual(told, ["duty_now_on"]);
});

test("a pause is offered until it is taken or put off", () => {
  welcome();
  desk.hear({ ...DUTY, state: "on", capacity: 2, offer_pause: 10 });
  assert.equal(desk.offeredPause, 10);
  desk.hear({ ...DUTY, state: "on", capacity: 3 });
  assert.equal(desk.offeredPause, 10);
  desk.noPause();
  assert.equal(desk.offeredPause, 0);
  desk.hear({ ...DUTY, state: "on", capacity: 2, offer_pause: 10 });
  desk.hear({ ...DUTY, state: "paused", capacity: 2 });
  assert.equal(desk.offeredPause, 0);
});

test("each refusal of a shift has words of its own", () => {
  welcome();
  for (const code of ["off_duty", "on_pause", "finishing", "wrong_step", "another"]) {
    desk.take();
    desk.hear({ type: "nack", code, ref: frames("claim").at(-1).ref });
  }
  assert.deepEqual(told, ["off_duty", "on_pause", "finishing", "wrong_step", "take_failed"]);
});

const PETRI = { name: "Petri", profession: "psychologist" };

test("a note goes by its own frame, never as a message, and once", () => {
  welcome(facts());
  events([item(1)]);
  desk.beside.whisper(first(), "varovasti");
  const [{ mid, ...frame }] = frames("whisper");
  assert.deepEqual(frame, { type: "whisper", cid: "c1", body: "varovasti", epoch: 3 });
  assert.equal(frames("send").length, 0);
  desk.linked("lost", 1006);
  welcome(facts());
  assert.deepEqual(frames("whisper").map((each) => each.mid), [mid, mid]);
  desk.hear({ type: "ack", cid: "c1", mid, seq: 1, at: "2026-11-21T21:42Z", dup: true });
  desk.hear({ type: "notes", cid: "c1", items: [item(1, { mid, side: "professional", who: ME })], last: 1 });
  assert.equal(desk.beside.of(first()).transcript.items.length, 1);
  assert.equal(first().transcript.items.length, 1);
  assert.deepEqual(desk.cursors(), { cursors: { c1: 1 }, note_cursors: { c1: 1 } });
});

test("a talk that is handed over takes its words and notes away", () => {
  welcome(facts());
  desk.hear({ type: "notes", cid: "c1", items: [item(1, { side: "professional", who: PETRI })], last: 1 });
  const talk = first();
  desk.hear({ type: "gone", cid: "c1", reason: "handed_over" });
  assert.equal(talk.why, "handed_over");
  assert.equal(desk.beside.of(talk).transcript.items.length, 0);
});

test("accepting an offer opens its talk; a colleague's refusal says whose it is", () => {
  welcome(facts());
  desk.act("accept", null, { offer: "o1" });
  desk.hear({ type: "talk", talk: facts({ cid: "c2", ticket: 15 }), ref: frames("accept")[0].ref });
  for (const code of ["full", "stale"]) {
    desk.act("offer", first(), { worker: 7, note: "" });
    desk.hear({ type: "nack", code, cid: "c1", ref: frames("offer").at(-1).ref });
  }
  assert.deepEqual(told, ["opened c2", "colleague_full", "colleague_failed"]);
});

test("words of another professional are not shown as one's own", () => {
  welcome(facts({ part: "beside" }));
  events([item(1, { side: "professional", who: PETRI }), item(2, { side: "professional", who: ME })]);
  assert.deepEqual(first().transcript.items.map((/** @type {any} */ each) => each.mine), [false, true]);
  assert.equal(first().writes, false);
});
