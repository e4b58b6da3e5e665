#include "base/map.h"

#include "test.h"

TEST(a_map_finds_what_was_put_and_nothing_else)
{
    struct map m = map_make(a, 0);
    bool added;
    int64_t v;
    for (int i = 0; i < 10000; i++) {
        map_put(&m, str_f(a, "key %d", i), i, &added);
        CHECK(added);
    }
    CHECK_INT(m.n, 10000);
    for (int i = 0; i < 10000; i++) {
        CHECK(map_get(&m, str_f(a, "key %d", i), &v));
        CHECK_INT(v, i);
        CHECK(!map_get(&m, str_f(a, "other %d", i), &v));
    }
}

TEST(putting_a_key_again_shows_the_first_value)
{
    struct map m = map_make(a, 4);
    bool added;
    map_put(&m, S("Hà Nội"), 1, &added);
    int64_t *place = map_put(&m, S("Hà Nội"), 2, &added);
    CHECK(!added);
    CHECK_INT(*place, 1);
    *place = 3;
    int64_t v;
    CHECK(map_get(&m, S("Hà Nội"), &v));
    CHECK_INT(v, 3);
    CHECK_INT(m.n, 1);
}

TEST(an_empty_text_is_a_key_like_others)
{
    struct map m = map_make(a, 1);
    bool added;
    int64_t v;
    CHECK(!map_get(&m, (Str){ 0 }, &v));
    map_put(&m, (Str){ 0 }, 5, &added);
    CHECK(map_get(&m, S(""), &v));
    CHECK_INT(v, 5);
}
