"""Words that say what a date is the date of: of the map, of an edit, or of the beginning of something."""

import re

from layers.readers.document import plain_name

NAMES = frozenset({"name", "folder", "title", "label", "layer"})
REMARKS = frozenset({
    "description", "desc", "descr", "comment", "comments", "note", "notes", "remark", "remarks",
    "опис", "примітка", "примітки", "коментар", "описание", "примечание", "комментарий", "備註", "备注", "說明", "说明",
})  # fmt: skip
OF_THE_MAP = frozenset({
    "date", "day", "asof", "asofdate", "mapdate", "mapday", "dateofmap", "datadate", "reportdate", "statusdate",
    "edition", "editiondate", "snapshot", "snapshotdate", "stand", "stichtag", "datum", "fecha", "data", "when",
    "begin",
    "дата", "день", "датакарти", "станом", "станомна", "насостояние", "датакарты",
    "日期", "日", "截至", "地圖日期", "地图日期",
})  # fmt: skip
TIMES = re.compile(
    r"date|time|day|stamp|epoch|updat|edit|creat|modif|as.?of|when|begin|end|start|дата|час|время|день|日期|时间|時間|^ts?$",
    re.IGNORECASE,
)
EDITING = re.compile(
    r"creat|edit(?!ion)|modif|chang|last|updated?.?(at|on|by|time|date)|captur|since|seiz|taken|liberat|occup|upload|insert"
    r"|added|enter|digiti|survey|record|regist|verif|check|review|imag|acqui|start|from|until|till|(?<![a-z])end|valid|date.?to"
    r"|створ|змін|редаг|захоп|окуп|звільн|почат|внес|созда|измен|правк|захват|оккуп|освоб"
    r"|创建|創建|建立|编辑|編輯|修改|佔領|占领|拍攝|拍摄",
    re.IGNORECASE,
)
SINCE = re.compile(
    r"(?:\b|_)(since|from|after|before|until|till|to|annexed|captured|seized|created|exported|downloaded|printed|seit|ab|bis"
    r"|з|із|зі|від|після|до|по|анексован\w*|захоплен\w*|створено|завантажено|с|со|от|после|создано)[\W_]*$"
    r"|[自從从至]\s*$",
    re.IGNORECASE,
)
SINCE_AFTER = re.compile(r"\s*(起|以来|以來|之后|之後|onwards?\b)", re.IGNORECASE)
DIFFERENCE = re.compile(
    r"(?:\b|_)(diff|difference|changes?|delta|різниця|зміни|изменения|разница)(?:\b|_)|差異|差异|變化|变化",
    re.IGNORECASE,
)


def is_of_the_map(column: str) -> bool:
    """Return whether a column of dates has the date of the map."""
    return plain_name(column) in OF_THE_MAP


def is_of_editing(column: str) -> bool:
    """Return whether a column of dates has the date when a feature was drawn, edited or captured."""
    return EDITING.search(column) is not None and not is_of_the_map(column)


def says_time(column: str) -> bool:
    """Whether numbers in a column may count seconds."""
    return TIMES.search(column) is not None


def after_since(before: str, after: str) -> bool:
    """Return whether a date in a text is one on which something began or ended, such as "since 24 February".

    Parameters
    ----------
    before
        The text before the date.
    after
        The text after it.
    """
    return SINCE.search(before[-40:]) is not None or SINCE_AFTER.match(after) is not None


def is_difference(text: str) -> bool:
    """Whether a name is that of a map of changes."""
    return DIFFERENCE.search(text) is not None
