// Unfolds what the address, or a link within the page, names.
const unfold = (hash) => {
  const folded = document.getElementById(hash.slice(1))?.querySelector(":scope > details");
  if (folded) folded.open = true;
};
addEventListener("hashchange", () => unfold(location.hash));
document.addEventListener("click", ({ target }) => {
  const link = target.closest('a[href^="#"]');
  if (link) unfold(link.hash);
});
unfold(location.hash);
