// The import page: what was chosen, whether it is too much, and how much of it has been sent.
(() => {
  const inWords = (size) => (size < 1e6 ? `${Math.ceil(size / 1e3)} kB` : `${(Math.round(size / 1e5) / 10).toLocaleString(document.documentElement.lang)} MB`);

  // The server knows the limits too, but hears of the files only once they are sent.
  const show = ({ form, files: chosen }) => {
    const files = [...chosen];
    const size = files.reduce((sum, file) => sum + file.size, 0);
    const { mostFiles, tooMany, mostBytes, tooLarge, importMany, andMore, importOne } = form.dataset;
    const more = files.length > 5 ? andMore.replace("#", files.length - 5) : "";
    const names = files.slice(0, 5).map((file) => file.name).join(", ");
    form.querySelector("#chosen").textContent = files.length ? `${names}${more} · ${inWords(size)}` : "";
    form.querySelector(".drop").classList.toggle("filled", files.length > 0);
    form.querySelector(".primary").textContent = files.length > 1 ? importMany.replace("#", files.length) : importOne;
    return files.length > mostFiles ? tooMany : size > mostBytes ? tooLarge : "";
  };
  const refuse = ({ form }, sentence) => {
    Object.assign(form.querySelector("#files-refusal"), { textContent: sentence, hidden: !sentence });
    form.querySelector(".primary").disabled = Boolean(sentence);
  };

  document.addEventListener("change", ({ target }) => target.id === "files" && refuse(target, show(target)));
  // The browser remembers what was chosen when one comes back, and a refusal keeps it.
  const remember = () => [...document.querySelectorAll("#files")].filter((input) => input.files.length).forEach(show);
  for (const event of ["DOMContentLoaded", "htmx:afterSettle"]) document.addEventListener(event, remember);

  // The field takes no folder: it is given what is in it, folder by folder, no more than shows that it is too much.
  const take = async (input, entries) => {
    const { wanted, mostFiles, nothing } = input.form.dataset;
    const found = new DataTransfer();
    for (const entry of entries) {
      if (entry.isFile) found.items.add(await new Promise((...ways) => entry.file(...ways)));
      const reader = entry.isDirectory && entry.createReader();
      for (let some; reader && (some = await new Promise((...ways) => reader.readEntries(...ways))).length; )
        entries.push(...some.filter(({ isFile, name }) => (isFile ? RegExp(wanted, "i").test(name) : name[0] !== ".")));
      if (found.items.length > mostFiles) break;
    }
    input.files = found.files;
    refuse(input, show(input) || (found.items.length ? "" : nothing));
  };

  // Dropped beside the place for it, a file would be opened in place of the page.
  for (const kind of ["dragover", "drop", "dragleave"]) {
    document.addEventListener(kind, (event) => {
      event.target.closest?.(".drop")?.classList.toggle("over", kind === "dragover");
      const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry);
      const isWalked = event.target.id === "files" && entries.some((entry) => entry.isDirectory);
      if (event.target.id !== "files" || isWalked) event.preventDefault();
      if (isWalked) take(event.target, entries).catch(({ message }) => refuse(event.target, message));
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
