// Acts on the reading page: each is the submission of a form that is on the page, so that nothing works by script alone.
// The page shows it at once; it is sent in its turn, kept while the server does not answer, and sent again.
(() => {
  const { keys, card, cardOf, cards, partsOf, take, step, show, say } = newsroom;
  const waiting = []; // acts not yet confirmed: { find, uid, follow, again, from }
  let sending = false;
  let [failures, answered] = [0, 0];

  const send = (act) => {
    waiting.push({ ...act, from: card()?.dataset.quotation });
    next();
  };

  // What an act sends is looked up only now: the answer to the one before it has brought a new version.
  const next = () => {
    while (!sending && waiting.length) {
      const found = waiting[0].find();
      sending = Boolean(found);
      if (!found) waiting.shift();
      else {
        const csrfmiddlewaretoken = document.querySelector("input[name=csrfmiddlewaretoken]").value;
        const values = { ...found.values, csrfmiddlewaretoken };
        htmx.ajax("POST", found.url, { source: found.source ?? "#text", target: "#toast", values }).catch(() => {});
      }
    }
  };

  const confirmed = () => {
    [sending, failures] = [false, 0];
    return waiting.shift();
  };

  const paint = (uid, state) => {
    for (const part of [cardOf(uid), ...partsOf(uid, "mark")]) {
      part.classList.remove("suggested", "accepted", "rejected");
      part.classList.add(state);
    }
  };

  // Nothing was written: the card is as the server had it, and in hand again.
  const dropped = ({ uid }) => {
    for (const { dataset, classList } of document.querySelectorAll(".unsaved")) {
      classList.remove("unsaved");
      paint(dataset.quotation, dataset.state);
    }
    if (uid && cardOf(uid)) take(uid);
    card()?.focus({ preventScroll: true });
  };

  document.addEventListener("htmx:afterRequest", ({ detail: { requestConfig, xhr } }) => {
    if (requestConfig.verb !== "post" || !sending) return;
    if (xhr.status === 0 || xhr.status > 500) {
      sending = false;
      setTimeout(() => say("kept"));
      setTimeout(next, Math.min(1000 * 2 ** failures++, 30_000));
    } else if (!xhr.getResponseHeader("HX-Trigger-After-Settle")) {
      dropped(confirmed());
      next();
    }
  });
  addEventListener("online", next);
  addEventListener("beforeunload", (event) => waiting.length && event.preventDefault());

  // News that was asked for before an act was answered is older than what the page shows; it is asked for again. So it
  // is as long as a card asks which of two versions to keep.
  const isAsking = () => document.querySelector(".refusal");
  document.addEventListener("htmx:beforeSend", ({ detail }) => (detail.xhr.after = answered));
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (detail.requestConfig.verb === "post") answered++;
    else if (detail.target.id === "news" && (waiting.length || isAsking() || detail.xhr.after < answered)) detail.shouldSwap = false;
  });

  // A quotation that came or went gives all after it another number.
  document.addEventListener("htmx:oobAfterSwap", () => {
    cards().forEach((card, at, all) => {
      card.ariaLabel = card.ariaLabel.replace(/\d+(\D+)\d+/, `${at + 1}$1${all.length}`);
    });
    show();
  });

  // What htmx swapped has lost the focus, with the pressed button.
  document.addEventListener("corrected", ({ detail: { quotation, saved } }) => {
    const act = confirmed();
    const follow = act?.follow && act.from === card()?.dataset.quotation; // else one has gone on meanwhile
    if (quotation && (follow || !card())) take(quotation);
    show();
    if (!saved) dropped({ uid: quotation });
    if (!saved && act?.again) act.again();
    else if (follow || document.activeElement === document.body) card()?.focus({ preventScroll: true });
    next();
  });

  // Press the button with that key of the card in hand, with these values besides.
  const STATES = { a: "accepted", x: "rejected", o: "suggested" };
  const press = (key, values = {}) => {
    const uid = card()?.dataset.quotation;
    const button = () => cardOf(uid)?.querySelector(`[data-key="${key}"]`);
    if (uid && button()) {
      card().classList.add("unsaved");
      if (STATES[key]) paint(uid, STATES[key]);
      const url = button().formAction || button().href;
      const seen = (card) => (card ? `${card.dataset.quotation} ${card.dataset.version}` : "");
      const following = () => seen(cards()[cards().indexOf(cardOf(uid)) + 1]); // what a merging takes in
      const sent = () => ({ version: cardOf(uid).dataset.version, following: following(), ...values });
      send({ find: () => button() && { url, source: cardOf(uid), values: sent() }, uid, follow: !STATES[key] });
    } else if (uid && key === "o") say(key);
    if (uid && (key === "a" || key === "x")) step(1);
  };

  const submit = (form, submitter) => {
    const values = Object.fromEntries(new FormData(form));
    const url = submitter?.hasAttribute("formaction") ? submitter.formAction : form.action;
    const uid = form.closest(".card")?.dataset.quotation;
    const only = form.closest(".editor.speaker") ? "speaker" : "";
    const again = form.closest(".editor") && (() => newsroom.edit(values, { only }));
    form.closest(".card")?.classList.add("unsaved");
    newsroom.leave();
    send({ find: () => ({ url, values, source: uid && cardOf(uid) }), uid, follow: true, again });
  };

  const takeBack = (way) => {
    const form = () => document.querySelector(`#progress [data-act=${way}]`);
    send({ find: () => (form() ? { url: form().action } : say(way)), follow: true });
  };

  const speakers = () => [...document.querySelectorAll("#progress [data-speaker]")].map(({ dataset }) => dataset.speaker);
  const sayWho = (name) => name && press("s", { name });
  for (const key of "axomd") keys[key] = () => press(key);
  for (const key of "123456789") keys[key] = () => sayWho(speakers()[key - 1]);
  Object.assign(keys, {
    p: () => sayWho(cards()[cards().indexOf(card()) - 1]?.dataset.speaker),
    u: () => takeBack("undo"),
    U: () => takeBack("redo"),
  });
  Object.assign(newsroom, { send, press });

  document.addEventListener("submit", (event) => {
    const form = event.target.closest(".card form, form[data-act]");
    if (!form) return;
    event.preventDefault();
    if (event.submitter?.dataset.key) press(event.submitter.dataset.key);
    else submit(form, event.submitter);
  });
})();
