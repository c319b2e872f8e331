"""PDF files."""

from __future__ import annotations

from pathlib import Path

from saksi.records import Report
from saksi.sources import Limits, Problem, open_reports


def pdf(*pages: str) -> bytes:
    """A small PDF with one line of Latin text on each page."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = ["<< /Type /Catalog /Pages 2 0 R >>",
               f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>",
               "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    for number, text in enumerate(pages):
        stream = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET"
        page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * number} 0 R"
        objects += [f"{page} /Resources << /Font << /F1 3 0 R >> >> >>",
                    f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream"]
    out = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    return out + (f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} "
                  f"/Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n").encode()


def read(tmp_path: Path, data: bytes, **options: object) -> list[Report | Problem]:
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    return list(open_reports([path], **options))  # type: ignore[arg-type]


def test_the_text_of_all_pages(tmp_path: Path) -> None:
    (report,) = read(tmp_path, pdf("Rebels shelled the camp.", "A source said so."))
    assert isinstance(report, Report)
    assert report.text == "Rebels shelled the camp.\n\nA source said so."


def test_what_is_wrong_with_a_pdf_is_said(tmp_path: Path) -> None:
    (broken,) = read(tmp_path, b"%PDF-1.4 and then nothing")
    assert "no sound PDF" in str(broken)
    (blank,) = read(tmp_path, pdf("", ""))
    assert "only pictures" in str(blank)
    (long,) = read(tmp_path, pdf("x" * 50, "y" * 60), limits=Limits(characters=100))
    assert "more than 100 characters" in str(long)


def test_arabic_is_flagged(tmp_path: Path, monkeypatch: object) -> None:
    from saksi.sources import pdf as module

    monkeypatch.setattr(module, "_pages", lambda *_: ["قصف المسلحون المخيم"])  # type: ignore[attr-defined]
    warning, report = read(tmp_path, pdf("x"))
    assert isinstance(warning, Problem)
    assert warning.severity == "warning"
    assert "Arabic from a PDF" in str(warning)
    assert isinstance(report, Report)
