/*
 * The files of bench/network_file.sh.  `bench_network_file make FIRMS.csv LINKS.csv FIRMS LINKS` writes a network of random links
 * between firms with ten digits, in no order, so that every id has to be fetched from memory; `bench_network_file read FIRMS.csv LINKS.csv
 * THREADS` reads it and says how many seconds the links took.
 */
#include "base/file.h"
#include "base/hash.h"
#include "format/network/network_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { FIRST_ID = 100000000, INDUSTRIES = 600 };

static int make(const char *firms_path, const char *links_path, uint64_t firms, uint64_t links)
{
    FILE *f = fopen(firms_path, "wb"), *l = fopen(links_path, "wb");
    struct rng r = { 20261122 };
    if (!f || !l) return 1;
    fputs("id,industry\n", f);
    for (uint64_t i = 0; i < firms; i++) fprintf(f, "%010lu,%04lu\n", FIRST_ID + i * 7, rng_below(&r, INDUSTRIES));
    fputs("supplier,customer,weight\n", l);
    for (uint64_t i = 0; i < links; i++)
        fprintf(l, "%010lu,%010lu,%.17g\n", FIRST_ID + rng_below(&r, firms) * 7, FIRST_ID + rng_below(&r, firms) * 7, (double)(rng_next(&r) >> 11) * 0x1p-33);
    return fclose(f) || fclose(l);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static struct delimited *opened(struct arena *a, const char *path, int threads)
{
    struct delimited *d = NEW(a, struct delimited);
    Message why;
    Str bytes;
    MUST(!file_map(path, &bytes) && !delimited_open(a, str_of(path), bytes, threads, d, &why));
    return d;
}

static int read_both(const char *firms_path, const char *links_path, int threads)
{
    struct arena a = arena_make((size_t)8 << 30, NULL);
    struct firms f;
    struct link_list l;
    Message why;
    MUST(!firms_read(&a, opened(&a, firms_path, threads), &f, &why));
    double from = now();
    MUST(!links_read(&a, opened(&a, links_path, threads), &f, threads, &l, &why));
    printf("%zu %.3f\n", l.n, now() - from);
    arena_free(&a);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 6 && !strcmp(argv[1], "make")) return make(argv[2], argv[3], strtoull(argv[4], NULL, 10), strtoull(argv[5], NULL, 10));
    if (argc == 5 && !strcmp(argv[1], "read")) return read_both(argv[2], argv[3], atoi(argv[4]));
    fprintf(stderr, "bench_network_file make FIRMS.csv LINKS.csv FIRMS LINKS | read FIRMS.csv LINKS.csv THREADS\n");
    return 2;
}
