#!/bin/sh
# Installs the policy assistant from this folder, with no network and no package index:
#   sh install.sh [--prefix FOLDER] [--python PROGRAM] [--no-switch]
# Checks every file against SHA256SUMS, installs into PREFIX/releases/VERSION (/opt/policy-assistant), and lets PREFIX/current point to it.
# What was there before stays: PREFIX/current may be pointed back at it. --no-switch leaves PREFIX/current alone.
set -eu
umask 022
prefix=/opt/policy-assistant
python=
switch=yes

fail() { echo "install.sh: $*" >&2; exit 1; }

while [ $# -gt 0 ]; do
    case $1 in
        --prefix) prefix=${2:?--prefix needs a folder}; shift 2 ;;
        --python) python=${2:?--python needs a program}; shift 2 ;;
        --no-switch) switch=no; shift ;;
        *) fail "$1: no such option. There are --prefix FOLDER, --python PROGRAM and --no-switch." ;;
    esac
done
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
cd "$here"
version=$(cat VERSION)

sha256sum --check --quiet --strict SHA256SUMS \
    || fail "a file is damaged or was changed: nothing was installed. Copy the archive again, and compare its checksum."

for each in ${python:-python3.11 python3}; do
    if "$each" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2> /dev/null; then python=$(command -v "$each"); found=yes; break; fi
done
[ "${found:-}" ] || fail "Python 3.11 is needed, which these wheels are for. Name it: --python /path/to/python3.11"
"$python" -c 'import platform, sys
libc, version = platform.libc_ver()
sys.exit((platform.machine(), libc) != ("x86_64", "glibc") or tuple(map(int, version.split(".")[:2])) < (2, 28))' \
    || fail "these wheels are for Linux on x86-64 with glibc 2.28 or later"
"$python" -c 'import ensurepip, venv' 2> /dev/null || fail "$python has no venv module. On Debian: apt-get install python3-venv"

release=$prefix/releases/$version
[ ! -e "$release" ] || fail "$release is there already. Point $prefix/current at it, or remove it and run this again."
mkdir -p "$prefix/releases"
trap 'rm -rf "$release"' EXIT
trap 'exit 1' HUP INT TERM
"$python" -m venv "$release"
pip() {
    PIP_CONFIG_FILE=/dev/null PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore "$release/bin/python" -m pip --isolated "$@"
}
pip install --quiet --no-index --find-links wheels --only-binary :all: --no-deps --require-hashes -r requirements.lock
pip install --quiet --no-index --no-deps "wheels/$(cat OWN_WHEEL)"
cp -R bin/. "$release/bin/"
cp -R share "$release/"
chmod -R a+rX,go-w "$release"
"$release/bin/assistant" --help > /dev/null || fail "the program does not start: nothing was installed"
trap - EXIT

if [ "$switch" = yes ]; then
    ln -sfn "releases/$version" "$prefix/current.new"
    mv -T "$prefix/current.new" "$prefix/current"
fi
echo "installed: $release"
echo "next: $release/share/doc/policy-assistant/operate/install.md"
