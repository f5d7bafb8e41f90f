// @ts-check
/* Finding places by their names, however they are spelt: the languages of the pages, Russian forms, romanisations. */

/** A row of the file of places: GeoNames id, longitude, latitude, population, the number of its oblast, its names in
 * the file's languages, and a list of further ones.
 * @typedef {[id: number, lon: number, lat: number, population: number, oblast: number, ...names: any[]]} Row */
/** The file of places; each oblast is its ISO code and its names in the languages.
 * @typedef {{languages: string[], oblasts: string[][], places: Row[]}} PlacesFile */
/** A place: `number` is its place in the file, `name` and `oblast` are in the page's language.
 * @typedef {{number: number, id: number, at: [lon: number, lat: number], population: number, name: string, iso: string, oblast: string}} Place */
/** A place with the keys that it is found by: its names without what spellings differ in, and their consonants.
 * @typedef {{place: Place, names: string[], keys: string[], bones: string[]}} Entry */
/** A place that was found, and the name that it was found by where that is none of its own in the page's language.
 * @typedef {{place: Place, by: string}} Found */

const MOST = 8;
const SLICE = 250; // places that are read in one go: with more, a page does not answer
const LEAST_BONES = 3; // consonants: with fewer, too many places look alike
const LEAST_INSIDE = 3; // letters that are looked for inside of names, too

/** Cyrillic letters of Ukrainian and Russian in Latin ones, alike in both where the sounds correspond. */
const LATIN = Object.fromEntries("а:a б:b в:v г:h ґ:h д:d е:e є:e э:e ё:e ж:zh з:z и:i і:i ї:i й:i ы:i к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:h ц:ts ч:ch ш:sh щ:shch ю:iu я:ia ь: ъ:"
  .split(" ").map((pair) => pair.split(":")));

/** Stems of Russian forms by those of Ukrainian ones, in Latin letters, where the consonants differ. */
const STEMS = /** @type {[RegExp, string][]} */ ([
  [/^nikol/, "mikol"], [/nikolaev/g, "mikolaiv"], [/konstantin/g, "kostiantin"], [/^bolsh/, "velik"], [/^anno?v/, "hanniv"],
  [/^anno/, "hanno"], [/^olh?ov/, "vilhiv"], [/^olsh/, "vilsh"], [/^volch/, "vovch"], [/schastl/g, "shchasl"], [/^otrad/, "vidrad"],
  [/uzlov/g, "vuzlov"], [/^ohl?ed/, "vuhled"], [/perv(aia|oe|ii|ie|yi)$/, "persha"], [/vtor(aia|oe|oi|ye)$/, "druha"],
  [/peschan/g, "pishchan"], [/pochtov/g, "poshtov"], [/solnech/g, "soniach"], [/^iuzhn/, "pivden"], [/^zhelt/, "zhovt"],
  [/krest/g, "hrest"], [/^ros(?=[koh])/, "roz"],
]);
const STRESS = "\u0301"; // on its own after Cyrillic letters
const PLAIN = /^[a-z]*$/;
/** Whether any stem is in a text, which is soon seen. */
const ANY_STEM = new RegExp(STEMS.map(([from]) => from.source).join("|"));
/** What romanisations write in several ways, in one. A digit stands for the sounds of two letters. */
const SOUNDS = /** @type {[RegExp, string][]} */ ([
  [/j|y/g, "i"], [/w/g, "v"], [/shch|sch|szcz/g, "43"], [/tch|cz|ch/g, "3"], [/sh|sz/g, "4"], [/zgh|zh|dzh/g, "5"], [/kh|x/g, "h"],
  [/ts|tz|c(?!k)/g, "6"], [/ck/g, "6k"], [/g/g, "h"], [/q/g, "k"], [/ie/g, "e"], [/ii+/g, "i"], [/([a-z\d])\1+/g, "$1"],
]);

/** A name without what its spellings differ in: case, accents, apostrophes, hyphens, alphabet, romanisation.
 * @param {string} name */
export function keyOf(name) {
  let plain = "";
  for (const letter of name.toLowerCase().normalize("NFC").replaceAll(STRESS, "")) plain += LATIN[letter] ?? letter;
  if (!PLAIN.test(plain)) plain = plain.normalize("NFD").replace(/\p{M}|\p{Lm}|[^\p{L}\p{N}]/gu, "");
  if (!/[a-z]/.test(plain)) return plain;
  const stems = ANY_STEM.test(plain) ? STEMS.reduce((text, [from, to]) => text.replace(from, to), plain) : plain;
  return SOUNDS.reduce((text, [from, to]) => text.replace(from, to), stems);
}

/** The consonants of a key: Russian and Ukrainian forms of a name mostly differ in vowels alone, and so do slips.
 * @param {string} key */
export const bonesOf = (key) => key.replace(/[aeiou]/g, "").replace(/(.)\1+/g, "$1");

/** The place of a row, with the keys that it is found by.
 * @param {PlacesFile} file
 * @param {number} number
 * @param {number} column of the language
 * @returns {Entry} */
function readPlace({ languages, oblasts, places }, number, column) {
  const [id, lon, lat, population, oblast, ...rest] = places[number];
  const [names, aliases] = [rest.slice(0, languages.length), rest[languages.length]];
  const place = /** @type {Place} */ ({
    number, id, at: [lon, lat], population, name: names[column] || names[0], iso: oblasts[oblast][0], oblast: oblasts[oblast][column + 1],
  });
  const all = [place.name, ...names, ...aliases].filter((name, at, every) => name && every.indexOf(name) === at);
  const keys = all.map(keyOf);
  return { place, names: all, keys, bones: keys.map(bonesOf) };
}

/** The places of a file in a language, each with the keys that it is found by; what waits is done in between.
 * @param {PlacesFile} file
 * @param {string} language
 * @param {() => Promise<unknown>} pause
 * @returns {Promise<Entry[]>} */
export async function readPlaces(file, language, pause) {
  const column = file.languages.indexOf(language);
  const entries = [];
  for (const number of file.places.keys()) {
    if (number % SLICE === SLICE - 1) await pause();
    entries.push(readPlace(file, number, column));
  }
  return entries;
}

/** How well a name fits what was typed, 0 best; nothing where it does not.
 * @param {string} key
 * @param {string} bones
 * @param {{key: string, bones: string}} typed */
function fit(key, bones, typed) {
  if (key === typed.key) return 0;
  if (key.startsWith(typed.key)) return 1;
  const alike = typed.bones.length >= LEAST_BONES && bones === typed.bones;
  if (alike && key[0] === typed.key[0]) return 2;
  if (typed.key.length >= LEAST_INSIDE && key.includes(typed.key)) return 3;
  if (alike) return 4;
  return typed.bones.length > LEAST_BONES && bones.startsWith(typed.bones) ? 5 : undefined;
}

/** The name of a place that fits best, and how well.
 * @param {Entry} entry
 * @param {{key: string, bones: string}} typed */
function best({ keys, bones }, typed) {
  let [found, rank] = [-1, Infinity];
  keys.forEach((key, at) => {
    const own = fit(key, bones[at], typed) ?? Infinity;
    if (own < rank) [found, rank] = [at, own];
  });
  return { found, rank };
}

/** The places that fit what was typed, the best first, of equally good ones the largest.
 * @param {Entry[]} entries the largest first
 * @param {string} text
 * @returns {Found[]} */
export function findPlaces(entries, text) {
  const key = keyOf(text);
  if (!key) return [];
  const typed = { key, bones: bonesOf(key) };
  return entries.map((entry) => ({ entry, ...best(entry, typed) }))
    .filter(({ rank }) => rank < Infinity)
    .sort((one, other) => one.rank - other.rank || other.entry.place.population - one.entry.place.population)
    .slice(0, MOST)
    .map(({ entry: { place, names }, found }) => ({ place, by: found ? names[found] : "" }));
}
