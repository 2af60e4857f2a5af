"""``assistant doctor``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from assistant.cli.options import Data, SettingsFile, assistant_of
from assistant.cli.status import library_notes
from assistant.errors import ConfigurationError

if TYPE_CHECKING:
    from assistant.operations.model_check import Check
    from assistant.settings.language_model import LanguageModelSetting


def doctor(data: Data = None, settings: SettingsFile = None) -> int:
    """Says whether the library can be asked and which contacts are the defaults, and tests the language model.

    The configured language model gets three small questions: does it work, end to end, and what does it cost?

    The passages are invented; no document and no question of a user is sent. The exit code is 1 where it cannot write
    an answer that passes the checks.

    Examples:

      assistant doctor

      assistant doctor --settings ours.toml
    """
    from assistant.operations.default_contacts import default_contact_warnings
    from assistant.operations.model_check import check_model

    assistant = assistant_of(data, settings)
    for line in (*library_notes(assistant), *default_contact_warnings(assistant.settings)):
        print(f"note: {line}", file=sys.stderr)
    setting, generator, rewriter = assistant.settings.language_model, assistant.generator, assistant.rewriter
    if setting is None or generator is None or rewriter is None:
        raise ConfigurationError(
            "doctor: no language model is set up, and none is needed to quote documents. To have answers written, set "
            "language_model (docs/models.md)."
        )
    _place(setting)
    checks = check_model(generator, rewriter)
    for each in checks:
        print(f"{'ok  ' if each.is_passed else 'FAIL'} {each.name}: {each.summary} {_cost(each)}")
    return 0 if checks[0].is_passed else 1


def _place(setting: LanguageModelSetting) -> None:
    where = setting.address or f"the server of {setting.provider}"
    print(f"language model: {setting.name} ({setting.provider}) at {where}")
    if setting.is_local:
        print("what leaves this machine: nothing")
    else:
        print("what leaves this machine: masked questions, earlier turns, and passages of your documents with headings")


def _cost(check: Check) -> str:
    use = check.use
    tokens = f", {use.tokens_read} tokens read, {use.tokens_written} written" if use.tokens_read else ""
    again = ", asked twice" if use.tries > 1 else ""
    return f"({use.seconds:.2f} s{tokens}{again})"
