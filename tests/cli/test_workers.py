"""Several processes give what one gives, in the same order."""

from __future__ import annotations

import pickle

from tests.samples import FakeReader

from saksi.cli import workers
from saksi.cli.workers import Own, Rendered, read_all
from saksi.errors import InputError
from saksi.records import Reading, Report
from saksi.sources import Problem


def rendered(reading: Reading, number: int) -> str:
    return f"{number}:{reading.report.id}:{len(reading.claims)}:{'|'.join(reading.notes)}"


def items() -> list[Report | Problem]:
    warning = Problem(InputError("look out", where="b"), "warning")
    broken = Problem(InputError("not JSON", where="x:3", mend="Mend it."))
    many = [Report("Rebels shelled the camp. " * 3, id=str(n), language="en") for n in range(150)]
    return [Report("a", id="a", language="en"), warning, Report("b", id="b", language="en"), broken, *many]


def texts(outcomes: object) -> list[str]:
    return [item.made if isinstance(item, Rendered) else str(item) for item in outcomes]  # type: ignore[attr-defined]


def test_in_one_process(monkeypatch: object) -> None:
    monkeypatch.setattr(workers, "reader", lambda own: FakeReader())  # type: ignore[attr-defined]
    found = texts(read_all(items(), Own(), rendered))
    assert found[:4] == ["1:a:0:", "warning: b: look out. [E20]", "2:b:0:look out",
                         "error: x:3: not JSON. Mend it. [E20]"]
    assert found[4].startswith("3:0:3:")
    assert len(found) == 154


def test_problems_travel_between_processes() -> None:
    problem = Problem(InputError("a", where="b", mend="c."), "warning")
    assert str(pickle.loads(pickle.dumps(problem))) == str(problem) == "warning: b: a. c. [E20]"


def test_nothing_is_read_before_it_is_asked_for(monkeypatch: object) -> None:
    monkeypatch.setattr(workers, "reader", lambda own: FakeReader())  # type: ignore[attr-defined]
    taken = []

    def source() -> object:
        for n in range(5):
            taken.append(n)
            yield Report("shelled", id=str(n))

    outcomes = read_all(source(), Own(), rendered)  # type: ignore[arg-type]
    next(iter(outcomes))
    assert taken == [0]
