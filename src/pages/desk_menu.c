#include "pages/desk_menu.h"

#include <string.h>

/* In the order of the menu.  A list of records names its shelf in its table (entity.h); those that name none stand on the last one. */
static const char *const shelves[] = {
    N_("The year's plan"), N_("Money"), N_("Contracts"), N_("Delivery"), N_("Targets"), N_("Register"), N_("Linkage"), N_("Supply network"),
    N_("Import and corrections"), N_("More"),
};
enum { LAST_SHELF = COUNT(shelves) - 1 };

/* What people come for first; shelf NULL: on top, whatever is unfolded. */
static const struct { const char *shelf; enum desk_place place; const char *path, *label; Roles who; } places[] = {
    { NULL, DESK_HOME, "/workspace", N_("Overview"), SIGNED_IN },
    { NULL, DESK_TASKS, "/workspace/tasks", N_("My tasks"), SIGNED_IN },
    { NULL, DESK_NOTICES, "/workspace/notices", N_("Notices"), SIGNED_IN },
    { NULL, DESK_DASHBOARD, "/dashboard", N_("Dashboard"), OFFICER | FINANCE | LEADER | WARD | ADMIN },
    { NULL, DESK_ACCOUNT, "/account", N_("My account"), SIGNED_IN },
    { N_("The year's plan"), DESK_PLAN, "/plan", N_("The year's plan"), OFFICER | FINANCE | AGENCY | LEADER | ADMIN },
    { N_("Money"), DESK_MONEY, "/money", N_("The year’s money"), OFFICER | FINANCE | AGENCY | LEADER | ADMIN },
    { N_("Contracts"), DESK_CONTRACTS, "/contracts", N_("Calls and contracts"), PROVIDER | REVIEWER | OFFICER | FINANCE | LEADER | ADMIN },
    { N_("Delivery"), DESK_WARD, "/ward", N_("Wards and communes"), WARD | OFFICER | FINANCE | LEADER | ADMIN },
    { N_("Linkage"), DESK_LINKAGE, "/linkage", N_("Linkage"), ENTERPRISE | BUYER | OFFICER | ADMIN },
    { N_("Linkage"), DESK_PARTS, "/linkage/parts", N_("Check a list of parts"), SIGNED_IN },
    { N_("Linkage"), DESK_LACKS, "/linkage/lacks", N_("What the city lacks"), OFFICER | FINANCE | AGENCY | LEADER | ADMIN },
    { N_("Supply network"), DESK_NETWORK, "/network", N_("Supply network"), STAFF | ENTERPRISE },
    { N_("Supply network"), DESK_EVENTS, "/network/events", N_("Event desk"), STAFF },
    { N_("Import and corrections"), DESK_IMPORT, "/workspace/import", N_("Import a spreadsheet"), OFFICER | ADMIN },
    { N_("Import and corrections"), DESK_REVIEW, "/workspace/review", N_("Rows to decide"), OFFICER | ADMIN },
    { N_("Import and corrections"), DESK_UNDO, "/workspace/undo", N_("Take back"), OFFICER | ADMIN },
    { N_("More"), DESK_JOBS, "/workspace/jobs", N_("Background work"), SIGNED_IN },
    { N_("More"), DESK_MAIL, "/workspace/mail", N_("Mail"), ADMIN },
    { N_("More"), DESK_RIGHTS, "/workspace/rights", N_("What I may do"), SIGNED_IN },
};

struct menu { struct html *h; struct request *q; struct work *w; const struct desk_page *p; };

/* ---- straight to a record --------------------------------------------------------------------- */

struct jump { Str url, shortcuts_url, said; };
static const struct slot jump_slots[] = { SLOT(struct jump, url), SLOT(struct jump, shortcuts_url), SLOT(struct jump, said), SLOT_END };
static const struct template *jump;
void desk_menu_prepare(struct arena *forever) { jump = template_load(forever, "jump", jump_slots); }

static void put_jump(struct html *h, struct request *q)
{
    struct jump d = { request_link(q, S("/workspace/jump")), request_link(q, S("/workspace/shortcuts")), { 0 } };
    if (str_is(q->path, "/workspace/jump")) d.said = params_get(&q->query, "q");
    html_raw(h, template_render(q->a, jump, q->lang, &d));
}

/* ---- what stands on a shelf ------------------------------------------------------------------- */

static bool is_same(const char *a, const char *b) { return a == b || (a && b && strcmp(a, b) == 0); }

/* A list stands in the menu of those who do more with it than everybody may. */
static bool works_on(const struct work *w, const struct entity *e)
{
    struct reach reach = reach_at_all(w, e);
    return !e->parent && reach.may & MAY_READ && (reach.may != MAY_READ || reach.reads > PUBLIC_FIELDS || e->workflow);
}

static bool stands_on(const struct entity *e, const char *shelf) { return is_same(e->shelf ? e->shelf : shelves[LAST_SHELF], shelf); }
static bool is_shown(const struct menu *m, const struct entity *e) { return m->p->place == DESK_LIST && m->p->e == e; }

static void put_item(const struct menu *m, Str path, const char *label, bool here)
{
    html_open(m->h, "li");
    html_open(m->h, "a");
    html_href(m->h, "href", request_link(m->q, path));
    if (here) html_attr(m->h, "aria-current", S("page"));
    html_text(m->h, tr(m->q->lang, label));
    html_close(m->h, "a");
    html_close(m->h, "li");
}

/* Whether anything of the shelf is the actor's to open; *here: the page that is shown stands on it. */
static bool has_any(const struct menu *m, const char *shelf, bool *here)
{
    bool any = *here = false;
    for (size_t i = 0; i < COUNT(places); i++) {
        if (!is_same(places[i].shelf, shelf) || !(places[i].who & m->q->actor.roles)) continue;
        any = true;
        *here |= m->p->place == places[i].place;
    }
    for (int i = 0; i < m->w->m->n; i++) {
        const struct entity *e = m->w->m->entities[i];
        if (!stands_on(e, shelf) || !works_on(m->w, e)) continue;
        any = true;
        *here |= is_shown(m, e);
    }
    return any;
}

static void put_places(const struct menu *m, const char *shelf)
{
    for (size_t i = 0; i < COUNT(places); i++)
        if (is_same(places[i].shelf, shelf) && places[i].who & m->q->actor.roles)
            put_item(m, str_of(places[i].path), places[i].label, m->p->place == places[i].place);
}

/* Reference lists, which few open, come last. */
static void put_lists(const struct menu *m, const char *shelf)
{
    for (int last = 0; last < 2; last++)
        for (int i = 0; i < m->w->m->n; i++) {
            const struct entity *e = m->w->m->entities[i];
            if (stands_on(e, shelf) && (e->rights == rights_of_lists) == last && works_on(m->w, e))
                put_item(m, desk_path(m->q->a, e, 0, NULL), e->many, is_shown(m, e));
        }
}

static void put_shelf(const struct menu *m, const char *shelf)
{
    bool here;
    if (!has_any(m, shelf, &here)) return;
    html_open(m->h, "details");
    html_flag(m->h, "open", here);
    html_leaf(m->h, "summary", tr(m->q->lang, shelf));
    html_open(m->h, "ul");
    put_places(m, shelf);
    put_lists(m, shelf);
    html_close(m->h, "ul");
    html_close(m->h, "details");
}

void put_desk_menu(struct html *h, struct request *q, struct work *w, const struct desk_page *p)
{
    struct menu m = { h, q, w, p };
    html_open(h, "nav");
    html_class(h, "desk-menu");
    html_attr(h, "aria-label", tr(q->lang, N_("Workspace")));
    put_jump(h, q);
    html_open(h, "ul");
    put_places(&m, NULL);
    html_close(h, "ul");
    html_open(h, "div");
    html_class(h, "shelves");
    for (size_t i = 0; i < COUNT(shelves); i++) put_shelf(&m, shelves[i]);
    html_close(h, "div");
    html_close(h, "nav");
}
