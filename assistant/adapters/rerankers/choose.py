"""Chooses the reranker and the entailment model that the settings name; the others are not imported."""

from __future__ import annotations

from assistant.ports import Entailment, Reranker
from assistant.settings import Settings
from assistant.settings.language_model import EntailmentSetting


def open_reranker(settings: Settings, calibrated_with: str) -> Reranker | None:
    """Returns the reranker of the settings, None for ``none``, and for ``auto`` where the calibration was set without one.

    Args:
        settings: The settings.
        calibrated_with: Fingerprint of the reranker that the calibration was set with, "" for none.

    Raises:
        ModelMissing: It is not on this machine, or another file.
    """
    if settings.reranker == "none" or (settings.reranker == "auto" and not calibrated_with):
        return None
    from assistant.adapters.rerankers.own_reranker import OwnReranker

    return OwnReranker(settings.embed_threads)


def open_entailment(setting: EntailmentSetting, threads: int) -> Entailment:
    """Returns the cross-encoder that may reject claims: our own for ``own``, else by name or folder.

    Raises:
        ModelMissing: It is not on this machine.
    """
    if setting.model == "own":
        from assistant.adapters.rerankers.own_entailment import OwnEntailment

        return OwnEntailment(setting.threshold, threads)
    from assistant.adapters.rerankers.cross_encoder_entailment import CrossEncoderEntailment

    return CrossEncoderEntailment(setting.model, setting.threshold, threads)
