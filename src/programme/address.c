/*
 * address.c - "Số 5 đường A, phường B, quận C, Hà Nội" in one cell: the ward is taken out of it, and an address of before
 * 1 July 2025, which names a district, is kept whole beside the new one.
 */
#include "programme/register.h"

#include "base/unicode.h"

enum { PARTS = 12 };

struct parts { Str p[PARTS]; size_t n; };

static struct parts split(Str address)
{
    struct parts out = { .n = 0 };
    Str part;
    while (out.n < PARTS && str_next(&address, ',', &part))
        if (str_trim(part).n) out.p[out.n++] = str_trim(part);
    return out;
}

static const struct code *province_of(const struct work *w, Str part)
{
    static const char *const kinds[] = { "tp. ", "tp.", "tp ", "t.p " };
    Str folded = text_fold(w->a, part);
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (str_starts(folded, str_of(kinds[i]))) folded = str_sub(folded, strlen(kinds[i]), folded.n);
    return code_match(w->codes, w->a, S("province"), str_trim(folded), NULL);
}

static bool is_country(const struct work *w, Str part)
{
    Str slug = text_slug(w->a, part);
    return str_is(slug, "viet-nam") || str_is(slug, "vietnam");
}

/* Districts ended without successors, so that a name among them is known but leads to no code. */
static bool is_district(const struct work *w, Str part)
{
    size_t known = 0;
    return code_match(w->codes, w->a, S("district"), part, &known) || known;
}

struct found { const struct code *ward; bool district; size_t street; };   /* street: parts before the ward */

/* From the end: country, province, district, ward.  What is not recognised ends the search. */
static struct found search(const struct work *w, const struct parts *parts)
{
    struct found f = { .street = parts->n };
    const struct code *province = NULL;
    size_t at = parts->n;
    if (at > 1 && is_country(w, parts->p[at - 1])) at--;
    if (at > 1 && (province = province_of(w, parts->p[at - 1]))) at--;
    if (at > 1 && is_district(w, parts->p[at - 1])) at--, f.district = true;
    if (at > 1) f.ward = code_match(w->codes, w->a, S("ward"), parts->p[at - 1], NULL);
    if (f.ward && province && !str_eq(f.ward->parent, province->code)) return (struct found){ .street = parts->n };
    f.street = f.ward ? at - 1 : at;
    return f;
}

enum err address_complete(struct work *w, struct record *row)
{
    Str address = v_str(row->v[ENTERPRISE_ADDRESS]);
    struct parts parts = split(address);
    struct found f = search(w, &parts);
    if (!f.ward && !f.district) return OK;
    if (f.district && !v_is(row->v[ENTERPRISE_OLD_ADDRESS])) row->v[ENTERPRISE_OLD_ADDRESS] = v_text(address);
    if (f.ward && !v_is(row->v[ENTERPRISE_WARD])) row->v[ENTERPRISE_WARD] = v_text(f.ward->key);
    if (!f.ward || !str_eq(f.ward->key, v_str(row->v[ENTERPRISE_WARD]))) return OK;
    Str end = parts.p[f.street - 1];
    row->v[ENTERPRISE_ADDRESS] = v_text(str_sub(address, 0, (size_t)(end.p + end.n - address.p)));
    return OK;
}
