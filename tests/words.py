"""Words of the installed languages for tests, by the tag of a language."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from layers.text import figures
from layers.text.languages import Language, installed_languages
from webapp.images.description import open_questions
from webapp.images.layout import legend
from webapp.text import control_maps, interface, refusals, sources

INSTALLED = installed_languages()
LANGUAGES = INSTALLED.tags

Given = ParamSpec("Given")
Made = TypeVar("Made")


def language(tag: str) -> Language:
    """An installed language."""
    return INSTALLED[tag]


def by_tag(function: Callable[Concatenate[Language, Given], Made]) -> Callable[Concatenate[str, Given], Made]:
    """A function of a language that takes the tag instead."""

    def called(tag: str, /, *given: Given.args, **named: Given.kwargs) -> Made:
        return function(INSTALLED[tag], *given, **named)

    return called


about_text = by_tag(figures.about_text)
area_sentence = by_tag(figures.area_sentence)
area_text = by_tag(figures.area_text)
control_name = by_tag(control_maps.control_name)
date_text = by_tag(figures.date_text)
figure_text = by_tag(legend.figure_text)
interval_text = by_tag(figures.interval_text)
known_through = by_tag(sources.known_through)
left_open = by_tag(open_questions.left_open)
length_text = by_tag(figures.length_text)
maker_text = by_tag(control_maps.maker_text)
map_name = by_tag(control_maps.map_name)
month_text = by_tag(figures.month_text)
number_text = by_tag(figures.number_text)
percent_text = by_tag(figures.percent_text)
plural = by_tag(interface.plural)
property_text = by_tag(interface.property_text)
read_area = by_tag(figures.read_area)
refusal_text = by_tag(refusals.refusal_text)
short_text = by_tag(figures.short_text)
source_links = by_tag(sources.source_links)
source_text = by_tag(control_maps.source_text)
text = by_tag(interface.text)
texts = by_tag(interface.texts)
zone_sentence = by_tag(figures.zone_sentence)
