"""Whether each language has every text, placeholder, plural form and name; all problems are reported at once."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from babel import Locale, UnknownLocaleError

from layers.errors import LanguageError
from layers.findings import to_mend
from layers.text.avoided_words import allowed_problems
from layers.text.figures import flat_texts
from layers.text.languages import DEFAULT, FOLDER, Language, Languages, read_language, rows_of, source_name

SOURCES = Path(__file__).parents[1] / "sources"  # read without shapely, which a web worker does not load
FILES = ("figures.toml", "texts.toml")
COUNTS = (*range(200), 1000, 10**6)  # whole numbers that between them have every plural form of a language
NAMED = (("oblasts.csv", "iso"), ("neighbours.csv", "id"), ("towns.csv", "geonameid"))
BLANK = re.compile(r"\{\w+\}")

Forms = Mapping[str, Mapping[str, str]]


@cache
def check_languages(languages: Languages) -> None:
    """Compare every language with English. Raises LanguageError that lists file and key of all that is missing."""
    english = languages.default.folder
    problems = [problem for one in languages for problem in language_problems(one.folder, english)]
    if problems:
        raise LanguageError(to_mend("languages", problems))


def language_problems(folder: Path, english: Path = FOLDER / DEFAULT) -> Iterator[str]:
    """Return what the folder of a language lacks or has too much of, one line each with file and key.

    Parameters
    ----------
    folder
        Folder of the language.
    english
        Folder of the English texts, whose keys it has to have.
    """
    try:
        language = read_language(folder)
        categories = plural_categories(language)
    except LanguageError as error:
        yield str(error)
        return
    for name in FILES:
        yield from _text_problems(folder / name, english / name, categories)
    yield from _name_problems(language)
    try:
        yield from allowed_problems(folder)
    except LanguageError as error:
        yield str(error)


def plural_categories(language: Language) -> set[str]:
    """Return the CLDR plural categories of whole numbers in a language. Raises LanguageError for an unknown locale."""
    try:
        rule = Locale.parse(language.locale, sep="-").plural_form
    except (UnknownLocaleError, ValueError) as error:
        raise LanguageError(f"{language.folder / 'language.toml'}: locale: {error}; name one that Babel has") from error
    return {rule(count) for count in COUNTS}


def forms_by_key(path: Path) -> dict[str, dict[str, str]]:
    """Return the texts of a file by ``table.key``, each by plural category; the empty one for texts without forms."""
    found: dict[str, dict[str, str]] = {}
    for name, words in flat_texts(path).items():
        table, key, *category = name.split(".")
        found.setdefault(f"{table}.{key}", {})["".join(category)] = words
    return found


def _text_problems(path: Path, english: Path, categories: set[str]) -> Iterator[str]:
    try:
        own, needed = forms_by_key(path), forms_by_key(english)
    except FileNotFoundError:
        yield f"{path}: is missing; add it"
        return
    except (OSError, ValueError) as error:
        yield f"{path}: cannot be read as tables of texts ({error}); mend it"
        return
    for key, forms in needed.items():
        wanted = categories if set(forms) != {""} else {""}
        yield from (f"{path}: {problem}" for problem in _form_problems(key, own.get(key, {}), forms, wanted))
    for key in own:
        if key not in needed:
            yield f"{path}: {key}: no such text is asked for; check its spelling or take it out"


def _form_problems(key: str, own: Mapping[str, str], english: Mapping[str, str], wanted: set[str]) -> Iterator[str]:
    for category in sorted(wanted - set(own)):
        yield f"{key}{'.' if category else ''}{category}: is missing; add it"
    for category in sorted(set(own) - wanted):
        yield f"{key}.{category}: is no form of this language for whole numbers; it has {', '.join(sorted(wanted))}"
    blanks = set(BLANK.findall("".join(english.values())))
    for category, words in own.items():
        if set(BLANK.findall(words)) != blanks:
            named = ", ".join(sorted(blanks)) or "no blanks"
            yield f"{key}{'.' if category else ''}{category}: must have {named}, as the English text has"
        if not words.strip() and "".join(english.values()).strip():
            yield f"{key}: is empty; write it"


def _name_problems(language: Language) -> Iterator[str]:
    for file, key in NAMED:
        for row in rows_of(SOURCES / file):
            if not source_name(language, row, row[key]):
                yield f"{language.folder / 'names.csv'}: {row[key]}: is missing; add a row for {row['name_en']}"
