"""The page: whole, self-contained, and safe whatever a report holds."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html as parser
from tests.needed import missing
from tests.samples import ENGLISH, arabic, english, hostile

from saksi.records import Reading
from saksi.views.html import page
from saksi.views.view import pieces


def made(*readings: Reading, explain: bool = False) -> str:
    view = page(explain)
    return "".join(pieces(view, (view.each(reading, number) for number, reading in enumerate(readings, 1))))


def parsed(*readings: Reading) -> parser.HtmlElement:
    return parser.document_fromstring(made(*readings))


def test_the_text_is_there_character_for_character() -> None:
    (text,) = parsed(english()).xpath('//div[@class="text"]')
    for mark in text.xpath('.//a[contains(@class, "mark")]'):
        mark.drop_tree()
    assert text.text_content() == ENGLISH


def test_claims_are_marked_by_kind_with_a_sign_and_a_label() -> None:
    document = parsed(english())
    marks = document.xpath('//a[contains(@class, "mark")]')
    assert [mark.text for mark in marks] == ["●1", "●2", "◷3"]
    assert marks[2].get("aria-label") == "Claim 3: Forecast, forecast.event"
    for mark in marks:
        (entry,) = document.xpath(f'//li[@id="{mark.get("href")[1:]}"]')
        (back,) = entry.xpath(".//h3/a")
        assert back.get("href") == f"#{mark.get('id')}"


def test_overlapping_claims_and_parts() -> None:
    segments = parsed(english()).xpath('//span[starts-with(@class, "s ") or @class="s"]')
    by_text = {segment.text: segment for segment in segments}
    rebels = by_text["Rebels"]
    assert rebels.get("data-claims") == "2 1"
    assert rebels.get("data-parts") == "1:loaded;1:who;2:who"
    assert "u0-event" in rebels.get("class")
    assert "u1-event" in rebels.get("class")
    assert "2:how many" in by_text["12 to 15"].get("data-parts")
    assert by_text["SANA"].get("data-claims") == ""


def test_ids_are_unique_though_a_report_comes_twice() -> None:
    ids = parsed(english(), english(), arabic()).xpath("//@id")
    assert len(ids) == len(set(ids))


def test_direction_and_language_are_those_of_the_report() -> None:
    texts = parsed(english(), arabic()).xpath('//div[@class="text"]')
    assert [(text.get("dir"), text.get("lang")) for text in texts] == [("ltr", "en"), ("rtl", "ar")]


def test_reasons_on_request() -> None:
    assert "trigger:en/attack.shelling" not in made(english())
    assert "trigger:en/attack.shelling" in made(english(), explain=True)


def test_nothing_from_a_report_becomes_markup() -> None:
    document = parsed(hostile())
    assert len(document.xpath("//script")) == 1
    assert not document.xpath("//img")
    assert not [name for name in document.xpath("//@*") if getattr(name, "attrname", "").startswith("on")]
    assert not document.xpath('//a[starts-with(@href, "javascript")]')
    assert "<img src=x" in document.xpath('//div[@class="text"]')[0].text_content()
    assert "\x00" not in made(hostile())


def test_it_loads_nothing_and_its_policy_names_its_own_script_and_style() -> None:
    source = made(english())
    document = parser.document_fromstring(source)
    assert not document.xpath("//link | //img | //iframe | //script[@src] | //*[@style] | //base")
    assert "url(" not in document.xpath("//style")[0].text
    (policy,) = document.xpath('//meta[@http-equiv="Content-Security-Policy"]/@content')
    for tag in ("style", "script"):
        content = re.search(f"<{tag}>(.*?)</{tag}>", source, re.DOTALL)
        assert content is not None
        digest = base64.b64encode(hashlib.sha256(content[1].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")


@pytest.fixture
def browser_page(tmp_path: Path) -> Iterator[Any]:
    """A page of Chromium that shows the readings."""
    chromium = Path("/usr/bin/chromium")
    if not chromium.exists():
        missing("no /usr/bin/chromium: the page was not tried in a real browser")
    from playwright.sync_api import sync_playwright

    path = tmp_path / "page.html"
    path.write_text(made(english(), arabic(), hostile(), explain=True), encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(chromium),
            args=["--no-sandbox", "--enable-unsafe-swiftshader", "--disable-background-networking", "--disable-sync"])
        shown = browser.new_page(viewport={"width": 1200, "height": 900})
        said: list[str] = []
        shown.on("console", lambda message: said.append(message.text))
        shown.on("pageerror", lambda error: said.append(str(error)))
        shown.on("dialog", lambda dialog: said.append("dialog"))
        shown.goto(path.as_uri())
        yield shown
        assert said == []
        browser.close()


@pytest.mark.browser
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_in_a_browser(browser_page: Any) -> None:
    shown = browser_page
    lit = "[...document.querySelectorAll('#r1 .lit')].map((e) => e.textContent)"
    evaluate = shown.evaluate
    assert evaluate(lit) == []
    shown.hover("text=12 to 15 >> nth=0")
    assert "12 to 15" in evaluate(lit)
    assert evaluate("document.querySelector('#r1 .lit[data-label=\"how many\"]').textContent") == "12 to 15"
    assert evaluate("document.querySelector('#r1 li.on').dataset.claim") == "2"
    shown.mouse.move(5, 5)
    assert evaluate(lit) == []
    for key, claim in (("j", "1"), ("j", "2"), ("k", "1"), ("Tab", "2")):
        shown.keyboard.press(key)
        assert evaluate("document.querySelector('#r1 li.on').dataset.claim") == claim
    shown.keyboard.press("Escape")
    assert evaluate(lit) == []
    assert evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
