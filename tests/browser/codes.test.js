import assert from "node:assert/strict";
import { test } from "node:test";
import { topicsOf } from "../../console/static/console/codes.js";
import { find } from "../../console/static/console/search.js";

const TOPICS = [
  { code: "Y.MIND", name: "Mieli ja tunteet", within: "" },
  { code: "Y.MIND.ANX", name: "Ahdistus ja pelot", within: "Y.MIND" },
  { code: "Y.SCH", name: "Koulu ja opiskelu", within: "" },
  { code: "Y.SCH.ABS", name: "Koulupoissaolot", within: "Y.SCH" },
  { code: "Y.SCH.ABS.ANX", name: "Ahdistus tai jännittäminen", within: "Y.SCH.ABS" },
];
const BOOK = /** @type {any} */ ({ topics: TOPICS, likely: ["Y.SCH.ABS", "Y.MIND"] });
const all = topicsOf({ ...BOOK, likely: [] }, "");

/** @param {string} query */
const found = (query) => find(all, query).map(({ code }) => code);

test("a topic is found by the beginning of a word, within a compound, and by what it lies under", () => {
  assert.deepEqual(found("ahdi"), ["Y.MIND.ANX", "Y.SCH.ABS.ANX"]);
  assert.deepEqual(found("poissa"), ["Y.SCH.ABS", "Y.SCH.ABS.ANX"]);
  assert.deepEqual(found("koulu"), ["Y.SCH", "Y.SCH.ABS", "Y.SCH.ABS.ANX"]);
  assert.deepEqual(found("koulu ahdi"), ["Y.SCH.ABS.ANX"]);
});

test("case and dots do not matter, and nothing is found for what is not there", () => {
  assert.deepEqual(found("JANNITTAMINEN"), ["Y.SCH.ABS.ANX"]);
  assert.deepEqual(found("jännit"), ["Y.SCH.ABS.ANX"]);
  assert.deepEqual(found("xyzzy"), []);
  assert.deepEqual(found(" , "), all.map(({ code }) => code));
});

test("what its visitor chose stands first and may be taken at once, then what is common, each once", () => {
  const offered = topicsOf(BOOK, "Y.MIND");
  assert.deepEqual(offered.map(({ code }) => code), ["Y.MIND", "Y.SCH.ABS", "Y.MIND.ANX", "Y.SCH", "Y.SCH.ABS.ANX"]);
  assert.deepEqual(offered.map(({ sure }) => Boolean(sure)), [true, false, false, false, false]);
  assert.equal(offered.at(-1)?.path, "Koulu ja opiskelu › Koulupoissaolot");
});

test("a choice that is no topic of this channel is left out", () => {
  assert.deepEqual(topicsOf({ ...BOOK, likely: ["P.COPE"] }, "P.WORRY").map(({ code }) => code), TOPICS.map(({ code }) => code));
});
