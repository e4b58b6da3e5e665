#!/bin/sh
# Reading a workbook of 100,000 rows and 20 columns: rows a second, beside openpyxl's read-only mode on the same file.
# Medians of five readings of ours and three of openpyxl's, taken in turn.
set -eu
file=$(mktemp --suffix=.xlsx)
trap 'rm -f "$file" "$file".*' EXIT
build/gcc/bench_xlsx make "$file"

openpyxl() {
    /usr/bin/python3 - "$file" <<'PYTHON'
import sys, time, openpyxl
start = time.monotonic()
rows = sum(1 for row in openpyxl.load_workbook(sys.argv[1], read_only=True).worksheets[0].iter_rows(values_only=True))
print(rows, "%.3f" % (time.monotonic() - start))
PYTHON
}

for turn in 1 2 3 4 5; do
    build/gcc/bench_xlsx read "$file" >>"$file.ours"
    [ "$turn" -gt 3 ] || openpyxl >>"$file.theirs"
done
median() { sort -n -k 2 "$1" | awk '{ rows[NR] = $1; s[NR] = $2 } END { m = int((NR + 1) / 2); print rows[m] / s[m] }'; }
ours=$(median "$file.ours") theirs=$(median "$file.theirs")
awk -v ours="$ours" -v theirs="$theirs" 'BEGIN {
    print "| reading XLSX, 100,000 rows x 20 columns | rows a second | ratio |"
    print "|---|---|---|"
    printf "| openpyxl, read-only | %d | 1 |\n| Mắt Xích | %d | %.1f |\n", theirs, ours, ours / theirs }'
