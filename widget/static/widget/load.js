/* The launcher of the chat: a link in the corner; on a wide screen a panel, on a phone the same tab.
   It reads nothing of the page, stores nothing, and asks for nothing before it is clicked. */
"use strict";
// a block, not globals: nothing of ours is left in the host page's names
{
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const { origin } = new URL(script.src);
  const { host = "", language = "fi", channel = "" } = script.dataset;
  const address = [origin, host, language, channel].filter(Boolean).join("/");
  const label = { fi: "Juttele", sv: "Prata", en: "Talk" }[language] || "Juttele";

  const box = document.createElement("div");
  const root = box.attachShadow({ mode: "open" });
  const style = `
    :host { all: initial; position: fixed; inset: auto 16px 16px auto; z-index: 2147483000; }
    a { display: flex; align-items: center; min-height: 48px; padding: 0 20px; border-radius: 24px; background: #1f5b57;
        color: #fff; border: 2px solid #fff; font: 600 17px/1.2 system-ui, sans-serif; text-decoration: none; }
    a:focus-visible { outline: 3px solid #6a3fb5; outline-offset: 2px; }
    a[hidden] { display: none; }
    iframe { display: block; width: min(400px, calc(100vw - 32px)); height: min(640px, calc(100vh - 32px));
             border: 1px solid #857e72; border-radius: 24px; background: #fbf7f1; box-shadow: 0 8px 32px #0004; }
    iframe[hidden] { display: none; }`;
  try {
    // a constructed sheet works under a host's `style-src 'none'`
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];
  } catch {
    // Safari before 16.4 has none
    root.append(Object.assign(document.createElement("style"), { textContent: style }));
  }
  const link = document.createElement("a");
  link.href = address;
  link.textContent = label;
  root.append(link);

  /** @type {HTMLIFrameElement | null} */
  let frame = null;
  /** @type {MessagePort | null} */
  let port = null;
  // replace, not a plain link: after a quick exit "Back" must not show this page again
  const follow = () => location.replace(address);

  /** @param {boolean} shown */
  function show(shown) {
    if (!frame) return;
    frame.hidden = !shown;
    link.hidden = shown;
    (shown ? frame : link).focus();
    port?.postMessage({ type: shown ? "shown" : "hidden" });
  }

  /** @param {string} to */
  function leave(to) {
    document.documentElement.hidden = true;
    document.body.replaceChildren();
    location.replace(/^https?:/.test(to) ? to : "about:blank");
  }

  /** @param {MessageEvent} event */
  function hear({ data }) {
    if (data?.type === "close") show(false);
    else if (data?.type === "exit") leave(String(data.to));
    else if (data?.type === "unread") link.textContent = data.n > 0 ? `${label} (${Math.min(99, data.n | 0)})` : label;
  }

  function open() {
    const panel = document.createElement("iframe");
    const late = setTimeout(follow, 5000);
    panel.title = label;
    panel.referrerPolicy = "origin";
    panel.allow = "screen-wake-lock";
    panel.setAttribute("sandbox", "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox");
    panel.addEventListener("load", () => {
      const pipe = new MessageChannel();
      port = pipe.port1;
      port.onmessage = (event) => (event.data?.type === "ready" ? (clearTimeout(late), show(true)) : hear(event));
      panel.contentWindow?.postMessage({ type: "hello" }, origin, [pipe.port2]);
    });
    panel.src = address;
    frame = panel;
    link.hidden = true;
    root.append(panel);
  }

  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    // a host page without a viewport line claims 980 px on a phone
    if (Math.min(innerWidth, screen.width) < 600) follow();
    else if (frame) show(true);
    else open();
  });
  const place = () => document.body.append(box);
  if (document.body) place();
  else addEventListener("DOMContentLoaded", place);
}
