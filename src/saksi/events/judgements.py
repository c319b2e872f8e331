"""What people have said of two claims: that they are about one happening, about two, or that it is not sure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, get_args

from saksi.errors import RecordError

Verdict = Literal["same", "different", "unsure"]
VERDICTS: Final[frozenset[str]] = frozenset(get_args(Verdict))


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's word on two claims, in whichever reports they stand.

    *same* puts their events together, *different* keeps the claims apart, *unsure* binds nothing and is shown. Raises
    RecordError for another verdict, or a claim held against itself."""

    one: str
    other: str
    verdict: str

    def __post_init__(self) -> None:
        if self.verdict not in VERDICTS:
            raise RecordError(f"{self.verdict!r} is no judgement of two claims",
                              mend=f"One of: {', '.join(sorted(VERDICTS))}.")
        if self.one == self.other:
            raise RecordError(f"claim {self.one} cannot be judged against itself", mend="Name two claims.")


class Judged:
    """Judgements taken together. Claims that are the same as one another are different from the same others; where
    somebody has said both, *same* holds."""

    def __init__(self, judgements: Iterable[Judgement] = ()) -> None:
        listed = sorted(set(judgements), key=lambda item: (item.one, item.other, item.verdict))
        self._owner: dict[str, str] = {}
        for item in listed:
            if item.verdict == "same":
                first, second = sorted((self.alike(item.one), self.alike(item.other)))
                self._owner[second] = first
        self.same = [(item.one, item.other) for item in listed if item.verdict == "same"]
        self.unsure = [(item.one, item.other) for item in listed if item.verdict == "unsure"]
        self._apart: dict[str, set[str]] = {}
        for item in listed:
            one, other = self.alike(item.one), self.alike(item.other)
            if item.verdict == "different" and one != other:
                self._apart.setdefault(one, set()).add(other)
                self._apart.setdefault(other, set()).add(one)
        self.any = bool(listed)
        self.claims = frozenset(claim for item in listed for claim in (item.one, item.other))
        self._alike: dict[str, list[str]] = {}
        for claim in sorted(self.claims):
            self._alike.setdefault(self.alike(claim), []).append(claim)

    def alike(self, claim: str) -> str:
        """The claim that stands for all that are judged the same as this one."""
        while (owner := self._owner.get(claim, claim)) != claim:
            claim = owner
        return claim

    def apart(self, claim: str) -> frozenset[str]:
        """The claims that this one is different from."""
        return frozenset(other for owner in self._apart.get(self.alike(claim), ()) for other in self._alike[owner])

    def parts(self, claim: str) -> bool:
        """Whether any claim is different from this one."""
        return self.alike(claim) in self._apart

    def pairs(self, placed: Iterable[tuple[str, int]]) -> set[tuple[int, int]]:
        """The pairs of places, the smaller first, of claims that are different; `placed` has claims with their
        places."""
        places: dict[str, set[int]] = {}
        for claim, place in placed:
            if self.parts(claim):
                places.setdefault(claim, set()).add(place)
        return {(min(one, other), max(one, other)) for claim, ones in places.items() for one in ones
                for away in self.apart(claim) for other in places.get(away, ())}
