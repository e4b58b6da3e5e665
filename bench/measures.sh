#!/bin/sh
# The shape of supply networks and what firms depend on, beside igraph and the plain way: see bench/measures.c.
set -eu
build=${BUILD-build/gcc}
echo "## Supply network: its shape, countries, localisation"
echo
echo "Made-up networks of power law (8 links a firm); seconds of processor time of one thread, the best of some runs. Beside: igraph $(dpkg-query -W -f '${Version}' libigraph-dev);"
echo "for countries, one after another by plain iteration to the same 1e-12 (one measured, taken 30 times)."
echo
echo "| firms | links | measure | ours | beside | ratio |"
echo "|---|---|---|---|---|---|"
"$build/bench_measures" sparse 100000 3
"$build/bench_measures" sparse 1000000 1
