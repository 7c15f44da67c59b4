import assert from "node:assert/strict";
import { test } from "node:test";
import { looksLike } from "../../widget/static/widget/nameless.js";

/** @type {Record<string, string[]>} */
const TELLING = {
  phone: ["soita 0401234567", "040 123 4567", "050-123 4567 on mun nro", "+358 40 123 4567", "+46 70-123 45 67", "09 877 1234", "(040) 123 4567"],
  hetu: ["131052-308T", "hetu on 150611A9021", "010203b123x", "020214F921K"],
  email: ["mia.pupil@example.fi", "mia (at) example.com", "skriv till mia_p@example.se"],
  address: ["asun Mannerheimintiellä 12", "Peltokuja 4 B 2", "hämeentie 7", "bor på Storgatan 5", "I live at 12 Rose Lane"],
  handle: ["snäp: miamaria", "mun insta on mia_m", "ig mia.maria", "discord mia1234", "snap är mia_08", "@miamaria"],
};

for (const [kind, texts] of Object.entries(TELLING)) {
  for (const text of texts) test(`"${text}" looks like ${kind}`, () => assert.equal(looksLike(text), kind));
}

const PLAIN = [
  "", "moi", "kello 12.30 ja 13.45", "synnyin 1.4.2012", "2012-04-01", "soita 112 tai 116 111", "0800 12345", "09 2525 0111",
  "vuosina 2019-2023", "valtatie 4 ja moottoritie 51", "hämeentie 7 km", "mun insta on tyhmä", "insta ja snäpissä kiusataan",
  "kokeesta 8+ ja 25/30", "1 000 000 katselua", "12345678 + 87654321", "15.10-16.45", "snap streak on 300", "мне 12 лет", "عمري 12",
  "en jaksa enää", "nähdään klo 8", "discordissa oli kivaa",
];

for (const text of PLAIN) test(`"${text}" looks like nothing`, () => assert.equal(looksLike(text), ""));

test("a long hostile text is judged at once", () => {
  for (const piece of ["a ", "1 ", "@", "a@", "0401 ", "katu 1", "snap ", "Aa ", "((", "1.", "-"]) {
    const start = performance.now();
    looksLike(piece.repeat(10_000));
    assert.ok(performance.now() - start < 250, piece);
  }
});

test("full-width and written digits are read", () => {
  assert.equal(looksLike("０４０１２３４５６７"), "phone");
});
