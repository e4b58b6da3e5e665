#include "format/json.h"
#include "test.h"

#include <math.h>

TEST(json_is_written_with_commas_where_they_belong)
{
    struct buf b = buf_make(a);
    struct json_writer w = json_write_to(&b);
    json_write_object(&w);
    json_write_key(&w, S("a"));
    json_write_array(&w);
    json_write_int(&w, -7);
    json_write_bool(&w, true);
    json_write_null(&w);
    json_write_array(&w);
    json_write_end(&w);
    json_write_real(&w, 0.5);
    json_write_real(&w, NAN);
    json_write_real(&w, -0.0);
    json_write_end(&w);
    json_write_key(&w, S("tên"));
    json_write_string(&w, S("Khuôn \"đúc\"\\\n\x01</script>"));
    json_write_end(&w);
    json_write_done(&w);
    CHECK_STR(buf_str(&b), S("{\"a\":[-7,true,null,[],0.5,null,0],\"tên\":\"Khuôn \\\"đúc\\\"\\\\\\n\\u0001\\u003c/script>\"}"));
}

TEST(json_is_valid_utf8_whatever_was_given)
{
    struct buf b = buf_make(a);
    put_json_string(&b, S("a\xFF" "b\xE1\xBA"));
    CHECK(str_starts(buf_str(&b), S("\"a\xEF\xBF\xBD" "b\xEF\xBF\xBD")));
}

TEST(json_is_read_by_paths_that_may_lead_nowhere)
{
    const struct json_t *v, *item;
    Message why;
    int64_t i = 0;
    double d = 0;
    bool b = false;
    CHECK_INT(json_read(a, S("{\"name\": \"Mắt Xích\", \"list\": [1, 2.5, true, null]}"), &v, &why), OK);
    const struct json_t *list = json_member(v, "list");
    CHECK_STR(json_str(json_member(v, "name")), S("Mắt Xích"));
    CHECK(json_is_str(json_member(v, "name")) && !json_is_str(list));
    CHECK_INT(json_count(list), 4);
    CHECK(json_to_i64(json_item(list, 0), &i) && i == 1);
    CHECK(json_to_f64(json_item(list, 1), &d) && d > 2.4 && d < 2.6);
    CHECK(json_to_bool(json_item(list, 2), &b) && b);
    CHECK(json_is_missing(json_item(list, 3)) && json_is_missing(json_item(list, 4)));
    CHECK(!json_to_i64(json_item(list, 1), &i) && !json_to_bool(list, &b));
    item = json_item(json_member(json_member(v, "name"), "x"), 9);
    CHECK(json_is_missing(item) && !json_str(item).n && !json_count(item));
}

TEST(json_members_are_walked_in_their_order)
{
    const struct json_t *v, *value;
    Message    why;
    void      *at = NULL;
    Str        key;
    struct buf keys = buf_make(a);
    CHECK_INT(json_read(a, S("{\"b\":1,\"a\":2,\"c\":3}"), &v, &why), OK);
    while (json_each(v, &at, &key, &value)) put(&keys, key);
    CHECK_STR(buf_str(&keys), S("bac"));
    at = NULL;
    CHECK(!json_each(NULL, &at, &key, &value));
}

TEST(json_that_is_wrong_is_refused_with_its_place)
{
    static const char *const list[] = { "", "{", "{\"a\":1,\"a\":2}", "[1,]", "\"\\u0000\"", "\"\xFF\"", "1e999", "[1] x", "nul" };
    const struct json_t *v;
    Message why;
    for (size_t i = 0; i < COUNT(list); i++) CHECK_INT(json_read(a, str_of(list[i]), &v, &why), ERR_INVALID);
    CHECK_INT(json_read(a, S("[1,\n2 3]"), &v, &why), ERR_INVALID);
    CHECK(str_has(message_str(a, EN, why), S("line 2")));
}

TEST(json_too_deep_or_too_long_is_refused)
{
    const struct json_t *v;
    Message why;
    char deep[2 * (JSON_DEPTH + 1)];
    memset(deep, '[', sizeof deep / 2);
    memset(deep + sizeof deep / 2, ']', sizeof deep / 2);
    CHECK_INT(json_read(a, (Str){ deep, sizeof deep }, &v, &why), ERR_INVALID);
    CHECK_INT(json_read(a, (Str){ deep + 1, sizeof deep - 2 }, &v, &why), OK);
    CHECK_INT(json_read(a, S("\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\\\"[\""), &v, &why), OK);
    char *big = NEW_ARRAY(a, char, JSON_MAX + 1);
    memset(big, ' ', JSON_MAX + 1);
    CHECK_INT(json_read(a, (Str){ big, JSON_MAX + 1 }, &v, &why), ERR_TOO_BIG);
}
