"""What every page has: texts of its language, the switch to the others, styles and versioned assets."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode

from flask import render_template
from markupsafe import Markup

from layers.catalogue import Proposal
from layers.languages import LANGUAGES
from webapp import styles
from webapp.assets import asset_url
from webapp.language import date_text, text


@dataclass(frozen=True)
class Choice:
    """Something to choose: where it leads or its value, its words, and whether it is chosen."""

    value: str
    label: str
    chosen: bool
    tag: str = ""


def render(template: str, lang: str, path: str = "/", query: str = "", **values: object) -> str:
    """A template in a language; ``path`` below the language and ``query`` are kept by the language switch."""
    switch = [Choice(f"/{tag}{path}{query}", text(tag, "language.name"), tag == lang, tag) for tag in LANGUAGES]
    words: Callable[..., str] = partial(text, lang)
    return render_template(
        template,
        lang=lang,
        t=words,
        switch=switch,
        query=query,
        asset_url=asset_url,
        style=styles,
        patterns=Markup("".join(styles.pattern_svg(style) for style in styles.all_zone_styles())),
        **values,
    )


def day_query(requested: str | None) -> str:
    """The query that keeps the day that was asked for; empty where none was."""
    return f"?{urlencode({'as_of': requested})}" if requested else ""


def day_choices(proposal: Proposal, asked: str, lang: str) -> list[Choice]:
    """The days that can be chosen, newest first: every control map's, the draft's own and the one asked for."""
    days = sorted({*proposal.dates, proposal.date, asked}, reverse=True)
    return [Choice(day, _day_label(proposal, day, lang), day == asked) for day in days]


def _day_label(proposal: Proposal, day: str, lang: str) -> str:
    words = date_text(lang, day)
    return text(lang, "day.own", date=words) if day == proposal.date else words
