import assert from "node:assert/strict";
import { test } from "node:test";
import { clockTime, read, refusal } from "../../chatservice/static/chat/frames.js";
import { t, use } from "../../chatservice/static/chat/i18n.js";

test("names are filled in and plurals follow the language", () => {
  use({ hi: "Hei {name}!", new_one: "{count} uusi", new_other: "{count} uutta" }, "fi");
  assert.equal(t("hi", { name: "Aino" }), "Hei Aino!");
  assert.equal(t("new", { count: 1 }), "1 uusi");
  assert.equal(t("new", { count: 2 }), "2 uutta");
});

test("the dual falls back where a table has none", () => {
  use({ new_one: "one", new_other: "many" }, "se");
  assert.equal(t("new", { count: 2 }), "many");
});

test("a hole is seen, and a value is not read as a pattern", () => {
  use({ hi: "{name} {other}" }, "fi");
  assert.equal(t("nothing"), "nothing");
  assert.equal(t("hi", { name: "$& {other}" }), "$& {other} {other}");
});

test("what is no frame is null", () => {
  for (const text of ["", "nonsense", "null", "3", "{}", '{"type":1}', undefined]) assert.equal(read(text), null);
  assert.deepEqual(read('{"type":"pong","n":1,"later":true}'), { type: "pong", n: 1, later: true });
});

test("what the server would refuse is refused here", () => {
  assert.equal(refusal(" \n "), "empty");
  assert.equal(refusal("😊".repeat(4000)), null);
  assert.equal(refusal("a".repeat(4001)), "too_long");
  assert.equal(refusal('"'.repeat(4000)), null);
});

test("minutes of the wire are shown in the service's time", () => {
  assert.equal(clockTime("2026-11-21T21:42Z", "fi"), "23.42");
  assert.equal(clockTime("2026-07-21T20:05Z", "sv"), "23:05");
  assert.equal(clockTime("soon", "fi"), "");
});
