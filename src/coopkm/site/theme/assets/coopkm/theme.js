// Runs before the page is drawn: the reader's colour scheme, and that there is script at all.
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  try {
    const scheme = localStorage.getItem("coopkm-scheme");
    if (scheme === "light" || scheme === "dark") root.dataset.scheme = scheme;
  } catch {
    // Storage is refused (private window, policy): the device decides.
  }
})();
