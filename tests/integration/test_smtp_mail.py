"""The digest goes by SMTP to the server that the settings name, and a fault says what to check."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword
from pydantic import ValidationError

from assistant.adapters.smtp_mail import SmtpMail
from assistant.errors import ConfigurationError, MailError
from assistant.ports import MailMessage
from assistant.settings.digest import MailSetting
from assistant.settings.file import load_settings

TO = ("policy@example.org", "lead@example.org")
MESSAGE = MailMessage(
    "Assistant: 2 documents changed", "What sources changed:\n- Changed: Référrals – “Manual”\n.\nEnd.\n"
)


class Listening(Controller):
    """A mail server on any free port; its own start connects to the port that it was given, and that is 0."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


class Inbox:
    """Takes mail for everybody but one."""

    def __init__(self) -> None:
        self.taken: list[Envelope] = []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Envelope, address: str, options: Any) -> str:
        if address.startswith("gone"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:
        self.taken.append(envelope)
        return "250 OK"


def signed_in(server: Any, session: Any, envelope: Any, mechanism: str, data: LoginPassword) -> AuthResult:
    is_known = (data.login, data.password) == (b"robot", b"secret word")
    return AuthResult(success=is_known, handled=False)  # else the server sends no refusal


@pytest.fixture
def inbox() -> Iterator[tuple[Inbox, int]]:
    taken = Inbox()
    controller = Listening(
        taken, hostname="127.0.0.1", port=0, authenticator=signed_in, auth_require_tls=False, auth_required=False
    )
    controller.start()
    yield taken, controller.port
    controller.stop()


def setting(port: int, **more: Any) -> MailSetting:
    plain = {"host": "127.0.0.1", "port": port, "tls": "none", "sender": "assistant@example.org", "to": TO}
    return MailSetting.model_validate({**plain, "timeout_s": 5, **more})


def test_a_mail_comes_as_it_was_written_to_everybody_who_is_named(inbox):
    taken, port = inbox
    SmtpMail(setting(port, username="robot", password="secret word")).send(MESSAGE)
    (envelope,) = taken.taken
    mail = message_from_bytes(envelope.content, policy=policy.default)
    assert envelope.rcpt_tos == list(TO)
    assert (envelope.mail_from, mail["To"]) == ("assistant@example.org", ", ".join(TO))
    assert mail["Subject"] == MESSAGE.subject
    assert mail.get_content().replace("\r\n", "\n") == MESSAGE.text
    assert mail["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"username": "robot", "password": "wrong"}, "digest__mail__password"),
        ({"to": ("policy@example.org", "gone@example.org")}, "gone@example.org"),
        ({"to": ("gone@example.org",)}, "not sent"),
        ({"tls": "starttls"}, "not sent"),
        ({"tls": "tls"}, "not sent"),
    ],
)
def test_a_fault_names_the_server_and_what_to_check(inbox, more, said):
    with pytest.raises(MailError, match=said) as raised:
        SmtpMail(setting(inbox[1], **more)).send(MESSAGE)
    assert "127.0.0.1" in str(raised.value)
    assert "secret word" not in str(raised.value)


def test_a_wrong_password_is_not_repeated(tmp_path: Path):
    file = tmp_path / "settings.toml"
    file.write_text('[digest.mail]\nhost = "m"\nsender = "a@b"\nto = ["a@b"]\npassword = 91827\n', encoding="utf-8")
    with pytest.raises(ConfigurationError) as raised:
        load_settings(file)
    assert "digest.mail.password" in str(raised.value)
    assert "91827" not in str(raised.value)


def test_a_server_that_is_not_there_is_a_fault_of_mail():
    with pytest.raises(MailError, match=r"\[digest.mail\]"):
        SmtpMail(setting(1)).send(MESSAGE)


def test_the_password_may_lie_in_a_file_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    secrets = tmp_path / "secrets"
    secrets.mkdir()
    (secrets / "digest__mail__password").write_text("secret word\n", encoding="utf-8")
    monkeypatch.setenv("ASSISTANT_SECRETS", str(secrets))
    file = tmp_path / "settings.toml"
    table = '[digest.mail]\nhost = "mail.example.org"\nsender = "a@example.org"\nto = ["b@example.org"]\n'
    file.write_text(table, encoding="utf-8")
    found = load_settings(file)
    assert found.digest.mail is not None
    assert found.digest.mail.password is not None
    assert found.digest.mail.password.get_secret_value() == "secret word"


@pytest.mark.parametrize("address", ["nobody", "a@example.org\nBcc: other@example.org"])
def test_an_address_that_is_none_or_adds_a_header_is_refused(address):
    with pytest.raises(ValidationError, match="no mail address"):
        setting(25, sender=address)
