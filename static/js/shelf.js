/* The shelf that this browser remembers: references in localStorage, told to nobody. Without it every link still leads
   to a page that does the same. */
"use strict";
(() => {
  const KEY = "dialogues-shelf";
  const MOST = 100;

  const read = () => {
    try {
      return (localStorage.getItem(KEY) || "").split(",").filter(Boolean);
    } catch {
      return null; // The browser keeps nothing for this site.
    }
  };
  const keep = (items) => {
    try {
      localStorage.setItem(KEY, items.join(","));
      return true;
    } catch {
      return false;
    }
  };
  const addressOf = (items) => (items.length ? `/shelf/?items=${encodeURI(items.join(","))}` : "/shelf/");

  /* “Put on a shelf”, on the page of a record. */
  const added = (link, items) => {
    link.href = addressOf(items);
    link.textContent = `✓ ${link.dataset.added} (${items.length})`;
    link.dataset.isOn = "1";
  };
  for (const link of document.querySelectorAll("a[data-shelf-item]")) {
    const mine = read();
    if (mine === null) continue;
    const item = link.dataset.shelfItem;
    link.setAttribute("aria-live", "polite");
    if (mine.includes(item)) added(link, mine);
    link.addEventListener("click", (event) => {
      if (link.dataset.isOn || event.metaKey || event.ctrlKey || event.shiftKey) return;
      const items = read() ?? [];
      if (!items.includes(item)) items.push(item);
      if (items.length > MOST || !keep(items)) return; // The link itself shows the item alone.
      event.preventDefault();
      added(link, items);
    });
  }

  /* The page of a shelf. */
  const shelf = document.querySelector("[data-shelf]");
  const row = document.querySelector("[data-shelf-mine]");
  if (!shelf || !row || read() === null) return;
  const shown = shelf.dataset.shelf;
  const show = () => {
    const mine = read();
    const isMine = mine.join(",") === shown;
    row.querySelector("[data-take]").hidden = isMine || !shown;
    row.querySelector("[data-is-mine]").hidden = !isMine || !shown;
    const open = row.querySelector("[data-open]");
    open.hidden = isMine || !mine.length;
    open.href = addressOf(mine);
    open.querySelector("[data-count]").textContent = mine.length;
    row.hidden = !shown && !mine.length;
  };
  row.querySelector("[data-take]").addEventListener("click", () => {
    keep(shown.split(",").filter(Boolean));
    show();
    row.querySelector("[data-is-mine]").setAttribute("tabindex", "-1");
    row.querySelector("[data-is-mine]").focus();
  });
  for (const link of document.querySelectorAll("a[data-items]")) {
    link.addEventListener("click", () => {
      if (read().join(",") === shown) keep(link.dataset.items.split(",").filter(Boolean));
    });
  }
  show();
})();
