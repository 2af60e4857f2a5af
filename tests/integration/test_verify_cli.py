"""``assistant verify`` over files of pairs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.cli import run

Said = pytest.CaptureFixture[str]
QUOTE = "The school must tell the council within five school days if a pupil leaves."
PAIRS = [
    {
        "id": "a",
        "claim": "If a pupil leaves, the school must tell the council within five school days.",
        "quote": QUOTE,
    },
    {"id": 2, "claim": QUOTE.replace("five", "ten"), "quote": QUOTE, "kind": "number", "source": {"page": 3}},
    {"id": "c", "claim": "The school must tell the council within five school days.", "quote": QUOTE},
]


def written(folder: Path, *lines: str) -> Path:
    path = folder / "pairs.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    return written(tmp_path, *(json.dumps(each) for each in PAIRS), "")


def test_verdicts_come_in_order_with_their_ids_and_reasons(pairs: Path, capsys: Said) -> None:
    assert run(["verify", str(pairs)]) == 0
    said = capsys.readouterr()
    verdicts = [json.loads(line) for line in said.out.splitlines()]
    assert [(each["id"], each["verdict"]) for each in verdicts] == [
        ("a", "supported"),
        (2, "unsupported"),
        ("c", "unsupported"),
    ]
    assert "five" in verdicts[1]["reason"]
    assert "ten" in verdicts[1]["reason"]
    assert "if pupil leaves" in verdicts[2]["reason"]
    assert all(set(each) == {"id", "verdict", "reason"} for each in verdicts)
    assert "3 pairs: 1 supported, 2 unsupported" in said.err


def test_a_file_of_verdicts_is_written_whole_and_not_over_another(pairs: Path, tmp_path: Path, capsys: Said) -> None:
    out = tmp_path / "verdicts.jsonl"
    assert run(["verify", str(pairs), "--out", str(out)]) == 0
    assert len(out.read_text(encoding="utf-8").splitlines()) == 3
    assert capsys.readouterr().out == ""
    assert run(["verify", str(pairs), "--out", str(out)]) == 2
    assert run(["verify", str(pairs), "--out", str(out), "--force"]) == 0
    assert run(["verify", str(pairs), "--out", str(pairs), "--force"]) == 2
    assert run(["verify", str(pairs), "--out", str(tmp_path / "absent" / "v.jsonl")]) == 2
    assert len(pairs.read_text(encoding="utf-8").splitlines()) == 3
    assert sorted(each.name for each in tmp_path.iterdir()) == ["pairs.jsonl", "verdicts.jsonl"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"id": "x", "claim": "It is so."', "is no JSON"),
        ('["x"]', "is no JSON object"),
        ('{"claim": "It is so.", "quote": "It is so."}', '"id" is missing'),
        ('{"id": true, "claim": "It is so.", "quote": "It is so."}', '"id" is missing'),
        ('{"id": "x", "claim": " ", "quote": "It is so."}', '"claim" is missing'),
        ('{"id": "x", "claim": "It is so.", "quote": 4}', '"quote" is missing'),
        ('{"id": "x", "claim": "It is so.", "quote": "It is so.", "headings": "One"}', '"headings" is no list'),
    ],
)
def test_a_bad_line_is_named_with_its_number_and_the_fix(line: str, said: str, tmp_path: Path, capsys: Said) -> None:
    path = written(tmp_path, json.dumps(PAIRS[0]), "", line)
    assert run(["verify", str(path)]) == 2
    shown = capsys.readouterr()
    assert f"line 3: {said}" in shown.err
    assert '{"id": "1"' in shown.err
    assert shown.out == ""


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xff\xfe\x00x"])
def test_a_file_without_pairs_or_text_is_said_to_be_so(content: bytes, tmp_path: Path, capsys: Said) -> None:
    path = tmp_path / "pairs.jsonl"
    path.write_bytes(content)
    assert run(["verify", str(path)]) == 2
    assert str(path) in capsys.readouterr().err


def test_a_quote_that_is_none_carries_nothing(tmp_path: Path, capsys: Said) -> None:
    bridged = {"id": 1, "claim": "Staff must act at once.", "quote": "Staff must … act at once to keep a child safe."}
    short = {"id": 2, "claim": "Staff must act.", "quote": "Staff must act."}
    assert run(["verify", str(written(tmp_path, json.dumps(bridged), json.dumps(short)))]) == 0
    reasons = [json.loads(line)["reason"] for line in capsys.readouterr().out.splitlines()]
    assert "leaves words out" in reasons[0]
    assert "fewer than four" in reasons[1]


def test_headings_name_what_a_pronoun_means(tmp_path: Path, capsys: Said) -> None:
    quote = "It must be held within 15 working days of the strategy discussion."
    claim = quote.replace("It", "The initial child protection conference")
    with_headings = {"id": 1, "claim": claim, "quote": quote, "headings": ["Initial child protection conferences"]}
    without = {"id": 2, "claim": claim, "quote": quote}
    assert run(["verify", str(written(tmp_path, json.dumps(with_headings), json.dumps(without)))]) == 0
    verdicts = [json.loads(line)["verdict"] for line in capsys.readouterr().out.splitlines()]
    assert verdicts == ["supported", "unsupported"]
