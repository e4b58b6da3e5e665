/* Whatever stands in a cell, every kind of field either refuses it or takes a value that it spells so that it is the same again. */
#include "base/unicode.h"
#include "model/record.h"
#include "model/type.h"

static const struct choice choices[] = { { "raw", "Raw material" }, { "made", "Made, finished" }, { NULL } };

static void check(struct work *w, const struct field *f, enum spelling sp, Str in)
{
    Val v = v_null(), again = v_null();
    struct buf shown = buf_make(w->a), spelt = buf_make(w->a);
    Message m = f->type->read(w, f, sp, in, &v);
    put_message(&shown, w->lang, m);
    if (m.id || !v_is(v)) return;
    f->type->show(&shown, w, f, v);
    put_spelt(&spelt, w, f, v);
    if (!spelt.n) return;
    MUST(!f->type->read(w, f, w->lang == EN ? SPELT_EN : SPELT_VI, str_trim(buf_str(&spelt)), &again).id && val_eq(v, again));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct entity to = { .name = "to", .id_prefix = "TO" };
    struct arena a = arena_make((size_t)64 << 20, NULL);
    struct work w = { .a = &a };
    Str in;
    if (size > 1 && text_clean(&a, (Str){ (const char *)data, size }, &in) && (in = str_trim(in)).n)
        for (size_t i = 0; types[i]; i++)
            for (int k = 0; k < 4; k++) {
                struct field f = { "f", "F", types[i], PUBLIC, .choices = choices, .to = &to, .list = types[i] == &code_type ? "ward" : NULL };
                w.lang = k & 1 ? EN : VI;
                bool asks = types[i] == &codes_type || types[i] == &account_type;       /* of lists or accounts, which there are not here */
                if (!asks) check(&w, &f, k & 1 ? SPELT_EN : k & 2 ? SPELT_PLAIN : SPELT_VI, in);
            }
    arena_free(&a);
    return 0;
}
