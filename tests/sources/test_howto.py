"""The commands of docs/how-to/sources.md that fetch something, which test_docs does not run."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import ROOT, Ran
from tests.sources.test_pdf import pdf
from tests.sources.web import OTHER, Internet, encrypted, page, serving

PAGE = ROOT / "docs" / "how-to" / "sources.md"
COMMANDS = re.findall(r"^saksi (add .*)$", "".join(re.findall(r"^```text\n(.*?)^```$", PAGE.read_text(encoding="utf-8"),
                                                             re.MULTILINE | re.DOTALL)), re.MULTILINE)
FEED = """<rss version="2.0"><channel><title>News</title>
<item><title>Convoy</title><link>https://news.example/2016/convoy.html</link></item>
<item><title>Mill</title><link>/2016/mill.html</link></item></channel></rss>"""


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_that_fetch_work(command: str, tmp_path: Path, internet: Internet, saksi: Callable[..., Ran],
                                  monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "root.pem"))
    monkeypatch.chdir(ROOT)
    with serving(encrypted(tmp_path, "news.example")) as site:
        internet.host("news.example", site, OTHER)
        for name in ("convoy", "mill"):
            site.put(f"/2016/{name}.html", page(name))
        site.put("/2016/leaflet.pdf", pdf("Rebels shelled the mill."), kind="application/pdf")
        site.put("/feed.xml", FEED, kind="application/rss+xml")
        ran = saksi(*shlex.split(command), "--ledger", tmp_path / "ledger")
    assert ran.status == 0, ran.err
    assert "2 reports added" in ran.out


def test_there_are_such_commands() -> None:
    assert len(COMMANDS) >= 3
