/*
 * Any bytes as one of the files of a supply network: refused with a sentence, or numbers in their range, and the same for one
 * part and for many.  The first byte says which file.
 */
#include "format/network/network_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* Cut into parts far shorter than a large file's are. */
static void cut_short(struct delimited *d)
{
    size_t from = d->part[0].from, quotes = 0;
    if (d->parts != 1) return;
    d->parts = 0;
    for (size_t i = from; i < d->text.n; i++) {
        bool last = i + 1 == d->text.n;
        quotes += d->text.p[i] == '"';
        if (!last && (d->text.p[i] != '\n' || quotes % 2 || d->parts + 1 == DELIMITED_PARTS)) continue;
        d->part[d->parts++] = (struct part){ from, i + 1, last ? d->records : 1 };
        from = i + 1;
    }
}

static void check_links(struct arena *a, struct delimited *d, const struct firms *f)
{
    struct link_list one, many;
    Message why = NO_MESSAGE, again = NO_MESSAGE;
    enum err e = links_read(a, d, f, 1, &one, &why);
    cut_short(d);
    MUST(links_read(a, d, f, 2, &many, &again) == e && !e == !why.id);
    if (e) {
        MUST(str_eq(message_str(a, EN, why), message_str(a, EN, again)));
        return;
    }
    MUST(one.n == many.n && one.n <= d->records);
    for (size_t i = 0; i < one.n; i++)
        MUST(one.supplier[i] == many.supplier[i] && one.customer[i] == many.customer[i] && one.supplier[i] < f->ids.n &&
             one.customer[i] < f->ids.n && one.value[i] >= 0 && one.value[i] <= DELIMITED_LARGEST);
}

static void check_classes(struct arena *a, const struct delimited *d, const struct firms *f)
{
    Message why = NO_MESSAGE;
    uint8_t *classes;
    enum err e = classes_read(a, d, &f->industries, &classes, &why);
    MUST(!e == !why.id);
    for (size_t i = 0; !e && i < (size_t)f->industries.n * f->industries.n; i++) MUST(classes[i] <= 2);
}

static void check_values(struct arena *a, const struct delimited *d, const struct firms *f)
{
    Message why = NO_MESSAGE;
    double *psi;
    enum err e = firm_values_read(a, d, f, (struct value_limits){ .absent = 0.5, .shares = true }, &psi, &why);
    MUST(!e == !why.id);
    for (uint32_t i = 0; !e && i < f->ids.n; i++) MUST(psi[i] >= 0 && psi[i] <= 1);
}

static void check_imports(struct arena *a, const struct delimited *d, const struct firms *f)
{
    struct import_list l;
    uint32_t *chosen;
    size_t n;
    Message why = NO_MESSAGE;
    enum err e = imports_read(a, d, f, &l, &why);
    MUST(!e == !why.id);
    for (size_t i = 0; !e && i < l.n; i++) MUST(l.firm[i] < f->ids.n && l.country[i] < l.countries.n && l.value[i] >= 0);
    why = NO_MESSAGE;
    e = chosen_read(a, d, f, &chosen, &n, &why);
    MUST(!e == !why.id);
    for (size_t i = 0; !e && i < n; i++) MUST(chosen[i] < f->ids.n);
}

static void check_firms(struct arena *a, const struct delimited *d)
{
    struct firms f;
    Message why = NO_MESSAGE;
    enum err e = firms_read(a, d, &f, &why);
    MUST(!e == !why.id);
    for (uint32_t i = 0, number; !e && i < f.ids.n; i++)
        MUST(f.industry[i] < f.industries.n && f.ids.names[i].n && ids_look(&f.ids, f.ids.names[i], &number) && number == i);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static const Str some = S_("id,industry\nA,10\nB,20\nC,10\n\"D \"\"x\"\"\",3\nĐông Anh là một tên dài,3\n");
    struct arena a = arena_make((size_t)1 << 30, NULL);
    struct delimited *first = NEW(&a, struct delimited), *d = NEW(&a, struct delimited);
    struct firms f;
    Message why = NO_MESSAGE;
    MUST(!delimited_open(&a, S("firms"), some, 1, first, &why) && !firms_read(&a, first, &f, &why));
    if (n && delimited_open(&a, S("file"), (Str){ (const char *)data + 1, n - 1 }, 2, d, &why)) MUST(why.id);
    else if (n) switch (data[0] % 5) {
    case 0:  check_links(&a, d, &f); break;
    case 1:  check_classes(&a, d, &f); break;
    case 2:  check_values(&a, d, &f); break;
    case 3:  check_imports(&a, d, &f); break;
    default: check_firms(&a, d);
    }
    arena_free(&a);
    return 0;
}
