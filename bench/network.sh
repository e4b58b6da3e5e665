#!/bin/bash
# bench/network.sh - the closure of a firm in made-up supply networks of 1,000 to 1,000,000 firms: see bench/network.c.  Prints a table
# and draws it into bench/network-cost.svg.
set -euo pipefail
build=${BUILD-build/gcc}
out=$(mktemp)
trap 'rm -f "$out"' EXIT
"$build/bench_network" ${SIZES-1000 10000 100000 1000000} >"$out"
echo "## Supply network: what is lost when a firm stops"
echo
echo "Matrix of classes, tolerance 0.01; processor time.  \"Ready\" is what comes before the first closure; \"all\" are the seconds that one processor"
echo "would take for the closures of all firms, from up to ${FIRMS-2000} of them; \"plain\" is every step over all links, one thread."
echo
echo "| network | firms | links | T | read links, s | ready, s | a closure, ms | all, s | plain closure, ms | ratio | memory at most, MB |"
echo "|---|---|---|---|---|---|---|---|---|---|---|"
cat "$out"

# Milliseconds by firms, both axes in tens: 1,000 firms at x = 90, 10 ms at y = 170.
awk -F' *\\| *' '
    function x(firms)  { return 90 + 150 * (log(firms) / log(10) - 3) }
    function y(ms)     { return 170 - 45 * (log(ms) / log(10) - 1) }
    function curve(points, colour, name) {
        printf "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" points=\"%s\"/>\n", colour, points
        split(points, each, " "); last = each[split(points, each, " ")]; split(last, at, ",")
        printf "<text x=\"%s\" y=\"%s\" fill=\"%s\">%s</text>\n", at[1] + 8, at[2] + 4, colour, name
    }
    { ours[$2] = ours[$2] sprintf(" %d,%d", x($3), y($8)); plain[$2] = plain[$2] sprintf(" %d,%d", x($3), y($10)) }
    END {
        print "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 760 400\" font-family=\"sans-serif\" font-size=\"13\">"
        print "<rect width=\"760\" height=\"400\" fill=\"white\"/><text x=\"20\" y=\"24\">A closure, milliseconds, by firms</text>"
        for (ms = 0.01; ms < 2e4; ms *= 10) printf "<line x1=\"80\" x2=\"550\" y1=\"%d\" y2=\"%d\" stroke=\"#ddd\"/><text x=\"75\" y=\"%d\" text-anchor=\"end\">%s</text>\n", y(ms), y(ms), y(ms) + 4, ms
        for (n = 1000; n <= 1000000; n *= 10) printf "<text x=\"%d\" y=\"360\" text-anchor=\"middle\">%d</text>\n", x(n), n
        curve(substr(plain["power law"], 2), "#999", "plain, power law"); curve(substr(plain["heavy-tailed"], 2), "#666", "plain, heavy-tailed")
        curve(substr(ours["power law"], 2), "#06c", "power law"); curve(substr(ours["heavy-tailed"], 2), "#c30", "heavy-tailed")
        print "</svg>"
    }' "$out" >bench/network-cost.svg
