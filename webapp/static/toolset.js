// @ts-check
/* All tools, given to the page: the last of the script that is fetched when one is used. */

import { followChanges, restoreChanges, toggleChanges } from "./changes.js";
import { toggleMeasure } from "./measure.js";
import { one } from "./page.js";
import { followSearch, restoreSearch, startSearch } from "./search.js";
import { hasTool } from "./toolbar.js";
import { provideTools } from "./tools.js";

/** @type {Record<string, () => void>} */
const TOGGLES = { measure: toggleMeasure, changes: toggleChanges };

/** What is shown follows the date. */
function followDay() {
  followSearch();
  followChanges();
}

new MutationObserver(followDay).observe(one(".folium-map"), { attributeFilter: ["data-day"] });
provideTools({
  search: startSearch,
  restore: () => {
    if (hasTool("place")) restoreSearch().catch(console.error);
    if (hasTool("changes")) restoreChanges();
  },
  toggle: (name) => TOGGLES[name](),
});
