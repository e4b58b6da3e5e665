#!/bin/sh
# The whole import of 100,000 new enterprises from a workbook of 20 columns (read, checked, matched, saved with children and a change-log
# entry each, into a new SQLite database), beside openpyxl's read-only mode only reading the same file.  Medians of
# three of each, taken in turn.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
build/gcc/bench_import make "$dir/list.xlsx"

openpyxl() {
    /usr/bin/python3 - "$dir/list.xlsx" <<'PYTHON'
import sys, time, openpyxl
start = time.monotonic()
rows = sum(1 for row in openpyxl.load_workbook(sys.argv[1], read_only=True).worksheets[0].iter_rows(values_only=True))
print(rows - 1, "%.3f" % (time.monotonic() - start))
PYTHON
}

for turn in 1 2 3; do
    build/gcc/bench_import read "$dir/list.xlsx" "$dir/$turn.db" >>"$dir/ours"
    rm -f "$dir/$turn.db"*
    openpyxl >>"$dir/theirs"
done
median() { sort -n -k 2 "$1" | awk '{ rows[NR] = $1; s[NR] = $2 } END { m = int((NR + 1) / 2); print rows[m] / s[m] }'; }
ours=$(median "$dir/ours") theirs=$(median "$dir/theirs") memory=$(sort -n -k 3 "$dir/ours" | awk 'END { print $3 }')
awk -v ours="$ours" -v theirs="$theirs" -v memory="$memory" 'BEGIN {
    print "| importing 100,000 enterprises x 20 columns | rows a second | ratio |"
    print "|---|---|---|"
    printf "| openpyxl, read-only, reading alone | %d | 1 |\n", theirs
    printf "| Mắt Xích, the whole import | %d | %.1f |\n\n", ours, ours / theirs
    printf "Peak memory of the import: %d MB.\n", memory }'
