// On every page: "/" goes to the search box, "?" shows the keys, Escape leaves a field; an unreached server is told.
(() => {
  const typing = (target) => target.closest("input, textarea, select") !== null;

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (typing(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const keys = document.getElementById("keys");
    if (event.key === "/") {
      event.preventDefault();
      document.getElementById("q")?.select();
    } else if (event.key === "?" && keys && !keys.open) {
      keys.showModal();
    }
  });

  const unreached = () => {
    const toast = document.getElementById("toast-unreached").content.cloneNode(true);
    document.getElementById("toast").replaceChildren(toast);
  };
  for (const failure of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    document.addEventListener(failure, unreached);
  }
})();
