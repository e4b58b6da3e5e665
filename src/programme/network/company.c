#include "programme/network/company.h"

#include "model/type.h"
#include "programme/network/supply.h"

/* The only record whose key it is; 0: none.  *n: how many there are, at most 2. */
static enum err with_key(struct work *w, const struct entity *e, int field, Str name, int64_t *id, int *n)
{
    struct buf b = buf_make(w->a);
    Str key = company_name_key(w->a, name);
    *id = *n = 0;
    put_f(&b, "SELECT id FROM %s WHERE %s = $1 ORDER BY id LIMIT 2", e->name, e->fields[field].name);
    if (!key.n) return OK;
    struct rows rows = db_query(w->db, w->a, sql_of(&b), ARGS(v_text(key)));
    while (rows_next(&rows)) *id = (*n)++ ? 0 : row_int(&rows, 0);
    return rows_end(&rows);
}

enum err company_outside(struct work *w, Str name, Str country, struct record **out)
{
    struct records found;
    struct buf b = buf_make(w->a);
    put_f(&b, "%s WHERE name_key = $1%s ORDER BY id LIMIT 2", shape_of(w->m, &outside_company)->select_list.text, country.n ? " AND country = $2" : "");
    const Val args[] = { v_text(company_name_key(w->a, name)), v_text(country) };
    TRY(records_query(w, &outside_company, sql_of(&b), (Args){ args, country.n ? 2 : 1 }, false, &found));
    *out = found.n && (country.n || found.n == 1) ? found.p[0] : NULL;
    return OK;
}

static enum err in_register(struct work *w, Str said, int64_t *id, int *n)
{
    Val code;
    *id = *n = 0;
    if (public_id_read(&enterprise, said, id)) {
        struct records found;
        TRY(records_of(w, &enterprise, id, 1, false, &found));
        *id = (*n = (int)found.n) ? *id : 0;
        return OK;
    }
    if (!tax_code_type.read(w, &enterprise.fields[ENTERPRISE_TAX_CODE], SPELT_PLAIN, said, &code).id) {
        TRY(record_find(w, &enterprise, ENTERPRISE_TAX_CODE, code, id));
        *n = *id != 0;
        return OK;
    }
    return with_key(w, &enterprise, ENTERPRISE_NAME_KEY, said, id, n);
}

static enum err enter(struct work *w, Str name, Str country, int64_t *id)
{
    struct record *fresh = record_make(w->a, &outside_company);
    bool changed;
    fresh->v[OUTSIDE_NAME] = v_text(name);
    fresh->v[OUTSIDE_COUNTRY] = v_text(country);
    TRY(record_save(w, NULL, fresh, &changed));
    *id = fresh->id;
    return OK;
}

enum err company_named(struct work *w, Str said, Str country, bool enters, struct company *out)
{
    const struct code *home = code_find(w->codes, S("country"), S("VN"));
    bool abroad = country.n && !(home && str_eq(country, home->key));
    struct record *outside = NULL;
    int n = 0;
    *out = (struct company){ 0 };
    if (!abroad) TRY(in_register(w, said, &out->id, &n));
    if (n) return OK;
    out->outside = true;
    if (public_id_read(&outside_company, said, &out->id)) {
        struct records found;
        TRY(records_of(w, &outside_company, &out->id, 1, false, &found));
        if (!found.n) out->id = 0;
        return OK;
    }
    TRY(company_outside(w, said, country, &outside));
    if (outside) return out->id = outside->id, OK;
    return enters && country.n ? enter(w, said, country, &out->id) : OK;
}
