/** Takes up this tab's choice of light or dark before the first paint; else the system's holds. */
(() => {
  try {
    const kept = sessionStorage.getItem("theme");
    if (kept === "light" || kept === "dark") document.documentElement.dataset.theme = kept;
  } catch {
    // Storage is shut: the choice lives as long as the page.
  }
})();
