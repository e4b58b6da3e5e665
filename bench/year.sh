#!/bin/bash
# bench/year.sh - ten years of the programme (10,000 participations, 50,000 vouchers): its views, figures and targets as functions, beside the same year in a
# database that holds it alone; then the pages of it over HTTP, one asked for after the other, for people who are signed in (whose pages nobody keeps).  On
# SQLite and on a PostgreSQL of its own (tests/postgres).  MATXICH names another binary, DATABASES="sqlite" measures on that alone.  Making the databases takes
# some seconds.
set -euo pipefail
build=${BUILD-build/gcc} program=${MATXICH-build/matxich} seconds=${SECONDS_EACH-5} ward=2025/00004
. bench/portal.bash
trap 'tests/postgres stop "$dir/postgres"; stop' EXIT

# The URL of a new database called NAME.
database() {
    [ "$2" = sqlite ] && echo "sqlite:$dir/$1.db" && return
    local url
    url=$(tests/postgres start "$dir/postgres" | tail -1)
    psql -qX -d "$url" -c "CREATE DATABASE $1"
    echo "${url/"/postgres?"/"/$1?"}"
}

pages() {
    for path in "$@"; do ask_page 1 "\`$path\`${whose-}" "$path"; done
}

measure() {
    local ten one
    ten=$(database ten "$1") one=$(database one "$1")
    "$build/bench_year" make "$ten" 10
    "$build/bench_year" make "$one" 1
    if [ "$1" = postgresql ]; then for url in "$ten" "$one"; do psql -qX -d "$url" -c ANALYZE; done; fi         # as its autovacuum does by and by
    echo
    echo "### $1"
    echo
    echo "| what | p50 | p99 | processor time: p50 | p99 | the year alone: p50 | ratio |"
    echo "|---|---|---|---|---|---|---|"
    "$build/bench_year" ask "$ten" "$one" "${TIMES-200}"
    echo
    echo "| page, 1 connection | requests/s | p50, ms | p99, ms |"
    echo "|---|---|---|---|"
    serve_signed_in "$ten"
    pages /dashboard /dashboard/participants '/money?by=agency' '/money?by=source' '/money?by=content' '/money?by=month' '/money?by=line' '/money?by=task' \
        /money/forecast /money/counterparts /targets /targets/participations_yearly /targets/participations_yearly/list /progress /plan
    for role in finance leader ward; do
        if [ $role = ward ]; then sign_in ward --ward "$ward"; else sign_in $role; fi
        whose=", $role" pages /dashboard
    done
    stop_serving
}

echo "## The programme's year"
echo
echo "Ten years, each with 60 tasks, 30 contracts, 1,000 participations and 5,160 vouchers; the first is asked for, and again where it is the only one; milliseconds."
echo "Processor time on PostgreSQL is the program's own, without the server's."
for kind in ${DATABASES-sqlite postgresql}; do measure "$kind"; done
