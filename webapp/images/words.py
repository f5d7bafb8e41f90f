"""stub"""

from webapp.control import credit_text, maker_text, source_text
from webapp.language import date_text, text


def notes(catalogue, proposal, edition, options):
    lang = options.lang
    filled = {
        "how_known": proposal.texts["how_known"][lang],
        "date": date_text(lang, edition.as_of),
        "source": source_text(lang, catalogue),
    }
    coverage = proposal.texts.get("coverage_note")
    maker = maker_text(lang, catalogue)
    full = (
        *([coverage[lang]] if coverage else []),
        text(lang, "statement.full", **filled),
        text(lang, "format.sentence").join(
            (credit_text("map.credit", lang, catalogue, date=filled["date"]), text(lang, "images.made", maker=maker))
        ),
    )
    short = (
        "A proposal, not in force. Control: Clausemap's reading of three public maps, 20 Nov 2025. Border: UN GA 68/262. Clausemap, CC BY 4.0; Natural Earth; GeoNames.",
    )
    return (full, full[-2:], short)
