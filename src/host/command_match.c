/* command_match.c - the commands that find suppliers without the web: for a demand file, and for each line of a bill of materials. */
#include "host/cli.h"

#include "base/file.h"
#include "format/json.h"
#include "host/files.h"
#include "model/finder.h"
#include "programme/linkage/parts.h"

#include <math.h>
#include <stdio.h>

static enum err open_finder(struct cli *c, struct finder **f) { return finder_build(&c->w, c->a, &enterprise, able_put, NULL, f); }

static void put_percent(struct buf *b, double percent) { put_f(b, "%d %%", (int)percent); }

/* ---- match -------------------------------------------------------------------------------------- */

struct matching { struct cli *c; struct wanted wanted; struct match_demand demand; struct match_result found; bool explain; };

static const char *const answers[] = { [NOT_MET] = "not_met", [UNKNOWN] = "unknown", [PARTLY] = "partly", [MET] = "met" };
static const char *const answer_labels[] = { [NOT_MET] = N_("not met"), [UNKNOWN] = N_("unknown"), [PARTLY] = N_("partly"), [MET] = N_("met") };

/* All that is wrong with the file, a line each. */
static int refuse(struct cli *c, enum err e, const struct wrong_parts *wrong)
{
    int code = err_exit(e);
    for (size_t i = 0; i < wrong->n; i++) {
        Str where = wrong->p[i].where;
        Message what = wrong->p[i].what;
        code = cli_fail(c, e, where.n ? MSG(N_("{1}: {2}"), where, message_str(c->a, c->w.lang, what)) : what);
    }
    return code;
}

static void write_text(struct json_writer *j, const char *key, Str text)
{
    json_write_key(j, str_of(key));
    if (text.n) json_write_string(j, text);
    else json_write_null(j);
}

/* The answer to a criterion, or behind all of them to the words. */
struct reason { const char *criterion; bool must; int weight; struct explained is; };

static size_t reasons_n(const struct matching *m) { return m->explain ? m->wanted.n + (m->wanted.words.n > 0) : 0; }

static struct reason reason_of(struct matching *m, const struct match_hit *hit, size_t i, const struct record *r, const struct able *able)
{
    struct work *w = &m->c->w;
    const struct wanted *d = &m->wanted;
    const struct match_reason *why = &hit->reasons[i];
    if (i < d->n) return (struct reason){ d->p[i].is->name, d->p[i].must, d->p[i].weight, wanted_explain(w, &d->p[i], why, r, able) };
    return (struct reason){ "words", d->words_must, WORDS_WEIGHT,
        { .asked = message_str(w->a, w->lang, MSG(N_("Words: {1}"), d->words)), .answer = why->answer, .points = why->points } };
}

static void write_reason(struct json_writer *j, const struct reason *x)
{
    const struct explained *e = &x->is;
    json_write_object(j);
    write_text(j, "criterion", str_of(x->criterion));
    json_write_key(j, S("must"));
    json_write_bool(j, x->must);
    json_write_key(j, S("weight"));
    json_write_int(j, x->weight);
    write_text(j, "answer", str_of(answers[e->answer]));
    json_write_key(j, S("points"));
    json_write_int(j, e->points);
    write_text(j, "asked", e->asked);
    write_text(j, "fact", e->fact);
    write_text(j, "missing", e->missing);
    write_text(j, "since", e->vouched.on.year ? date_iso(j->out->a, e->vouched.on) : (Str){ 0 });
    write_text(j, "vouched_by", e->vouched.by);
    json_write_key(j, S("verified"));
    json_write_bool(j, e->vouched.verified);
    json_write_end(j);
}

static void write_hit(struct json_writer *j, struct matching *m, const struct match_hit *hit, const struct record *r)
{
    struct work *w = &m->c->w;
    struct able able = able_of(w, r);
    json_write_object(j);
    write_text(j, "id", public_id(w->a, &enterprise, r->id));
    write_text(j, "name_vi", v_str(r->v[ENTERPRISE_NAME_VI]));
    write_text(j, "name_en", v_str(r->v[ENTERPRISE_NAME_EN]));
    json_write_key(j, S("percent"));
    json_write_real(j, round(wanted_percent(&m->wanted, hit->score) * 10) / 10);
    json_write_key(j, S("score"));
    json_write_int(j, hit->score);
    if (m->explain) {
        json_write_key(j, S("reasons"));
        json_write_array(j);
        for (size_t i = 0; i < reasons_n(m); i++) {
            struct reason x = reason_of(m, hit, i, r, &able);
            write_reason(j, &x);
        }
        json_write_end(j);
    }
    json_write_end(j);
}

static void put_hit(struct buf *b, struct matching *m, const struct match_hit *hit, const struct record *r)
{
    struct work *w = &m->c->w;
    struct able able = able_of(w, r);
    put_f(b, "%.*s\t", FMT(public_id(w->a, &enterprise, r->id)));
    put_percent(b, wanted_percent(&m->wanted, hit->score));
    put_f(b, "\t%.*s\n", FMT(record_title(w, r)));
    for (size_t i = 0; i < reasons_n(m); i++) {
        struct explained e = reason_of(m, hit, i, r, &able).is;
        put_f(b, "  %.*s\t%.*s\t%.*s", FMT(tr(w->lang, answer_labels[e.answer])), FMT(e.asked), FMT(e.fact));
        if (e.missing.n) put_f(b, " (%.*s)", FMT(e.missing));
        put_c(b, '\n');
    }
}

static enum err print_found(struct matching *m, bool json)
{
    struct cli *c = m->c;
    struct buf b = buf_make(c->a);
    struct json_writer j = json_write_to(&b);
    if (json) {
        json_write_object(&j);
        json_write_key(&j, S("fitting"));
        json_write_int(&j, (int64_t)m->found.fitting);
        json_write_key(&j, S("results"));
        json_write_array(&j);
    } else {
        put_message(&b, c->w.lang, MSG(N_("Suppliers that fit: {1}."), str_f(c->a, "%zu", m->found.fitting)));
        put_c(&b, '\n');
    }
    for (size_t i = 0; i < m->found.n; i++) {
        struct record *r;
        TRY(record_load(&c->w, &enterprise, m->found.hits[i].id, &r));
        if (json) write_hit(&j, m, &m->found.hits[i], r);
        else put_hit(&b, m, &m->found.hits[i], r);
    }
    if (json) {
        json_write_end(&j);
        json_write_end(&j);
        json_write_done(&j);
        put_c(&b, '\n');
    }
    cli_print(&b);
    return OK;
}

static enum err match(struct matching *m, size_t limit, bool json)
{
    struct finder *f;
    TRY(open_finder(m->c, &f));
    m->demand = wanted_demand(&m->c->w, &m->wanted, limit);
    enum err e = match_find(f->index, m->c->a, &m->demand, false, &m->found);
    if (!e) e = print_found(m, json);
    finder_close(f);
    return e;
}

int command_match(struct cli *c)
{
    enum { USUAL = 20 };
    struct matching m = { .c = c, .explain = cli_flag(c, "explain") };
    struct wrong_parts wrong;
    bool json = cli_flag(c, "json");
    int64_t limit = 0;
    size_t said_in_file;
    Str said = cli_option(c, "limit"), text;
    if (!cli_arguments(c, 1, 1)) return err_exit(ERR_INVALID);
    if (said.n && (!str_to_i64(said, &limit) || limit < 1 || limit > MATCH_BEST)) return cli_fail(c, ERR_INVALID, MSG(N_("--limit takes a number from 1 to 1,000.")));
    enum err e = file_read(c->a, c->argv[0], JSON_MAX, &text);
    if (e) return cli_unreadable(c, e, str_of(c->argv[0]));
    e = wanted_from_json(&c->w, text, &m.wanted, &said_in_file, &wrong);
    if (!e) wanted_check(&c->w, &m.wanted, &wrong);
    if (wrong.n) return refuse(c, e ? e : ERR_INVALID, &wrong);
    return cli_done(c, match(&m, limit ? (size_t)limit : said_in_file ? said_in_file : USUAL, json));
}

/* ---- bom ------------------------------------------------------------------------------------------ */

struct bill { struct cli *c; struct finder *f; bool json; struct parts_known known; struct local_share share; };

static void write_number(struct json_writer *j, const char *key, double v)
{
    json_write_key(j, str_of(key));
    json_write_real(j, v);
}

static void write_part(struct buf *b, struct work *w, const struct part *p, const struct part_answer *a)
{
    struct json_writer j = json_write_to(b);
    json_write_object(&j);
    json_write_key(&j, S("row"));
    json_write_int(&j, p->number);
    write_text(&j, "part", p->name);
    write_text(&j, "level", str_of(parts_levels[a->level].code));
    json_write_key(&j, S("suppliers"));
    json_write_int(&j, (int64_t)a->suppliers);
    write_text(&j, "best", a->best ? public_id(w->a, &enterprise, a->best) : (Str){ 0 });
    write_number(&j, "percent", round(a->percent * 10) / 10);
    write_text(&j, "missing", a->missing);
    json_write_end(&j);
    json_write_done(&j);
    put_c(b, '\n');
}

static void put_part(struct buf *b, struct work *w, const struct part *p, const struct part_answer *a)
{
    put_f(b, "%lld\t%.*s\t%.*s\t", (long long)p->number, FMT(p->name), FMT(tr(w->lang, parts_levels[a->level].label)));
    if (a->best) {
        put_f(b, "%.*s ", FMT(public_id(w->a, &enterprise, a->best)));
        put_percent(b, a->percent);
    }
    put_f(b, "\t%.*s\n", FMT(a->missing));
}

/* Each line is printed as it is read, so that the memory of a bill of any length is bounded. */
static enum err match_part(void *arg, struct work *w, const struct part *p)
{
    struct bill *bill = arg;
    struct part_answer a;
    struct buf b = buf_make(w->a);
    TRY(part_match_once(&bill->known, w, bill->f->index, p, &a));
    local_share_add(&bill->share, p, &a);
    (bill->json ? write_part : put_part)(&b, w, p, &a);
    cli_print(&b);
    return OK;
}

static void print_share(const struct bill *bill)
{
    struct buf b = buf_make(bill->c->a), well = buf_make(bill->c->a), partly = buf_make(bill->c->a);
    const struct local_share *s = &bill->share;
    double could_be = local_percent(s, s->well), in_part = local_percent(s, s->partly);
    if (bill->json) {
        struct json_writer j = json_write_to(&b);
        json_write_object(&j);
        json_write_key(&j, S("lines"));
        json_write_int(&j, s->lines);
        json_write_key(&j, S("lines_well"));
        json_write_int(&j, s->lines_well);
        json_write_key(&j, S("lines_partly"));
        json_write_int(&j, s->lines_partly);
        write_number(&j, "value_well_percent", could_be);
        write_number(&j, "value_partly_percent", in_part);
        json_write_end(&j);
        json_write_done(&j);
    } else {
        put_message(&b, bill->c->w.lang, MSG(N_("{1} lines: {2} with suppliers, {3} with suppliers in part."), str_f(bill->c->a, "%lld", (long long)s->lines),
                                             str_f(bill->c->a, "%lld", (long long)s->lines_well), str_f(bill->c->a, "%lld", (long long)s->lines_partly)));
        if (!isnan(could_be)) {
            put_percent(&well, could_be);
            put_percent(&partly, in_part);
            put_c(&b, ' ');
            put_message(&b, bill->c->w.lang, MSG(N_("Of the value, {1} could be local, {2} in part."), buf_str(&well), buf_str(&partly)));
        }
    }
    put_c(&b, '\n');
    cli_print(&b);
}

int command_bom(struct cli *c)
{
    struct bill bill = { .c = c, .json = cli_flag(c, "json"), .known = parts_known_make(c->a) };
    Message why = NO_MESSAGE;
    Str bytes;
    if (!cli_arguments(c, 1, 1)) return err_exit(ERR_INVALID);
    enum err e = file_map(c->argv[0], &bytes);
    if (e) return cli_unreadable(c, e, str_of(c->argv[0]));
    if (!(e = open_finder(c, &bill.f))) {
        e = parts_read(&c->w, bytes, match_part, &bill, &why);
        finder_close(bill.f);
    }
    file_unmap(bytes);
    if (e) return why.id ? cli_fail(c, e, why) : cli_done(c, e);
    print_share(&bill);
    return 0;
}
