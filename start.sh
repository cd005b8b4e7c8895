#!/usr/bin/env bash
# Sets up what is needed and runs the product: ./start.sh help
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export PYTHONUTF8=1
unset PYTHONHOME PYTHONPATH

UV="uv>=0.13,<0.14" # the range of [build-system] in pyproject.toml
STAMP=.venv/set-up
RUN=.data/run

help() {
    cat <<'TEXT'
./start.sh                       run the product on what there is: a part without a key is offline; one demo call, then serve
./start.sh demo [--once] [--json]  the demo call alone
./start.sh test [pytest's arguments]  all tests and features
./start.sh check                 style, types and the direction of imports
./start.sh setup                 install what developers need, and no more
./start.sh backend               the call engine: with .env or .env.local for real callers, without them offline
./start.sh dev                   the same with everything that developers need installed
./start.sh docker                the offline engine in a container (docker-compose.dev.yml)
./start.sh stop                  stop what backend, dev and docker have started
TEXT
}

say() { printf '==> %s\n' "$*" >&2; }
fail() {
    printf 'start.sh: %s\n' "$@" >&2
    exit 1
}

# --- Python ---------------------------------------------------------------------------------------

pythons() { # those that really run and are of a version that the product runs on, the first choice first
    local name path
    for name in python3.13 python3.12 python3.11 python3 python \
        "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.1[321]*/bin/python3 /usr/local/bin/python3 /opt/homebrew/bin/python3; do
        path=$(command -v "$name" 2>/dev/null) || continue
        "$path" -c 'import sys, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && echo "$path"
    done
    return 0
}

make_venv() {
    local python first=""
    while read -r python; do
        first=${first:-$python}
        say "Making .venv with $python ($("$python" --version))"
        rm -rf .venv
        if "$python" -m venv .venv >/dev/null 2>&1; then
            return
        fi
    done < <(pythons)
    [ -n "$first" ] || fail "no Python from 3.11 to 3.13 was found." "Install one (Debian, Ubuntu: apt install python3) and start again."
    say "$first has no ensurepip: making .venv without pip"
    rm -rf .venv
    "$first" -m venv --without-pip .venv || fail "$first cannot make a virtual environment in $PWD: the reason stands above."
}

install_uv() {
    say "Installing uv"
    local python wheel
    python=$(sed -n 's/^executable = //p' .venv/pyvenv.cfg)
    if .venv/bin/python -m pip --version >/dev/null 2>&1; then
        .venv/bin/python -m pip install -q --disable-pip-version-check "$UV"
    elif command -v uv >/dev/null && uv pip install -q --python .venv/bin/python "$UV"; then
        :
    elif "${python:-python3}" -m pip --version >/dev/null 2>&1; then
        "${python:-python3}" -m pip --python .venv/bin/python install -q "$UV"
    elif wheel=$(pip_wheel); then
        .venv/bin/python "$wheel/pip" install -q --disable-pip-version-check "$UV"
    else
        rm -rf .venv
        fail "this Python has neither ensurepip nor pip, and there is no uv, so nothing can be installed." \
            "Debian, Ubuntu: apt install python3-venv, then start again."
    fi
}

pip_wheel() { # Debian keeps pip in a package of its own: take it out without installing anything
    local wheels=/usr/share/python-wheels lists
    if ! compgen -G "$wheels/pip-*.whl" >/dev/null && command -v apt-get >/dev/null; then
        wheels=$PWD/.venv/pip-wheel lists=$PWD/.venv/apt
        mkdir -p "$wheels" "$lists/partial"
        (
            cd "$wheels"
            apt-get -qq download python3-pip-whl || {
                apt-get -qq -o Dir::State::lists="$lists" -o Dir::Cache="$lists" update
                apt-get -qq -o Dir::State::lists="$lists" -o Dir::Cache="$lists" download python3-pip-whl
            }
            dpkg-deb -x python3-pip-whl_*.deb .
        ) >/dev/null 2>&1 || return 1
        wheels=$wheels/usr/share/python-wheels
    fi
    compgen -G "$wheels/pip-*.whl" | tail -n 1 | grep .
}

# --- Set-up: .venv is what the lock says, and a second start finds it done --------------------------

stamp_of() { echo "$PWD $1 $(cat "$1" pyproject.toml | cksum)"; }

is_set_up() {
    [ -x .venv/bin/callcenter ] && [ -f "$STAMP" ] && .venv/bin/python -c '' 2>/dev/null || return 1
    local lock
    for lock in "$@"; do
        [ "$(cat "$STAMP")" = "$(stamp_of "$lock")" ] && return 0
    done
    return 1
}

set_up() { # set_up LOCK [LOCK THAT IS AS GOOD]
    is_set_up "$@" && return
    [ -w . ] || fail "$PWD is not writable for $(id -un), and .venv belongs there." "Clone into a folder of your own."
    if ! .venv/bin/python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null ||
        { [ -f "$STAMP" ] && [[ "$(cat "$STAMP")" != "$PWD "* ]]; }; then
        make_venv
    fi
    rm -f "$STAMP"
    .venv/bin/uv --version 2>/dev/null | grep -q '^uv 0\.13\.' || install_uv
    go_the_way_of_pip
    say "Installing what $1 names"
    local quiet=--quiet
    if [ -t 2 ]; then quiet=; fi # a person sees how far it is, a log needs no hundred lines
    .venv/bin/uv pip sync $quiet --python .venv/bin/python --require-hashes "$1"
    .venv/bin/uv pip install -q --python .venv/bin/python --no-deps --editable .
    stamp_of "$1" >"$STAMP"
    say "Set up"
}

go_the_way_of_pip() { # a mirror and certificates that are good for pip are good for uv
    local index bundle
    for bundle in /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/cert.pem; do
        if [ -s "$bundle" ]; then export UV_SYSTEM_CERTS=${UV_SYSTEM_CERTS:-true}; fi
    done
    if [ -z "${UV_DEFAULT_INDEX:-}${UV_INDEX_URL:-}" ]; then
        index=${PIP_INDEX_URL:-$(.venv/bin/python -m pip config get global.index-url 2>/dev/null || true)}
        if [ -n "$index" ]; then export UV_DEFAULT_INDEX=$index; fi
    fi
}

for_running() { set_up requirements.lock requirements-dev.lock; }
for_developing() { set_up requirements-dev.lock; }
browser() { .venv/bin/python -m tests.browser.chromium; } # the tests look at the pages with a real one

# --- Commands ---------------------------------------------------------------------------------------

tests() {
    for_developing
    browser || say "Going on without a browser: the tests of the pages will fail"
    if [ $# -gt 0 ]; then
        exec .venv/bin/pytest "$@"
    fi
    # The tests hold calls in real time: they wait more than they compute, and five workers on two cores disturb nobody.
    exec .venv/bin/pytest -n "${TEST_WORKERS:-5}" --dist worksteal --cov --cov-report=term
}

check() { # all of it, so that one look shows everything there is to mend
    for_developing
    local gate failed=""
    for gate in "ruff check ." "ruff format --check ." "mypy" "lint-imports --no-logo"; do
        say "$gate"
        # shellcheck disable=SC2086 # a gate is a command and its arguments
        .venv/bin/$gate || failed="$failed '$gate'"
    done
    [ -z "$failed" ] || fail "not clean:$failed"
}

backend() {
    local command=run
    if [ -f .env ] || [ -f .env.local ]; then command=calls; fi
    if is_running; then fail "an engine is running already (process $(cat $RUN/backend.pid)): ./start.sh stop"; fi
    mkdir -p $RUN
    echo $$ >$RUN/backend.pid
    say "callcenter $command; stop with Ctrl-C or ./start.sh stop"
    exec .venv/bin/callcenter $command
}

is_running() {
    [ -f $RUN/backend.pid ] && ps -p "$(cat $RUN/backend.pid)" -o args= 2>/dev/null | grep -q callcenter
}

compose() { docker compose -f docker-compose.dev.yml "$@"; }

docker_up() {
    docker compose version >/dev/null 2>&1 || fail "there is no docker compose here." "Install Docker 24 or newer, or start without it: ./start.sh"
    compose up -d --build
    say "The offline engine listens on 127.0.0.1:9092, the demo shop on 127.0.0.1:3000."
    say "This release needs no other service: PostgreSQL and Redis come with the records."
}

stop() {
    if is_running; then
        local pid seconds=0
        pid=$(cat $RUN/backend.pid)
        say "Stopping the engine (process $pid): it holds the calls it has to their end"
        kill -TERM "$pid"
        while kill -0 "$pid" 2>/dev/null; do
            [ $((seconds += 1)) -le "${STOP_SECONDS:-150}" ] || fail "process $pid is still there after $((seconds - 1)) s: raise STOP_SECONDS above DRAIN_SECONDS, or kill -KILL $pid ends it."
            sleep 1
        done
    fi
    rm -f $RUN/backend.pid
    if docker compose version >/dev/null 2>&1 && [ -n "$(compose ps -q 2>/dev/null)" ]; then compose down; fi
    say "Stopped"
}

case "${1:-}" in
"") for_running && exec .venv/bin/callcenter run ;;
demo) for_running && exec .venv/bin/callcenter "$@" ;;
test) shift && tests "$@" ;;
check) check ;;
setup) for_developing && browser ;;
backend) for_running && backend ;;
dev) for_developing && backend ;;
docker) docker_up ;;
stop) stop ;;
help | -h | --help) help ;;
*) help >&2 && fail "there is no command '$1'." ;;
esac
