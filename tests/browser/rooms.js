// Lets Node follow the browser's addresses: /static/chat/, /static/widget/ and /static/console/ lie side by side
// there, and in three folders here. Used as `node --import ./rooms.js --test`.
import { existsSync } from "node:fs";
import { register } from "node:module";
import { fileURLToPath } from "node:url";

const ROOMS = { chat: "chatservice", widget: "widget", console: "console" };

/**
 * @param {string} specifier
 * @param {{parentURL?: string}} context
 * @param {(specifier: string, context: object) => Promise<object>} nextResolve
 */
export async function resolve(specifier, context, nextResolve) {
  const found = specifier.match(/^\.\.\/(chat|widget|console)\/(.+)$/);
  if (!found || !context.parentURL) return nextResolve(specifier, context);
  const room = /** @type {keyof typeof ROOMS} */ (found[1]);
  const address = new URL(`../../${ROOMS[room]}/static/${room}/${found[2]}`, import.meta.url);
  return nextResolve(existsSync(fileURLToPath(address)) ? address.href : specifier, context);
}

if (!new URL(import.meta.url).searchParams.has("hook")) register(`${import.meta.url}?hook`);
