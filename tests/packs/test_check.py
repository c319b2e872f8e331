"""The check of a pack, and the reader's refusal of one that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from saksi.errors import PackError
from saksi.packs.check import check
from saksi.packs.load import FILES, HERE, INSTALLED, load
from saksi.packs.shape import shapes

SMALL = {
    "pack.yaml": "name: exland\ntitle: Exland\nversion: 1\nlicence: CC BY 4.0\ncountries: [XX]\n",
    "sources.csv": "key,citation,url\nown,A list of our own,https://example.org/list\n",
    "actors.csv": "id,name,kind,category,country,side,valid_from,valid_to,description,source\n"
                  "ex-brigade,Ex Brigade,organisation,armed_group,XX,rebels,2015,,A group.,own\n",
    "actor_names.csv": "actor,name,language,kind,valid_from,valid_to,source\n"
                       "ex-brigade,Exbrigade,en,name,2015,,own\n"
                       "ex-brigade,لواء إكس,ar,name,,,own\n",
    "relations.csv": "subject,relation,object,valid_from,valid_to,note,source\n"
                     "ex-brigade,backs,world:turkey,2016,,,own\n",
    "places.csv": "id,name,kind,lat,lon,precision_km,parent,country,source\n"
                  "exville,Exville,town,10.5,20.25,2,,XX,own\n"
                  "ex-camp,Ex camp,camp,10.51,20.26,0.5,exville,XX,own\n",
    "place_names.csv": "place,name,language,kind,source\nexville,Exville,en,name,own\n",
}


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A small pack that has nothing wrong with it."""
    folder = tmp_path / "exland"
    folder.mkdir()
    for name, text in SMALL.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", INSTALLED)
def test_installed_packs_hold_together(name: str) -> None:
    problems = check(HERE / name)
    assert [str(problem) for problem in problems if problem.severity == "error"] == []
    assert len(problems) <= 10, [str(problem) for problem in problems]


def test_every_file_that_is_read_has_a_shape() -> None:
    assert set(shapes()) == {*FILES, "sources"}
    assert all(any(column.form == "source" for column in columns) for name, columns in shapes().items()
               if name != "sources")


def test_a_small_pack_is_enough(own: Path) -> None:
    assert check(own) == []
    knowledge = load([own])
    assert knowledge.place("ex-camp") is not None
    actor = knowledge.actor("ex-brigade")
    assert actor is not None
    assert (actor.pack, actor.source) == ("exland", "own")
    assert any(relation.subject == "ex-brigade" and relation.object == "turkey" for relation in knowledge.relations)
    assert any(name.text == "لواء إكس" for name in knowledge.names)
    assert load().place("ex-camp") is None


# file, what is replaced, by what, line, part of the message
MISTAKES = [
    ("places.csv", "10.5,", "north,", 2, "lat is 'north'"),
    ("places.csv", "10.5,", "95,", 2, "lat is '95'"),
    ("places.csv", "20.25", "-181", 2, "lon is '-181'"),
    ("places.csv", "20.25,2", "20.25,-2", 2, "precision_km is '-2'"),
    ("places.csv", "20.25,2", "20.25,", 2, "precision_km is empty"),
    ("places.csv", "exville,XX", "nowhere,XX", 3, "there is no such place"),
    ("places.csv", "exville,XX", "geonames:x,XX", 3, "a GeoNames id is a number"),
    ("places.csv", ",town,", ",twon,", 2, "kind is 'twon'"),
    ("places.csv", "XX,own", "xx,own", 2, "country is 'xx'"),
    ("places.csv", "ex-camp,Ex", "exville,Ex", 3, "stands already in line 2"),
    ("places.csv", "exville,Exville", "Ex ville,Exville", 2, "id is 'Ex ville'"),
    ("places.csv", "Exville,town", "Exville,nice,town", 2, "10 cells where there are 9 columns"),
    ("places.csv", "precision_km", "precision", 0, "no column precision_km"),
    ("actors.csv", "rebels,2015,", "rebels,2015-13,", 2, "valid_from is '2015-13'"),
    ("actors.csv", "rebels,2015,", "rebels,2015,2014", 2, "is before valid_from"),
    ("actors.csv", "A group.,own", "A group.,", 2, "source is empty"),
    ("actors.csv", "A group.,own", "A group.,hearsay", 2, "the source 'hearsay'"),
    ("relations.csv", "world:turkey", "world:nowhere", 2, "no such actor in the pack world"),
    ("relations.csv", "world:turkey", "moon:turkey", 2, "there is no pack 'moon'"),
    ("relations.csv", ",backs,", ",likes,", 2, "relation is 'likes'"),
    ("actor_names.csv", "Exbrigade,en", "Exbrigade,English", 2, "language is 'English'"),
    ("actor_names.csv", "Exbrigade,en", "Exbrigade\u0301 e\u0301,en", 2, "form NFC"),
    ("actor_names.csv", "Exbrigade,en", "***,en", 2, "name is '***'"),
    ("place_names.csv", "exville,Exville,en,name,own\n", "exville,Exville,en,name,own\n" * 2, 3, "stands already"),
    ("sources.csv", "https://", "see ", 2, "url is"),
    ("pack.yaml", "name: exland", "name: ex", 0, "the pack is 'ex'"),
    ("pack.yaml", "licence: CC BY 4.0", "licence:", 0, "'licence' is missing"),
    ("pack.yaml", "version", "vresion", 0, "'vresion' is not known"),
    ("pack.yaml", "[XX]", "Exland", 0, "not a list of country codes"),
]


@pytest.mark.parametrize(("file", "old", "new", "line", "part"), MISTAKES, ids=[row[4] for row in MISTAKES])
def test_mistakes_are_named_with_their_line(own: Path, file: str, old: str, new: str, line: int, part: str) -> None:
    path = own / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    errors = [problem for problem in check(own) if problem.severity == "error"]
    found = [problem for problem in errors if part in problem.what]
    assert len(found) == 1, [str(problem) for problem in errors]
    assert found[0].file == path
    assert not line or found[0].where == f"line {line}"
    assert "\n" not in str(found[0])
    assert found[0].mend


def test_a_bad_coordinate_is_one_clear_line_for_the_check_and_for_the_reader(own: Path) -> None:
    path = own / "places.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("20.26", "37,1"), encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8").replace("37,1", "37°E"), encoding="utf-8")
    [problem] = check(own)
    assert (problem.severity, problem.where) == ("error", "line 3")
    assert problem.what == "lon is '37°E'"
    with pytest.raises(PackError) as raised:
        load([own])
    message = str(raised.value)
    assert f"{path}:3" in message
    assert "lon is '37°E'" in message
    assert "\n" not in message


@pytest.mark.parametrize(("file", "content"), [
    ("places.csv", "id,name\nx,X\n"), ("actors.csv", "name\nX\n"), ("actor_names.csv", "name\nX\n"),
    ("places.csv", SMALL["places.csv"].replace("10.51", "nan")), ("actors.csv", "id,name\nx,\udcff\n"),
])
def test_the_reader_refuses_what_it_cannot_use(own: Path, file: str, content: str) -> None:
    (own / file).write_bytes(content.encode("utf-8", "surrogateescape"))
    assert any(problem.severity == "error" for problem in check(own))
    with pytest.raises(PackError, match="exland"):
        load([own])


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="no such folder"):
        load([tmp_path / "none"])
    assert [problem.severity for problem in check(tmp_path)] == ["error"]
    (tmp_path / "pack.yaml").write_text("[", encoding="utf-8")
    assert [problem.file.name for problem in check(tmp_path)] == ["pack.yaml"]


def test_names_that_mislead_are_warnings(own: Path) -> None:
    with (own / "actors.csv").open("a", encoding="utf-8") as file:
        file.write("ex-army,Ex army,organisation,armed_force,XX,,,,,own\n")
    with (own / "actor_names.csv").open("a", encoding="utf-8") as file:
        file.write("ex-army,Exbrigade,en,alias,2016,,own\nex-army,March,en,short,,,own\nex-army,Saya,en,alias,,,own\n")
    (own / "notes.csv").write_text("a\nb\n", encoding="utf-8")
    problems = check(own)
    assert {problem.severity for problem in problems} == {"warning"}
    said = " ".join(problem.what for problem in problems)
    for part in ("is a name of ex-army and of ex-brigade", "'March' is also an ordinary word of the language 'en'",
                 "'Saya' is also an ordinary word of the language 'id'", "no file of a pack has this name"):
        assert part in said
    names = own / "actor_names.csv"
    text = names.read_text(encoding="utf-8")
    names.write_text(text.replace("Exbrigade,en,name,2015,", "Exbrigade,en,name,2015,2016"), encoding="utf-8")
    assert "is a name of" not in " ".join(problem.what for problem in check(own))


def test_an_id_is_one_thing_in_all_packs(own: Path) -> None:
    with (own / "actors.csv").open("a", encoding="utf-8") as file:
        file.write("hezbollah,Hezbollah,person,politician,XX,,,,,own\n")
    assert any("another kind or country" in problem.what for problem in check(own))
