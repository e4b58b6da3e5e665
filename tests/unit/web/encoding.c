#include "test.h"
#include "web/encoding.h"

#include <zlib.h>

TEST(the_best_accepted_encoding_is_chosen)
{
    static const struct { const char *header; enum encoding best; } cases[] = {
        { "", PLAIN }, { "gzip, deflate, br", BROTLI }, { "gzip", GZIP }, { "GZIP;q=0.5", GZIP }, { "*", BROTLI },
        { "gzip;q=0", PLAIN }, { "br;q=0, *", GZIP }, { "identity", PLAIN }, { "gzip ; q=0.0 , br", BROTLI },
        { ",,;q=1,gzipped", PLAIN },
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        CHECK_INT(encoding_choose(7, encodings_accepted(str_of(cases[i].header))), cases[i].best);
    CHECK_INT(encoding_choose(1u << PLAIN, encodings_accepted(S("br, gzip"))), PLAIN);
}

TEST(what_is_packed_unpacks_to_the_same)
{
    struct buf b = buf_make(a);
    for (int i = 0; i < 1000; i++) put_f(&b, "doanh nghiệp %d\n", i);
    Str packed = gzipped(a, buf_str(&b), 6);
    CHECK(packed.n > 0 && packed.n < b.n);
    char *out = NEW_ARRAY(a, char, b.n), *in = NEW_ARRAY(a, char, packed.n);
    memcpy(in, packed.p, packed.n);
    z_stream z = { .next_in = (Bytef *)in, .avail_in = (uInt)packed.n, .next_out = (Bytef *)out, .avail_out = (uInt)b.n };
    CHECK_INT(inflateInit2(&z, 16 + 15), Z_OK);
    CHECK_INT(inflate(&z, Z_FINISH), Z_STREAM_END);
    CHECK_STR(((Str){ out, z.total_out }), buf_str(&b));
    inflateEnd(&z);
}

TEST(what_packing_does_not_make_smaller_stays_plain)
{
    char noise[4096];
    uint32_t seed = 1;
    for (size_t i = 0; i < sizeof noise; i++) noise[i] = (char)((seed = seed * 1664525 + 1013904223) >> 24);
    CHECK_INT(gzipped(a, (Str){ noise, sizeof noise }, 9).n, 0);
    CHECK_INT(gzipped(a, S("short"), 9).n, 0);
}

TEST(if_none_match_finds_a_tag_in_its_list)
{
    CHECK(etag_matches(S("\"a\""), S("\"a\"")));
    CHECK(etag_matches(S("\"x\", W/\"a\" ,\"y\""), S("\"a\"")));
    CHECK(etag_matches(S("*"), S("\"a\"")));
    CHECK(!etag_matches(S("\"ab\""), S("\"a\"")));
    CHECK(!etag_matches(S(""), S("\"a\"")));
}
