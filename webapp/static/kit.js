// @ts-check
/* The page of images: requests itself again after each choice and takes over what follows from it. What an image's
   URL, command and texts are is said by the service alone; without scripts the form does the same. */

const WAIT_MS = 350;
const TRIES = 5;
const FOLLOWING = ["kit-files", "kit-texts"];
const BY_DATE = ["kit-extent", "kit-zones", "kit-clauses"];
const SAME = ["id", "name", "value", "data-file", "data-copies"];

let anotherDate = false;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
/** @type {AbortController | undefined} */
let asked;

/** A path of the service as a whole URL; what is one already stays.
 * @param {string} value
 * @param {string} origin */
export const wholeUrl = (value, origin) => (value.startsWith("/") ? origin + value : value);

/** The code of an image with the whole URL of it.
 * @param {string} code
 * @param {string} origin */
export const wholeCode = (code, origin) => code.replace('<img src="/', `<img src="${origin}/`);

/** How many characters a text has, as readers count them: not in units of UTF-16.
 * @param {string} text */
export const countCharacters = (text) => [...text].length;

/** How long to wait before a busy service is asked again, in milliseconds; nothing where it is not to be asked.
 * @param {number} status
 * @param {string | null} retryAfter the header in seconds
 * @param {number} tries how many are left */
export function retryDelayMs(status, retryAfter, tries) {
  const seconds = Number(retryAfter);
  return status === 503 && seconds > 0 && tries > 1 ? seconds * 1000 : undefined;
}

/** @template {HTMLElement} T
 * @param {string} id
 * @returns {T} */
function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`${id}: not on this page`);
  return /** @type {T} */ (found);
}

/** @param {ParentNode} within @param {string} selector @returns {HTMLElement} */
function first(within, selector) {
  const found = /** @type {HTMLElement | null} */ (within.querySelector(selector));
  if (!found) throw new Error(`${selector}: not on this page`);
  return found;
}

const kit = () => first(document, "[data-kit]");
const form = () => /** @type {HTMLFormElement} */ (byId("kit-form"));

// Following the choices

/** @param {"drawing" | "ready" | "failed" | "refused"} key */
function say(key) {
  kit().dataset.shown = key;
  first(document, "[data-state-line]").textContent = kit().dataset[key] || "";
  for (const id of FOLLOWING) byId(id).inert = key === "refused";
}

/** Tell what was refused, above the files, which wait, and beside the field that it is about.
 * @param {string} words
 * @param {string} option */
function refuse(words, option) {
  const problem = byId("kit-problem");
  first(problem, "span").textContent = words;
  problem.hidden = false;
  say("refused");
  blame(option, words);
}

/** The fields of an option: its own, or those in which a size or a place of one's own is typed.
 * @param {string} option
 * @returns {HTMLElement[]} */
function fieldsOf(option) {
  const { elements } = form();
  const value = /** @type {any} */ (elements.namedItem(option))?.value;
  if (option === "size") return value === "own" ? [byId("width"), byId("height")] : [first(form(), ".shapes")];
  if (option === "extent" && value === "own") return [byId("degrees")];
  if (option === "zones" || option === "clauses") return [byId(`kit-${option}`)];
  const found = form().querySelectorAll(`[name="${CSS.escape(option)}"]:not([type="hidden"])`);
  return /** @type {HTMLElement[]} */ ([...found]);
}

/** @param {string} option @param {string} words */
function blame(option, words) {
  const fields = option ? fieldsOf(option) : [];
  if (!fields.length) return;
  const told = Object.assign(document.createElement("span"), { className: "refused", id: `${option}-refused` });
  told.textContent = words;
  const last = fields[fields.length - 1];
  if (last instanceof HTMLFieldSetElement) last.append(told);
  else (last.closest(".fields-of[role]") ?? last.closest(".field, .tick") ?? last).append(told);
  for (const field of fields) {
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${told.id}`.trim());
    const group = field.closest("details");
    if (group) group.open = true;
  }
}

/** Nothing is refused any more. */
function pardon() {
  byId("kit-problem").hidden = true;
  const gone = [...form().querySelectorAll(".refused")].map((told) => { told.remove(); return told.id; });
  for (const field of form().querySelectorAll("[aria-invalid]")) {
    field.removeAttribute("aria-invalid");
    const left = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => !gone.includes(id));
    if (left.length) field.setAttribute("aria-describedby", left.join(" "));
    else field.removeAttribute("aria-describedby");
  }
}

/** @param {Element} one @param {Element} other */
const isSame = (one, other) => SAME.every((name) => one.getAttribute(name) === other.getAttribute(name));

/** A part of the fresh page in the place of the old one; whoever is in it with the keyboard stays there.
 * @param {Document} page
 * @param {string} id */
function take(page, id) {
  const part = byId(id);
  const inside = part.contains(document.activeElement) ? document.activeElement : null;
  part.replaceChildren(...first(page, `#${id}`).childNodes);
  const again = inside && [...part.querySelectorAll("a, button, select, textarea, input")].find((found) => isSame(found, inside));
  /** @type {HTMLElement | null | undefined} */ (again)?.focus();
}

async function follow() {
  clearTimeout(timer);
  asked?.abort();
  asked = new AbortController();
  const { signal } = asked;
  say("drawing");
  try {
    const query = new URLSearchParams(/** @type {any} */ (new FormData(form())));
    const response = await fetch(`${location.pathname}?${query}`, { signal });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (signal.aborted) return;
    if (!page.querySelector("[data-kit]")) throw new Error(response.statusText);
    takeOver(page);
    const preview = page.getElementById("kit-preview");
    if (preview) await show(/** @type {HTMLImageElement} */ (preview), signal);
    else {
      const problem = first(page, "#kit-problem");
      refuse(first(problem, "span").textContent ?? "", problem.dataset.option ?? "");
    }
  } catch {
    if (!signal.aborted) say("failed");
  }
}

/** @param {Document} page */
function takeOver(page) {
  history.replaceState(null, "", first(page, "[data-kit]").dataset.state);
  pardon();
  const following = page.getElementById("kit-preview") ? FOLLOWING : [];  // of what is refused the files stay, and wait
  for (const id of [...following, ...(anotherDate ? BY_DATE : [])]) take(page, id);
  anotherDate = false;
  const fresh = [...page.querySelectorAll(".languages a, .tabs a")];
  document.querySelectorAll(".languages a, .tabs a").forEach((link, at) => {
    /** @type {HTMLAnchorElement} */ (link).href = fresh[at].getAttribute("href") ?? "";
  });
  placeBefore();
}

/** The next preview is fetched before it takes the place of the one that is shown, so that nothing jumps.
 * @param {HTMLImageElement} preview
 * @param {AbortSignal} signal */
async function show(preview, signal) {
  const fault = await fetchImage(preview.getAttribute("src") ?? "", signal, TRIES);
  if (signal.aborted) return;
  if (fault) {
    refuse(fault.words, fault.option);
    return;
  }
  const image = document.importNode(preview, true);
  await image.decode();
  if (signal.aborted) return;
  byId("kit-sheet").replaceChildren(image);
  say("ready");
}

/** What is wrong with an image, in the words of the service, and the option that it is about; nothing where it is there.
 * @param {string} url
 * @param {AbortSignal} signal
 * @param {number} tries
 * @returns {Promise<{words: string, option: string} | undefined>} */
async function fetchImage(url, signal, tries) {
  const { lang } = document.documentElement;
  const response = await fetch(url, { signal, headers: { "Accept-Language": lang } });
  if (response.ok) {
    await response.blob();
    return undefined;
  }
  const delay = retryDelayMs(response.status, response.headers.get("Retry-After"), tries);
  if (delay !== undefined) {
    await new Promise((done) => setTimeout(done, delay));
    return signal.aborted ? undefined : fetchImage(url, signal, tries - 1);
  }
  const problem = response.headers.get("Content-Language") === lang ? await response.json() : {};
  return { words: problem.detail || kit().dataset.failed, option: problem.option ?? "" };
}

/** A size of one's own begins with the pixels of the shape that was chosen before.
 * @param {HTMLInputElement} target */
function choose({ dataset: { width, height } }) {
  if (!width) return;
  /** @type {HTMLInputElement} */ (form().elements.namedItem("width")).value = width;
  /** @type {HTMLInputElement} */ (form().elements.namedItem("height")).value = height ?? "";
}

/** @param {HTMLInputElement} target */
function count({ name, value }) {
  const line = /** @type {HTMLElement | null} */ (document.querySelector(`[data-counts="${name}"]`));
  if (line) line.textContent = (line.dataset.words ?? "").replace("{n}", String(countCharacters(value)));
}

function listen() {
  document.addEventListener("input", (event) => {
    const target = /** @type {HTMLInputElement} */ (event.target);
    if (target.form !== form()) return;
    count(target);
    choose(target);
    anotherDate ||= ["as_of", "control"].includes(target.name);
    clearTimeout(timer);
    timer = setTimeout(follow, WAIT_MS);
  });
  form().addEventListener("submit", (event) => {
    event.preventDefault();
    follow();
  });
  document.addEventListener("click", ({ target }) => {
    const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (target).closest("[data-copies]"));
    if (button) copy(button);
  });
}

// Copying. Where the operator named no URL of the service, the one that is open stands before its paths.

function placeBefore() {
  const url = /** @type {HTMLTextAreaElement | null} */ (document.getElementById("copy-address"));
  const code = /** @type {HTMLTextAreaElement | null} */ (document.getElementById("copy-embed"));
  if (url) url.value = wholeUrl(url.value, location.origin);
  if (code) code.value = wholeCode(code.value, location.origin);
}

/** @param {HTMLElement} button */
async function copy(button) {
  const field = /** @type {HTMLTextAreaElement} */ (byId(button.dataset.copies ?? ""));
  const name = field.labels[0].textContent ?? "";
  const line = first(document, "[data-copy-line]");
  let done = "copied";
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    field.focus();
    field.select();
    done = "selected";
  }
  line.textContent = "";
  requestAnimationFrame(() => { line.textContent = (kit().dataset[done] ?? "").replace("{name}", name); });
  document.querySelectorAll(".copied .done").forEach((other) => other.classList.remove("done"));
  if (done === "copied") button.classList.add("done");
}

function start() {
  kit().classList.add("live");
  listen();
  placeBefore();
  const preview = document.getElementById("kit-preview");
  if (!preview) return;
  asked = new AbortController();
  say("drawing");
  show(/** @type {HTMLImageElement} */ (preview), asked.signal).catch(() => say("failed"));
}

if (typeof document !== "undefined") start();
