"""The one table of kinds: a new kind is a row here, and its texts in the languages.

The texts are ``kind.<key>``, and for a phrased kind ``image_words.alt_<key>`` and ``image_words.caption_<key>``.
Fills differ by pattern as well as by colour, and by lightness, so that they can be distinguished in greyscale and by
colour-blind readers: of two that lie beside each other either the colours are 20 apart (CIE 1976), whatever sight a
reader has, or they are hatched in different ways. None is the colour of a flag. Hatching means proposed, dashes mean a
line that is no border; only the internationally recognised border is a strong solid line.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import product

from layers.kinds.kind import Kind, Properties, Variant
from layers.kinds.style import Hatch, Looks, Paint, Style

BLACK, WHITE, NIGHT = "#000000", "#ffffff", "#0b0e10"
OF_OBLASTS = ("oblast", "held", "unheld", "held-each")  # the derivations that divide the territory


def _lies_over(zone: Properties) -> bool:
    return not zone["partition"]


def _recognised(zone: Properties) -> bool:
    return zone["recognition_mode"] is not None


def _recognised_de_jure(zone: Properties) -> bool:
    return bool(zone["recognition_mode"] == "de-jure")


def _left_by_ukraine(zone: Properties) -> bool:
    return bool(zone["held_by"] == "ukraine")


def _nuclear_plant(zone: Properties) -> bool:
    return str(zone["id"]).endswith("-npp")


def _port(zone: Properties) -> bool:
    return str(zone["id"]).endswith("-port")


_RECOGNITION = Kind(
    key="recognition",
    shape="area",
    made_by=OF_OBLASTS,
    looks=Looks(
        Style("recognition", "#c3b1da", Hatch("down", "#7f66a8", 7, 1.3), "#6a5192", 0.8),
        dark=Paint("#4b3d68", "#a48fd6", "#b9a6e2"),
        print=Paint("#969696", "#363636", "#2a2a2a", marks_px=(6.0, 1.7)),
    ),
    rank=2,
    phrased=True,
    divides=True,
    recognises=True,
    may_be_whole=True,
    variants=(Variant("recognition-de-jure", _recognised_de_jure, named=True, rank=1),),
)

_FREEZE = Kind(
    key="freeze",
    shape="area",
    made_by=OF_OBLASTS,
    looks=Looks(
        Style("freeze", "#a6d3d0", Hatch("horizontal", "#4f9692", 6, 1.1), "#2f7a76", 0.8),
        dark=Paint("#1f5a57", "#6fbfb8", "#86cfc9"),
        print=Paint("#d6d6d6", "#575757", "#333333", marks_px=(6.0, 1.3)),
    ),
    rank=5,
    phrased=True,
    divides=True,
)

_BUFFER = Kind(
    key="buffer",
    shape="area",
    made_by=(*OF_OBLASTS, "band", "drawn"),
    looks=Looks(
        Style("buffer", "#f6dd96", Hatch("up", "#a97f1d", 7, 1.5), "#8a6510", 0.8),
        dark=Paint("#6d5a1c", "#d9b24c", "#e3c06a"),
        print=Paint("#f2f2f2", "#636363", "#333333", marks_px=(8.0, 1.3)),
    ),
    rank=3,
    phrased=True,
    divides=True,
    own_name=True,
    variants=(
        Variant(
            "buffer-over",
            _lies_over,
            Looks(
                Style("buffer-over", None, Hatch("up", "#8a6510", 7, 1.5), "#8a6510", 1.3),
                dark=Paint(None, "#d9b24c", "#e3c06a"),
                print=Paint(None, "#4a4a4a", "#333333"),
            ),
        ),
    ),
)

_ECONOMIC = Kind(
    key="economic",
    shape="area",
    made_by=(*OF_OBLASTS, "band", "drawn"),
    looks=Looks(
        Style("economic", "#a9c094", Hatch("vertical", "#48642f", 6, 1.5), "#33491f", 0.8),
        dark=Paint("#464434", "#c6c29f", "#d2ceab"),
        print=Paint("#d0d0d0", "#4a4a4a", "#333333"),
    ),
    rank=4,
    phrased=True,
    divides=True,
    own_name=True,
    variants=(
        Variant(
            "economic-over",
            _lies_over,
            Looks(
                # A quiet fill of its own: without one, its hatch and that of what it lies on cross
                Style("economic-over", "#a2c87e", Hatch("down", "#6c9048", 8, 1.1), "#4a6a2a", 1.3, (6, 3)),
                dark=Paint("#566330", "#a3b36c", "#d2ceab"),
                print=Paint("#e2e2e2", "#6a6a6a", "#333333"),
            ),
            settled=False,
            mentioned=False,
        ),
    ),
)

_WITHDRAWAL = Kind(
    key="withdrawal",
    shape="area",
    made_by=OF_OBLASTS,
    looks=Looks(
        Style("withdrawal", "#f4c3ac", Hatch("dots", "#b4532f", 5, 1.9), "#a0431f", 0.8),
        dark=Paint("#6e3522", "#f0a080", "#f0a585"),
        print=Paint("#b4b4b4", "#202020", "#333333", marks_px=(5.0, 2.3)),
    ),
    rank=6,
    phrased=True,
    divides=True,
    smallest_km2=5,
    variants=(
        Variant(
            "withdrawal-ukraine",
            _left_by_ukraine,
            Looks(
                Style("withdrawal-ukraine", "#c98d9a", Hatch("up", "#7a3a49", 6, 1.3), "#5c2b37", 0.8),
                dark=Paint("#806080", "#e6d6e6", "#faf5fa"),
                print=Paint("#c6c6c6", "#3a3a3a", "#2a2a2a"),
            ),
            named=True,
            rank=7,
        ),
    ),
)

_HELD = Kind(
    key="held",
    shape="area",
    made_by=OF_OBLASTS,
    looks=Looks(
        # The tint of all that is Russian-held, below the zones: no clause adds anything to it
        Style("held", "#eadbc6", None, "#7d6a4d", 0.8),
        dark=Paint("#493830", None, "#ab948a"),
        print=Paint("#cccccc", None, "#5c5c5c"),
    ),
    rank=9,
    phrased=True,
    divides=True,
    shows_control=True,
    minor=True,
)

_UNHELD = Kind(
    key="unheld",
    shape="area",
    made_by=OF_OBLASTS,
    looks=Looks(
        Style("unheld", "#f6f9fb", Hatch("vertical", "#a3b3bf", 7, 0.8), "#7f8f9b", 0.8),
        dark=Paint("#30353a", "#565c61", "#8b9096"),
        print=Paint("#fafafa", "#b8b8b8", "#777777"),
    ),
    rank=10,
    phrased=True,
    divides=True,
    minor=True,
    remainder=True,
    labelled=False,
    variants=(
        Variant(
            "unheld-recognised",
            _recognised,
            Looks(
                Style("unheld-recognised", "#ece5f4", Hatch("dots", "#8f76b8", 6, 1.6), "#6a5192", 0.8),
                dark=Paint("#332f42", "#75689a", "#b9a6e2"),
                print=Paint("#f4f4f4", "#8c8c8c", "#2e2e2e"),
            ),
            named=True,
            mentioned=False,  # it would be recognised with the rest
        ),
    ),
)

_PULLBACK = Kind(
    key="pullback",
    shape="area",
    made_by=("band",),
    looks=Looks(
        Style("pullback", None, None, "#4d483f", 1.3),
        dark=Paint(stroke="#cfc9bb"),
        print=Paint(stroke="#303030"),
    ),
    rank=8,
    phrased=True,
    nested=True,
    by_name=True,
)

_CONTESTED = Kind(
    key="contested",
    shape="area",
    made_by=("contested",),
    looks=Looks(
        Style("contested", None, Hatch("dots", "#26231e", 4, 1.3), "#26231e", 0.5, narrow=True),
        dark=Paint("#3c4146", "#e4dfd2", "#e4dfd2"),
        print=Paint(WHITE, BLACK, BLACK),
        light=Paint(fill="#e9e4d8"),  # it hides what is below: its dots need a background
    ),
    rank=14,
    on_every_map=True,
    shows_control=True,
    minor=True,
    by_name=True,
    draw_order=1,
)

_LINE = Kind(
    key="line",
    shape="line",
    made_by=("line",),
    looks=Looks(
        Style("line", None, None, "#161412", 3.0, (7, 4), WHITE, 5.0),
        dark=Paint(stroke="#faf7f0", halo=NIGHT),
        print=Paint(stroke=BLACK, halo=WHITE),
    ),
    rank=14,
    on_every_map=True,
    shows_control=True,
    pane="lines",
)

_SITE = Kind(
    key="site",
    shape="place",
    made_by=("point",),
    looks=Looks(
        Style("site", "#161412", None, WHITE, 1.5, radius_px=4.5),
        dark=Paint("#faf7f0", None, NIGHT),
        print=Paint(BLACK, None, WHITE),
    ),
    rank=11,
    by_name=True,
    pane="sites",
    variants=(
        Variant(
            "site-plant",
            _nuclear_plant,
            Looks(
                Style("site-plant", "#161412", None, WHITE, 2.5, radius_px=8),
                dark=Paint("#faf7f0", None, NIGHT),
                print=Paint(BLACK, None, WHITE),
            ),
        ),
        Variant(
            "site-port",
            _port,
            Looks(
                Style("site-port", "#161412", None, WHITE, 1.5, radius_px=4.5),
                dark=Paint("#faf7f0", None, NIGHT),
                print=Paint(BLACK, None, WHITE),
            ),
        ),
    ),
)

_RIVER = Kind(
    key="river",
    shape="line",
    made_by=("river",),
    looks=Looks(
        Style("river", None, None, "#6c9fbd", 2.2, (), WHITE, 3.6),
        dark=Paint(stroke="#7aa9c2", halo=NIGHT),
        print=Paint(stroke="#6e6e6e", halo=WHITE),
    ),
    rank=12,
    by_name=True,
    in_images=False,
    pane="lines",
)

_COUNTRY = Kind(
    key="country",
    shape="area",
    made_by=("country",),
    looks=Looks(
        Style("country", None, Hatch("up", "#8f897c", 10, 0.8), "#6f6a5e", 1.2, (5, 4)),
        dark=Paint(None, "#7d8287", "#9a9fa4"),
        print=Paint(None, "#8a8a8a", "#5c5c5c"),
    ),
    rank=13,
    abroad=True,
    by_name=True,
    in_images=False,
)

KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        _RECOGNITION, _FREEZE, _BUFFER, _ECONOMIC, _WITHDRAWAL, _HELD, _UNHELD, _PULLBACK, _CONTESTED, _LINE, _SITE,
        _RIVER, _COUNTRY,
    )
}  # fmt: skip


def _filled(looks: Looks, kind: Looks) -> Looks:
    """Looks with the fill of their kind where they have none of their own."""
    if looks.style.fill:
        return looks
    return Looks(
        replace(looks.style, fill=kind.style.fill),
        dark=replace(looks.dark, fill=kind.dark.fill),
        print=replace(looks.print, fill=kind.print.fill),
    )


# What is grouped on a map of differences, as there is no room for a name.
OTHER = Looks(
    Style("other", "#dcd7cd", Hatch("dots", "#5f5a51", 6, 1.5), "#5f5a51", 0.8),
    dark=Paint("#4d5359", "#b9bec2", "#b9bec2"),
    print=Paint("#e4e4e4", "#4a4a4a", "#3a3a3a"),
)
_LOOKS = {
    looks.style.key: _filled(looks, kind.looks)
    for kind in KINDS.values()
    if kind.has_area and not (kind.nested or kind.is_contested)
    for looks in (kind.looks, *(variant.looks for variant in kind.variants if variant.looks))
} | {OTHER.style.key: OTHER}
# The hatch of Russian-held ground on a map of differences, where no fill tells it.
_TAKEN = Looks(
    Style("taken", None, Hatch("down", "#7d5a3c", 5, 1.8)),
    dark=Paint(hatch="#d8b7a3"),
    print=Paint(hatch="#3a3a3a"),
)

# What a map of the difference between two editions draws; no proposal has it.
CHANGE = Kind(key="change", shape="area", made_by=(), looks=_UNHELD.looks, rank=1)

LEFT_ALONE = "unheld"  # the key of territory in no zone: nothing is proposed and Russia does not hold it
LAST_IN_ALT_RANK = 8  # what ranks higher is left out of alternative texts where there is anything up to here
LAST_IN_CAPTION_RANK = 10  # the same for captions


def kind_of(zone: Properties) -> Kind:
    """The kind of a zone, from its properties. Raises KeyError for one that is not in the table."""
    return CHANGE if zone["kind"] == CHANGE.key else KINDS[zone["kind"]]


def word_key(zone: Properties) -> str:
    """The key of the variant that a zone is, or of its kind. Raises KeyError as ``kind_of`` does."""
    variant = kind_of(zone).variant(zone)
    return variant.key if variant else str(zone["kind"])


def looks_of(zone: Properties) -> Looks:
    """How a zone looks: as its kind, or as a variant that looks otherwise. Raises KeyError as ``kind_of`` does."""
    kind = kind_of(zone)
    if kind is CHANGE:
        return changed_looks(zone["left_style"], zone["right_style"])
    variant = kind.variant(zone)
    return variant.looks if variant and variant.looks else kind.looks


@lru_cache(maxsize=1024)
def changed_looks(left: str, right: str) -> Looks:
    """Return how territory looks that changes: the ground and outline of what it was, the hatch of what it becomes.

    Parameters
    ----------
    left, right
        Keys of styles.

    Raises
    ------
    KeyError
        If no kind has such a style.
    """
    was, becomes = _LOOKS[left], _LOOKS[right]
    marks = _TAKEN if left.startswith(_UNHELD.key) and right == _HELD.key else becomes
    return Looks(
        replace(was.style, key=f"{left}-to-{right}", hatch=marks.style.hatch, dash_px=()),
        dark=replace(was.dark, hatch=marks.dark.hatch),
        print=replace(was.print, hatch=marks.print.hatch, marks_px=marks.print.marks_px),
    )


def all_changed_looks() -> Iterator[Looks]:
    """How territory looks from and to whatever it changes."""
    return (changed_looks(left, right) for left, right in product(_LOOKS, repeat=2))


def ids_by_style(zones: Iterable[Properties]) -> dict[Style, list[str]]:
    """The ids of zones by what they look like on a light page. Raises KeyError as ``kind_of`` does."""
    found: dict[Style, list[str]] = {}
    for zone in zones:
        found.setdefault(looks_of(zone).style, []).append(zone["id"])
    return found


def variant_looks() -> tuple[Looks, ...]:
    """How the variants look that look otherwise than their kind, in the order of the table."""
    return tuple(variant.looks for kind in KINDS.values() for variant in kind.variants if variant.looks)


def made_by(derivation: str) -> frozenset[str]:
    """The kinds of zones that a derivation may make."""
    return frozenset(kind.key for kind in KINDS.values() if derivation in kind.made_by)
