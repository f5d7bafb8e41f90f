"""The languages that every text of the project exists in."""

from collections.abc import Mapping

LANGUAGES = ("en", "uk", "zh-Hant")


def flat(key: str, text: Mapping[str, str] | None) -> dict[str, str | None]:
    """A localised text as flat properties: ``name_en``, ``name_uk``, ``name_zh_hant``; None for none."""
    return {f"{key}_{suffix(language)}": text[language] if text else None for language in LANGUAGES}


def suffix(language: str) -> str:
    """A language as it ends a property or a column: ``zh_hant``."""
    return language.lower().replace("-", "_")
