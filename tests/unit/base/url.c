#include "test.h"
#include "base/url.h"

static struct params read_query(struct arena *a, Str text)
{
    struct params l;
    Message why = NO_MESSAGE;
    CHECK_INT(params_read(a, text, PARAMS_QUERY, &l, &why), OK);
    return l;
}

static const char *refusal(struct arena *a, Str text, enum params_kind kind)
{
    struct params l;
    Message why = NO_MESSAGE;
    CHECK(params_read(a, text, kind, &l, &why) != OK);
    CHECK(why.id != NULL);
    return why.id;
}

TEST(a_query_is_decoded_and_keeps_its_order)
{
    struct params l = read_query(a, S("q=khu%C3%B4n+m%E1%BA%ABu&field=a&&field=b&flag"));
    CHECK_INT(l.n, 4);
    CHECK_STR(params_get(&l, "q"), S("khuôn mẫu"));
    CHECK(params_has(&l, "field", S("b")));
    CHECK(params_has(&l, "flag", S("")));
    size_t at = 0;
    Str v;
    CHECK(params_next(&l, "field", &at, &v));
    CHECK_STR(v, S("a"));
    CHECK(params_next(&l, "field", &at, &v));
    CHECK_STR(v, S("b"));
    CHECK(!params_next(&l, "field", &at, &v));
}

TEST(a_decomposed_query_is_brought_to_nfc)
{
    struct params l = read_query(a, S("q=ha%CC%80"));
    CHECK_STR(params_get(&l, "q"), S("hà"));
}

TEST(any_character_survives_encoding_and_decoding)
{
    for (unsigned c = ' '; c < 0x7F; c++) {
        Str one = str_f(a, "x%cy", (char)c), back;
        CHECK(url_decoded(a, url_encoded(a, one), true, &back));
        CHECK_STR(back, one);
    }
}

TEST(bytes_that_are_no_text_are_refused_with_a_sentence)
{
    static const Str wrong[] = {
        S_("q=%FF"), S_("q=%C3"), S_("q=%00"), S_("q=a%0Ab"), S_("%01=1"), S_("q=%7F"), S_("q=%ED%A0%80"),
        S_("q=%"), S_("q=%4"), S_("q=%zz"), S_("q=\xff"),
    };
    for (size_t i = 0; i < COUNT(wrong); i++) refusal(a, wrong[i], PARAMS_QUERY);
}

TEST(a_form_may_have_lines_and_a_query_may_not)
{
    struct params l;
    Message why;
    CHECK_INT(params_read(a, S("note=a%0D%0Ab%09c"), PARAMS_FORM, &l, &why), OK);
    CHECK_STR(params_get(&l, "note"), S("a\nb\tc"));
    CHECK_INT(params_read(a, S("note=pasted%0Bfrom%1F elsewhere"), PARAMS_FORM, &l, &why), OK);
    CHECK_STR(params_get(&l, "note"), S("pastedfrom elsewhere"));
    refusal(a, S("note=a%00"), PARAMS_FORM);
    refusal(a, S("note=a%0D%0Ab"), PARAMS_QUERY);
}

TEST(a_list_of_too_many_parameters_is_refused)
{
    struct buf b = buf_make(a);
    struct params l;
    Message why;
    for (int i = 0; i < PARAMS_MAX; i++) put_z(&b, "a=1&");
    CHECK_INT(read_query(a, buf_str(&b)).n, PARAMS_MAX);
    put_z(&b, "a=1");
    CHECK_INT(params_read(a, buf_str(&b), PARAMS_QUERY, &l, &why), ERR_TOO_BIG);
    CHECK_STR(message_str(a, EN, why), S("The address has more than 512 parameters."));
}

TEST(a_link_changes_one_parameter_and_leaves_the_rest)
{
    struct params l = read_query(a, S("q=a&field=x&field=y&page=2"));
    struct params with = params_with(a, &l, "page", S("3"));
    CHECK_STR(params_str(a, &with), S("q=a&field=x&field=y&page=3"));
    struct params without = params_without(a, &l, "field");
    CHECK_STR(params_str(a, &without), S("q=a&page=2"));
    struct params one = params_with(a, &l, "field", S("z"));
    CHECK_STR(params_str(a, &one), S("q=a&field=z&page=2"));
    struct params fresh = params_with(a, &l, "sort", S("tên"));
    CHECK_STR(params_str(a, &fresh), S("q=a&field=x&field=y&page=2&sort=t%C3%AAn"));
    CHECK_STR(params_str(a, &l), S("q=a&field=x&field=y&page=2"));
}

TEST(a_facet_is_switched_on_and_off)
{
    struct params l = read_query(a, S("field=x&field=y"));
    struct params off = params_toggled(a, &l, "field", S("x"));
    CHECK_STR(params_str(a, &off), S("field=y"));
    struct params on = params_toggled(a, &off, "field", S("x"));
    CHECK_STR(params_str(a, &on), S("field=y&field=x"));
}
