#include "test.h"
#include "engine/search/concepts.h"

#define LIST(...) ((const Str[]){ __VA_ARGS__ }), sizeof((const Str[]){ __VA_ARGS__ }) / sizeof(Str)
#define NONE NULL, 0

static const struct concepts *made(const struct concept_given *given, size_t n, size_t want_faults)
{
    struct concepts *c;
    size_t faults;
    CHECK_INT(concepts_make(given, n, &c, &faults), OK);
    CHECK_INT(faults, want_faults);
    return c;
}

static const struct concepts *few(void)
{
    const struct concept_given given[] = {
        { S_("process/casting"), LIST(S_("Đúc kim loại"), S_("đúc"), S_("metal casting"), S_("鋳造")), NONE },
        { S_("process/die-casting"), LIST(S_("Đúc áp lực"), S_("Die casting"), S_("ダイカスト"), S_("다이캐스팅"), S_("压铸")), LIST(S_("process/casting")) },
        { S_("process/low-pressure"), LIST(S_("Đúc áp lực thấp"), S_("LPDC")), LIST(S_("process/casting")) },
        { S_("material/aluminium"), LIST(S_("nhôm"), S_("aluminium")), NONE },
        { S_("product/cast-aluminium"), LIST(S_("nhôm đúc")), LIST(S_("material/aluminium"), S_("process/casting")) },
        { S_("product/mould"), LIST(S_("khuôn mẫu"), S_("mould")), NONE },
        { S_("product/glass"), LIST(S_("thủy tinh"), S_("kính")), NONE },
    };
    return made(given, sizeof given / sizeof *given, 0);
}

/* "process/casting[đúc]", one after the other. */
static Str in(struct arena *a, const char *text)
{
    const struct concepts *c = few();
    struct concept_found *found;
    struct buf b = buf_make(a);
    Str s = str_of(text);
    for (size_t i = 0, n = concepts_in(c, a, s, &found); i < n; i++)
        put_f(&b, "%s%.*s[%.*s]", i ? " " : "", FMT(concept_key(c, found[i].concept)), (int)(found[i].to - found[i].from), s.p + found[i].from);
    concepts_release(c);
    return buf_str(&b);
}

TEST(concepts_are_found_by_their_names_in_all_languages)
{
    CHECK_STR(in(a, "nhận Đúc Áp Lực, khuôn"), S("process/die-casting[Đúc Áp Lực]"));
    CHECK_STR(in(a, "DIE-CASTING"), S("process/die-casting[DIE-CASTING]"));
    CHECK_STR(in(a, "精密ダイカスト部品"), S("process/die-casting[ダイカスト]"));
    CHECK_STR(in(a, "精密ﾀﾞｲｶｽﾄ部品"), S("process/die-casting[ﾀﾞｲｶｽﾄ]"));
    CHECK_STR(in(a, "알루미늄 다이캐스팅을"), S("process/die-casting[다이캐스팅]"));
    CHECK_STR(in(a, "铝合金压铸件"), S("process/die-casting[压铸]"));
    CHECK_STR(in(a, "thuỷ tinh"), S("product/glass[thuỷ tinh]"));
    CHECK_STR(in(a, "khuo\xCC\x82n ma\xCC\x82\xCC\x83u"), S("product/mould[khuo\xCC\x82n ma\xCC\x82\xCC\x83u]"));
}

TEST(concepts_are_found_without_accents_only_by_names_of_two_syllables)
{
    CHECK_STR(in(a, "duc ap luc"), S("process/die-casting[duc ap luc]"));
    CHECK_STR(in(a, "đúc ap lực"), S("process/die-casting[đúc ap lực]"));
    CHECK_STR(in(a, "đúc"), S("process/casting[đúc]"));
    CHECK_STR(in(a, "duc"), S(""));
    CHECK_STR(in(a, "Đức áp lực"), S(""));
    CHECK_STR(in(a, "khuôn máu"), S(""));
}

TEST(concepts_with_the_longer_name_come_before_those_with_a_shorter)
{
    CHECK_STR(in(a, "đúc áp lực thấp"), S("process/low-pressure[đúc áp lực thấp]"));
    CHECK_STR(in(a, "nhôm đúc áp lực"), S("material/aluminium[nhôm] process/die-casting[đúc áp lực]"));
    CHECK_STR(in(a, "nhôm đúc"), S("product/cast-aluminium[nhôm đúc]"));
}

TEST(concepts_are_found_in_whole_words_only)
{
    CHECK_STR(in(a, "moulds smould đúcáp"), S(""));
    CHECK_STR(in(a, "\xFF\xC3 đúc \xE3\x83"), S("process/casting[đúc]"));
    CHECK_STR(in(a, ""), S(""));
}

static Str keys(struct arena *a, const struct concepts *c, const char *key, bool up)
{
    uint32_t concept;
    size_t n;
    struct buf b = buf_make(a);
    CHECK(concept_named(c, str_of(key), &concept));
    const uint32_t *all = (up ? concept_broader : concept_narrower)(c, a, concept, &n);
    for (size_t i = 0; i < n; i++) put_f(&b, "%s%.*s", i ? " " : "", FMT(concept_key(c, all[i])));
    return buf_str(&b);
}

TEST(concepts_know_what_is_broader_and_narrower)
{
    const struct concepts *c = few();
    uint32_t concept;
    CHECK_STR(keys(a, c, "product/cast-aluminium", true), S("product/cast-aluminium material/aluminium process/casting"));
    CHECK_STR(keys(a, c, "process/casting", false), S("process/casting process/die-casting process/low-pressure product/cast-aluminium"));
    CHECK_STR(keys(a, c, "product/mould", false), S("product/mould"));
    CHECK(!concept_named(c, S("product/none"), &concept));
    CHECK(!concept_named(NULL, S("product/mould"), &concept));
    concepts_release(c);
}

TEST(concepts_in_a_circle_are_cut_loose_and_counted)
{
    const struct concept_given given[] = {
        { S_("a"), LIST(S_("one")), LIST(S_("b"), S_("nobody"), S_("b")) },         /* unknown, twice      */
        { S_("b"), LIST(S_("two")), LIST(S_("c")) },
        { S_("c"), LIST(S_("three"), S_(" ?! ")), LIST(S_("a")) },                  /* no letters; a circle */
        { S_("d"), LIST(S_("four")), LIST(S_("d")) },
        { S_("d"), LIST(S_("five")), NONE },                                        /* a second of the key */
    };
    const struct concepts *c = made(given, 5, 6);
    CHECK_STR(keys(a, c, "a", true), S("a b c"));
    CHECK_STR(keys(a, c, "c", true), S("c"));
    CHECK_STR(keys(a, c, "d", true), S("d"));
    concepts_release(c);
}

TEST(concepts_that_share_a_name_leave_it_to_the_first)
{
    const struct concept_given given[] = {
        { S_("a"), LIST(S_("khuôn")), NONE }, { S_("b"), LIST(S_("Khuôn"), S_("khuôn mẫu")), NONE }, { S_("c"), LIST(S_("khuôn mau")), NONE } };
    const struct concepts *c = made(given, 3, 0);
    struct concept_found *found;
    CHECK_INT(concepts_in(c, a, S("khuôn"), &found), 1);
    CHECK_STR(concept_key(c, found[0].concept), S("a"));
    CHECK_INT(concepts_in(c, a, S("khuon mau"), &found), 1);
    CHECK_STR(concept_key(c, found[0].concept), S("b"));
    CHECK_INT(concepts_in(c, a, S("khuôn mau"), &found), 1);
    CHECK_STR(concept_key(c, found[0].concept), S("c"));
    concepts_release(c);
}

TEST(concepts_tell_a_thesaurus_from_another)
{
    const struct concept_given one = { S_("a"), LIST(S_("x"), S_("y")), NONE }, other = { S_("a"), LIST(S_("xy")), NONE };
    const struct concepts *c = made(&one, 1, 0), *same = made(&one, 1, 0), *d = made(&other, 1, 0);
    CHECK(concepts_fingerprint(c) == concepts_fingerprint(same));
    CHECK(concepts_fingerprint(c) != concepts_fingerprint(d));
    CHECK_INT(concepts_fingerprint(NULL), 0);
    concepts_release(c);
    concepts_release(same);
    concepts_release(d);
    concepts_release(concepts_keep(NULL));
}

TEST(concepts_beyond_the_limit_are_refused)
{
    struct concepts *c;
    size_t faults;
    struct concept_given *given = NEW_ARRAY(a, struct concept_given, CONCEPTS + 1);
    CHECK_INT(concepts_make(given, CONCEPTS + 1, &c, &faults), ERR_TOO_BIG);
}
