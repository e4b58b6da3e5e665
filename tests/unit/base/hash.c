#include "base/hash.h"

#include "test.h"

TEST(sha256_agrees_with_the_standard)                       /* FIPS 180-4 example values          */
{
    CHECK_STR(sha256_hex(a, S("abc")), S("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    CHECK_STR(sha256_hex(a, (Str){ 0 }), S("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
}

TEST(every_bit_and_the_length_reach_the_fingerprint)
{
    enum { MOST = 100 };
    char text[MOST] = { 0 };
    for (size_t n = 0; n < MOST; n++) {
        uint64_t plain = hash64(text, n);
        if (n) CHECK(plain != hash64(text, n - 1));
        for (size_t bit = 0; bit < n * 8; bit++) {
            text[bit / 8] = (char)(text[bit / 8] ^ 1 << bit % 8);
            uint64_t flipped = hash64(text, n);
            text[bit / 8] = (char)(text[bit / 8] ^ 1 << bit % 8);
            int differ = __builtin_popcountll(plain ^ flipped);
            CHECK(differ >= 8 && differ <= 56);
        }
    }
}

TEST(fingerprints_of_numbered_names_spread_over_a_table)
{
    enum { NAMES = 1 << 14, CELLS = 1 << 10 };
    int cells[CELLS] = { 0 };
    for (int i = 0; i < NAMES; i++) cells[str_hash(str_f(a, "Công ty %d", i)) % CELLS]++;
    double chi = 0, mean = (double)NAMES / CELLS;
    for (int i = 0; i < CELLS; i++) chi += (cells[i] - mean) * (cells[i] - mean) / mean;
    CHECK(chi > 850 && chi < 1200);                         /* 1023 expected, deviation 45        */
}

TEST(random_numbers_are_the_same_on_every_machine)
{
    struct rng r = { 1234567 };                             /* values of the authors' own program */
    CHECK(rng_next(&r) == 6457827717110365317u);
    CHECK(rng_next(&r) == 3203168211198807973u);
    CHECK(rng_next(&r) == 9817491932198370423u);
}

TEST(random_numbers_below_a_bound_reach_all_of_it_and_no_more)
{
    struct rng r = { 1 };
    int seen[7] = { 0 };
    for (int i = 0; i < 7000; i++) {
        uint64_t v = rng_below(&r, COUNT(seen));
        CHECK(v < COUNT(seen));
        seen[v]++;
    }
    for (size_t i = 0; i < COUNT(seen); i++) CHECK(seen[i] > 850 && seen[i] < 1150);
}
