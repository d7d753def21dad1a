// The reading page: which quotation is in hand, and how it gets there by key, click and address.
(() => {
  let inHand = null; // the quotation's uid
  let last = null; // the one in hand before it was let go: j and k go on from there

  const cards = () => [...document.querySelectorAll(".card")];
  const cardOf = (uid) => document.getElementById(`quotation-${uid}`);
  const card = () => inHand && cardOf(inHand);
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
      newsroom.leave?.();
      inHand = last = uid;
      show();
    }
    if (!scroll) return;
    // The sheet's height is known to the style sheet only after this frame's layout.
    requestAnimationFrame(() => requestAnimationFrame(() => partsOf(uid, "mark")[0]?.scrollIntoView({ block: "nearest" })));
  };

  const letGo = () => {
    if (!inHand) return;
    newsroom.leave?.();
    card()?.contains(document.activeElement) && document.activeElement.blur();
    inHand = null;
    show();
  };

  const goTo = (next) => {
    next.focus({ preventScroll: true });
    take(next.dataset.quotation, { scroll: true });
    if (!isSheet(next)) next.scrollIntoView({ block: "nearest" });
  };

  const step = (by, wanted = () => true) => {
    const all = cards();
    let at = all.findIndex((card) => card.dataset.quotation === (inHand ?? last)) + by;
    while (at >= 0 && at < all.length && !wanted(all[at])) at += by;
    const next = all[at] ?? (wanted === isLeft ? null : all[Math.min(Math.max(at, 0), all.length - 1)]);
    if (next) goTo(next);
  };
  const isLeft = (card) => card.classList.contains("suggested");

  const say = (what) => {
    const said = document.getElementById("sayings").content.querySelector(`[data-said=${what}] > *`);
    document.getElementById("toast").replaceChildren(said.cloneNode(true));
  };

  Object.assign(newsroom, { cards, cardOf, card, partsOf, show, take, goTo, step, say, inHand: () => inHand });
  Object.assign(newsroom.keys, {
    j: () => step(1),
    k: () => step(-1),
    J: () => step(1, isLeft),
    K: () => step(-1, isLeft),
    g: () => cards()[0] && goTo(cards()[0]),
    G: () => cards().at(-1) && goTo(cards().at(-1)),
    A: () => document.querySelector("#progress [data-key=A]")?.click(),
    Enter: () => document.querySelector("#progress [data-key=Enter]")?.click(),
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing || event.defaultPrevented) return;
    if (!event.target.closest("dialog, input, textarea, select, .naming")) letGo();
  });

  // Of marks within marks a click takes the innermost, the next click the one around it.
  const pick = (x, y) => {
    const under = document.elementsFromPoint(x, y).map((part) => part.closest("mark[data-quotation]"));
    const uids = [...new Set(under.flatMap((mark) => marksAround(mark)))];
    return uids[(uids.indexOf(inHand) + 1) % uids.length];
  };
  const marksAround = (mark) =>
    mark ? [mark.dataset.quotation, ...marksAround(mark.parentElement.closest("mark[data-quotation]"))] : [];

  // A card that is pressed goes to its place as a sheet before the finger is lifted: the click then falls beside it.
  const stays = "mark, .card, a, button, summary, dialog, .toast, .sheet-bar, .handle";
  let pressedBeside = false;
  document.addEventListener("pointerdown", ({ target }) => (pressedBeside = !target.closest(stays)));

  document.addEventListener("click", (event) => {
    if (event.target.closest(".editing .text :is(p, h1)")) return;
    const mark = event.target.closest("mark[data-quotation]");
    const stepping = event.target.closest("[data-step]");
    if (mark && getSelection().isCollapsed) goTo(cardOf(pick(event.clientX, event.clientY) ?? mark.dataset.quotation));
    else if (stepping) step(Number(stepping.dataset.step));
    else if (event.target.closest("[data-let-go]") || (pressedBeside && !event.target.closest(stays) && getSelection().isCollapsed)) letGo();
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
