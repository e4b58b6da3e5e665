/* parts.c - what the pages of the network share: names, addresses, the rows of one page, and forms that narrow it. */
#include "pages/network/network.h"

#include "base/number.h"
#include "pages/workspace/workspace.h"

#include <math.h>

Str net_tr(const struct network_at *at, const char *sentence) { return tr(at->q->lang, sentence); }
Str net_say(const struct network_at *at, Message m) { return message_str(at->q->a, at->q->lang, m); }

/* ---- names ---------------------------------------------------------------------------------- */

Str node_name(const struct network_at *at, uint32_t node) { return at->v->nodes[node].name[at->q->lang]; }

Str node_url(const struct network_at *at, uint32_t node, const char *rest)
{
    if (at->q->as != AS_PAGE) return (Str){ 0 };
    return request_link(at->q, str_f(at->q->a, "/network/enterprises/%.*s%s%s", FMT(at->v->nodes[node].public_id),
                                     rest ? "/" : "", rest ? rest : ""));
}

Str code_name(const struct network_at *at, const char *list, Str code)
{
    const struct code *k = code.n ? code_find(at->w.codes, str_of(list), code) : NULL;
    return k ? k->name[at->q->lang] : code.n ? code : net_tr(at, N_("unknown"));
}

Str industry_name(const struct network_at *at, uint32_t industry) { return code_name(at, "vsic", at->v->industries[industry]); }
Str country_name(const struct network_at *at, uint32_t country) { return code_name(at, "country", at->v->countries[country]); }

Str percent_str(const struct network_at *at, double share)
{
    if (isnan(share)) return (Str){ 0 };
    return str_f(at->q->a, "%.*s %%", FMT(three_digits(at->q->a, at->q->lang, share * 100)));
}

Str billions_str(const struct network_at *at, double dong)
{
    return net_say(at, MSG(N_("{1} billion đồng"), three_digits(at->q->a, at->q->lang, dong / 1e9)));
}

enum err node_asked(struct network_at *at, uint32_t *node)
{
    Str said = request_capture(at->q, "id");
    int64_t id;
    bool outside = !public_id_read(&enterprise, said, &id);
    bool read = !outside || public_id_read(&outside_company, said, &id);
    *node = read ? supply_node(at->v, outside, id) : NO_NODE;
    if (*node != NO_NODE && (at->all || *node == at->own)) return OK;
    return reply_fail(at->r, ERR_MISSING, MSG(N_("There is no company {1} in the supply network, or it is not yours to see."), said));
}

/* ---- the rows of a page --------------------------------------------------------------------- */

struct window window_of(const struct network_at *at, size_t total, size_t rows) { return window_asked(at->q, total, rows); }
void put_window(struct network_at *at, struct window w) { window_links(&at->h, &at->w, at->q, w); }

/* ---- facts ---------------------------------------------------------------------------------- */

void put_facts_open(struct network_at *at)
{
    html_open(&at->h, "dl");
    html_class(&at->h, "facts");
}

void put_facts_close(struct network_at *at) { html_close(&at->h, "dl"); }

void put_fact(struct network_at *at, const char *label, Str value)
{
    if (!value.n) return;
    html_open(&at->h, "div");
    html_leaf(&at->h, "dt", net_tr(at, label));
    html_leaf(&at->h, "dd", value);
    html_close(&at->h, "div");
}

/* ---- forms that narrow a page --------------------------------------------------------------- */

void put_filter_open(struct network_at *at, Str label)
{
    html_open(&at->h, "form");
    html_class(&at->h, "network-filter");
    html_attr(&at->h, "aria-label", label);
    html_href(&at->h, "action", request_link(at->q, at->q->path));
}

void put_filter_close(struct network_at *at, const char *const *controls, size_t n)
{
    for (size_t i = 0; i < at->q->query.n; i++) {
        const struct param *p = &at->q->query.p[i];
        bool passing = asked_among("page table lang said", p->name);
        for (size_t k = 0; k < n; k++) passing |= str_is(p->name, controls[k]);
        if (!passing) desk_hidden(&at->h, str_z(at->q->a, p->name), p->value);
    }
    desk_submit(&at->h, at->q, "button button-quiet", net_tr(at, N_("Show")));
    html_close(&at->h, "form");
}

void put_choice(struct network_at *at, const char *name, const char *label, const struct option *options, size_t n)
{
    Str asked = params_get(&at->q->query, name);
    html_open(&at->h, "div");
    html_class(&at->h, "form-field");
    open_labelled_select(&at->h, name, "form-label", net_tr(at, label));
    for (size_t i = 0; i < n; i++) put_select_option(&at->h, options[i].value, options[i].label, str_eq(asked, options[i].value));
    html_close(&at->h, "select");
    html_close(&at->h, "div");
}

void put_input(struct network_at *at, const char *type, const char *name, const char *label)
{
    put_text_input(&at->h, type, name, net_tr(at, label), params_get(&at->q->query, name));
}
