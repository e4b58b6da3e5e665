#include "fixture.h"

#include "model/check.h"
#include "model/codes.h"
#include "model/thesaurus.h"

static enum err fill(struct work *w, void *arg) { return thesaurus_init(w); }

static struct record *concept_of(struct work *w, const char *key, const char *vi, const char *en, const char *broader)
{
    struct record *r = record_make(w->a, &concept_entity);
    r->v[CONCEPT_KEY] = v_text(str_of(key));
    r->v[CONCEPT_KIND] = v_text(S("product"));
    r->v[CONCEPT_VI] = v_text(str_of(vi));
    r->v[CONCEPT_EN] = v_text(str_of(en));
    r->v[CONCEPT_BROADER] = v_text(str_of(broader));
    return r;
}

/* The keys of the concepts in a text, with spaces between. */
static Str in(struct work *w, const char *text)
{
    const struct concepts *c;
    struct concept_found *found;
    struct buf b = buf_make(w->a);
    CHECK_INT(thesaurus_load(w, &c), OK);
    for (size_t i = 0, n = concepts_in(c, w->a, str_of(text), &found); i < n; i++) {
        if (i) put_c(&b, ' ');
        put(&b, str_dup(w->a, concept_key(c, found[i].concept)));
    }
    concepts_release(c);
    return buf_str(&b);
}

TEST_MODEL(the_thesaurus_built_into_the_program_has_its_concepts_in_five_languages)
{
    w->codes = real_codes();
    CHECK_INT(work_write(w, fill, NULL), OK);
    CHECK(count_sql(w, "SELECT count(*) FROM concept") >= 600);
    CHECK_INT(count_sql(w, "SELECT count(*) FROM concept WHERE vi IS NULL OR en IS NULL"), 0);
    static const char *const names[] = { "die casting", "đúc áp lực", "duc ap luc", "ダイカスト", "다이캐스팅", "压铸" };
    for (size_t i = 0; i < COUNT(names); i++) CHECK_STR(in(w, names[i]), S("process/die-casting"));
    check_verified(w);
}

TEST_MODEL(filling_the_thesaurus_again_leaves_what_officers_changed)
{
    struct records all;
    CHECK_INT(work_write(w, fill, NULL), OK);
    int64_t n = count_sql(w, "SELECT count(*) FROM concept");
    CHECK_INT(records_load(w, &concept_entity, 0, 1, false, &all), OK);
    struct record *now = record_copy(w->a, all.p[0]);
    now->v[CONCEPT_EN] = v_text(S("something else"));
    CHECK_INT(save(w, all.p[0], now), OK);
    CHECK_INT(work_write(w, fill, NULL), OK);
    CHECK_INT(count_sql(w, "SELECT count(*) FROM concept"), n);
    CHECK_INT(count_sql(w, "SELECT count(*) FROM concept WHERE en = 'something else'"), 1);
}

TEST_MODEL(codes_of_lists_are_concepts_with_their_parents_broader)
{
    const struct concepts *c;
    uint32_t narrow;
    size_t n;
    w->codes = real_codes();
    CHECK_STR(in(w, "HPDC, IATF 16949"), S("process/die-casting standard/IATF16949"));
    CHECK_INT(thesaurus_load(w, &c), OK);
    CHECK(concept_named(c, S("process/die-casting"), &narrow));
    const uint32_t *up = concept_broader(c, w->a, narrow, &n);
    CHECK_INT(n, 2);
    CHECK_STR(concept_key(c, up[1]), S("process/casting"));
    concepts_release(c);
}

TEST_MODEL(a_name_an_officer_adds_is_recognised)
{
    w->codes = real_codes();
    CHECK_STR(in(w, "càng A, cang dieu huong"), S(""));
    CHECK_INT(save(w, NULL, concept_of(w, "product/control-arm", "càng A| càng điều hướng |", "control arm", "process/die-casting; product/none")), OK);
    CHECK_STR(in(w, "cang dieu huong, Control Arms, càng A"), S("product/control-arm product/control-arm"));
}

static const char *fault_of(struct work *w, struct record *r)
{
    int field = 0;
    return concept_entity.check(w, r, &field).id;
}

TEST_MODEL(a_concept_without_a_proper_key_or_any_name_is_refused)
{
    CHECK(!fault_of(w, concept_of(w, "product/x", "x", "", "product/y;process/z")));
    CHECK(fault_of(w, concept_of(w, "product", "x", "", "")));
    CHECK(fault_of(w, concept_of(w, "product/", "x", "", "")));
    CHECK(fault_of(w, concept_of(w, "a/b;c", "x", "", "")));
    CHECK(fault_of(w, concept_of(w, "product/x", "x", "", "y")));
    CHECK(fault_of(w, concept_of(w, "product/x", "x", "", "product/x")));
    CHECK(fault_of(w, concept_of(w, "product/x", "", "", "")));
}
