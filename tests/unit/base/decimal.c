/* Text to double is strtod's double, whichever way it was read. */
#include "base/hash.h"

#include "test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static void check_as_strtod(const char *z)
{
    double got, want = strtod(z, NULL);
    bool   read = str_to_f64(str_of(z), &got);
    if (!read ? isfinite(want) : memcmp(&got, &want, sizeof got) != 0)
        test_fail(__FILE__, __LINE__, "%s: got %a, want %a", z, read ? got : NAN, want);
}

TEST(decimals_are_read_as_strtod_reads_them_at_the_edges)
{
    static const char *const list[] = {
        "0", "-0", "0.0", "00", "000123", "1.", ".5", "+3", "-1e3", "1E+05", "1e-5", "0e9999", "0.1", "0.3", "123456789012345678",
        "9007199254740993", "9007199254740992.5", "9007199254740993.0000000001", "18014398509481985", "36028797018963970",
        "9999999999999999999", "99999999999999999999", "18446744073709551615", "18446744073709551616", "0.9999999999999999999",
        "1e22", "1e23", "8.5e22", "9007199254740993e19", "9007199254740993e-19", "1e-22", "1e-23", "5e-324", "2.4703282292062327e-324",
        "2.2250738585072011e-308", "2.2250738585072014e-308", "1.7976931348623157e308", "1.7976931348623158e308", "1.7976931348623159e308",
        "1e309", "-1e309", "6631236846766476e-316", "7.2057594037927933e16", "89255e-22", "3.0540412e5", "1.00000000000000011102230246251565",
        "1.00000000000000011102230246251566", "0.500000000000000166533453693773481063544750213623046875", "4.35", "0.000000000000000000000001",
        "12345678", "1234567812345678", "12345678.12345678", "0.00000000000000000001234567",
    };
    for (size_t i = 0; i < COUNT(list); i++) check_as_strtod(list[i]);
}

TEST(what_is_no_decimal_is_refused)
{
    static const char *const list[] = {
        "", ".", "-", "+", "e5", ".e5", "1e", "1e+", "1e5x", "0x10", "0x1p3", "nan", "inf", "-inf", "1,5", "1 ", " 1", "1..2", "1.2.3", "--1", "1e5.5",
        "12345678x", "1234567/", "1234567:", "1_000",
        "1000000000000000000000000000000000000000000000000000000000000000",             /* 64 characters */
    };
    double v;
    for (size_t i = 0; i < COUNT(list); i++)
        if (str_to_f64(str_of(list[i]), &v)) test_fail(__FILE__, __LINE__, "“%s” was read as %g", list[i], v);
    CHECK(!str_to_f64((Str){ "1\0002", 3 }, &v));
}

/* Digits with a point anywhere and an exponent now and then, among them the 17 digits printf gives a double. */
static void write_random(struct rng *r, char *z, size_t most)
{
    uint64_t bits = rng_next(r);
    double   v = (double)(int64_t)bits / (double)(1 + rng_below(r, (uint64_t)1 << rng_below(r, 60)));
    switch (rng_below(r, 4)) {
    case 0:  snprintf(z, most, "%.17g", v); break;
    case 1:  snprintf(z, most, "%.*f", (int)rng_below(r, 20), v); break;
    case 2:  snprintf(z, most, "%lu.%0*lue%d", bits >> rng_below(r, 64), (int)rng_below(r, 18) + 1, rng_next(r) >> rng_below(r, 64), (int)rng_below(r, 60) - 30); break;
    default: snprintf(z, most, "%lue%d", bits >> rng_below(r, 64), (int)rng_below(r, 60) - 30);
    }
}

TEST(millions_of_random_decimals_are_read_as_strtod_reads_them)
{
    struct rng r = { 20261122 };
    char z[64];
    for (int i = 0; i < 2000000; i++) {
        write_random(&r, z, sizeof z);
        check_as_strtod(z);
    }
}

/* The middle between two doubles, and one more or less in the last place: what one rounding too many gets wrong. */
TEST(decimals_halfway_between_two_doubles_go_to_the_even_one)
{
    struct rng r = { 7 };
    char z[64];
    for (int i = 0; i < 300000; i++) {
        uint64_t m = (uint64_t)1 << 52 | rng_next(&r) >> 12, middle = 2 * m + 1;        /* 54 bits, one too many */
        int down = (int)rng_below(&r, 3);                       /* halved so often         */
        for (int off = -1; off <= 1; off++) {
            if (down == 0) snprintf(z, sizeof z, "%lu", middle + (uint64_t)off);
            else if (down == 1) snprintf(z, sizeof z, "%lu.%d", (middle + (uint64_t)off) / 2, (middle + (uint64_t)off) % 2 ? 5 : 0);
            else snprintf(z, sizeof z, "%lu.%02d", (middle + (uint64_t)off) / 4, (int)((middle + (uint64_t)off) % 4) * 25);
            check_as_strtod(z);
        }
    }
}
