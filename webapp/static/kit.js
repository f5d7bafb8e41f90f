// The page of images: asks for itself again after each choice and takes over what follows from it. What an image's
// address, command and texts are is said by the service alone; without scripts the form does the same.

"use strict";

(() => {
  const WAIT_MS = 350;
  const TRIES = 5;
  const FOLLOWING = ["kit-files", "kit-texts"];
  const BY_DAY = ["kit-extent", "kit-zones", "kit-clauses"];

  const kit = document.querySelector("[data-kit]");
  const form = document.getElementById("kit-form");
  const sheet = document.getElementById("kit-sheet");
  const problem = document.getElementById("kit-problem");
  const stateLine = document.querySelector("[data-state-line]");
  const copyLine = document.querySelector("[data-copy-line]");
  let waiting = 0;
  let anotherDay = false;
  let asked = null;

  kit.classList.add("live");

  // Following the choices

  function say(state) {
    kit.dataset.shown = state;
    stateLine.textContent = kit.dataset[state] || "";
  }

  function refuse(words) {
    problem.querySelector("span").textContent = words;
    problem.hidden = false;
    say("refused");
  }

  // A part of the fresh page in the place of the old one; whoever is in it with the keyboard stays there.
  function take(page, id) {
    const part = document.getElementById(id);
    const inside = part.contains(document.activeElement) ? document.activeElement : null;
    part.replaceChildren(...page.getElementById(id).childNodes);
    if (inside) [...part.querySelectorAll("a, button, select, textarea, input")].find(one => same(one, inside))?.focus();
  }

  const same = (one, other) => ["id", "name", "value", "data-file", "data-copies"]
    .every(name => one.getAttribute(name) === other.getAttribute(name));

  async function follow() {
    clearTimeout(waiting);
    asked?.abort();
    asked = new AbortController();
    const { signal } = asked;
    say("drawing");
    try {
      const query = new URLSearchParams(new FormData(form));
      const answer = await fetch(`${location.pathname}?${query}`, { signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (signal.aborted) return;
      if (!page.querySelector("[data-kit]")) throw new Error(answer.statusText);
      takeOver(page);
      const preview = page.getElementById("kit-preview");
      if (preview) await show(preview, signal);
      else refuse(page.querySelector("#kit-problem span").textContent);
    } catch (error) {
      if (!signal.aborted) say("failed");
    }
  }

  function takeOver(page) {
    history.replaceState(null, "", page.querySelector("[data-kit]").dataset.state);
    problem.hidden = true;
    [...FOLLOWING, ...(anotherDay ? BY_DAY : [])].forEach(id => take(page, id));
    anotherDay = false;
    const fresh = [...page.querySelectorAll(".languages a, .tabs a")];
    document.querySelectorAll(".languages a, .tabs a").forEach((link, at) => { link.href = fresh[at].getAttribute("href"); });
    placeBefore();
  }

  // The next preview is fetched before it takes the place of the one that is shown, so that nothing jumps.
  async function show(preview, signal) {
    const fault = await fetched(preview.getAttribute("src"), signal, TRIES);
    if (signal.aborted) return;
    if (fault) return refuse(fault);
    const image = document.importNode(preview, true);
    await image.decode();
    if (signal.aborted) return;
    sheet.replaceChildren(image);
    say("ready");
  }

  // What is wrong with an image, in the words of the service; nothing where it is there. A busy service is asked again.
  async function fetched(address, signal, tries) {
    const lang = document.documentElement.lang;
    const answer = await fetch(address, { signal, headers: { "Accept-Language": lang } });
    if (answer.ok) {
      await answer.blob();
      return "";
    }
    const pause = Number(answer.headers.get("Retry-After"));
    if (answer.status === 503 && pause && tries > 1) {
      await new Promise(done => setTimeout(done, pause * 1000));
      return signal.aborted ? "" : fetched(address, signal, tries - 1);
    }
    const told = answer.headers.get("Content-Language") === lang ? await answer.json() : {};
    return told.detail || kit.dataset.failed;
  }

  document.addEventListener("input", event => {
    const target = event.target;
    if (target.form !== form) return;
    count(target);
    choose(target);
    anotherDay ||= ["as_of", "control"].includes(target.name);
    clearTimeout(waiting);
    waiting = setTimeout(follow, WAIT_MS);
  });
  form.addEventListener("submit", event => {
    event.preventDefault();
    follow();
  });

  // A size of one's own begins with the pixels of the shape that was chosen before.
  function choose(target) {
    if (!target.dataset.width) return;
    form.elements.width.value = target.dataset.width;
    form.elements.height.value = target.dataset.height;
  }

  function count(target) {
    const line = document.querySelector(`[data-counts="${target.name}"]`);
    if (line) line.textContent = line.dataset.words.replace("{n}", [...target.value].length);
  }

  // Copying. Where the operator named no address of the service, the one that is open stands before its paths.

  function placeBefore() {
    const address = document.getElementById("copy-address");
    const embed = document.getElementById("copy-embed");
    if (address?.value.startsWith("/")) address.value = location.origin + address.value;
    if (embed) embed.value = embed.value.replace('<img src="/', `<img src="${location.origin}/`);
  }

  async function copy(button) {
    const field = document.getElementById(button.dataset.copies);
    const name = field.labels[0].textContent;
    let done = "copied";
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      field.focus();
      field.select();
      done = "selected";
    }
    copyLine.textContent = "";
    requestAnimationFrame(() => { copyLine.textContent = kit.dataset[done].replace("{name}", name); });
    document.querySelectorAll(".copied .done").forEach(other => other.classList.remove("done"));
    if (done === "copied") button.classList.add("done");
  }

  document.addEventListener("click", event => {
    const button = event.target.closest("[data-copies]");
    if (button) copy(button);
  });

  placeBefore();
  const first = document.getElementById("kit-preview");
  if (first) {
    asked = new AbortController();
    say("drawing");
    show(first, asked.signal).catch(() => say("failed"));
  }
})();
