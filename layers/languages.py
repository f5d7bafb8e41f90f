"""The languages that every text of the project exists in."""

from collections.abc import Mapping

LANGUAGES = ("en", "uk", "zh-Hant")


def flat(key: str, text: Mapping[str, str]) -> dict[str, str]:
    """A localised text as flat properties: ``name_en``, ``name_uk``, ``name_zh_hant``."""
    return {f"{key}_{suffix(language)}": text[language] for language in LANGUAGES}


def suffix(language: str) -> str:
    """A language as it ends a property or a column: ``zh_hant``."""
    return language.lower().replace("-", "_")
