#!/usr/bin/env bash
# python-oxmsg 0.0.2 (Python 3.11, 2026-11-30), taking the attachments out of a mail that Outlook saved.
#
# Situation: a team forwards an older mail as an attachment; Outlook keeps it as a mail within the mail (attach method 5, afEmbeddedMessage), not as bytes.
# Behaviour: the attachment says that it is attached by value, as a file is (the library tests the bit 1 of 5), and that it has no bytes and the size 0; no
#   error is raised and nothing leads to the mail within. One would expect "by value" to be false for it, or its bytes. A file beside it is as it should be.
# Output seen:
#   rota.txt: by value True, bytes b'The rota.', size 9
#   Older mail: by value True, bytes None, size 0
# Exits 0 while this is so, 1 when it changes, 2 when it cannot be tried.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check python-oxmsg==0.0.2 olefile==0.47 || exit 2
"$folder/venv/bin/python" - <<'PY'
import struct
import sys

from oxmsg import Message

END, NONE = 0xFFFFFFFE, 0xFFFFFFFF


def compound(root):
    """Returns a compound file ([MS-CFB]) of storages (dicts) and streams (bytes), all in the mini stream."""
    entries, mini, fat = [["Root Entry", 5, b"", []]], b"", []

    def walk(storage, parent):
        for name, held in storage.items():
            entries[parent][3].append(len(entries))
            entries.append([name, 1, b"", []] if isinstance(held, dict) else [name, 2, held, []])
            if isinstance(held, dict):
                walk(held, len(entries) - 1)

    walk(root, 0)
    starts = []
    for _, kind, held, _ in entries:
        starts.append(len(fat) if held else (END if kind == 2 else 0))
        pieces = -(-len(held) // 64)
        fat += [*range(len(fat) + 1, len(fat) + pieces), END] if held else []
        mini += held.ljust(pieces * 64, b"\0")
    starts[0] = 0

    def sectors(held):
        return held.ljust(-(-len(held) // 512) * 512, b"\0")

    def entry(at):
        name, kind, held, children = entries[at]
        right = next((c[c.index(at) + 1] for *_, c in entries if at in c[:-1]), NONE)
        size = len(mini) if at == 0 else len(held)
        words = name.encode("utf-16-le")
        return struct.pack("<64sH2B3I36xIII", words, len(words) + 2, kind, 1, NONE, right, children[0] if children else NONE, starts[at], size, 0)

    parts = [sectors(mini), sectors(struct.pack(f"<{len(fat)}I", *fat)), sectors(b"".join(map(entry, range(len(entries)))))]
    chain, firsts = [], []
    for part in parts:
        firsts.append(len(chain))
        chain += [*range(len(chain) + 1, len(chain) + len(part) // 512), END]
    table = struct.pack(f"<{len(chain) + 1}I", *chain, 0xFFFFFFFD).ljust(512, b"\xff")
    head = struct.pack("<8s16s5H6x9I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, firsts[2], 0, 4096, firsts[1], 1, END, 0)
    return head + struct.pack("<109I", len(chain), *[NONE] * 108) + b"".join(parts) + table


def storage(header, numbers, texts, **more):
    """Returns the properties of a mail or an attachment ([MS-OXMSG])."""
    table, streams = header, {}
    for pid, number in numbers.items():
        table += struct.pack("<HHII4x", 0x0003, pid, 6, number)
    for pid, held in texts.items():
        kind, held = (0x1F, held.encode("utf-16-le")) if isinstance(held, str) else (0x102, held)
        streams[f"__substg1.0_{pid:04X}{kind:04X}"] = held
        table += struct.pack("<HHIII", kind, pid, 6, len(held) + 2 * (kind == 0x1F), 0)
    return {"__properties_version1.0": table, **streams, **more}


METHOD, NAME, DATA, SUBJECT, BODY = 0x3705, 0x3707, 0x3701, 0x0037, 0x1000
within = storage(bytes(24), {}, {SUBJECT: "Older mail", BODY: "Ring the police."})
attached = {
    "__attach_version1.0_#00000000": storage(bytes(8), {METHOD: 1}, {NAME: "rota.txt", DATA: b"The rota."}),
    "__attach_version1.0_#00000001": storage(bytes(8), {METHOD: 5}, {NAME: "Older mail"}, **{"__substg1.0_3701000D": within}),
}
header = struct.pack("<8x4I8x", 0, 2, 0, 2)
mail = Message.load(compound(storage(header, {}, {SUBJECT: "Rota", BODY: "See both."}, **attached)))
seen = []
for each in mail.attachments:
    seen.append((each.attached_by_value, each.file_bytes, each.size))
    print(f"{each.file_name}: by value {seen[-1][0]}, bytes {seen[-1][1]!r}, size {seen[-1][2]}")
sys.exit(seen != [(True, b"The rota.", 9), (True, None, 0)])
PY
