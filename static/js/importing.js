// The import page: what was chosen, whether it is too much, and how much of it has been sent.
(() => {
  const units = ["bytes", "kB", "MB", "GB"];
  const inWords = (size) => {
    let unit = 0;
    for (; size >= 1000 && unit < units.length - 1; unit += 1) size /= 1000;
    return `${size.toLocaleString("en", { maximumFractionDigits: unit ? 1 : 0 })} ${units[unit]}`;
  };

  // The server knows the limits too, but hears of the files only once they are sent.
  const tooMuch = (files, size, { mostBytes, mostFiles }) => {
    if (files.length > mostFiles) return `These are more than ${Number(mostFiles).toLocaleString("en")} files. Put them into one zip, or import them in parts.`;
    if (size > mostBytes) return `These files are larger than ${inWords(Number(mostBytes))} together, the limit of your role. Import them in parts.`;
    return "";
  };

  const show = (input) => {
    const form = input.form;
    const files = [...input.files];
    const size = files.reduce((sum, file) => sum + file.size, 0);
    const names = files.slice(0, 5).map((file) => file.name).join(", ");
    const more = files.length > 5 ? ` and ${files.length - 5} more` : "";
    form.querySelector("#chosen").textContent = files.length ? `${names}${more} · ${inWords(size)}` : "";
    form.querySelector(".drop").classList.toggle("filled", files.length > 0);
    form.querySelector(".primary").textContent = files.length > 1 ? `Import ${files.length} files` : "Import";
    return tooMuch(files, size, form.dataset);
  };

  document.addEventListener("change", ({ target }) => {
    if (target.id !== "files") return;
    const why = show(target);
    const refusal = target.form.querySelector("#files-refusal");
    refusal.textContent = why;
    refusal.hidden = !why;
    target.form.querySelector(".primary").disabled = Boolean(why);
  });
  // The browser remembers what was chosen when one comes back, and a refusal keeps it.
  const remember = () => {
    const input = document.getElementById("files");
    if (input?.files.length) show(input);
  };
  remember();
  document.addEventListener("htmx:afterSettle", remember);

  for (const [kind, over] of [["dragenter", true], ["dragover", true], ["dragleave", false], ["drop", false]]) {
    document.addEventListener(kind, (event) => event.target.closest?.(".drop")?.classList.toggle("over", over));
  }
  // Dropped beside the place for it, a file would be opened in place of the page.
  for (const kind of ["dragover", "drop"]) {
    document.addEventListener(kind, (event) => event.target.id === "files" || event.preventDefault());
  }

  const sent = () => document.getElementById("sent");
  document.addEventListener("htmx:xhr:progress", ({ target, detail }) => {
    if (target.id !== "import-form" || !detail.lengthComputable || !sent()) return;
    sent().hidden = false;
    sent().value = (100 * detail.loaded) / detail.total;
  });
  document.addEventListener("htmx:afterRequest", ({ target }) => {
    if (target.id === "import-form" && sent()) sent().hidden = true;
  });
})();
