/* The clauses beside the map: one chosen lights up its zones, a zone opened shows its clause; boxes hide zones. */
(function (clausemap) {
  "use strict";

  let chosen = "";
  const members = new Map(); // the zones of each row

  const cards = () => [...document.querySelectorAll("[data-clause-card]")];
  const idsOf = (card) => card.dataset.lights.split(" ").filter(Boolean);

  function showChosen() {
    for (const card of cards()) {
      const on = card.dataset.clauseCard === chosen;
      card.classList.toggle("lit", on);
      card.querySelector("button.light")?.setAttribute("aria-pressed", on);
    }
  }

  /** Bring the map into the window where nothing of it is to be seen, as below it on a phone. */
  function showMap() {
    const map = document.getElementById("map");
    const { top, bottom } = map.getBoundingClientRect();
    if (bottom < window.innerHeight * 0.2 || top > window.innerHeight * 0.8) map.scrollIntoView({ block: "start" });
  }

  /** Light up a clause; the one that is lit already, or none: all zones look as they are. */
  function choose(id, { say = true } = {}) {
    const card = cards().find((one) => one.dataset.clauseCard === id);
    chosen = card && id !== chosen ? id : "";
    clausemap.light(chosen ? idsOf(card) : []);
    showChosen();
    clausemap.address.write({ clause: chosen });
    if (!say) return;
    const heading = card?.querySelector("[data-light]").textContent.trim() || "";
    clausemap.say(chosen ? "lit" : "unlit", { clause: heading });
  }

  /** Make the headings buttons, and the boxes and links work; after each exchange of the list anew. */
  clausemap.enlivenClauses = function () {
    for (const heading of document.querySelectorAll("[data-light]:not(:has(button))")) {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "light", textContent: heading.textContent.trim() });
      button.addEventListener("click", () => {
        choose(heading.dataset.light);
        if (chosen) showMap();
      });
      heading.replaceChildren(button);
    }
    const hidden = new Set(clausemap.hiddenZones());
    for (const box of document.querySelectorAll("[data-zones]")) {
      const ids = zonesOf(box);
      box.checked = !ids.some((id) => hidden.has(id));
      box.closest(".row").classList.toggle("off", !box.checked);
      if (!box.checked) clausemap.hide(ids, true);
      box.addEventListener("change", () => switchZones(box));
    }
    showChosen();
    const card = cards().find((one) => one.dataset.clauseCard === chosen);
    clausemap.light(card ? idsOf(card) : []);
    clausemap.showClauseOf(clausemap.openedZone());
  };

  /** The zones of a row on all days that were shown: a row is hidden as a whole, whatever zones it has on a day. */
  function zonesOf(box) {
    const { row, zones } = box.dataset;
    if (!members.has(row)) members.set(row, new Set());
    for (const id of zones.split(" ")) members.get(row).add(id);
    return [...members.get(row)];
  }

  /** Show a zone whose row is hidden, with all of its row. */
  clausemap.reveal = function (id) {
    const box = [...document.querySelectorAll("[data-zones]")].find((one) => !one.checked && zonesOf(one).includes(id));
    if (!box) return;
    box.checked = true;
    switchZones(box);
  };

  function switchZones(box) {
    const ids = zonesOf(box);
    box.closest(".row").classList.toggle("off", !box.checked);
    clausemap.hide(ids, !box.checked);
    if (!box.checked && ids.includes(clausemap.openedZone())) clausemap.closeZone({ focus: false });
    clausemap.address.write({ off: clausemap.hiddenZones().join(",") });
  }

  /** The other way round: the clause of the zone that is open, which takes the place of another that is lit. */
  clausemap.showClauseOf = function (id) {
    const own = id !== undefined && cards().find((card) => idsOf(card).includes(id));
    if (own && chosen && own.dataset.clauseCard !== chosen) choose(own.dataset.clauseCard);
    for (const card of cards()) {
      const its = id !== undefined && idsOf(card).includes(id);
      card.classList.toggle("its", its);
      if (its) card.setAttribute("aria-current", "true");
      else card.removeAttribute("aria-current");
    }
  };

  clausemap.chooseClause = choose;

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && chosen && !event.defaultPrevented) choose(chosen);
  });
})(window.clausemap = window.clausemap || {});
