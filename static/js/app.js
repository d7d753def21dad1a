// On every page: the keys and the switch for them, and what is told when a request fails.
(() => {
  const root = document.documentElement;
  const dialog = document.getElementById("keys");
  const box = document.getElementById("keys-on");
  const keys = { "/": () => (document.getElementById("q-home") ?? document.getElementById("q"))?.select(), "?": () => dialog?.showModal() };
  window.newsroom = { keys }; // other scripts add theirs: newsroom.keys.j = () => …

  // The browser remembers that keys are off; where its storage is blocked, they are until the page is left.
  const remembered = (act) => {
    try {
      return act(localStorage);
    } catch {
      return null;
    }
  };
  root.dataset.keys = remembered((storage) => storage.getItem("keys")) ?? "on";
  if (box) box.checked = root.dataset.keys === "on";
  box?.addEventListener("change", () => {
    root.dataset.keys = box.checked ? "on" : "off";
    remembered((storage) => storage.setItem("keys", root.dataset.keys));
  });

  const TYPING = "input, textarea, select, dialog, .parts";
  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (target.closest(key === "Enter" ? `a, button, ${TYPING}` : TYPING)) {
      if (key === "Escape") target.blur();
    } else if (root.dataset.keys === "on" && Object.hasOwn(keys, key)) {
      event.preventDefault();
      keys[key]();
    }
  });
  document.addEventListener("click", ({ target }) => target.closest("[data-show-keys]") && dialog.showModal());

  // What the page does not show (any more) need not be brought up to date, and what is being edited waits.
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (!detail.shouldSwap || !detail.serverResponse.includes("hx-swap-oob")) return;
    const parts = document.createElement("template");
    parts.innerHTML = detail.serverResponse;
    for (const part of parts.content.querySelectorAll("[hx-swap-oob]")) {
      const shown = document.getElementById(part.id);
      const isEdited = shown?.querySelector(detail.requestConfig.verb === "get" ? ".naming, :popover-open" : ".naming");
      if (!shown || isEdited) part.remove();
      if (isEdited) parts.content.querySelector("#news")?.remove(); // so it is told again
    }
    detail.serverResponse = parts.innerHTML;
  });

  const tell = ({ detail: { xhr, requestConfig } }) => {
    const failures = document.getElementById("failures").content;
    const words = (status) => failures.querySelector(`[data-status="${status}"]`)?.textContent;
    const status = xhr?.status ?? 0;
    const said = status === 503 && xhr.getResponseHeader("Content-Type")?.startsWith("text/plain") && xhr.responseText;
    const toast = failures.querySelector(".toast").cloneNode(true);
    const unsaved = requestConfig?.verb !== "get" ? `${toast.querySelector("p").textContent} ` : "";
    toast.querySelector("p").textContent = unsaved + (said || (words(status) ?? words(status < 500 ? 400 : 500)));
    document.getElementById("toast").replaceChildren(toast);
  };
  for (const failure of ["sendError", "timeout", "responseError"]) document.addEventListener(`htmx:${failure}`, tell);
})();
