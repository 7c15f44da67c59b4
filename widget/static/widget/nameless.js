/**
 * Does what is being typed look like something that tells who the writer is? Plain forms only, rarely wrong:
 * the server finds the written-around ones. Pure; nothing leaves the page.
 * @module
 */

const LONGEST = 4000;
const FEWEST = 8;
const MOST = 15;

/** The day of birth, the sign of the century, a number and a check sign; 900-999 and the new signs included. */
const HETU = /(?<![\p{L}\d])(\d{2})(\d{2})\d{2}[-+A-FU-Y](\d{3})[0-9A-Y](?![\p{L}\d])/iu;
const EMAIL = /[\p{L}\d._%+-]{1,64}(?:@|\s?[([]at[)\]]\s?)[\p{L}\d-]{1,60}\.[\p{L}\d.-]{2,60}/iu;
/** Figures with the signs that part them in a phone number. */
const RUN = /(?<![\p{L}\d])\+?\(?\d[\d ()/.-]{5,24}\d(?![\p{L}\d])/gu;
const PREFIX = /^(?:\+\d|00358|0(?:4\d|50|7\d|[2-9]))/;
/** Helplines, services, the emergency number: nobody's own. */
const SERVICE = /^(?:116|0800|080|020|029|0600|00358116|\+358116|092525)/;
const DATE = /^(?:\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4}|\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[.:]\d{2}\s?-\s?\d{1,2}[.:]\d{2})$/;

const SUFFIX = [
  "katu", "kadun", "kadulla", "kadulle", "tie", "tiellä", "tielle", "kuja", "kujalla", "polku", "polulla", "kaari", "kaarella",
  "raitti", "raitilla", "gatan", "gata", "vägen", "gränden", "gränd", "stigen", "allén", "esplanaden",
].join("|");
const ADDRESS = new RegExp(`(?<!\\p{L})(\\p{L}[\\p{L}-]{1,30}(?:${SUFFIX}))\\s\\d{1,3}(?!\\d|[.,:]\\d|\\s?(?:km|m|min|h|vuotta|år)(?!\\p{L}))`, "iu");
const ENGLISH = /(?<![\p{L}\d])\d{1,3}[a-z]?\s(?:\p{Lu}\p{L}{1,20}\s){1,2}(?:Street|Road|Lane|Avenue)(?!\p{L})/u;
const ROAD = /^(?:valta|kanta|seutu|moottori|kehä|maan|rauta|riks|motor|järn|stam)/i;

const PLATFORM = "(?:snäp\\p{L}{0,8}|snap\\p{L}{0,8}|insta\\p{L}{0,8}|ig|sc|dc|discord\\p{L}{0,5}|tiktok\\p{L}{0,5}|telegram\\p{L}{0,5}|kik)";
/** A name of one's own behind a platform: after a colon, or with a figure, an underscore or a dot in it. */
const HANDLE = new RegExp(
  `(?<!\\p{L})${PLATFORM}(?:\\s?[:=]\\s?@?[\\p{L}\\d._-]{3,30}|(?:\\s(?:on|oon|är|is|nimellä)){0,2}\\s@?(?=[\\p{L}\\d.-]{0,30}[\\d_]|\\p{L}{2,20}\\.\\p{L})\\p{L}[\\p{L}\\d._-]{2,30})`,
  "iu",
);
const SIGNED = /(?<![\p{L}\d._])@[\p{L}\d][\p{L}\d._-]{2,30}/u;

/**
 * Tells what the text looks like, the most telling kind first.
 * @param {string} text what stands in the field
 * @returns {"phone"|"hetu"|"email"|"address"|"handle"|""} empty where it looks like none of these
 */
export function looksLike(text) {
  const seen = text.slice(0, LONGEST).normalize("NFKC");
  if (isIdentityCode(seen)) return "hetu";
  if (EMAIL.test(seen)) return "email";
  if (isAddress(seen)) return "address";
  if (isPhone(seen)) return "phone";
  return HANDLE.test(seen) || SIGNED.test(seen) ? "handle" : "";
}

/** @param {string} text */
function isIdentityCode(text) {
  const found = HETU.exec(text);
  return found !== null && inside(Number(found[1]), 31) && inside(Number(found[2]), 12);
}

/** @param {string} text */
function isAddress(text) {
  const street = ADDRESS.exec(text);
  return (street !== null && !ROAD.test(street[1] ?? "")) || ENGLISH.test(text);
}

/** @param {string} text */
function isPhone(text) {
  return [...text.matchAll(RUN)].some(([run]) => {
    const digits = run.replace(/[^\d+]/g, "");
    const many = digits.replace("+", "").length;
    return inside(many - FEWEST + 1, MOST - FEWEST + 1) && PREFIX.test(digits) && !SERVICE.test(digits) && !DATE.test(run);
  });
}

/** @param {number} value @param {number} most */
function inside(value, most) {
  return value >= 1 && value <= most;
}
