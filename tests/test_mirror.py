"""The product takes no side: with the two sides' names swapped, the claims are the same with the sides swapped."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

import saksi
from saksi.records import Claim

# Names that take the same grammar in their language and stand in the packs on opposing sides.
SIDES = {
    "en": ["Hezbollah", "Ahrar al-Sham", "Jaysh al-Islam", "Liwa al-Quds", "Fatah Halab"],
    "id": ["Hizbullah", "Ahrar al-Sham", "Jaysh al-Islam", "Liwa al-Quds", "Fatah Halab"],
    "ru": ["Ахрар аш-Шам", "Лива аль-Кудс", "Джейш аль-Ислам"],
    "ar": ["حزب الله", "أحرار الشام", "جيش الإسلام", "لواء القدس"],
}
TEMPLATES = {
    "en": [
        "{A} shelled {B} positions in Handarat on Saturday, killing 12 people.",
        "{A} captured Handarat camp from {B} on Thursday.",
        "{A} said {B} had fired on the corridor in Bustan al-Qasr.",
        "Clashes broke out between {A} and {B} in Aleppo.",
        "Handarat camp was retaken by {A}, according to {B}.",
        "{A} denied that {B} had lost al-Kindi hospital.",
        "Five civilians were killed in an attack by {A}. {B} claimed responsibility for an air strike near Aleppo.",
        "{A} threatened to attack {B} if it does not withdraw from Aleppo.",
        "{A} besieged the town while {B} tried to break the siege.",
        "{A} accused {B} of using civilians as human shields.",
    ],
    "id": [
        "{A} menembaki posisi {B} di Handarat pada Sabtu dan menewaskan 12 orang.",
        "{A} merebut kamp Handarat dari {B} pada Kamis.",
        "{A} mengatakan bahwa {B} menembaki koridor di Bustan al-Qasr.",
        "Bentrokan pecah antara {A} dan {B} di Aleppo.",
        "Kamp Handarat direbut kembali oleh {A}, menurut {B}.",
        "{A} membantah bahwa {B} kehilangan rumah sakit Kindi.",
        "{A} mengepung kota itu, sementara {B} berusaha mematahkan pengepungan.",
        "{A} menuduh {B} menggunakan warga sipil sebagai perisai manusia.",
    ],
    "ru": [
        "«{A}» обстреляла позиции «{B}» в Хандарате в субботу, погибли 12 человек.",
        "«{A}» захватила лагерь Хандарат в четверг.",
        "«{A}» сообщила, что «{B}» обстреляла коридор в районе Бустан-аль-Каср.",
        "Столкновения между «{A}» и «{B}» начались в Алеппо.",
        "По словам «{A}», «{B}» потеряла больницу Аль-Кинди.",
        "«{A}» обвинила «{B}» в обстреле Алеппо.",
    ],
    "ar": [
        "قصف {A} مواقع {B} في حندرات يوم السبت، ما أدى إلى مقتل 12 شخصا.",
        "سيطر {A} على مخيم حندرات يوم الخميس.",
        "قال {A} إن {B} قصف الممر في بستان القصر.",
        "اندلعت اشتباكات بين {A} و{B} في حلب.",
        "بحسب {A}، سيطر {B} على مشفى الكندي.",
        "اتهم {A} {B} بقصف حلب.",
    ],
}


def pairs() -> list[Any]:
    return [pytest.param(code, template, *names, id=f"{code}-{number}-{names[0]}-{names[1]}")
            for code, templates in TEMPLATES.items() for number, template in enumerate(templates)
            for names in permutations(SIDES[code], 2)]


def shape(claim: Claim, sides: dict[str, str]) -> tuple[Any, ...]:
    """A claim with each side's name replaced by its letter, and without offsets, wording and identity."""
    def bare(text: str | None) -> str | None:
        if text is None:
            return None
        for name, letter in sides.items():
            text = text.replace(name, letter)
        return text

    roles = tuple((field, tuple(bare(role.exact) for role in found)) for field, found in claim.cast())
    voices = tuple((voice.stance, bare(voice.speaker.exact) if voice.speaker else None, voice.direct,
                    bare(voice.content.exact) if voice.content else None) for voice in claim.attribution)
    counts = tuple((count.what, count.low, count.high) for count in claim.counts)
    return (claim.kind, claim.type, roles, voices, counts, claim.time.start, claim.time.end, claim.modality,
            claim.polarity, bare(claim.quote.exact))


@pytest.mark.parametrize(("code", "template", "one", "other"), pairs())
def test_swapping_the_sides_swaps_the_claims_and_nothing_else(code: str, template: str, one: str, other: str) -> None:
    first = saksi.read(template.format(A=one, B=other), language=code, published="2016-10-02", countries=["SY"])
    second = saksi.read(template.format(A=other, B=one), language=code, published="2016-10-02", countries=["SY"])
    assert first.claims
    assert [shape(claim, {one: "A", other: "B"}) for claim in first.claims] == \
        [shape(claim, {other: "A", one: "B"}) for claim in second.claims]


@pytest.mark.parametrize(("code", "template", "one", "other"), pairs())
def test_both_sides_are_known(code: str, template: str, one: str, other: str) -> None:
    reading = saksi.read(template.format(A=one, B=other), language=code, published="2016-10-02", countries=["SY"])
    found = {role.id for claim in reading.claims for _, roles in claim.cast() for role in roles} | {
        voice.speaker.id for claim in reading.claims for voice in claim.attribution if voice.speaker}
    for name in (one, other) if "{B}" in template else (one,):
        mention = next(mention for mention in reading.mentions if name in mention.exact and mention.id)
        assert mention.id in found, f"{name} has no part in any claim"
