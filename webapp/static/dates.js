/* Through the days: slider, steps and play. The page of another day is fetched, and what differs takes its place. */
(function (clausemap) {
  "use strict";

  const PLAY_MS = 900;
  const WAIT_MS = 400; // longer without another day, and the page says that it waits
  let turns = 0;
  let timer;
  let ready;
  const drawn = new Promise((resolve) => { ready = resolve; });

  const find = (selector) => document.querySelector(selector);
  const loading = find("[data-state]").textContent;
  const days = () => clausemap.page().days;
  const shownDay = () => clausemap.theMap().getContainer().dataset.day;
  const placeOf = (day) => days().findIndex(([one]) => one === day);
  const mapOf = (asked) => days().findLast(([day]) => day <= asked)?.[0]; // the last control map on or before a day

  /** Say something to screen readers: a text of the page with its blanks filled in. */
  clausemap.say = function (key, values = {}) {
    const region = find("[data-said]");
    if (!region) return;
    const words = clausemap.page().texts[key];
    region.textContent = Object.entries(values).reduce((said, [name, value]) => said.replace(`{${name}}`, value), words);
  };

  function addressOf(day) {
    const query = new URLSearchParams(location.search);
    const kept = new URLSearchParams({ as_of: day });
    if (query.get("control")) kept.set("control", query.get("control"));
    return `${location.pathname}?${kept}`;
  }

  /** The page of a day as text, which takes a tenth of the room of a parsed one. */
  const pageOf = (day) => clausemap.once(addressOf(day), (answer) => answer.text());

  /** Put what follows the day in its place; where the focus was in it, it stays on the same thing. */
  function exchange(then) {
    const focused = document.activeElement?.dataset?.opens || document.activeElement?.dataset?.zones;
    const key = document.activeElement?.dataset?.opens ? "opens" : "zones";
    const around = document.activeElement?.closest?.("[data-follows]");
    for (const old of document.querySelectorAll("[data-follows]")) {
      const fresh = then.querySelector(`[data-follows="${old.dataset.follows}"]`);
      if (fresh) old.replaceChildren(...document.importNode(fresh, true).childNodes);
    }
    find("#map").setAttribute("aria-label", then.querySelector("#map").getAttribute("aria-label"));
    if (focused && around) around.querySelector(`[data-${key}="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }

  async function showOwnLine(day) {
    const { own } = clausemap.page();
    const features = day === own ? [] : (await clausemap.zonesOf(own)).features;
    if (shownDay() === day) clausemap.drawOwnLine(features);
  }

  function setControls(day, asked = day) {
    const range = find("[data-dates] input[type=range]");
    const [, words] = days()[placeOf(day)];
    range.value = placeOf(day);
    range.setAttribute("aria-valuetext", words);
    const select = find("#as_of");
    if ([...select.options].some(({ value }) => value === asked)) select.value = asked;
    for (const step of document.querySelectorAll("[data-step]")) step.setAttribute("aria-disabled", !days()[placeOf(day) + Number(step.dataset.step)]);
    return words;
  }

  /** Show the control map of a day; the last one asked for is the one that is shown. */
  async function show(asked) {
    const mine = (turns += 1);
    const day = mapOf(asked);
    const words = setControls(day, asked);
    const waits = setTimeout(() => clausemap.point(loading), WAIT_MS);
    const [page, zones] = await Promise.all([pageOf(asked), clausemap.zonesOf(day)]).finally(() => clearTimeout(waits));
    if (mine !== turns) return;
    clausemap.point("");
    const then = new DOMParser().parseFromString(page, "text/html");
    exchange(then);
    clausemap.redraw(zones, clausemap.dataOf(then).about);
    clausemap.theMap().getContainer().dataset.day = day;
    clausemap.enlivenClauses();
    const there = clausemap.refillPanel();
    clausemap.say(there ? "day" : "gone", { date: words });
    clausemap.address.write({ as_of: asked });
    await showOwnLine(day);
    ahead(day);
  }

  function fail(error) {
    stop();
    clausemap.say("missing");
    clausemap.point(clausemap.page().texts.missing);
    setControls(shownDay());
    console.error(error);
  }

  const go = (asked) => show(asked).catch(fail);

  /** Fetch the days beside the one shown, so that a step need not wait. */
  function ahead(day) {
    for (const by of [1, -1, 2]) {
      const next = days()[placeOf(day) + by]?.[0];
      if (next) Promise.all([pageOf(next), clausemap.zonesOf(next)]).catch(() => {});
    }
  }

  function setPlaying(on) {
    const button = find("[data-play]");
    button.setAttribute("aria-pressed", on);
    const words = button.querySelector("[data-play-words]");
    button.dataset.words ||= words.textContent;
    words.textContent = on ? clausemap.page().texts.pause : button.dataset.words;
  }

  function stop() {
    clearTimeout(timer);
    timer = undefined;
    setPlaying(false);
  }

  /** From the day shown to the newest, one after the other; from the newest on, over again. */
  function play(place) {
    timer = setTimeout(async () => {
      await go(days()[place][0]);
      if (timer === undefined) return;
      if (place + 1 < days().length) play(place + 1);
      else stop();
    }, PLAY_MS);
  }

  function togglePlay() {
    if (timer !== undefined) {
      stop();
      return;
    }
    setPlaying(true);
    const place = placeOf(shownDay());
    play(place + 1 < days().length ? place + 1 : 0);
  }

  function step(by) {
    const next = days()[placeOf(shownDay()) + by];
    stop();
    if (next) go(next[0]);
  }

  function listen(form) {
    const range = form.querySelector("input[type=range]");
    const choose = (day) => {
      stop();
      drawn.then(() => go(day));
    };
    range.addEventListener("input", () => choose(days()[Number(range.value)][0]));
    for (const wake of ["pointerenter", "focusin"]) form.addEventListener(wake, () => drawn.then(() => ahead(shownDay())), { once: true });
    form.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button?.matches("[data-play]")) drawn.then(togglePlay);
      if (button?.dataset.step) drawn.then(() => step(Number(button.dataset.step)));
    });
    form.addEventListener("change", ({ target }) => {
      if (target.name === "control") form.submit();
      if (target.name === "as_of") choose(target.value);
    });
  }

  const form = find("[data-dates]");
  const track = form.querySelector("[data-own]");
  track.style.setProperty("--own", track.dataset.own);
  listen(form);

  /** What follows once the map of the first day is drawn. */
  clausemap.drawn = async function () {
    const { day, asked } = clausemap.page();
    clausemap.address.restore();
    setControls(day, asked);
    form.classList.add("live");
    ready();
    await showOwnLine(day);
  };
})(window.clausemap = window.clausemap || {});
