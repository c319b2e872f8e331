"""Web pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from saksi.records import Report
from saksi.sources import Limits, Problem, open_reports

BODY = "".join(f"<p>Повстанцы обстреляли лагерь Хандарат к северу от Алеппо, сообщил военный источник номер {n}.</p>"
               for n in range(6))
PAGE = f"""<!doctype html><html lang="ru"><head><title>Лагерь</title><meta charset="CHARSET">
<meta property="og:site_name" content="Утренняя газета"><meta property="article:published_time" content="2016-10-02">
<meta property="og:title" content="Бои за лагерь"></head>
<body><nav><a href="/">Главная</a></nav><article><h1>Бои за лагерь</h1>{BODY}</article>
<footer>© 2016</footer></body></html>"""


def read(tmp_path: Path, data: bytes, name: str = "a.html", **options: object) -> list[Report | Problem]:
    path = tmp_path / name
    path.write_bytes(data)
    return list(open_reports([path], **options))  # type: ignore[arg-type]


@pytest.mark.parametrize("charset", ["utf-8", "windows-1251", "koi8-r"])
def test_main_text_and_what_the_page_says_of_itself(tmp_path: Path, charset: str) -> None:
    (report,) = read(tmp_path, PAGE.replace("CHARSET", charset).encode(charset, "replace"))
    assert isinstance(report, Report)
    assert "обстреляли лагерь Хандарат" in report.text
    assert "Главная" not in report.text
    assert (report.title, report.outlet, report.published) == ("Бои за лагерь", "Утренняя газета", "2016-10-02")


def test_pages_are_known_by_their_first_bytes(tmp_path: Path) -> None:
    (report,) = read(tmp_path, PAGE.replace("CHARSET", "utf-8").encode(), name="page")
    assert isinstance(report, Report)
    assert report.text.startswith("Повстанцы") or report.text.startswith("Бои")


def test_a_page_without_a_date_gets_none(tmp_path: Path) -> None:
    page = PAGE.replace("CHARSET", "utf-8").replace('content="2016-10-02"', 'content=""').replace("© 2016", "")
    (report,) = read(tmp_path, page.encode())
    assert isinstance(report, Report)
    assert report.published is None


def test_a_wrong_charset_is_said_and_can_be_named(tmp_path: Path) -> None:
    data = PAGE.replace("CHARSET", "utf-8").encode("windows-1251", "replace")
    (bad,) = read(tmp_path, data)
    assert isinstance(bad, Problem)
    assert "is not utf-8, as it says it is" in str(bad.error)
    (report,) = read(tmp_path, data, encoding="windows-1251")
    assert isinstance(report, Report)
    assert "Хандарат" in report.text


def test_one_broken_byte_is_a_warning(tmp_path: Path) -> None:
    data = PAGE.replace("CHARSET", "utf-8").encode().replace("номер 3".encode(), b"\xff 3")
    warning, report = read(tmp_path, data)
    assert isinstance(warning, Problem)
    assert warning.severity == "warning"
    assert isinstance(report, Report)
    assert "\ufffd" in report.text


@pytest.mark.parametrize("markup", [
    b"<html><head><title>x</title></head><body><div><div></div></div><script>var a = 1</script></body></html>",
    b"<!doctype html><html><body>" + b"<div>" * 3000 + b"</body></html>", b"<html",
])
def test_a_page_that_is_all_markup(tmp_path: Path, markup: bytes) -> None:
    (bad,) = read(tmp_path, markup)
    assert isinstance(bad, Problem)
    assert "without a readable text" in str(bad.error)


def test_unknown_charset_empty_and_too_long(tmp_path: Path) -> None:
    (bad,) = read(tmp_path, b'<html><meta charset="klingon">')
    assert "unknown charset 'klingon'" in str(bad)
    (bad,) = read(tmp_path, b"  ")
    assert "no text" in str(bad)
    (bad,) = read(tmp_path, b"<html>" + b"x" * 1000, limits=Limits(characters=100))
    assert "more than 100 characters" in str(bad)
