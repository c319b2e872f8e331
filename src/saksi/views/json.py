"""Readings as JSON: one a line, or one indented list."""

from __future__ import annotations

import orjson

from saksi.records import Reading, to_jsonl
from saksi.views.view import View


def _line(reading: Reading, _number: int) -> str:
    return b"".join(to_jsonl([reading])).decode()


def _block(reading: Reading, _number: int) -> str:
    return orjson.dumps(reading.as_dict(), option=orjson.OPT_INDENT_2).decode()


LINES = View(each=_line)
LIST = View(each=_block, head="[\n", between=",\n", tail="\n]\n")
