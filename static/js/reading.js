// The reading page: which quotation is in hand, and how it gets there by key, click and address.
(() => {
  let inHand = null; // the quotation's uid
  let last = null; // the one in hand before it was let go: j and k go on from there

  const cards = () => [...document.querySelectorAll(".card")];
  const cardOf = (uid) => document.getElementById(`quotation-${uid}`);
  const card = () => inHand && cardOf(inHand);
  const partsOf = (uid, tag = "") => document.querySelectorAll(`${tag}[data-quotation="${CSS.escape(uid)}"]`);

  const show = () => {
    for (const part of document.querySelectorAll(".in-hand")) part.classList.remove("in-hand");
    if (inHand) for (const part of partsOf(inHand)) part.classList.add("in-hand");
    const [place, at] = [document.querySelector("[data-place]"), cards().indexOf(card()) + 1];
    place.textContent = at ? place.dataset.place.replace(/##?/g, (sign) => (sign[1] ? cards().length : at)) : "";
  };

  const take = (uid, { scroll = false } = {}) => {
    if (uid !== inHand) {
      newsroom.leave?.();
      inHand = uid;
      last = uid ?? last;
      show();
    }
    if (scroll) partsOf(uid, "mark")[0]?.scrollIntoView({ block: "nearest" });
  };

  const letGo = () => {
    if (card()?.contains(document.activeElement)) document.activeElement.blur();
    take(null);
  };

  const goTo = (next) => {
    if (!next) return;
    next.focus({ preventScroll: true });
    take(next.dataset.quotation, { scroll: true });
    if (getComputedStyle(next).position !== "fixed") next.scrollIntoView({ block: "nearest" });
  };

  const step = (by, among = cards()) => {
    const all = cards();
    const at = all.findIndex((card) => card.dataset.quotation === (inHand ?? last));
    const beyond = among.filter((card) => (all.indexOf(card) - at) * by > 0);
    goTo(by > 0 ? beyond[0] ?? among.at(-1) : beyond.at(-1) ?? among[0]);
  };
  const unsettled = () => cards().filter((card) => card.classList.contains("suggested"));

  const say = (what) => {
    const said = document.getElementById("sayings").content.querySelector(`[data-said=${what}] > *`);
    document.getElementById("toast").replaceChildren(said.cloneNode(true));
  };

  Object.assign(newsroom, { cards, cardOf, card, partsOf, show, take, step, say });
  Object.assign(newsroom.keys, {
    j: () => step(1),
    k: () => step(-1),
    J: () => step(1, unsettled()),
    K: () => step(-1, unsettled()),
    g: () => goTo(cards()[0]),
    G: () => goTo(cards().at(-1)),
    A: () => document.querySelector("#progress [data-key=A]")?.click(),
    Enter: () => document.querySelector("#progress [data-key=Enter]")?.click(),
  });

  document.addEventListener("keydown", ({ key, isComposing, target }) => {
    if (key === "Escape" && !isComposing && !target.closest("dialog, input, textarea, select, .naming")) letGo();
  });

  // Of marks within marks a click takes the innermost, the next click the one around it.
  const pick = (x, y) => {
    const marks = document.elementsFromPoint(x, y).filter((part) => part.matches("mark[data-quotation]"));
    const uids = [...new Set(marks.map((mark) => mark.dataset.quotation))];
    return uids[(uids.indexOf(inHand) + 1) % uids.length];
  };

  // A card that is pressed goes to its place as a sheet before the finger is lifted: the click then falls beside it.
  const stays = "mark, .card, a, button, summary, dialog, .toast, .sheet-bar, .handle, [popover]";
  let pressedBeside = false;
  document.addEventListener("pointerdown", ({ target }) => (pressedBeside = !target.closest(stays)));
  document.addEventListener("click", ({ target, clientX, clientY }) => {
    if (target.closest(".editing .text :is(p, h1)") || !getSelection().isCollapsed) return;
    const mark = target.closest("mark[data-quotation]");
    if (mark) goTo(cardOf(pick(clientX, clientY) ?? mark.dataset.quotation));
    else if (target.dataset.step) step(Number(target.dataset.step));
    else if (target.closest("[data-let-go]") || (pressedBeside && !target.closest(stays))) letGo();
  });
  document.addEventListener("focusin", ({ target }) => target.closest(".card") && take(target.closest(".card").dataset.quotation));

  const takeLinked = (options) => {
    const [, uid] = location.hash.match(/^#quotation-(.+)$/) ?? [];
    if (uid) take(uid, options);
  };
  takeLinked();
  addEventListener("hashchange", () => takeLinked({ scroll: true }));
})();
