// @ts-check
/* One finger and the wheel scroll the page on which a map stands; two fingers move it, and Ctrl or Cmd with the wheel
   zooms it. In full screen there is nothing to scroll: then all of them move the map. */

/** What is said of them.
 * @typedef {{two_fingers: string, ctrl_wheel: string, cmd_wheel: string}} HintTexts */

const HINT_MS = 1400;
const SLIP_PX = 8; // so far a finger moves before it is told

/** Whether a turn of the wheel is meant for the map.
 * @param {Pick<WheelEvent, "ctrlKey" | "metaKey">} event
 * @param {boolean} free */
export const zoomsMap = ({ ctrlKey, metaKey }, free) => free || ctrlKey || metaKey;

/** Whether a finger, a pen or a mouse may drag the map.
 * @param {string} pointer
 * @param {boolean} free */
export const dragsMap = (pointer, free) => free || pointer !== "touch";

/** What is said where the wheel scrolls, by the key that computers of a make have.
 * @param {HintTexts} texts
 * @param {string} platform */
export const wheelHint = ({ ctrl_wheel: ctrl, cmd_wheel: cmd }, platform) => (/mac/i.test(platform) ? cmd : ctrl);

/** A hint over the map that goes away by itself.
 * @param {HTMLElement} container
 * @returns {(words: string) => void} */
function hinting(container) {
  const place = document.createElement("p");
  place.className = "gesture-hint";
  place.setAttribute("aria-hidden", "true"); // keys and buttons do the same
  container.append(place);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  return (words) => {
    clearTimeout(timer);
    place.textContent = words;
    place.classList.add("shown");
    timer = setTimeout(() => place.classList.remove("shown"), HINT_MS);
  };
}

/** Tell a finger that moves over the map, and goes on scrolling, what moves the map.
 * @param {HTMLElement} container
 * @param {() => void} tell
 * @param {() => boolean} isFree */
function tellFingers(container, tell, isFree) {
  /** @type {Touch | undefined} */
  let first;
  container.addEventListener("touchstart", ({ touches }) => { first = touches.length === 1 ? touches[0] : undefined; }, { passive: true });
  container.addEventListener("touchmove", ({ touches: [now, other] }) => {
    if (!first || other || isFree()) return;
    if (Math.hypot(now.clientX - first.clientX, now.clientY - first.clientY) > SLIP_PX) tell();
  }, { passive: true });
}

/** Leave one finger and the wheel to the page.
 * @param {import("leaflet").Map} map
 * @param {HintTexts} texts
 * @param {() => boolean} [isFree] whether there is no page to scroll */
export function shareGestures(map, texts, isFree = () => false) {
  const container = map.getContainer();
  const hint = hinting(container);
  container.addEventListener("wheel", (event) => {
    if (zoomsMap(event, isFree())) return;
    event.stopPropagation(); // before Leaflet hears it: it would keep the page from scrolling
    hint(wheelHint(texts, navigator.platform));
  }, { capture: true, passive: true });
  container.addEventListener("pointerdown", ({ pointerType }) => {
    if (dragsMap(pointerType, isFree())) map.dragging.enable();
    else map.dragging.disable();
  }, { capture: true });
  tellFingers(container, () => hint(texts.two_fingers), isFree);
}
