"""One self-contained page: each report with its claims underlined and, beside it, the claims as a list.

The page loads nothing and runs nothing but its own script, which its security policy names by hash; every word that
comes from a report is escaped. Without the script it is still whole: the list says all, the numbers lead to and fro.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from functools import cache, partial
from html import escape
from pathlib import Path
from typing import Final

from saksi.records import Claim, Reading, Report, Wording
from saksi.views import words
from saksi.views.marks import LANES, Piece, lanes, pieces
from saksi.views.view import View

_TITLE: Final = "What the reports claim"
_CLOSED: Final = "</main>\n<script>{script}</script>\n</body>\n</html>\n"
_HEAD: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Saksi">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<header class="masthead">
<p class="name">Saksi</p>
<h1>{title}</h1>
<p class="lead">Every claim is somebody’s. Point at one, or move through them with <kbd>Tab</kbd> or <kbd>j</kbd> and
<kbd>k</kbd>, to see its parts in the text; <kbd>Enter</kbd> keeps it lit, <kbd>Esc</kbd> lets go.</p>
<ul class="legend" aria-label="Kinds of claim">{legend}</ul>
</header>
<main>
"""


@cache
def _file(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


@cache
def _style() -> str:
    underlines = (f".u{lane}-{kind}{{--u{lane}:var(--line-{kind})}}" for lane in range(LANES) for kind in words.KINDS)
    signs = (f".k-{kind}{{--kind:var(--{kind})}}" for kind in words.KINDS)
    return "\n" + _file("page.css") + "\n".join((*underlines, *signs)) + "\n"


def _hash(content: str) -> str:
    return base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def _policy() -> str:
    return (f"default-src 'none'; style-src 'sha256-{_hash(_style())}'; script-src 'sha256-{_hash(_file('page.js'))}'; "
            "base-uri 'none'; form-action 'none'")


def _head() -> str:
    legend = "".join(f'<li class="k-{kind}"><span class="sign" aria-hidden="true">{words.SIGNS[kind]}</span>'
                     f'<span class="line">{name}</span></li>' for kind, name in words.KINDS.items())
    return _HEAD.format(policy=_policy(), title=_TITLE, style=_style(), legend=legend)


def _safe(text: str) -> str:
    return escape(words.clean(text), quote=True)


def _own(text: str) -> str:
    """Words of the report inside the page's own English, each in its own direction."""
    return f'<bdi dir="auto">{_safe(text)}</bdi>'


def _said(text: str) -> str:
    """The page's own English about a claim; what it takes from the report is isolated in it already."""
    return f'<bdi dir="ltr">{_safe(text)}</bdi>'


def _direction(report: Report, language: str | None) -> str:
    code = f' lang="{_safe(language)}"' if language else ""
    return f'dir="{"rtl" if words.is_right_to_left(report.text) else "ltr"}"{code}'


def _mark(claim: Claim, number: int, key: str) -> str:
    kind = words.KINDS.get(claim.kind, claim.kind)
    return (f'<a class="mark k-{_safe(claim.kind)}" id="{key}-mark-{number}" href="#{key}-claim-{number}" '
            f'data-claim="{number}" aria-label="Claim {number}: {_safe(kind)}, {_safe(claim.type)}">'
            f'{words.SIGNS.get(claim.kind, "·")}{number}</a>')


def _piece(text: str, piece: Piece, claims: tuple[Claim, ...], lane: dict[int, int], key: str) -> str:
    before = "".join(_mark(claims[number - 1], number, key) for number in piece.begins)
    shown = _safe(text[piece.start:piece.end])
    if not piece.claims and not piece.parts:
        return before + shown
    lines = {lane[number]: claims[number - 1].kind for number in piece.claims}
    kinds = "".join(f" u{index}-{_safe(kind)}" for index, kind in sorted(lines.items()))
    covering = " ".join(map(str, piece.claims))
    roles = ";".join(f"{number}:{label}" for number, label in piece.parts)
    return f'{before}<span class="s{kinds}" data-claims="{covering}" data-parts="{_safe(roles)}">{shown}</span>'


def _text(reading: Reading, key: str) -> str:
    report, claims = reading.report, reading.claims
    lane = lanes(claims)
    marked = "".join(_piece(report.text, piece, claims, lane, key) for piece in pieces(report.text, claims))
    return f'<div class="text" {_direction(report, reading.language)}>{marked}</div>'


def _wording(wording: Wording) -> str:
    about = f" about {_own(wording.about)}" if wording.about else ""
    return f"{_own(wording.exact)} ({_safe(wording.why or 'loaded')}{about})"


def _facts(claim: Claim, outlet: str | None) -> Iterable[tuple[str, str]]:
    """What the claim says, as (label, HTML), empty ones too."""
    for role, spans in claim.cast():
        yield words.ROLES[role], "; ".join(_said(words.party(span)) for span in spans)
    yield "when", _said(said) if (said := words.when(claim.time)) else ""
    yield "how many", "; ".join(_said(words.how_many(count)) for count in claim.counts)
    yield "says who", _said(words.says(claim, outlet))
    yield "put as", _safe(words.certainty(claim))
    yield "loaded wording", "; ".join(map(_wording, claim.loaded))


def _why(claim: Claim) -> str:
    reasons = "".join(f"<li>{_own(reason)}</li>" for reason in claim.why)
    return f"<details><summary>Why (sure {claim.confidence:.2f})</summary><ul>{reasons}</ul></details>"


def _claim(claim: Claim, number: int, reading: Reading, key: str, *, explain: bool) -> str:
    facts = "".join(f"<dt>{label}</dt><dd>{value}</dd>"
                    for label, value in _facts(claim, reading.report.outlet) if value)
    kind = words.KINDS.get(claim.kind, claim.kind)
    lang = f' lang="{_safe(reading.language)}"' if reading.language else ""
    return (f'<li class="claim k-{_safe(claim.kind)}" id="{key}-claim-{number}" data-claim="{number}">'
            f'<h3><a href="#{key}-mark-{number}" data-claim="{number}">'
            f'<span class="sign">{words.SIGNS.get(claim.kind, "·")}{number}</span> {_safe(kind)} '
            f'<span class="type">{_safe(claim.type)}</span></a></h3>'
            f'<blockquote dir="auto"{lang}>{_safe(claim.quote.exact)}</blockquote><dl>{facts}</dl>'
            f"{_why(claim) if explain else ''}</li>\n")


def _link(report: Report) -> str:
    if not report.url:
        return ""
    shown = _own(report.url)
    if not report.url.lower().startswith(("http://", "https://")):
        return f'<p class="source">{shown}</p>'
    return f'<p class="source"><a href="{_safe(report.url)}" rel="noreferrer noopener">{shown}</a></p>'


def _article(reading: Reading, number: int, *, explain: bool) -> str:
    key = f"r{number}"
    report = reading.report
    claims = "".join(_claim(claim, index, reading, key, explain=explain)
                     for index, claim in enumerate(reading.claims, 1))
    notes = "".join(f"<p class=\"note\">{_own(note)}</p>" for note in reading.notes)
    listed = f'<ol class="claims">{claims}</ol>' if claims else '<p class="note">No claim was found.</p>'
    return (f'<article class="report" id="{key}" aria-labelledby="{key}-title">\n<header>'
            f'<h2 id="{key}-title" dir="auto">{_safe(report.title or report.id or f"Report {number}")}</h2>'
            f'<p class="particulars">{_safe(words.particulars(reading))}</p>{_link(report)}{notes}'
            f'<p class="hash" title="SHA-256 of the text">sha256 {report.sha256}</p></header>\n'
            f'<div class="spread">{_text(reading, key)}\n'
            f'<aside aria-label="Claims">{listed}</aside></div>\n</article>\n')


def page(explain: bool = False) -> View:
    """The view: one page for the whole run, an article for each report."""
    return View(each=partial(_article, explain=explain), head=_head(), tail=_CLOSED.format(script=_file("page.js")))
