// The import page: what was chosen, whether it is too much, and how much of it has been sent.
(() => {
  const inWords = (size) => {
    const unit = ["byte", "kilobyte", "megabyte", "gigabyte"][Math.min(Math.floor(Math.log10(size || 1) / 3), 3)];
    const by = { byte: 1, kilobyte: 1e3, megabyte: 1e6, gigabyte: 1e9 }[unit];
    return new Intl.NumberFormat("en", { style: "unit", unit, unitDisplay: unit === "byte" ? "long" : "short", maximumFractionDigits: 1 }).format(size / by);
  };

  // The server knows the limits too, but hears of the files only once they are sent.
  const show = (input) => {
    const { form } = input;
    const files = [...input.files];
    const size = files.reduce((sum, file) => sum + file.size, 0);
    const more = files.length > 5 ? ` and ${files.length - 5} more` : "";
    const names = files.slice(0, 5).map((file) => file.name).join(", ");
    form.querySelector("#chosen").textContent = files.length ? `${names}${more} · ${inWords(size)}` : "";
    form.querySelector(".drop").classList.toggle("filled", files.length > 0);
    form.querySelector(".primary").textContent = files.length > 1 ? `Import ${files.length} files` : "Import";
    const { mostFiles, tooMany, mostBytes, tooLarge } = form.dataset;
    return files.length > mostFiles ? tooMany : size > mostBytes ? tooLarge : "";
  };

  document.addEventListener("change", ({ target }) => {
    if (target.id !== "files") return;
    const refusal = target.form.querySelector("#files-refusal");
    refusal.textContent = show(target);
    refusal.hidden = !refusal.textContent;
    target.form.querySelector(".primary").disabled = !refusal.hidden;
  });
  // The browser remembers what was chosen when one comes back, and a refusal keeps it.
  const files = () => document.getElementById("files");
  const remember = () => files()?.files.length && show(files());
  remember();
  document.addEventListener("htmx:afterSettle", remember);

  // Dropped beside the place for it, a file would be opened in place of the page.
  for (const kind of ["dragover", "drop", "dragleave"]) {
    document.addEventListener(kind, (event) => {
      event.target.closest?.(".drop")?.classList.toggle("over", kind === "dragover");
      if (event.target.id !== "files") event.preventDefault();
    });
  }

  for (const [event, is] of [["htmx:xhr:progress", true], ["htmx:afterRequest", false]]) {
    document.addEventListener(event, ({ target, detail }) => {
      const sent = document.getElementById("sent");
      if (target.id !== "import-form" || !sent) return;
      sent.hidden = !is;
      if (detail.lengthComputable) sent.value = (100 * detail.loaded) / detail.total;
    });
  }
})();
