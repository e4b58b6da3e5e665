/* Searches in several languages: names of concepts in documents and queries, texts without spaces, slips of typing. */
#include "test.h"
#include "engine/search/search.h"
#include "base/hash.h"

#define LIST(...) ((const Str[]){ __VA_ARGS__ }), sizeof((const Str[]){ __VA_ARGS__ }) / sizeof(Str)

static const struct concepts *thesaurus(void)
{
    const struct concept_given given[] = {
        { S_("process/casting"), LIST(S_("đúc kim loại"), S_("đúc"), S_("casting")), NULL, 0 },
        { S_("process/die-casting"), LIST(S_("đúc áp lực"), S_("die casting"), S_("ダイカスト"), S_("다이캐스팅"), S_("压铸")), LIST(S_("process/casting")) },
        { S_("product/mould"), LIST(S_("khuôn mẫu"), S_("mould"), S_("金型"), S_("casing")), NULL, 0 },
        { S_("product/casting-mould"), LIST(S_("khuôn mẫu đúc"), S_("casting mould")), LIST(S_("product/mould")) },
        { S_("material/zinc"), LIST(S_("kẽm"), S_("zinc")), NULL, 0 },
    };
    struct concepts *c;
    size_t faults;
    CHECK_INT(concepts_make(given, sizeof given / sizeof *given, &c, &faults), OK);
    CHECK_INT(faults, 0);
    return c;
}

/* One field; documents are numbered from 1 and stand in that order when nothing else tells them apart. */
static struct search *index_of(struct arena *a, const char *const *texts, size_t n)
{
    const struct concepts *c = thesaurus();
    struct search_schema schema = { .fields = 1, .field = { { 8, 16 } }, .concepts = c };
    struct search_build *b = search_build_open(&schema, (size_t)64 << 20);
    for (size_t i = 0; i < n; i++) {
        Str text = str_of(texts[i]);
        struct search_doc doc = { .id = (int64_t)i + 1, .sort = str_f(a, "%04zu", i), .field = &text };
        CHECK_INT(search_build_add(b, &doc), OK);
    }
    concepts_release(c);
    return search_build_close(b, 1);
}

static Str ask(struct arena *a, const struct search *s, struct search_query q)
{
    struct buf b = buf_make(a);
    q.limit = 20;
    struct search_result r = search_find(s, a, &q);
    for (size_t i = 0; i < r.hits; i++) put_f(&b, "%s%d", i ? " " : "", (int)r.hit[i].id);
    if (r.loose) put_f(&b, " (%.*s)", FMT(r.used));
    return buf_str(&b);
}

static Str found(struct arena *a, const struct search *s, const char *words)
{
    return ask(a, s, (struct search_query){ .words = str_of(words) });
}

static const char *const makers[] = {
    "Công ty Một: đúc áp lực nhôm",                 /* 1 */
    "Company Two: die casting of parts",
    "会社三：精密ダイカスト部品",
    "회사 넷 다이캐스팅",
    "五公司铝压铸件",
    "Công ty Sáu: đúc gang",                        /* 6 */
    "Công ty Bảy: khuôn mẫu đúc áp lực",
    "Công ty Khuôn mẫu Đức",                        /* 8 */
    "Công ty Chín: khuôn mẫu đúc",
    "Company Ten: zinc plating, 金型",
};

static struct search *index_of_makers(struct arena *a) { return index_of(a, makers, sizeof makers / sizeof *makers); }

TEST(search_in_any_language_finds_the_same_in_the_same_order)
{
    static const char *const names[] = { "die casting", "Đúc áp lực", "duc ap luc", "ダイカスト", "ﾀﾞｲｶｽﾄ", "다이캐스팅", "压铸", "DIE-CASTING", "đúc ap lực" };
    struct search *s = index_of_makers(a);
    Str first = found(a, s, names[0]);
    CHECK_STR(first, S("2 1 5 4 7 3"));             /* shorter texts first */
    for (size_t i = 1; i < sizeof names / sizeof *names; i++) CHECK_STR(found(a, s, names[i]), first);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        CHECK_STR(ask(a, s, (struct search_query){ .words = str_of(names[i]), .prefix = true }), first);
    search_release(s);
}

TEST(search_for_what_is_broader_finds_what_is_narrower_after_it)
{
    struct search *s = index_of_makers(a);
    CHECK_STR(found(a, s, "casting"), S("6 2 9 1 5 4 7 3"));
    CHECK_STR(found(a, s, "mould"), S("8 10 9 7"));
    search_release(s);
}

TEST(search_finds_what_the_words_of_a_name_may_mean_after_what_the_name_means)
{
    struct search *s = index_of_makers(a);
    CHECK_STR(found(a, s, "khuon mau duc"), S("9 7 8"));
    CHECK_STR(found(a, s, "khuôn mẫu đúc"), S("9 7 8"));
    CHECK_STR(found(a, s, "khuôn mẫu Đức"), S("8 9 7"));
    CHECK_STR(ask(a, s, (struct search_query){ .words = S("khuôn mẫu đú"), .prefix = true }), S("9 7 8"));
    search_release(s);
}

TEST(search_in_quotes_takes_names_as_words)
{
    struct search *s = index_of_makers(a);
    CHECK_STR(found(a, s, "\"die casting\""), S("2"));
    CHECK_STR(found(a, s, "\"đúc áp lực\""), S("1 7"));
    CHECK_STR(found(a, s, "\"ダイカスト\""), S("3"));
    search_release(s);
}

TEST(search_in_texts_without_spaces_finds_characters_beside_each_other)
{
    struct search *s = index_of_makers(a);
    CHECK_STR(found(a, s, "部品"), S("3"));
    CHECK_STR(found(a, s, "品部"), S("3 (品部)"));
    CHECK_STR(found(a, s, "公司"), S("5"));
    CHECK_STR(found(a, s, "精密 ダイカスト"), S("3"));
    CHECK_STR(found(a, s, "die casting 部品"), S("3"));
    search_release(s);
}

TEST(search_takes_slips_of_typing_for_what_was_meant)
{
    struct search *s = index_of_makers(a);
    Str casting = found(a, s, "die casting");
    CHECK_STR(found(a, s, "die castng"), str_f(a, "%.*s (die casting)", FMT(casting)));
    CHECK_STR(found(a, s, "die csating"), str_f(a, "%.*s (die casting)", FMT(casting)));
    CHECK_STR(found(a, s, "diecasting"), str_f(a, "%.*s (die casting)", FMT(casting)));
    CHECK_STR(found(a, s, "đúc áp lưc"), str_f(a, "%.*s (đúc áp lực)", FMT(casting)));
    CHECK_STR(ask(a, s, (struct search_query){ .words = S("đúc áp lưc"), .prefix = true }), str_f(a, "%.*s (đúc áp lực)", FMT(casting)));
    CHECK_STR(found(a, s, "moulf"), S("8 10 9 7 (mould)"));
    CHECK_STR(found(a, s, "zink platng"), S("10 (zinc plating)"));
    CHECK_STR(found(a, s, "zinc xyzxyz"), S("10 (zinc)"));
    CHECK_STR(found(a, s, "1234567890"), S(""));
    CHECK_STR(found(a, s, "die xxx"), S("2 (die)"));
    search_release(s);
}

TEST(search_knows_slips_in_names_that_no_document_has_in_that_language)
{
    static const char *const texts[] = { "đúc áp lực", "kẽm" };
    struct search *s = index_of(a, texts, 2);
    CHECK_STR(found(a, s, "die castng"), S("1 (die casting)"));
    CHECK_STR(found(a, s, "zinnc"), S("2 (zinc)"));
    CHECK_STR(found(a, s, "diecasting"), S("1 (die casting)"));
    search_release(s);
}

TEST(search_reads_a_name_as_words_when_nobody_has_the_concept)
{
    static const char *const texts[] = { "kẽm và ống", "khuôn cho mẫu" };
    struct search *s = index_of(a, texts, 2);
    CHECK_STR(found(a, s, "khuôn mẫu"), S("2 (khuôn mẫu)"));
    CHECK_STR(found(a, s, "zinc"), S("1"));
    CHECK_STR(found(a, s, "die casting"), S(""));
    search_release(s);
}

TEST(search_keeps_concepts_through_updates_and_merges)
{
    struct search *s = index_of_makers(a), *next;
    Str text = S("Company Eleven: die casting");
    for (int i = 0; i < 600; i++) {                 /* enough for a merge                         */
        struct search_doc doc = { .id = 100 + i, .sort = S("z"), .field = &text };
        CHECK_INT(search_update(s, &doc, 1, (const int64_t[]){ 99 + i }, i > 0, &next), OK);
        search_release(s);
        s = next;
    }
    CHECK_STR(found(a, s, "đúc áp lực"), S("699 2 1 5 4 7 3"));
    search_release(s);
}

/* Whatever part of a text is asked for, with its accents or without, finds the text. */
TEST(search_for_a_part_of_a_text_finds_it)
{
    static const char *const words[] = { "khuôn", "mẫu", "đúc", "Đức", "áp", "lực", "die", "casting", "mould", "ダイカスト", "金型", "kẽm", "nhôm", "lưc", "duc" };
    enum { TEXTS = 60, WORDS = 7 };
    struct rng r = { 11 };
    size_t word[TEXTS][WORDS];
    const char *texts[TEXTS];
    for (size_t i = 0; i < TEXTS; i++) {
        struct buf b = buf_make(a);
        for (size_t k = 0; k < WORDS; k++) put_f(&b, "%s%s", k ? " " : "", words[word[i][k] = rng_below(&r, sizeof words / sizeof *words)]);
        texts[i] = str_z(a, buf_str(&b));
    }
    struct search *s = index_of(a, texts, TEXTS);
    for (size_t i = 0; i < TEXTS; i++)
        for (size_t from = 0; from < WORDS; from++)
            for (size_t to = from + 1; to <= WORDS; to++) {
                struct buf b = buf_make(a);
                for (size_t k = from; k < to; k++) put_f(&b, "%s%s", k > from ? " " : "", words[word[i][k]]);
                struct search_query q = { .words = buf_str(&b), .limit = TEXTS };
                struct search_result all = search_find(s, a, &q);
                bool there = false;
                for (size_t k = 0; k < all.hits; k++) there |= all.hit[k].id == (int64_t)i + 1;
                if (!there) test_fail(__FILE__, __LINE__, "\"%.*s\" does not find \"%s\"", FMT(q.words), texts[i]);
            }
    search_release(s);
}
