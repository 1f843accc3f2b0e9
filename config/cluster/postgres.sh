#!/bin/sh
# A private PostgreSQL on loopback, for tests and for trying things out: it trusts whoever reaches it, so it is for nothing else.
#   postgres.sh install         installs PostgreSQL with apt-get; needs root
#   postgres.sh find            says where its programs are
#   postgres.sh start FOLDER    makes a server in a new folder, starts it, and says in one line how to connect
#   postgres.sh stop FOLDER     ends that server, and removes the folder
# Exit codes: 0 done, 1 failed, 2 wrong arguments, 3 PostgreSQL is missing.
set -eu

fail() { echo "error: $2" >&2; exit "$1"; }

# The newest version that is installed; Debian keeps these programs out of the path.
programs() {
    for folder in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5,5nr); do
        if [ -x "$folder/initdb" ]; then echo "$folder"; return; fi
    done
    if command -v initdb >/dev/null 2>&1; then dirname "$(command -v initdb)"; fi
}

# The server refuses to run as root.
as_owner() {
    if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

find_programs() {
    bin=$(programs)
    [ -n "$bin" ] || fail 3 "PostgreSQL is missing"
    echo "$bin"
}

start() {
    bin=$(programs)
    [ -n "$bin" ] || fail 3 "PostgreSQL is missing. As root: $0 install"
    [ ! -e "$1" ] || fail 2 "$1 is there already"
    mkdir -m 700 "$1"
    if [ "$(id -u)" = 0 ]; then chown postgres "$1"; fi
    cd "$1"
    as_owner "$bin/initdb" -D "$1/data" -A trust -U postgres --no-instructions --no-sync >"$1/initdb.log" 2>&1 || fail 1 "initdb failed: $(tail -n 1 "$1/initdb.log")"

    # A port may be taken; then another one is tried.
    for attempt in 1 2 3 4 5 6 7 8 9 10; do
        port=$(( 20000 + ( $(od -An -N2 -tu2 /dev/urandom) % 10000 ) ))
        options="-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories= -c max_connections=200"
        if as_owner "$bin/pg_ctl" -D "$1/data" -l "$1/server.log" -w -t 30 -o "$options" start >/dev/null 2>&1; then
            echo "Host=127.0.0.1;Port=$port;Username=postgres;Database=postgres"
            return
        fi
    done
    fail 1 "the server did not start: $(tail -n 1 "$1/server.log")"
}

stop() {
    [ -f "$1/data/PG_VERSION" ] || fail 2 "$1 holds no server"
    bin=$(programs)
    [ -n "$bin" ] || fail 3 "PostgreSQL is missing"
    cd /
    as_owner "$bin/pg_ctl" -D "$1/data" -m immediate -w -t 30 stop >/dev/null 2>&1 || true
    rm -rf -- "$1"
}

case "${1:-} $#" in
    "install 1") apt-get install -y --no-install-recommends postgresql ;;
    "find 1") find_programs ;;
    "start 2") start "$(realpath -m -- "$2")" ;;
    "stop 2") stop "$(realpath -m -- "$2")" ;;
    *) sed -n '3,6s/^# *//p' "$0" >&2; exit 2 ;;
esac
