"""What a page must never do, collected while a journey goes: errors, violations, requests to strangers."""

import re
from collections.abc import Iterable

from playwright.sync_api import BrowserContext, ConsoleMessage, Request

# a page tells its own violations too: what the console says differs between engines
PROBE = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy violation: ${event.effectiveDirective} ${event.blockedURI}`));
"""
# what every browser says about a line that was cut on purpose
CUT = re.compile(r"WebSocket connection to|net::ERR_(?!BLOCKED)|Failed to fetch")


class Watch:
    """Ears and eyes on one context. `known` are the origins that may be asked."""

    def __init__(self, context: BrowserContext, known: Iterable[str]) -> None:
        self._known = tuple(known)
        self.faults: list[str] = []
        self.requests: list[str] = []
        self.forgiven: list[re.Pattern[str]] = []
        context.add_init_script(PROBE)
        context.on("console", self._said)
        context.on("weberror", lambda fault: self.faults.append(f"page error: {fault.error}"))
        context.on("request", self._asked)

    def forgive(self, *patterns: str | re.Pattern[str]) -> None:
        """What this journey causes on purpose."""
        self.forgiven += map(re.compile, patterns)

    def findings(self) -> list[str]:
        """Return what was wrong so far, once each."""
        return [fault for fault in dict.fromkeys(self.faults) if not any(each.search(fault) for each in self.forgiven)]

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error" or "Content Security Policy" in message.text:
            self.faults.append(f"console: {message.text[:200]} ({message.location.get('url', '')})")

    def _asked(self, request: Request) -> None:
        if request.url.startswith(("data:", "blob:", "about:")):
            return
        self.requests.append(request.url)
        if not request.url.startswith(self._known):
            self.faults.append(f"third party: {request.url}")
