"""What holds of every screen in every view; each check returns what it found, in words."""

import functools
from pathlib import Path
from typing import Any, Literal

import axe_playwright_python
from playwright.sync_api import Page

Theme = Literal["light", "dark"]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """
async (tags) => (await axe.run(document, { runOnly: tags, resultTypes: ["violations"] })).violations.map((found) =>
  `${found.id} x${found.nodes.length}: ${found.nodes[0].target} ${found.nodes[0].failureSummary ?? ""}`.slice(0, 300))
"""
OVERFLOW = """
() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  const out = [...document.body.querySelectorAll("*")].filter((each) => each.getBoundingClientRect().right > wide + 1);
  return [`wider than the window: ${out.slice(-3).map((each) => `${each.tagName}.${each.className}`)}`];
}
"""
# a control inside a sentence is as high as its line; a control inside a label is pressed by the label
TARGETS = """
(wish) => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), textarea, summary")]
.filter((each) => {
  const box = (each.closest("label") ?? each).getBoundingClientRect();
  const seen = each.checkVisibility() && box.right > 0 && box.bottom > 0;
  const inline = getComputedStyle(each).display === "inline" && each.closest("p, li");
  return seen && !inline && (box.width < wish || box.height < wish);
}).map((each) => {
  const { width, height } = each.getBoundingClientRect();
  const what = `${each.tagName}.${each.className} ${each.textContent.trim()}`;
  return `target ${what}: ${Math.round(width)}x${Math.round(height)}`;
})
"""
MOVING = """
() => document.getAnimations()
  .filter((each) => each.effect?.getComputedTiming().duration > 0 && each.playState === "running")
  .map((each) => `moves although motion is reduced: ${each.effect.target?.className}`)
"""
SQUEEZED = """
() => [...document.querySelectorAll("h1, h2, p, button, label")].filter((each) => {
  const box = each.getBoundingClientRect();
  const letter = parseFloat(getComputedStyle(each).fontSize);
  return each.checkVisibility() && box.width > 1 && box.width < 3 * letter && box.height > 5 * letter;
}).map((each) => `squeezed: ${each.tagName} ${each.textContent}`)
"""
LARGE = "(percent) => { document.documentElement.style.fontSize = percent; }"
UNSEEN_EXIT = """
() => {
  const exit = document.querySelector("a.exit");
  if (!exit) return ["no quick exit"];
  const { top, left, right, bottom } = exit.getBoundingClientRect();
  const inside = top >= 0 && left >= 0 && right <= innerWidth && bottom <= innerHeight;
  return inside ? [] : ["the quick exit is outside the window"];
}
"""


@functools.cache
def source() -> str:
    """Return axe-core's text."""
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def axe(page: Page) -> list[str]:
    """Rules of WCAG 2.2 A and AA and best practice that the page breaks as it stands."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(source() + "; 0")
    found: list[str] = page.evaluate(RUN, TAGS)
    return [f"axe {each}" for each in found]


def overflow(page: Page) -> list[str]:
    """Anything wider than the window."""
    return listed(page, OVERFLOW)


def squeezed(page: Page) -> list[str]:
    """Words broken into a column of letters."""
    return listed(page, SQUEEZED)


def targets(page: Page, *, least: int) -> list[str]:
    """Controls smaller than a finger."""
    return listed(page, TARGETS, least)


def still(page: Page) -> list[str]:
    """Motion in spite of a wish for none."""
    return listed(page, MOVING)


def exit_in_view(page: Page) -> list[str]:
    """A quick exit that one has to look for."""
    return listed(page, UNSEEN_EXIT)


def large_text(page: Page) -> list[str]:
    """What breaks when letters are twice as large."""
    page.evaluate(LARGE, "200%")
    try:
        return [f"200 %: {each}" for each in overflow(page)]
    finally:
        page.evaluate(LARGE, "")


def listed(page: Page, script: str, argument: Any = None) -> list[str]:
    """Run a check in the page."""
    found: list[str] = page.evaluate(script, argument)
    return found
