#include "pages/delivery/delivering.h"

#include "model/desk/file.h"

/* ---- addresses -------------------------------------------------------------------------------------- */

static Str path_to(struct arena *a, const char *place, const struct entity *e, int64_t id, const char *rest)
{
    return str_f(a, "/delivery/%s/%.*s%s%s", place, FMT(public_id(a, e, id)), rest ? "/" : "", rest ? rest : "");
}

Str attendance_path(struct arena *a, int64_t activity_id, const char *rest) { return path_to(a, "activities", &activity, activity_id, rest); }
Str inspection_path(struct arena *a, int64_t id, const char *rest) { return path_to(a, "inspections", &inspection, id, rest); }
Str acceptance_path(struct arena *a, int64_t id, const char *rest) { return path_to(a, "acceptances", &acceptance, id, rest); }

/* ---- figures ----------------------------------------------------------------------------------------- */

void figures_open(struct at *at)
{
    html_open(&at->h, "ul");
    html_class(&at->h, "big-figures");
}

void put_figure(struct at *at, int64_t n, const char *label, Str beside, Str url)
{
    html_open(&at->h, "li");
    html_open(&at->h, "strong");
    if (url.n) html_link(&at->h, url, NULL, page_number(&at->w, n));
    else html_text(&at->h, page_number(&at->w, n));
    html_close(&at->h, "strong");
    html_leaf(&at->h, "span", at_tr(at, label));
    if (beside.n) html_leaf_class(&at->h, "span", "form-hint", beside);
    html_close(&at->h, "li");
}

void figures_close(struct at *at) { html_close(&at->h, "ul"); }

/* ---- parts --------------------------------------------------------------------------------------------- */

void put_file_link(struct html *h, struct at *at, const struct record *r, Val file)
{
    struct upload up;
    if (!upload_read(v_str(file), &up)) return;
    const char *rest = str_z(at->q->a, str_f(at->q->a, "files/%.*s", FMT(up.hash)));
    html_link(h, request_link(at->q, desk_path(at->q->a, r->e, r->id, rest)), NULL, up.name);
}

void put_fact_text(struct at *at, const char *label, Str text)
{
    if (!text.n) return;
    html_open(&at->h, "div");
    html_leaf(&at->h, "dt", at_tr(at, label));
    html_leaf(&at->h, "dd", text);
    html_close(&at->h, "div");
}
