import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Socket, delayOf } from "../../chatservice/static/chat/socket.js";
import { World, settle } from "./world.js";

/** @type {World} */
let world;
/** @type {Socket} */
let socket;
/** @type {string[]} */
let links;
/** @type {any[]} */
let frames;
let hellos = 0;

beforeEach(async () => {
  world = new World();
  links = [];
  frames = [];
  hellos = 0;
  socket = new Socket({
    url: "ws://chat.localhost/socket",
    first: () => ({ type: "hello", v: 1, token: "t", cursors: { c: (hellos += 1) } }),
    onFrame: (frame) => frames.push(frame),
    onLink: (link, code) => links.push(code ? `${link} ${code}` : link),
    world,
  });
  socket.open();
  await settle();
});

async function welcomed() {
  world.wire.accept();
  world.wire.say({ type: "welcome", v: 1, limits: { ping_seconds: 20, dead_seconds: 45 } });
  await settle();
}

test("the first frame goes out when the wire opens, and the link is open after the welcome", async () => {
  world.wire.accept();
  assert.deepEqual(world.wire.sent, [{ type: "hello", v: 1, token: "t", cursors: { c: 1 } }]);
  assert.equal(socket.send({ type: "send" }), false, "nothing else leaves before the welcome");
  await welcomed();
  assert.deepEqual(links, ["connecting", "open"]);
  assert.equal(socket.send({ type: "send" }), true);
});

test("a wire without a welcome is given up", async () => {
  world.wire.accept();
  await world.pass(10_000);
  assert.equal(world.wires[0]?.closed, 1000);
  assert.equal(links.at(-1), "lost 1006");
});

test("it pings every 20 s and reconnects when nothing was heard for 45 s", async () => {
  await welcomed();
  await world.pass(40_000);
  assert.deepEqual(world.wire.sent.slice(1).map(({ type, n }) => [type, n]), [["ping", 1], ["ping", 2]]);
  world.wire.say({ type: "pong", n: 2 });
  await world.pass(44_000);
  assert.equal(world.wires.length, 1, "the pong kept it alive");
  await world.pass(2_000);
  assert.equal(world.wires.length, 2);
});

for (const code of [1001, 1006, 1011, 4012, 4013]) {
  test(`it comes back after ${code} with doubled delays up to 30 s`, async () => {
    await welcomed();
    for (const delay of [500, 1000, 2000, 4000, 8000, 16000, 30000, 30000]) {
      const before = world.wires.length;
      world.wire.cut(code);
      await world.pass(delay - 1);
      assert.equal(world.wires.length, before);
      await world.pass(1);
      assert.equal(world.wires.length, before + 1);
    }
    await welcomed();
    world.wire.cut(code);
    await world.pass(500);
    assert.equal(links.at(-1), "connecting", "a welcome starts the delays anew");
  });
}

test("each reconnection makes its own first frame", async () => {
  await welcomed();
  world.wire.cut(1006);
  await world.pass(500);
  world.wire.accept();
  assert.deepEqual(world.wire.sent[0].cursors, { c: 2 });
});

for (const code of [4000, 4001, 4009, 4010]) {
  test(`${code} ends it: the same words cannot help`, async () => {
    await welcomed();
    world.wire.cut(code);
    await world.pass(600_000);
    assert.equal(world.wires.length, 1);
    assert.equal(links.at(-1), `stopped ${code}`);
  });
}

for (const code of [4008, 4029]) {
  test(`${code} is a reason to wait longer`, async () => {
    await welcomed();
    world.wire.cut(code);
    await world.pass(15_400);
    assert.equal(world.wires.length, 1);
    await world.pass(100);
    assert.equal(world.wires.length, 2);
  });
}

test("a bye names the reason that a cut hides", async () => {
  await welcomed();
  world.wire.say({ type: "bye", code: 4010, reason: "signed out" });
  world.wire.cut(1006);
  assert.equal(links.at(-1), "stopped 4010");
});

test("a drain moves over when the server said", async () => {
  await welcomed();
  world.wire.say({ type: "drain", in_ms: 3000 });
  await world.pass(2999);
  assert.equal(world.wires.length, 1);
  await world.pass(1);
  assert.equal(world.wires.length, 2);
});

for (const moment of ["online", "pageshow"]) {
  test(`${moment} connects at once when the link is lost`, async () => {
    await welcomed();
    world.wire.cut(1006);
    world.page.dispatchEvent(new Event(moment));
    await world.pass(0);
    assert.equal(world.wires.length, 2);
  });
}

test("a network that comes back in the middle of a try that fails is not waited for again", async () => {
  await welcomed();
  for (const wait of [500, 1000, 2000, 4000]) {
    world.wire.cut(1006);
    await world.pass(wait);
  }
  assert.equal(links.at(-1), "connecting");
  world.page.dispatchEvent(new Event("online"));
  world.wire.cut(1006);
  await world.pass(500);
  assert.equal(world.wires.length, 6);
});

test("a page that wakes after a silence does not trust the old wire", async () => {
  await welcomed();
  world.time += 30_000;
  world.view.dispatchEvent(new Event("visibilitychange"));
  await world.pass(0);
  assert.equal(world.wires.length, 2);
});

test("a page that wakes soon asks, and waits 5 s for an answer", async () => {
  await welcomed();
  world.time += 100;
  world.page.dispatchEvent(new Event("offline"));
  assert.equal(world.wire.sent.at(-1).type, "ping");
  await world.pass(5000);
  assert.equal(world.wires.length, 2);
});

test("a hidden page does not probe", async () => {
  await welcomed();
  world.view.hidden = true;
  world.time += 30_000;
  world.view.dispatchEvent(new Event("visibilitychange"));
  await world.pass(0);
  assert.equal(world.wires.length, 1);
});

test("words of an earlier wire are not heard any more", async () => {
  await welcomed();
  const old = world.wire;
  socket.resync();
  await world.pass(0);
  old.say({ type: "events", cid: "c", items: [], last: 0 });
  old.cut(4001);
  assert.deepEqual(frames.map(({ type }) => type), ["welcome"]);
  assert.equal(links.at(-1), "connecting");
});

test("what is no frame is ignored", async () => {
  await welcomed();
  for (const data of ["", "{", "null", "[]", '{"type": 4}', new ArrayBuffer(2)]) world.wire.onmessage({ data });
  assert.equal(frames.length, 1);
});

test("a first frame that cannot be made is tried again, or ends it when its code says so", async () => {
  socket.close();
  let refusals = 0;
  const other = new Socket({
    url: "ws://desk.localhost/socket",
    first: async () => {
      refusals += 1;
      throw Object.assign(new Error("no ticket"), refusals > 1 ? { code: 4010 } : {});
    },
    onFrame: () => undefined,
    onLink: (link, code) => links.push(`${link} ${code}`),
    world,
  });
  other.open();
  await settle();
  assert.equal(links.at(-1), "lost 1006");
  await world.pass(500);
  assert.equal(links.at(-1), "stopped 4010");
});

test("closed is closed", async () => {
  await welcomed();
  socket.close();
  world.page.dispatchEvent(new Event("online"));
  await world.pass(600_000);
  assert.equal(world.wires.length, 1);
  assert.equal(links.at(-1), "closed 1000");
});

test("jitter is full: anything between nothing and the step", () => {
  assert.equal(delayOf(3, () => 0), 0);
  assert.equal(delayOf(3, () => 0.5), 2000);
  assert.equal(delayOf(99, () => 1), 30_000);
});
