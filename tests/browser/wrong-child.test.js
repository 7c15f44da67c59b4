// What keeps words from reaching the wrong child, as far as no page is needed for it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { instant, level, minutesAndSeconds } from "../../console/static/console/clock.js";
import { source } from "../../console/static/console/pasting.js";
import { colour } from "../../console/static/console/names.js";
import { Talk } from "../../console/static/console/talk.js";

const SAID = "meidän isä lyö äitiä iltaisin";

/** @param {string} cid @param {string[]} texts */
function talk(cid, ...texts) {
  const facts = { cid, ticket: 1, epoch: 1, state: "active", channel: "youth", language: "fi", age_band: null };
  const made = new Talk({ ...facts, since: "", link: "here" });
  made.transcript.apply(texts.map((text, at) => message(at + 1, text)));
  return made;
}

/** @param {number} seq @param {string} text @returns {import("../../chatservice/static/chat/frames.js").Item} */
function message(seq, text) {
  return { seq, kind: "message", side: "visitor", at: "2026-11-21T21:42Z", text };
}

test("text from another conversation is recognised, whole or in part, in any case and spacing", () => {
  const [mia, jonas] = [talk("mia", SAID), talk("jonas", "moi")];
  for (const text of [SAID, SAID.toUpperCase(), ` ${SAID.replaceAll(" ", "\n")} `, `Kirjoitit: ${SAID}`, "isä lyö äitiä"]) {
    assert.equal(source(text, jonas, [mia, jonas], null), mia);
  }
});

test("an unsent draft of another conversation is recognised too", () => {
  const [mia, jonas] = [talk("mia"), talk("jonas")];
  mia.write("kuulostaa raskaalta, Mia");
  assert.equal(source("kuulostaa raskaalta, Mia", jonas, [mia, jonas], null), mia);
});

test("short everyday words, own words and words from elsewhere are not asked about", () => {
  const [mia, jonas] = [talk("mia", "kiitos", SAID), talk("jonas", SAID)];
  for (const text of ["kiitos", SAID, "soita numeroon 116 111 jos on hätä", " "]) {
    assert.equal(source(text, jonas, [mia, jonas], null), null);
  }
});

test("a copy made in another conversation is known however short it is", () => {
  const [mia, jonas] = [talk("mia", "Mia"), talk("jonas")];
  assert.equal(source("Mia", jonas, [mia, jonas], { cid: "mia", text: "Mia" }), mia);
  assert.equal(source("Mia", mia, [mia, jonas], { cid: "mia", text: "Mia" }), null);
});

test("an answer begun before their newest message is asked about once", () => {
  const mia = talk("mia");
  mia.hear([message(1, "moi")], Date.now());
  mia.write("hei");
  assert.equal(mia.overtaken, false);
  mia.hear([message(2, "en jaksa")], Date.now());
  mia.write("hei sinä");
  assert.equal(mia.overtaken, true);
  mia.askedAbout = mia.newest;
  assert.equal(mia.overtaken, false);
  mia.hear([message(3, "oikeesti")], Date.now());
  assert.equal(mia.overtaken, true);
});

test("a draft that was emptied begins anew", () => {
  const mia = talk("mia");
  mia.write("hei");
  mia.hear([message(1, "moi")], Date.now());
  mia.write("");
  mia.write("moi moi");
  assert.equal(mia.overtaken, false);
});

test("neighbouring tickets never share a colour", () => {
  for (let ticket = 0; ticket < 60; ticket += 1) assert.notEqual(colour(ticket), colour(ticket + 1));
});

test("waiting is calm for a minute, amber to two, then red", () => {
  const levels = [0, 59_999, 60_000, 120_000, 120_001].map(level);
  assert.deepEqual(levels, ["calm", "calm", "amber", "amber", "red"]);
  assert.deepEqual([-5, 0, 45_900, 754_000].map(minutesAndSeconds), ["0:00", "0:00", "0:45", "12:34"]);
});

test("minutes and seconds of the wire are read, nonsense is no time", () => {
  assert.equal(instant("2026-11-21T21:42Z"), Date.UTC(2026, 10, 21, 21, 42));
  assert.equal(instant("2026-11-21T21:42:07Z"), Date.UTC(2026, 10, 21, 21, 42, 7));
  assert.ok(Number.isNaN(instant("soon")));
});
