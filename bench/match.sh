#!/bin/sh
# Demands of twenty criteria over made-up enterprises, beside the same ranking as one SQL statement in PostgreSQL and in DuckDB: see
# bench/match.c.
#
#   [FIRMS=1000000] [DEMANDS=300] bench/match.sh
#
# PostgreSQL has an index on every column that is asked for, the facts in it, and is warm; DuckDB (npm, for this run only: it is 70 MB) has
# its columns in memory.  Each statement's best of three runs counts; its 50 rows must be ours, with our scores.
set -eu
bin=${BIN:-build/gcc}
work=$(mktemp -d)
chmod 755 "$work"
trap 'tests/postgres stop "$work/pg"; rm -rf "$work"' EXIT
url=$(tests/postgres start "$work/pg" | tail -1)
tables="enterprise process machine product certificate place export grade language confirmed"

load_postgres() {
    psql -q "$url" -v ON_ERROR_STOP=1 -f "$work/tables.sql"
    for t in $tables; do psql -q "$url" -c "\\copy $t FROM '$work/$t.csv' CSV"; done
    psql -q "$url" <<-end
	CREATE UNIQUE INDEX ON enterprise (id) INCLUDE (sort);
	CREATE INDEX ON process (code, e) INCLUDE (n0, n1, n2);
	CREATE INDEX ON process USING gin (also);
	CREATE INDEX ON machine (code, e) INCLUDE (n0, n1);
	CREATE INDEX ON machine (n2) INCLUDE (e);
	CREATE INDEX ON machine (n3) INCLUDE (e);
	CREATE INDEX ON product (code, e);
	CREATE INDEX ON certificate (code, e) INCLUDE (holds, until);
	CREATE INDEX ON place (code, e);
	CREATE INDEX ON export (n0) INCLUDE (e);
	CREATE INDEX ON grade (code, e);
	CREATE INDEX ON language (code, e);
	CREATE INDEX ON confirmed (n0) INCLUDE (e);
	VACUUM ANALYZE;
	end
}

# Milliseconds of a statement in PostgreSQL, the best of three; its rows are held against ours.
ask_postgres() {
    for run in 1 2 3; do
        { echo "SET work_mem='1GB'; SET max_parallel_workers_per_gather=2; SET jit=off;"; printf '%s\n' '\timing on'; cat "$1.sql"; } |
            psql -qAt "$url" >"$work/got"
        sed -n 's/^Time: \([0-9.]*\) ms.*/\1/p' "$work/got"
    done | sort -n | head -1
    grep -v '^Time' "$work/got" | cmp -s - "$1.want" || { echo "other rows than ours: $1" >&2; exit 1; }
}

load_duckdb() {
    npm install --prefix "$work/duck" --no-audit --no-fund --loglevel=error @duckdb/node-api@1.5.6-r.1 >/dev/null
    cp bench/match.mjs "$work/duck/"
}

middle() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

"$bin/bench_match" "${FIRMS:-1000000}" "${DEMANDS:-300}" "$work" >"$work/ours"
load_postgres
for sql in "$work"/demand-*.sql; do ask_postgres "${sql%.sql}"; done >"$work/postgres"
load_duckdb
node "$work/duck/match.mjs" "$work" >"$work/duckdb"
echo "## Matching: twenty criteria and words, the best 50 with reasons"
echo
cat "$work/ours"
ours=$(sed -n 's/.*p50 \([0-9.]*\), p99 [0-9.]* on the clock.*/\1/p' "$work/ours")
for other in postgres duckdb; do
    ms=$(middle <"$work/$other")
    echo "- $other: the criteria without words in one statement, $(wc -l <"$work/$other") demands, the same rows and scores: p50 $ms ms," \
         "$(awk "BEGIN { printf \"%.0f\", $ms / $ours }") times ours."
done
