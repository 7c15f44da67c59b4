/**
 * Runs the browser's passkey ceremony for a form, then posts what it made.
 * @module
 */

const options = JSON.parse(document.getElementById("passkey-options")?.textContent ?? "{}");

/** @param {string} text base64url */
function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (character) => character.charCodeAt(0));
}

/** @param {ArrayBuffer} buffer */
function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** @param {any[] | undefined} list */
function credentials(list) {
  return (list ?? []).map((each) => ({ ...each, id: bytes(each.id) }));
}

/** @param {any} wish */
function creation(wish) {
  const user = { ...wish.user, id: bytes(wish.user.id) };
  const excludeCredentials = credentials(wish.excludeCredentials);
  return { publicKey: { ...wish, challenge: bytes(wish.challenge), user, excludeCredentials } };
}

/** @param {any} wish */
function request(wish) {
  const allowCredentials = credentials(wish.allowCredentials);
  return { publicKey: { ...wish, challenge: bytes(wish.challenge), allowCredentials } };
}

/** @param {any} made */
function asJson(made) {
  /** @type {Record<string, any>} */
  const response = { clientDataJSON: text(made.response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (made.response[part]) response[part] = text(made.response[part]);
  }
  if (made.response.getTransports) response.transports = made.response.getTransports();
  const extensions = made.getClientExtensionResults();
  return { id: made.id, rawId: text(made.rawId), type: made.type, response, clientExtensionResults: extensions };
}

/** @param {string} ceremony */
async function perform(ceremony) {
  if (ceremony === "create") return navigator.credentials.create(creation(options.creation_options.publicKey));
  return navigator.credentials.get(request(options.request_options.publicKey));
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const failed = /** @type {HTMLElement} */ (form.querySelector("[data-failed]"));
    failed.hidden = true;
    try {
      const made = await perform(/** @type {HTMLFormElement} */ (form).dataset.passkey ?? "get");
      /** @type {HTMLInputElement} */ (form.querySelector("[name=credential]")).value = JSON.stringify(asJson(made));
      /** @type {HTMLFormElement} */ (form).submit();
    } catch {
      failed.hidden = false;
    }
  });
}
