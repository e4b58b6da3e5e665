#!/bin/sh
# Scenarios, and rankings after an edit, beside the plain recursion: see bench/scenario.c.
set -eu
echo "## Supply network: scenarios"
echo
echo "Heavy-tailed, matrix of classes, tolerance 1e-2; $(nproc) threads beside the plain recursion on one; medians of 5, plain once."
echo
echo "| firms | links | firms stopped | steps | plain, s | ours, s | ours, processor s | times | times per core |"
echo "|---|---|---|---|---|---|---|---|---|"
build/gcc/bench_scenario scenarios 100000
build/gcc/bench_scenario scenarios 1000000
echo
echo "## Supply network: the ranking after an edit of one link"
echo
echo "Sparse, matrix of classes, tolerance 1e-2, $(nproc) threads; 11 edits of random links. Revenue: sales, or known, a third of it from final demand. Plain: 10 closures on one thread, for all firms."
echo
echo "| firms | links | revenue | plain for all, processor s | all, s | all, processor s | renewed on average | edit, median s | edit, processor s | slowest edit, s |"
echo "|---|---|---|---|---|---|---|---|---|---|"
build/gcc/bench_scenario edits 10000
build/gcc/bench_scenario edits 100000
