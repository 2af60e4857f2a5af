"""Every distribution that is installed may be used here: its licence is on a list, or it is named with a reason."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.metadata import PackageMetadata, distributions
from typing import NamedTuple

import pytest
from packaging.utils import canonicalize_name

ALLOWED = frozenset(
    "0BSD Apache-2.0 BSD-2-Clause BSD-3-Clause BSL-1.0 CC0-1.0 CNRI-Python ISC LLVM-exception MIT MIT-0 MIT-CMU MPL-2.0 "
    "PSF-2.0 Unlicense Zlib".split()
)
"""SPDX names. MPL-2.0 asks for the source of changes to its own files only, and none is changed here."""
CLASSIFIERS = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
}
"""What the classifiers of packages without an expression mean."""
WORDINGS = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache 2.0 License": "Apache-2.0",
    "Apache License": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "MIT License": "MIT",
}
"""What the free text of others means."""
EXCEPTIONS = {
    "axe-playwright-python": "Names no licence in its metadata; the licence file in it is MIT's. Tests only.",
    "pyphen": "GPL, LGPL or MPL 1.1 as one chooses: used under MPL 1.1, unchanged, for figures of evals. Not installed to run.",
    "pypdfium2": "BSD-3-Clause and Apache-2.0; its text adds 'dependency licenses', which are PDFium's, of the same kinds.",
}
"""Distributions whose metadata do not say it in a form that is read here, and why they may be used."""


class Licence(NamedTuple):
    """The licence of a distribution as its metadata give it."""

    expression: str
    classifiers: tuple[str, ...] = ()
    text: str = ""


def licence_of(metadata: PackageMetadata) -> Licence:
    """Returns what the metadata of a distribution say of its licence."""
    named = (each.split(" :: ") for each in metadata.get_all("Classifier") or () if each.startswith("License ::"))
    classifiers = tuple(parts[-1] for parts in named if parts[-1] != "OSI Approved")
    first_line = (metadata.get("License") or "").strip().split("\n")[0]
    return Licence(metadata.get("License-Expression") or "", classifiers, first_line)


def is_allowed(licence: Licence) -> bool:
    """Returns whether every licence that is named is on the list; False where none is named."""
    names = re.findall(r"[\w.+-]+", licence.expression)
    names += [CLASSIFIERS.get(each, each) for each in licence.classifiers]
    if not names:
        text = WORDINGS.get(licence.text, licence.text)
        names = re.split(r" AND | OR ", text) if text else [""]
    return ALLOWED.issuperset(set(names) - {"AND", "OR", "WITH"})


def installed() -> Mapping[str, Licence]:
    """Returns the licence of each installed distribution by name, this project's own left out."""
    found = {canonicalize_name(each.metadata["Name"]): licence_of(each.metadata) for each in distributions()}
    return {name: licence for name, licence in found.items() if name != "policy-assistant"}


def test_every_installed_distribution_may_be_used() -> None:
    faults = {
        name: licence for name, licence in installed().items() if not is_allowed(licence) and name not in EXCEPTIONS
    }
    assert faults == {}, "Use another library, or name it in EXCEPTIONS with the reason why it may be used."
    assert len(installed()) > 100


def test_every_exception_is_needed() -> None:
    held = installed()
    assert [name for name in EXCEPTIONS if name in held and is_allowed(held[name])] == []


@pytest.mark.parametrize(
    "licence",
    [
        Licence("MIT"),
        Licence("Apache-2.0 WITH LLVM-exception AND (BSD-3-Clause OR MIT)"),
        Licence("", ("MIT License", "BSD License")),
        Licence("", (), "MPL-2.0 AND MIT"),
    ],
)
def test_a_licence_of_the_list_is_allowed(licence: Licence) -> None:
    assert is_allowed(licence)


@pytest.mark.parametrize(
    "licence",
    [
        Licence(""),
        Licence("", (), "UNKNOWN"),
        Licence("GPL-3.0-or-later"),
        Licence("MIT", ("GNU General Public License v3 (GPLv3)",)),
        Licence("MIT AND AGPL-3.0-only"),
        Licence("", ("GNU General Public License v3 or later (GPLv3+)",)),
        Licence("", ("MIT License", "GNU Affero General Public License v3")),
        Licence("", (), "Proprietary"),
        Licence("LicenseRef-Proprietary"),
    ],
)
def test_any_other_licence_and_none_at_all_is_a_fault(licence: Licence) -> None:
    assert not is_allowed(licence)
