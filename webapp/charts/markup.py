"""What matplotlib writes, made fit to stand in a page: no style sheet, no ids that clash, short numbers."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

SVG = "http://www.w3.org/2000/svg"
HREF = "{http://www.w3.org/1999/xlink}href"
LEFT_OUT = ("metadata", "style")  # its stylesheet applies to every element of a page
INHERITED = ("font-family", "font")  # said once, at the root of what the chart stands in
_NUMBER = re.compile(r"-?\d+\.\d+")


def inner_markup(document: str, prefix: str) -> str:
    """Return the drawing inside an SVG document of matplotlib, its ids made unique on a page.

    Parameters
    ----------
    document
        SVG document as matplotlib writes it.
    prefix
        Put in front of each id.
    """
    root = ElementTree.fromstring(document)
    for element in list(root.iter()):
        for child in [child for child in element if _name(child) in LEFT_OUT]:
            element.remove(child)
    names = _renamed(root, prefix)
    for element in root.iter():
        _tidy(element, names)
    _unwrap(root)
    return "".join(_serialised(child) for child in root)


def _renamed(root: Element, prefix: str) -> dict[str, str]:
    """New ids, by the old, of what something refers to."""
    used = dict.fromkeys(element.attrib[HREF][1:] for element in root.iter() if HREF in element.attrib)
    return {old: f"{prefix}-{place}" for place, old in enumerate(used)}


def _tidy(element: Element, names: dict[str, str]) -> None:
    attributes = element.attrib
    styles = dict(_declarations(attributes.pop("style", "")))
    attributes.update({name: value for name, value in styles.items() if name not in INHERITED})
    if attributes.get("transform", "").startswith("rotate(-0"):
        del attributes["transform"]
    if "id" in attributes:
        known = names.get(attributes.pop("id"))
        attributes.update({"id": known} if known else {})
    if HREF in attributes:
        attributes["href"] = f"#{names[attributes.pop(HREF)[1:]]}"
    for name in ("d", "x", "y"):
        if name in attributes:
            attributes[name] = _short(attributes[name])
    if _name(element) != "text":
        element.text = None
    element.tail = None


def _declarations(style: str) -> Iterator[tuple[str, str]]:
    for declaration in filter(None, style.split(";")):
        name, _, value = declaration.partition(":")
        yield name.strip(), value.strip()


def _short(numbers: str) -> str:
    """Numbers to a hundredth of a pixel, with single spaces between them."""
    rounded = _NUMBER.sub(lambda found: f"{float(found[0]):.2f}".rstrip("0").rstrip("."), numbers)
    return re.sub(r"\s*([A-Za-z])\s*", r"\1", " ".join(rounded.split()))


def _unwrap(element: Element) -> None:
    """Take groups away that say nothing about what is in them."""
    for child in element:
        _unwrap(child)
    flat = [kept for child in element for kept in (child if _name(child) == "g" and not child.attrib else [child])]
    element[:] = [child for child in flat if len(child) or child.attrib]


def _serialised(element: Element) -> str:
    for part in element.iter():
        part.tag = _name(part)
    return ElementTree.tostring(element, encoding="unicode")


def _name(element: Element) -> str:
    return element.tag.removeprefix(f"{{{SVG}}}")
