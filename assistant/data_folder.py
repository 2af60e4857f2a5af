"""What holds for everything in a data folder: it is for its owner alone, and only writing needs it to be writable.

The programs set their umask (``keep_private``), so that whatever any library writes is private from the start; what is
there already is tightened when a program starts to write (``tighten``), and ``assistant check`` names what is open.
"""

from __future__ import annotations

import logging
import os
import pwd
import shlex
import stat
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from assistant.errors import LibraryError

logger = logging.getLogger(__name__)
FOLDER_MODE, FILE_MODE = 0o700, 0o600
UMASK = 0o077
OTHERS = stat.S_IRWXG | stat.S_IRWXO
PROBE = bytes(64 * 1024)
"""What must fit for a folder to count as writable."""


def keep_private() -> None:
    """Makes every file and folder that this process creates from now on one for its owner alone."""
    os.umask(UMASK)


def make_private_folder(folder: Path) -> None:
    """Makes a folder for its owner alone, with those above it; nothing happens where it is there. Raises ``OSError``."""
    if not folder.is_dir():
        make_private_folder(folder.parent)
        folder.mkdir(mode=FOLDER_MODE, exist_ok=True)


def make_private_file(path: Path) -> None:
    """Makes an empty file for its owner alone; one that is there is left as it is. Raises ``OSError``.

    A file that is there is not even opened: closing it would take away every lock that this process has on it (POSIX), also
    those of SQLite, and another process would then delete the log of a database that is in use here.
    """
    if path.exists():
        return
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDONLY | os.O_CREAT | os.O_EXCL, FILE_MODE))


def tighten(folder: Path) -> None:
    """Takes every right of others off a folder and all in it; nothing happens where there is none.

    What cannot be changed because the disk is read-only stays as it is, with a warning; a folder of another user may
    be read from, not written to.

    Raises:
        LibraryError: The folder, or something open to others in it, belongs to another user; names the fix.
    """
    if not folder.is_dir():
        return
    if folder.stat().st_uid != os.geteuid():
        if is_read_only(folder):
            return
        raise _belongs_to_another(folder, folder)
    for path in _open_below(folder):
        try:
            path.chmod(stat.S_IMODE(path.stat().st_mode) & ~OTHERS)
        except FileNotFoundError:
            continue
        except PermissionError as error:
            raise _belongs_to_another(path, folder) from error
        except OSError as error:
            logger.warning("files open to others could not be closed: %s", error.strerror)
            return


def open_to_others(folder: Path) -> tuple[Path, ...]:
    """Returns what others than the owner may read, write or enter, the folder itself first; sorted."""
    return tuple(sorted(_open_below(folder)))


def open_faults(folder: Path) -> tuple[str, ...]:
    """Returns a line that says what is open to others and how to close it; () where nothing is."""
    found = open_to_others(folder)
    if not found:
        return ()
    more = f" and {len(found) - 1} more" if len(found) > 1 else ""
    return (f"open: others may read {found[0]}{more}; run `chmod -R go= {shlex.quote(str(folder))}`",)


def is_read_only(folder: Path, *files: str) -> bool:
    """Returns whether a folder, or one of these files where they are there, is there for reading only.

    A full disk is none: ``has_room`` says that.
    """
    paths = (folder, *(folder / name for name in files))
    return any(path.exists() and not os.access(path, os.W_OK) for path in paths)


def has_room(folder: Path) -> bool:
    """Returns whether something can be written to a folder now; what is tried leaves nothing behind."""
    if is_read_only(folder):
        return False
    try:
        with tempfile.TemporaryFile(dir=folder, buffering=0) as probe:
            return probe.write(PROBE) == len(PROBE)
    except OSError:
        return False


def _belongs_to_another(path: Path, folder: Path) -> LibraryError:
    owner, name = _name(path.stat().st_uid), shlex.quote(str(folder))
    return LibraryError(
        f"{path}: belongs to the user {owner}, not to {_name(os.geteuid())}. Run the command as that user "
        f"(`sudo -u {owner} assistant …`), or make the folder your own: `sudo chown -R {_name(os.geteuid())} {name}`."
    )


def _name(user: int) -> str:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return str(user)


def _open_below(folder: Path) -> Iterator[Path]:
    if _is_open(folder):
        yield folder
    for above, folders, files in os.walk(folder):
        yield from (path for name in (*folders, *files) if _is_open(path := Path(above, name)))


def _is_open(path: Path) -> bool:
    try:
        mode = path.lstat().st_mode
    except OSError:
        return False
    return not stat.S_ISLNK(mode) and bool(mode & OTHERS)
