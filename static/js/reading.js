// The reading page: one quotation is in hand; keys and clicks choose it and act on it.
// Every act is a press of a button that is on the page, so that nothing works by script alone.
(() => {
  let inHand = null; // the quotation's uid

  const cards = () => [...document.querySelectorAll(".card")];
  const card = () => inHand && document.getElementById(`quotation-${inHand}`);
  const partsOf = (uid, tag = "") => document.querySelectorAll(`${tag}[data-quotation="${CSS.escape(uid)}"]`);

  // On a phone the card in hand leaves the flow for the bottom of the screen: its slot keeps the room it had.
  const show = () => {
    for (const slot of document.querySelectorAll(".slot[style]")) slot.style.removeProperty("min-height");
    for (const part of document.querySelectorAll(".in-hand")) part.classList.remove("in-hand");
    const slot = card()?.parentElement;
    if (slot) slot.style.minHeight = `${slot.offsetHeight}px`;
    if (inHand) for (const part of partsOf(inHand)) part.classList.add("in-hand");
  };

  const take = (uid, { scroll = false } = {}) => {
    if (uid !== inHand) {
      inHand = uid;
      show();
    }
    if (scroll) partsOf(uid, "mark")[0]?.scrollIntoView({ block: "nearest" });
  };

  const step = (by) => {
    const all = cards();
    if (!all.length) return;
    const next = all[Math.min(Math.max(all.indexOf(card()) + by, 0), all.length - 1)];
    next.focus({ preventScroll: true });
    take(next.dataset.quotation, { scroll: true });
    if (getComputedStyle(next).position !== "fixed") next.scrollIntoView({ block: "nearest" });
  };

  // The next card is taken in hand only once the server has confirmed the act.
  let stepAfter = false;
  const press = (key) => {
    const button = card()?.querySelector(`button[data-key="${key}"]`);
    if (!button) return;
    stepAfter = button.form.action.endsWith("/accept/");
    button.click();
  };

  const changeSpeaker = () => {
    const details = card()?.querySelector("details");
    if (!details) return;
    details.open = true;
    edit(details.querySelector("input[name=name]"));
  };

  const edit = (field) => {
    field.focus();
    field.select();
  };

  // Back to what is stored; the card is in hand as before.
  const leaveSpeaker = (details) => {
    details.open = false;
    details.querySelector("form").reset();
    details.closest(".card").focus({ preventScroll: true });
  };

  Object.assign(newsroom.keys, {
    j: () => step(1),
    k: () => step(-1),
    a: () => press("a"),
    x: () => press("x"),
    s: changeSpeaker,
    u: () => document.querySelector("#progress [data-undo] button")?.click(),
  });

  document.addEventListener("keydown", (event) => {
    const details = event.target.closest(".acts details[open]");
    if (event.key === "Escape" && !event.isComposing && details) leaveSpeaker(details);
  });

  document.addEventListener("click", (event) => {
    const mark = event.target.closest("mark[data-quotation]");
    if (mark && getSelection().isCollapsed) {
      take(mark.dataset.quotation);
      card()?.focus({ preventScroll: true });
      if (getComputedStyle(card()).position !== "fixed") card().scrollIntoView({ block: "nearest" });
    } else if (event.target.closest("summary[data-key=s]")) {
      event.preventDefault();
      const details = event.target.closest("details");
      if (details.open) leaveSpeaker(details);
      else changeSpeaker();
    }
  });

  document.addEventListener("focusin", (event) => {
    const focused = event.target.closest(".card");
    if (focused) take(focused.dataset.quotation);
  });

  // What htmx swapped has lost its highlight and, with the pressed button, the focus.
  document.addEventListener("corrected", (event) => {
    const { quotation, saved } = event.detail;
    inHand = quotation;
    show();
    const field = card()?.querySelector("details[open] input[name=name]");
    if (saved && stepAfter) step(1);
    else if (field) edit(field);
    else card()?.focus({ preventScroll: true });
    stepAfter = false;
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.xhr.status !== 200) stepAfter = false;
  });

  const takeLinked = (options) => {
    const [, uid] = location.hash.match(/^#quotation-(.+)$/) ?? [];
    if (uid) take(uid, options);
  };
  takeLinked();
  addEventListener("hashchange", () => takeLinked({ scroll: true }));
})();
