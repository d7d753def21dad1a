// Editing a quotation where it stands: its parts are drawn over the text, and moved by key, by drag and by selection.
(() => {
  const { keys, card, cards, send, press, say } = newsroom;
  const KINDS = ["content", "cue", "mention"];
  let editor = null; // the open form
  let draft = null; // { content: [[start, end], …], cue: [[…]], mention: [[…]] }, in code points of the article's text
  let active = null; // { kind, at, end }: what keys and drags move; end 0 is the start, 1 the end

  // Offsets count code points, as the server does; the browser counts UTF-16 units.
  const rows = () => [...document.querySelectorAll("[data-start]")];
  const begin = (row) => Number(row.dataset.start);
  const rowAt = (offset) => rows().findLast((row) => begin(row) <= offset) ?? rows()[0];
  const isForward = (row) => getComputedStyle(row).direction === "ltr";

  const offsetOf = (node, at) => {
    const row = (node.closest ? node : node.parentElement).closest("[data-start]");
    if (!row) return null;
    const before = document.createRange();
    before.setStart(row, 0);
    before.setEnd(node, at);
    return begin(row) + [...before.toString()].length;
  };

  const placeOf = (offset, end) => {
    const row = rowAt(offset - end);
    let left = [...row.textContent].slice(0, offset - begin(row)).join("").length;
    const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
    while (walker.nextNode() && left > walker.currentNode.length - 1 + end) left -= walker.currentNode.length;
    return [walker.currentNode, Math.max(left, 0)];
  };

  const rangeOf = ([start, end]) => {
    const range = document.createRange();
    range.setStart(...placeOf(start, 0));
    range.setEnd(...placeOf(end, 1));
    return range;
  };

  const selected = () => {
    if (getSelection().isCollapsed) return null;
    const { startContainer, startOffset, endContainer, endOffset } = getSelection().getRangeAt(0);
    const [start, end] = [offsetOf(startContainer, startOffset), offsetOf(endContainer, endOffset)];
    return start !== null && end !== null && start < end ? [start, end] : null;
  };

  // The next place for an end that way, at characters, words or sentences of its row and the rows beside it.
  const cutBeside = (offset, by, granularity, end) => {
    const here = rows().indexOf(rowAt(offset - end));
    const near = rows().slice(Math.max(here - 1, 0), here + 2).flatMap((row) =>
      [...new Intl.Segmenter(row.closest("[lang]").lang, { granularity }).segment(row.textContent)]
        .filter(({ segment }) => segment.trim())
        .map(({ index, segment }) => index + end * segment.trimEnd().length)
        .map((cut) => begin(row) + [...row.textContent.slice(0, cut)].length),
    );
    return by > 0 ? near.find((cut) => cut > offset) : near.findLast((cut) => cut < offset);
  };

  // Give the active part another place, unless it would be empty or run into its neighbour.
  const put = (span) => {
    const { kind, at } = active;
    const others = draft[kind].filter((_, other) => other !== at);
    if (span[0] < span[1] && others.every(([start, end]) => end <= span[0] || start >= span[1])) draft[kind][at] = span;
    if (kind === "content") editor.elements.kind.value = "";
    draw();
  };
  const move = (offset) => offset !== undefined && put(draft[active.kind][active.at].with(active.end, offset));

  const draw = () => {
    for (const kind of KINDS) {
      editor.elements[kind].value = draft[kind].map((span) => span.join("-")).join(" ");
      CSS.highlights?.set(`draft-${kind}`, new Highlight(...draft[kind].map(rangeOf)));
    }
    const list = editor.querySelector(".parts");
    const parts = KINDS.flatMap((kind) => (draft[kind].length ? draft[kind] : [null]).map((span, at) => ({ kind, at, span })));
    while (list.children.length > parts.length) list.lastElementChild.remove();
    while (list.children.length < parts.length) list.append(document.getElementById("part").content.cloneNode(true));
    parts.forEach(({ kind, at, span }, place) => {
      const [part, words] = [list.children[place], span ? rangeOf(span).toString() : ""];
      part.className = `${span ? "" : "empty"} ${active.kind === kind && active.at === at ? "active" : ""}`;
      Object.assign(part.dataset, { kind, at });
      part.querySelector("b").textContent = editor.dataset[kind];
      part.querySelector("q").textContent = words.length > 60 ? `${words.slice(0, 28)} … ${words.slice(-28)}` : words;
    });
    const around = document.getElementById("text");
    if (!around.querySelector(".handle")) around.append(document.getElementById("handles").content.cloneNode(true));
    const span = draft[active.kind][active.at];
    around.querySelectorAll(".handle").forEach((handle, end) => {
      handle.hidden = !span;
      if (!span) return;
      const { left, top } = around.getBoundingClientRect();
      const box = [...rangeOf(span).getClientRects()].at(-end);
      const x = isForward(rowAt(span[0])) === Boolean(end) ? box.right : box.left;
      Object.assign(handle.style, { left: `${x - left}px`, top: `${box.top - top}px`, height: `${box.height}px` });
    });
  };

  const leave = () => {
    document.querySelector(".card .naming")?.remove();
    for (const handle of document.querySelectorAll(".handle")) handle.remove();
    for (const kind of KINDS) CSS.highlights?.delete(`draft-${kind}`);
    document.body.classList.remove("editing");
    editor = null;
  };

  // With what is stored, or with what was refused; at the words, or at the speaker alone.
  const edit = (values = card()?.dataset, { only = "" } = {}) => {
    const link = card()?.querySelector("a[data-key=e]");
    if (!link) return;
    leave();
    const naming = document.getElementById("editor").content.firstElementChild.cloneNode(true);
    card().querySelector(".acts").append(naming);
    naming.classList.add(only || "whole");
    editor = naming.querySelector("form");
    editor.action = link.href;
    editor.elements.version.value = card().dataset.version;
    for (const name of ["kind", "speaker", "note"]) editor.elements[name].value = values[name] ?? "";
    naming.querySelector("[data-number]").textContent = cards().indexOf(card()) + 1;
    const spans = (written) => (written ? written.split(" ").map((span) => span.split("-").map(Number)) : []);
    draft = Object.fromEntries(KINDS.map((kind) => [kind, spans(values[kind])]));
    active = { kind: "content", at: 0, end: 1 };
    document.body.classList.toggle("editing", !only);
    htmx.process(naming);
    draw();
    const field = only ? editor.elements.speaker : editor.querySelector("[data-end='1']");
    field.focus({ preventScroll: true });
    field.select?.();
    newsroom.take(card().dataset.quotation, { scroll: true });
  };

  const addPart = (kind) => {
    const from = draft[kind].at(-1)?.[1] ?? draft.content.at(-1)[1];
    const end = cutBeside(from + 1, 1, "word", 1) ?? from;
    active = { kind, at: draft[kind].length, end: 1 };
    put([cutBeside(end, -1, "word", 0) ?? end, end]);
    editor.querySelector("li.active [data-end='1']").focus({ preventScroll: true });
  };
  const dropPart = (kind, at) => {
    if (kind === "content" && draft.content.length === 1) return say("last");
    draft[kind].splice(at, 1);
    active = { kind: "content", at: 0, end: 1 };
    draw();
  };

  const url = () => document.querySelector("form[data-act=add]").action;
  const add = (span) => send({ find: () => ({ url: url(), values: { content: span.join("-") } }), follow: true });
  Object.assign(newsroom, { edit, leave });
  Object.assign(keys, {
    e: () => edit(),
    s: () => edit(undefined, { only: "speaker" }),
    n: () => (selected() ? add(selected()) : say("select")),
    t: () => (selected() ? press("t", { at: selected().join("-") }) : say("split")),
  });

  document.addEventListener("keydown", (event) => {
    const button = editor && event.target.closest("[data-end]");
    if (event.key === "Escape" && editor) {
      leave();
      card().focus({ preventScroll: true });
    } else if (event.key === "Enter" && button) editor.requestSubmit();
    else if (button && ["ArrowLeft", "ArrowRight"].includes(event.key)) {
      const offset = draft[active.kind][active.at][active.end];
      const by = (event.key === "ArrowRight") === isForward(rowAt(offset)) ? 1 : -1;
      const granularity = event.shiftKey ? "grapheme" : event.ctrlKey || event.altKey ? "sentence" : "word";
      move(cutBeside(offset, by, granularity, active.end));
    } else return;
    event.preventDefault();
  });

  // The end whose button has the focus is the active one.
  document.addEventListener("focusin", ({ target }) => {
    const part = editor && target.closest(".parts li:not(.empty)");
    if (!part) return;
    active = { kind: part.dataset.kind, at: Number(part.dataset.at), end: Number(target.dataset.end ?? 1) };
    draw();
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("a[data-key], [data-part], [data-cancel], [data-dismiss]");
    if (!button || !card()) return;
    const { part, key } = button.dataset;
    const { kind, at } = (button.closest("li") ?? button).dataset;
    const refused = button.closest(".refusal");
    if (part) (part === "add" ? addPart : dropPart)(kind, Number(at));
    else if (key === "e") edit(refused ? Object.fromEntries(new FormData(refused.querySelector("form"))) : undefined);
    else if (key === "s") keys.s();
    else if (button.matches("[data-dismiss]")) refused.remove();
    else if (button.matches("[data-cancel]")) leave();
    else return;
    event.preventDefault();
    if (!editor) card().focus({ preventScroll: true });
  });

  // Words that are selected while editing go to the part in hand; a handle that is dragged goes from word to word.
  let dragged = null;
  document.addEventListener("pointerdown", (event) => {
    dragged = event.target.closest(".handle");
    if (!dragged) return;
    event.preventDefault();
    active.end = Number(dragged.dataset.end);
  });
  document.addEventListener("pointermove", ({ clientX, clientY }) => {
    if (!dragged) return;
    const caret = document.caretPositionFromPoint?.(clientX, clientY) ?? document.caretRangeFromPoint(clientX, clientY);
    const offset = caret && offsetOf(caret.offsetNode ?? caret.startContainer, caret.offset ?? caret.startOffset);
    if (!offset) return;
    const [before, after] = [cutBeside(offset + 1, -1, "word", active.end), cutBeside(offset - 1, 1, "word", active.end)];
    move((after ?? Infinity) - offset < offset - (before ?? -Infinity) ? after : before);
  });
  document.addEventListener("pointerup", () => {
    if (editor && !dragged && selected()) {
      put(selected());
      getSelection().removeAllRanges();
    }
    dragged = null;
  });
})();
