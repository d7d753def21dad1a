// Unfolds what the address names, as does each link within the page.
const unfold = () => document.querySelector(":target > details")?.setAttribute("open", "");
addEventListener("hashchange", unfold);
addEventListener("load", unfold);
