"""LibreOffice as a program beside this one: found at run time, without network, macros and windows, in a profile of its own."""

from __future__ import annotations

import atexit
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from assistant.errors import UnreadableDocument
from assistant.model.formats import FileFormat

PROGRAMS = ("soffice", "libreoffice")
PACKAGES = "libreoffice-writer-nogui libreoffice-impress-nogui"
LIMIT_S = 120
"""Longest that one file may take, in seconds; most take two."""
_FILTERS = {
    "docx": "docx:MS Word 2007 XML",
    "pptx": "pptx:Impress MS PowerPoint 2007 XML",
    "pdf": "pdf:writer_pdf_Export",
}
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse">
<value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">
<value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse">
<value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop></item>
</oor:items>
"""
"""No macro runs, no link is followed, and what asks the network anyway asks a port where nothing listens."""


@cache
def program() -> str | None:
    """Returns the path of LibreOffice, None where it is not installed."""
    return next((found for each in PROGRAMS if (found := shutil.which(each)) is not None), None)


def converted(path: Path, to: FileFormat, folder: Path) -> Path:
    """Returns a copy of a file in another format, in a folder.

    Raises:
        UnreadableDocument: LibreOffice is not installed, takes too long or cannot open the file.
    """
    office = program()
    if office is None:
        fix = f"Install it (Debian: apt-get install --no-install-recommends {PACKAGES}), or save the file as {to.endings[0]}"
        raise UnreadableDocument(path, f"{path.suffix} files are read through LibreOffice, which is not installed", fix)
    named = Path(shutil.copyfile(path, folder / f"document{path.suffix.lower()}"))  # a name may be read as an option
    profile = _profile()
    command = [office, "--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}"]
    command += ["--convert-to", _FILTERS[to.name], "--outdir", str(folder), str(named)]
    try:
        subprocess.run(  # noqa: S603  a program of the system, no shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=LIMIT_S,
            check=False,
            env={"HOME": str(profile), "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "SAL_USE_VCLPLUGIN": "svp"},
        )
    except subprocess.TimeoutExpired as error:
        what = f"LibreOffice took longer than {LIMIT_S} seconds to open it"
        raise UnreadableDocument(path, what, f"Save it as {to.endings[0]}") from error
    made = folder / f"document{to.endings[0]}"
    if not made.is_file():
        fix = f"Remove its password if it has one, or open it in its program and save it as {to.endings[0]}"
        raise UnreadableDocument(path, "LibreOffice cannot open it: it is damaged or has a password", fix)
    return made


@cache
def _profile() -> Path:
    """Returns the folder with the settings of LibreOffice; made once a process, and removed with it."""
    folder = Path(tempfile.mkdtemp(prefix="assistant-office-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "user").mkdir()
    (folder / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    return folder
