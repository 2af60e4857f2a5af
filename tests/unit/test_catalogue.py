"""A catalogue is taken whole or refused with the entry, the field and the fix."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.errors import CatalogueError
from assistant.model import Form, Kind
from ingest.catalogue.catalogue import Catalogue, find_catalogue, read_catalogue

ENTRY = '[[edition]]\nedition_id = "a"\nwork = "w"\ntitle = "T"\nkind = "policy"\n'


def read(tmp_path: Path, text: str) -> Catalogue:
    (tmp_path / "catalogue.toml").write_text(text)
    return read_catalogue(tmp_path / "catalogue.toml")


def test_every_field_reaches_the_edition(tmp_path: Path) -> None:
    more = (
        'path = "a.md"\npublisher = "P"\npublished = 2025-09-01\nin_force_from = 2025-10-01\nsupersedes = "b"\n'
        f'review_by = 2026-01-01\nform = "draft"\nsource_url = "https://e.org"\nlicence = "MIT"\nsha256 = "{"a" * 64}"\n'
        'groups = ["g"]\n'
    )
    edition = read(tmp_path, ENTRY + more).entries[0].edition()
    assert (edition.edition_id, edition.work, edition.title, edition.kind) == ("a", "w", "T", Kind.POLICY)
    assert (edition.published, edition.in_force_from, edition.review_by) == (
        date(2025, 9, 1),
        date(2025, 10, 1),
        date(2026, 1, 1),
    )
    assert (edition.supersedes, edition.form, edition.publisher) == ("b", Form.DRAFT, "P")
    assert (edition.source_url, edition.licence, edition.sha256) == ("https://e.org", "MIT", "a" * 64)
    assert edition.groups == ("g",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (ENTRY.replace("policy", "rulebook"), r"edition a: kind = 'rulebook'.*Use one of legislation"),
        (ENTRY + "published = 2025-02-30\n", r"not readable TOML \(Invalid date"),
        (
            ENTRY + 'published = "2025-02-03"\n',
            "published = '2025-02-03'.*Write the date as 2025-09-01, without quotes",
        ),
        (ENTRY + "published = 2025\n", "published = 2025.*Write the date"),
        (ENTRY + "colour = 1\n", "edition a: colour"),
        (ENTRY + 'form = "final"\n', "Use one of official"),
        (ENTRY + 'sha256 = "abc"\n', "edition a: sha256"),
        (ENTRY.replace('"T"', '" "'), "edition a: title"),
        (ENTRY.replace('edition_id = "a"\n', ""), "edition 1: edition_id"),
        (ENTRY.replace('"a"', '"a/../b"'), "edition_id = 'a/../b'"),
        (ENTRY + ENTRY, "edition_id 'a' is used by 2 editions"),
        (ENTRY + 'path = "x"\n' + ENTRY.replace('"a"', '"b"') + 'path = "x"\n', "path 'x' is used by 2"),
        (ENTRY + 'supersedes = "a"\n', "edition a supersedes itself"),
        (
            "".join(ENTRY.replace('"a"', f'"{m}"') + f'supersedes = "{s}"\n' for m, s in ("ab", "bc", "cb")),
            "edition [bc] supersedes itself in a circle",
        ),
        ("[edition]\nx = 1\n", r"Use one \[\[edition\]\] table per edition"),
        ("editions = []\n", "unknown table"),
        ("[[edition\n", "not readable TOML .*line 1"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(CatalogueError, match=words) as caught:
        read(tmp_path, text)
    assert "catalogue.toml" in str(caught.value)


def test_files_are_found_by_place_and_not_by_spelling(tmp_path: Path) -> None:
    book = read(tmp_path, ENTRY + 'path = "./in/../a.md"\n')
    assert book.entry_for(tmp_path / "a.md") is book.entries[0]
    assert book.entry_for(tmp_path / "b.md") is None
    assert book.present_files() == ()
    (tmp_path / "a.md").write_text("x")
    assert book.present_files() == (tmp_path / "a.md",)


def test_a_catalogue_lies_beside_the_documents_or_above_them(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.md").write_text("x")
    assert find_catalogue(tmp_path) is None
    read(tmp_path, ENTRY + 'path = "in/a.md"\n')
    for root in (tmp_path, tmp_path / "in", tmp_path / "in" / "a.md"):
        found = find_catalogue(root)
        assert found is not None
        assert found.path == tmp_path / "catalogue.toml"
    (tmp_path / "out").mkdir()
    assert find_catalogue(tmp_path / "out") is None
