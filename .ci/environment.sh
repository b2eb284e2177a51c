# Sourced by ./run and ./test: makes the environment .venv from the hash-pinned requirements files.
# Each package comes from whatever index this machine is set up for; nothing here names one.
# shellcheck shell=bash

UV_VERSION=0.13.9
unset PYTHONDONTWRITEBYTECODE # without bytecode every process starts three times as slowly
export PIP_DISABLE_PIP_VERSION_CHECK=1 UV_NO_PROGRESS=1

say() { printf '%s\n' "$*" >&2; }

fit() { # a candidate must really run (a pyenv shim may not) and be new enough
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1
}

find_python() {
    local candidate path
    for candidate in ${LOKET_PYTHON:+"$LOKET_PYTHON"} python3.13 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.13*/bin/python3 \
        python3.14 python3.12 python3 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.1[2-9]*/bin/python3 \
        "${XDG_DATA_HOME:-$HOME/.local/share}"/uv/python/cpython-3.1[2-9]*/bin/python3; do
        path=$(command -v "$candidate" 2>/dev/null) || continue
        if fit "$path"; then
            printf '%s\n' "$path"
            return 0
        fi
    done
    return 1
}

find_uv() { # uv that is there already, else one of our own under .uv
    local candidate
    for candidate in .uv/uv .uv/bin/uv uv "$HOME/.local/bin/uv"; do
        candidate=$(command -v "$candidate" 2>/dev/null) || continue
        if "$candidate" --version >/dev/null 2>&1; then
            printf '%s\n' "$candidate"
            return 0
        fi
    done
    if command -v python3 >/dev/null 2>&1 && python3 -m pip --version >/dev/null 2>&1; then
        python3 -m pip install -q --target .uv "uv==$UV_VERSION" >/dev/null 2>&1 || true
    fi
    if [ ! -x .uv/bin/uv ] && command -v curl >/dev/null 2>&1; then
        curl -fsSL --proto '=https' --max-time 60 "https://astral.sh/uv/$UV_VERSION/install.sh" 2>/dev/null |
            UV_UNMANAGED_INSTALL="$PWD/.uv" sh >/dev/null 2>&1 || true
    fi
    for candidate in .uv/uv .uv/bin/uv; do
        if [ -x "$candidate" ] && "$candidate" --version >/dev/null 2>&1; then
            printf '%s\n' "$PWD/$candidate"
            return 0
        fi
    done
    return 1
}

what_to_install() {
    local ID='' VERSION_ID=''
    # shellcheck disable=SC1091
    if [ -r /etc/os-release ]; then . /etc/os-release; fi
    say "Loket needs Python 3.12 or newer with its module venv, and this machine has none that works."
    case "$ID:$VERSION_ID" in
    debian:12*) say "Debian 12 has no such Python. Install uv (its site tells how) and run: uv python install 3.13" ;;
    debian:* | ubuntu:* | linuxmint:*) say "Run: sudo apt install python3-venv" ;;
    fedora:* | rhel:* | centos:* | almalinux:* | rocky:*) say "Run: sudo dnf install python3.13" ;;
    arch:*) say "Run: sudo pacman -S python" ;;
    opensuse*:*) say "Run: sudo zypper install python313" ;;
    *) say "Install Python 3.13 (macOS: brew install python@3.13)." ;;
    esac
    say "Then start again. A Python in an unusual place: LOKET_PYTHON=/path/to/python3 ./run"
}

make_venv() {
    local python uv
    rm -rf .venv
    python=$(find_python) || python=
    if [ -n "$python" ] && "$python" -c 'import venv, ensurepip' >/dev/null 2>&1; then
        "$python" -m venv .venv && return 0
        rm -rf .venv
    fi
    # No venv module (a bare Debian or Ubuntu), or no Python that is new enough: uv can do both.
    if uv=$(find_uv); then
        if [ -z "$python" ]; then
            say "No Python 3.12 or newer found; uv fetches one."
            if "$uv" python install -q --system-certs 3.13; then python=3.13; fi
        fi
        if [ -n "$python" ]; then "$uv" venv -q --python "$python" .venv && return 0; fi
    fi
    rm -rf .venv
    what_to_install
    return 69
}

fill_venv() { # $1: requirements file, $2: sync (remove what is not in it) or install (leave it)
    local uv=.venv/bin/uv python=.venv/bin/python
    if [ ! -x "$uv" ]; then
        "$python" -m pip install -q "uv==$UV_VERSION" >/dev/null 2>&1 || true
    fi
    if [ ! -x "$uv" ]; then uv=$(find_uv) || uv=; fi
    if [ -n "$uv" ]; then
        # --system-certs: behind a proxy that inspects traffic only the machine's own certificates are right
        local list=(sync)
        if [ "$2" = install ]; then list=(install -r); fi
        "$uv" pip "${list[@]}" "$1" -q --require-hashes --system-certs --python "$python" &&
            "$uv" pip install -q --no-deps --system-certs --python "$python" -e . && return 0
        say "uv could not do it; trying pip."
    fi
    "$python" -m pip install -q --require-hashes -r "$1" && "$python" -m pip install -q --no-deps -e .
}

stamp_of() {
    { cat pyproject.toml "$1" && pwd -P && .venv/bin/python -VV; } | cksum
}

environment() { # $1: run or test. Each has its own stamp; what ./test installed, ./run leaves.
    local list=requirements.txt how=install
    if [ "$1" = test ]; then list=requirements-dev.txt how=sync; fi
    if ! .venv/bin/python -c '' >/dev/null 2>&1; then
        say "Making the environment .venv (once; about a minute) ..."
        make_venv || return $?
    fi
    if [ "$(cat ".venv/.stamp-$1" 2>/dev/null)" = "$(stamp_of "$list")" ] && [ -x .venv/bin/loket ]; then
        return 0
    fi
    rm -f ".venv/.stamp-$1"
    say "Installing the packages of $list ..."
    if ! fill_venv "$list" "$how"; then
        say "The packages of $list could not be installed; the reason is above. Is there a network?"
        return 69
    fi
    stamp_of "$list" >".venv/.stamp-$1"
    if [ "$1" = test ]; then stamp_of requirements.txt >.venv/.stamp-run; fi
}

exclusively() { # two commands started at the same time must not fill .venv at the same time
    if command -v flock >/dev/null 2>&1; then
        { flock 9 && environment "$1" 9>&-; } 9>.venv.lock
    else
        environment "$1"
    fi
}
