// The reading page: one quotation is in hand; keys and clicks choose it and act on it.
// Every act is a press of a button that is on the page, so that nothing works by script alone.
(() => {
  let inHand = null; // the quotation's uid
  let last = null; // the one in hand before it was let go: j and k go on from there

  const cards = () => [...document.querySelectorAll(".card")];
  const card = () => inHand && document.getElementById(`quotation-${inHand}`);
  const partsOf = (uid, tag = "") => document.querySelectorAll(`${tag}[data-quotation="${CSS.escape(uid)}"]`);
  const isSheet = (card) => getComputedStyle(card).position === "fixed";

  // Toasts and the words of the quotation keep clear of the sheet, however high it is.
  const sheet = new ResizeObserver(() => {
    const height = card() && isSheet(card()) ? card().offsetHeight : 0;
    document.documentElement.style.setProperty("--sheet", `${height}px`);
  });

  const show = () => {
    for (const part of document.querySelectorAll(".in-hand")) part.classList.remove("in-hand");
    if (inHand) for (const part of partsOf(inHand)) part.classList.add("in-hand");
    sheet.disconnect();
    if (card()) sheet.observe(card());
    else document.documentElement.style.removeProperty("--sheet");
    const all = cards();
    document.querySelector("[data-place]").textContent = card() ? `${all.indexOf(card()) + 1} of ${all.length}` : "";
  };

  const take = (uid, { scroll = false } = {}) => {
    if (uid !== inHand) {
      inHand = last = uid;
      show();
    }
    if (!scroll) return;
    // The sheet's height is known to the style sheet only after this frame's layout.
    requestAnimationFrame(() => requestAnimationFrame(() => partsOf(uid, "mark")[0]?.scrollIntoView({ block: "nearest" })));
  };

  const letGo = () => {
    if (!inHand) return;
    card()?.contains(document.activeElement) && document.activeElement.blur();
    inHand = null;
    show();
  };

  const step = (by) => {
    const all = cards();
    if (!all.length) return;
    const at = all.findIndex((card) => card.dataset.quotation === (inHand ?? last));
    const next = all[Math.min(Math.max(at + by, 0), all.length - 1)];
    next.focus({ preventScroll: true });
    take(next.dataset.quotation, { scroll: true });
    if (!isSheet(next)) next.scrollIntoView({ block: "nearest" });
  };

  const say = (what) => {
    const said = document.getElementById("sayings").content.querySelector(`[data-said=${what}] > *`);
    document.getElementById("toast").replaceChildren(said.cloneNode(true));
  };

  // No button: the decision is that one already, so there is nothing to do but go on.
  const press = (key) => {
    const button = card()?.querySelector(`button[data-key="${key}"]`);
    if (button) button.click();
    else if (card()?.querySelector("button[data-key]")) key === "o" ? say("reopen") : step(1);
  };

  const undo = () => {
    const button = document.querySelector("#progress [data-undo] button");
    if (button) button.click();
    else say("undo");
  };

  const changeSpeaker = () => {
    const link = card()?.querySelector("a[data-key=s]");
    if (!link) return;
    const naming = card().querySelector(".naming") ?? openSpeaker(link);
    edit(naming.querySelector("input[name=name]"));
  };

  // One form serves all cards: thousands of them would keep the browser busy for a minute.
  const openSpeaker = (link) => {
    document.querySelector(".naming")?.remove();
    const naming = document.getElementById("speaker-form").content.firstElementChild.cloneNode(true);
    const form = naming.querySelector("form");
    form.setAttribute("action", link.getAttribute("href"));
    form.setAttribute("hx-post", link.getAttribute("href"));
    form.querySelector("input[name=version]").value = card().querySelector("input[name=version]").value;
    form.querySelector("input[name=name]").value = link.dataset.speaker;
    form.querySelector("[data-number]").textContent = cards().indexOf(card()) + 1;
    link.after(naming);
    htmx.process(naming);
    return naming;
  };

  const edit = (field) => {
    field.focus();
    field.select();
  };

  // Back to what is stored; the card is in hand as before.
  const leaveSpeaker = (naming) => {
    naming.closest(".card").focus({ preventScroll: true });
    naming.remove();
  };

  // While an act is on its way, keys wait for its answer: they are meant for what it will show.
  let busy = false;
  let stepAfter = false;
  let waiting = [];
  const inTurn = (act) => () => (busy ? waiting.push(act) : act());
  const acts = {
    j: () => step(1),
    k: () => step(-1),
    a: () => press("a"),
    x: () => press("x"),
    o: () => press("o"),
    s: changeSpeaker,
    u: undo,
  };
  for (const [key, act] of Object.entries(acts)) newsroom.keys[key] = inTurn(act);

  const answered = (saved) => {
    busy = stepAfter = false;
    if (!saved) waiting = [];
    while (waiting.length && !busy) waiting.shift()();
  };

  document.addEventListener("htmx:beforeSend", ({ detail: { requestConfig } }) => {
    if (requestConfig.verb !== "post") return;
    busy = true;
    // The next card is taken in hand only once the server has confirmed the act.
    stepAfter = /\/(accept|reject)\/$/.test(requestConfig.path);
  });
  document.addEventListener("htmx:afterRequest", ({ detail: { requestConfig, xhr } }) => {
    if (requestConfig.verb === "post" && !xhr.getResponseHeader("HX-Trigger-After-Settle")) answered(false);
  });

  // What htmx swapped has lost its highlight and, with the pressed button, the focus.
  document.addEventListener("corrected", (event) => {
    const { quotation, saved } = event.detail;
    inHand = last = quotation;
    show();
    const field = card()?.querySelector(".naming input[name=name]");
    if (saved && stepAfter) step(1);
    else if (field) edit(field);
    else card()?.focus({ preventScroll: true });
    answered(saved);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    const naming = event.target.closest(".naming");
    if (naming) leaveSpeaker(naming);
    else if (!event.target.closest("dialog, input")) letGo();
  });

  // A card that is pressed goes to its place as a sheet before the finger is lifted: the click then falls beside it.
  const stays = "mark, .card, a, button, summary, dialog, .toast, .sheet-bar";
  let pressedBeside = false;
  document.addEventListener("pointerdown", ({ target }) => (pressedBeside = !target.closest(stays)));

  document.addEventListener("click", (event) => {
    const mark = event.target.closest("mark[data-quotation]");
    const stepping = event.target.closest("[data-step]");
    if (mark && getSelection().isCollapsed) {
      take(mark.dataset.quotation, { scroll: true });
      card()?.focus({ preventScroll: true });
      if (!isSheet(card())) card().scrollIntoView({ block: "nearest" });
    } else if (stepping) {
      inTurn(() => step(Number(stepping.dataset.step)))();
    } else if (event.target.closest("a[data-key=s]")) {
      event.preventDefault();
      changeSpeaker();
    } else if (event.target.closest("[data-cancel]")) {
      event.preventDefault();
      leaveSpeaker(event.target.closest(".naming"));
    } else if (event.target.closest("[data-let-go]") || (pressedBeside && !event.target.closest(stays))) {
      letGo();
    }
  });

  document.addEventListener("focusin", (event) => {
    const focused = event.target.closest(".card");
    if (focused) take(focused.dataset.quotation);
  });

  const takeLinked = (options) => {
    const [, uid] = location.hash.match(/^#quotation-(.+)$/) ?? [];
    if (uid) take(uid, options);
  };
  takeLinked();
  addEventListener("hashchange", () => takeLinked({ scroll: true }));
})();
