"""SmtpMail: the ``Mail`` port over the mail server of the organisation."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import format_datetime, localtime, make_msgid

from assistant.errors import MailError
from assistant.ports.mail import MailMessage
from assistant.settings.digest import MailSetting


class SmtpMail:
    """Sends mail by SMTP, encrypted unless the settings say otherwise.

    Args:
        setting: The server, and who writes to whom.
    """

    def __init__(self, setting: MailSetting) -> None:
        self._setting = setting

    def send(self, message: MailMessage) -> None:
        """Sends a mail. Raises ``MailError``."""
        setting, mail = self._setting, self._mail(message)
        server = f"{setting.host}, port {setting.port}"
        try:
            with self._connected() as connection:
                if setting.username:
                    password = setting.password.get_secret_value() if setting.password else ""
                    connection.login(setting.username, password)
                refused = connection.send_message(mail, setting.sender, list(setting.to))
        except smtplib.SMTPAuthenticationError as error:
            fix = "Check digest.mail.username and the secret digest__mail__password"
            raise MailError(f"{server}: the mail server refuses the sign-in ({error.smtp_code}). {fix}.") from error
        except (smtplib.SMTPException, OSError, ValueError) as error:
            cause = " ".join(str(error).split())[:200] or type(error).__name__
            raise MailError(
                f"{server}: the mail was not sent ({cause}). Check [digest.mail] in the settings."
            ) from error
        if refused:
            raise MailError(f"{server}: the mail server refuses {', '.join(sorted(refused))}. Check digest.mail.to.")

    def _connected(self) -> smtplib.SMTP:
        setting = self._setting
        if setting.tls == "tls":
            return smtplib.SMTP_SSL(setting.host, setting.port, timeout=setting.timeout_s, context=self._context())
        connection = smtplib.SMTP(setting.host, setting.port, timeout=setting.timeout_s)
        if setting.tls == "starttls":
            try:
                connection.starttls(context=self._context())
            except BaseException:
                connection.close()
                raise
        return connection

    def _context(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        if self._setting.ca_file is not None:
            context.load_verify_locations(self._setting.ca_file)
        return context

    def _mail(self, message: MailMessage) -> EmailMessage:
        mail = EmailMessage()
        mail["Subject"] = " ".join(message.subject.split())
        mail["From"] = self._setting.sender
        mail["To"] = ", ".join(self._setting.to)
        mail["Date"] = format_datetime(localtime())
        mail["Message-ID"] = make_msgid(domain=self._setting.sender.rpartition("@")[2].strip("> ") or None)
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(message.text)
        return mail
