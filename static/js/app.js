// On every page: the keys and the switch for them, and what is told when a request fails.
(() => {
  const dialog = document.getElementById("keys");
  const keys = {
    "/": () => document.getElementById("q")?.select(),
    "?": () => dialog?.showModal(),
  };
  // Other scripts add theirs: newsroom.keys.j = () => …
  window.newsroom = { keys };

  // Keys are a matter of taste, and in the way of those who speak to their browser: it remembers that they are off.
  const stored = () => {
    try {
      return localStorage.getItem("keys");
    } catch {
      return null; // storage is blocked: the switch holds until the page is left
    }
  };
  const root = document.documentElement;
  root.dataset.keys = stored() === "off" ? "off" : "on";
  const box = document.getElementById("keys-on");
  if (box) box.checked = root.dataset.keys === "on";
  document.addEventListener("change", (event) => {
    if (event.target.id !== "keys-on") return;
    root.dataset.keys = event.target.checked ? "on" : "off";
    try {
      localStorage.setItem("keys", root.dataset.keys);
    } catch {}
  });

  const typing = ({ target, key }) =>
    target.closest(key === "Enter" ? "a, button, summary, input, textarea, select, dialog" : "input, textarea, select, dialog, .parts");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (typing(event)) {
      if (event.key === "Escape") event.target.blur();
    } else if (root.dataset.keys === "on" && Object.hasOwn(keys, event.key)) {
      event.preventDefault();
      keys[event.key]();
    }
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-show-keys]")) document.getElementById("keys").showModal();
  });

  // A menu closes with Escape and with a click anywhere else.
  const menu = document.querySelector("details.menu");
  const closeMenu = (event) => {
    if (menu?.open && (event.key === "Escape" || !menu.contains(event.target))) menu.open = false;
  };
  document.addEventListener("click", closeMenu);
  document.addEventListener("keydown", (event) => event.key === "Escape" && closeMenu(event));

  // What the page does not show (any more) need not be brought up to date: htmx would call it an error.
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (!detail.shouldSwap || !detail.serverResponse.includes("hx-swap-oob")) return;
    const parts = document.createElement("template");
    parts.innerHTML = detail.serverResponse;
    for (const part of parts.content.querySelectorAll("[hx-swap-oob]")) {
      const shown = document.getElementById(part.id);
      if (!shown || shown.querySelector(".naming")) part.remove();
    }
    detail.serverResponse = parts.innerHTML;
  });

  const tell = (event) => {
    const { xhr, requestConfig } = event.detail;
    const failures = document.getElementById("failures").content;
    const words = (status) => failures.querySelector(`[data-status="${status}"]`)?.textContent;
    const status = xhr?.status ?? 0;
    const toast = failures.querySelector(".toast").cloneNode(true);
    const sentence = toast.querySelector("p");
    const saving = requestConfig && requestConfig.verb !== "get";
    sentence.textContent = `${saving ? `${sentence.textContent} ` : ""}${words(status) ?? words(status < 500 ? 400 : 500)}`;
    document.getElementById("toast").replaceChildren(toast);
  };
  for (const failure of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    document.addEventListener(failure, tell);
  }
})();
