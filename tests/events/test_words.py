from __future__ import annotations

import pytest

from saksi.events.words import PORTION, Words, words

LISTS = words()


def ways(text: str) -> frozenset[str]:
    return LISTS.said(text).ways


@pytest.mark.parametrize(("text", "kind"), [
    ("three soldiers", "state"), ("para prajurit", "state"), ("военнослужащие", "state"), ("والجنود", "state"),
    ("the gunmen", "armed"), ("para pemberontak", "armed"), ("боевиков", "armed"), ("المسلحين", "armed"),
    ("villagers", "civilian"), ("warga", "civilian"), ("мирных жителей", "civilian"), ("مدنيين", "civilian")])
def test_groups_are_of_a_class_by_their_words(text: str, kind: str) -> None:
    assert LISTS.classes(text) == {kind}


def test_the_last_word_that_says_a_class_decides() -> None:
    assert LISTS.classes("families of soldiers") == {"state"}
    assert LISTS.classes("soldiers and their families, says he") == {"civilian"}
    assert LISTS.classes("the blue convoy") == frozenset()
    assert LISTS.classes("") == frozenset()


@pytest.mark.parametrize(("text", "of"), [
    ("children", PORTION), ("anak-anak", ""), ("anak", PORTION), ("женщин", PORTION), ("أطفال", PORTION),
    ("civilians", "civilian"), ("жителей", "civilian"), ("rebels", "armed"), ("солдат", "state"), ("of them", "")])
def test_of_those_counted_a_portion_is_told_from_a_class(text: str, of: str) -> None:
    assert LISTS.counted(text) == of


@pytest.mark.parametrize("text", ["our positions", "pasukan kami", "наших солдат", "قواتنا"])
def test_we_and_ours_are_the_speakers_own(text: str) -> None:
    assert LISTS.is_own(text, theirs=False)
    assert LISTS.is_own(text, theirs=True)


@pytest.mark.parametrize("text", ["its aircraft", "tentaranya", "его самолёты", "طائراتها"])
def test_its_and_theirs_may_be_the_speakers_own_where_that_is_asked(text: str) -> None:
    assert LISTS.is_own(text, theirs=True)
    assert not LISTS.is_own(text, theirs=False)


@pytest.mark.parametrize("text", ["the aircraft", "hanya", "самолёты", "طائرات", "لنا"])
def test_other_words_are_nobodys_own(text: str) -> None:
    assert not LISTS.is_own(text, theirs=False)


def test_a_pronoun_stands_for_the_speaker_only_by_itself() -> None:
    assert LISTS.is_itself("It")
    assert LISTS.is_itself("Pihaknya")
    assert LISTS.is_itself("она")
    assert not LISTS.is_itself("it and others")
    assert not LISTS.is_itself("they")


@pytest.mark.parametrize(("text", "is_one"), [
    ("a spokeswoman for the army", True), ("juru bicara militer", True), ("официальный представитель", True),
    ("المتحدث باسم الجيش", True), ("juru masak", False), ("представитель", False), ("a colonel", False)])
def test_spokesmen_are_known_by_words_and_phrases(text: str, is_one: bool) -> None:
    assert LISTS.is_spokes(text) is is_one


@pytest.mark.parametrize(("text", "extent"), [
    ("took the entire town", "whole"), ("seluruh kota", "whole"), ("весь город", "whole"), ("كامل البلدة", "whole"),
    ("most of the town", "most"), ("sebagian besar kota", "most"), ("большую часть города", "most"),
    ("معظم البلدة", "most"), ("parts of the town", "part"), ("sebagian kota", "part"), ("часть города", "part"),
    ("أجزاء من البلدة", "part"), ("the outskirts of the town", "around"), ("окрестности города", "around"),
    ("most welcome in town", None), ("the town", None)])
def test_how_much_of_a_place_is_meant(text: str, extent: str | None) -> None:
    assert LISTS.said(text).extent == extent


def test_fire_control_of_parts_is_fire_control_and_most_is_more_telling_than_all() -> None:
    assert LISTS.said("fire control of parts of the town").extent == "around"
    assert LISTS.said("most of the town, fully").extent == "most"


@pytest.mark.parametrize(("text", "degrees"), [
    ("north of the town", {0}), ("south-east of it and west of the river", {135, 270}), ("tenggara kota", {135}),
    ("к югу от города", {180}), ("севернее города", {0}), ("северо-западнее города", {315}), ("شمال البلدة", {0}),
    ("the north wind", set()), ("юг страны", set())])
def test_directions_from_a_place(text: str, degrees: set[int]) -> None:
    assert LISTS.said(text).bearings == degrees


def test_a_direction_in_two_words_is_not_also_that_of_its_first_word() -> None:
    assert LISTS.said("di timur laut kota").bearings == {45}
    assert LISTS.said("di barat daya kota").bearings == {225}


@pytest.mark.parametrize(("text", "amount"), [
    ("six mortar shells", (6, 6)), ("fired 12 rockets", (12, 12)), ("dozens of shells", (24, None)),
    ("lima roket", (5, 5)), ("belasan mortir", (11, 19)), ("три снаряда", (3, 3)), ("десятки ракет", (20, None)),
    ("خمس قذائف", (5, 5)), ("عشرات الصواريخ", (20, None))])
def test_how_many_were_fired(text: str, amount: tuple[int, int | None]) -> None:
    assert set(LISTS.said(text).amounts) == {amount}


def test_what_is_far_from_a_number_or_no_ammunition_is_not_counted() -> None:
    assert not LISTS.said("shells fell").amounts
    assert not LISTS.said("six houses were hit when shells fell").amounts
    assert not LISTS.said("six soldiers").amounts
    assert not LISTS.said("12345 shells").amounts


@pytest.mark.parametrize(("text", "way"), [
    ("white phosphorus", "phosphorus"), ("fosfor putih", "phosphorus"), ("белый фосфор", "phosphorus"),
    ("الفوسفور الأبيض", "phosphorus"), ("barrel bombs", "barrel bombs"), ("bom barel", "barrel bombs"),
    ("бочковыми бомбами", "barrel bombs"), ("البراميل المتفجرة", "barrel bombs"), ("munisi tandan", "cluster"),
    ("кассетные бомбы", "cluster"), ("قنابل عنقودية", "cluster")])
def test_ways_of_doing_a_thing(text: str, way: str) -> None:
    assert ways(text) == {way}


def test_a_phrase_needs_all_its_words_in_a_row() -> None:
    assert not ways("a barrel and bombs")
    assert not ways("barrel")
    assert not ways("bom")


@pytest.mark.parametrize(("text", "speech"), [
    ("he warned them", "warning"), ("mengancam", "threat"), ("пригрозил", "threat"), ("هددت", "threat"),
    ("предупредил", "warning"), ("menyerukan", "call"), ("call for revenge", "call")])
def test_what_words_do(text: str, speech: str) -> None:
    assert LISTS.said(text).speech == {speech}


def test_a_language_is_a_file() -> None:
    own = Words({"xx": {"state": ["vorn*"], "armed": ["tak mel"], "common": ["Gorod"], "own": ["nos"],
                        "extent": {"part": ["hal ve"]}, "compass": {"ost": 90}, "fired": ["kul*"],
                        "numbers": {"sep": [7, 7]}, "spokes": ["parol"]}})
    assert own.classes("Vornek") == {"state"}
    assert own.classes("tak") == frozenset()
    assert own.said("hal ve gor").extent == "part"
    assert own.said("ost gor").bearings == {90}
    assert own.said("sep kulek").amounts == ((7, 7),)
    assert own.common == {"gorod"}
    assert own.is_own("nos", theirs=False)
    assert own.is_spokes("parol")
    assert own.classes("soldiers") == frozenset()
