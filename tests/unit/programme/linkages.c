#include "linkages.h"

#include "model/save.h"

static const char REGISTER[] = "Mã số thuế,Tên doanh nghiệp,Xã/phường,Email\n"
                               "0100233488,Công ty TNHH Cơ khí Một,Phường Ba Đình,mot@mot.example\n"
                               "0100109106,Công ty Cổ phần Hai,Phường Cửa Nam,hai@hai.example\n"
                               "0101248141,Công ty Đúc Ba,Phường Ba Đình,ba@ba.example\n";

struct linkage_cast linkage_cast(struct work *w)
{
    import_text(w, REGISTER);
    struct linkage_cast c = { .supplier = { enterprise_by(w, "0100233488")->id, enterprise_by(w, "0100109106")->id, enterprise_by(w, "0101248141")->id } };
    c.officer = someone(w, "canbo@sct.example", "officer", 0, NULL);
    c.buyer = someone(w, "tanaka@sakura.example", "buyer", 0, NULL);
    c.other_buyer = someone(w, "kim@hangang.example", "buyer", 0, NULL);
    c.one = someone(w, "mot@mot.example", "enterprise", c.supplier[0], NULL);
    c.two = someone(w, "hai@hai.example", "enterprise", c.supplier[1], NULL);
    c.three = someone(w, "ba@ba.example", "enterprise", c.supplier[2], NULL);
    c.leader = someone(w, "lanhdao@sct.example", "leader", 0, NULL);
    c.finance = someone(w, "taichinh@stc.example", "finance", 0, NULL);
    c.agency = someone(w, "coquan@sct.example", "agency", 0, NULL);
    return c;
}

struct record *kept(struct work *by, struct record *fresh)
{
    struct saving s = { .now = fresh };
    enum err e = record_keep(by, &s);
    Str why = s.wrong.n ? message_str(by->a, EN, s.wrong.p[0].what) : S("");
    if (e) test_fail(__FILE__, __LINE__, "%s: error %d: %.*s", fresh->e->name, (int)e, FMT(why));
    return s.saved;
}

struct record *now_is(struct work *w, const struct record *r)
{
    struct record *now;
    CHECK_INT(record_load(w, r->e, r->id, &now), OK);
    return now;
}

struct removing { const struct record *r; Message *why; };
static enum err remove_inside(struct work *w, void *arg)
{
    struct removing *g = arg;
    return record_remove(w, g->r, g->why);
}

enum err removed(struct work *by, const struct record *r, Message *why)
{
    *why = NO_MESSAGE;
    return work_write(by, remove_inside, &(struct removing){ r, why });
}

enum err stepped(struct work *by, const struct record *r, const char *step, const char *note)
{
    Message why;
    return step_take(by, r->e, r->id, 0, step_named(r->e, str_of(step)), str_of(note), &why);
}

void step(struct work *by, const struct record *r, const char *name)
{
    Message why;
    enum err e = step_take(by, r->e, r->id, 0, step_named(r->e, str_of(name)), S(""), &why);
    if (e) test_fail(__FILE__, __LINE__, "%s %s: error %d: %.*s", r->e->name, name, (int)e, FMT(message_str(by->a, EN, why)));
}

struct record *made_demand(const struct linkage_cast *c, bool unnamed, const char *reach)
{
    struct work *w = c->buyer;
    struct record *r = record_make(w->a, &demand), *d = record_add(w->a, r, DEMAND_DRAWINGS);
    r->v[DEMAND_TITLE] = v_text(S("Vỏ nhôm đúc áp lực, 40.000 chiếc một năm"));
    r->v[DEMAND_WORDS] = v_text(S("vỏ nhôm"));
    r->v[DEMAND_QUOTES_BY] = v_text(S("2026-12-10"));
    r->v[DEMAND_REACH] = v_text(str_of(reach));
    r->v[DEMAND_UNNAMED] = v_int(unnamed);
    r->v[DEMAND_BUYER] = v_text(S(BUYER_NAME));
    r->v[DEMAND_COUNTRY] = v_text(S("2025/JP"));
    r->v[DEMAND_CONTACT] = v_text(S("Tanaka Hiroshi"));
    r->v[DEMAND_EMAIL] = v_text(S(BUYER_EMAIL));
    d->v[DRAWING_TITLE] = v_text(S("Sakura housing rev C"));
    d->v[DRAWING_FILE] = v_text(str_f(w->a, "%064d housing.pdf", 7));
    return kept(w, r);
}

struct record *open_demand(const struct linkage_cast *c, bool unnamed, const char *reach)
{
    struct record *r = made_demand(c, unnamed, reach);
    step(c->buyer, r, "submit");
    step(c->officer, r, "open");
    return now_is(c->officer, r);
}

/* ---- calls inside a write ------------------------------------------------------------------------- */

struct call {
    const struct record *of;
    int64_t id, other;
    Str text;
    Str *file;
    int64_t *made;
    Message *why;
};

static enum err invite_inside(struct work *w, void *arg)
{
    const struct call *c = arg;
    return invite(w, c->of, c->id, c->text, S(""), c->made, c->why);
}

enum err inviting(struct work *by, const struct record *of, int64_t enterprise_id, const char *from, int64_t *id, Message *why)
{
    struct call c = { .of = of, .id = enterprise_id, .text = str_of(from), .made = id, .why = why };
    return work_write(by, invite_inside, &c);
}

struct record *invited_by(struct work *by, const struct record *of, int64_t enterprise_id, const char *from)
{
    Message why = NO_MESSAGE;
    int64_t id;
    struct record *r;
    enum err e = inviting(by, of, enterprise_id, from, &id, &why);
    if (e) test_fail(__FILE__, __LINE__, "invite: error %d: %.*s", (int)e, FMT(message_str(by->a, EN, why)));
    CHECK_INT(record_load(by, &invitation, id, &r), OK);
    return r;
}

static enum err agree_inside(struct work *w, void *arg)
{
    const struct call *c = arg;
    return invitation_agree(w, c->of, c->why);
}

void agreed(struct work *by, const struct record *r)
{
    Message why = NO_MESSAGE;
    struct call c = { .of = now_is(by, r), .why = &why };
    CHECK_INT(work_write(by, agree_inside, &c), OK);
}

static enum err open_inside(struct work *w, void *arg)
{
    const struct call *c = arg;
    return drawing_for(w, c->id, c->other, c->file, c->why);
}

enum err drawing_opens(struct work *by, int64_t invitation_id, int64_t drawing_id, Str *file, Message *why)
{
    struct call c = { .id = invitation_id, .other = drawing_id, .file = file, .why = why };
    return work_write(by, open_inside, &c);
}

struct record *sent_quote(struct work *by, const struct record *of, double price)
{
    struct record *r = record_make(by->a, &quote);
    r->v[QUOTE_INVITATION] = v_int(of->id);
    r->v[QUOTE_PRICE] = v_real(price);
    r->v[QUOTE_CURRENCY] = v_text(S("USD"));
    r = kept(by, r);
    step(by, r, "send");
    return now_is(by, r);
}

static enum err choose_inside(struct work *w, void *arg)
{
    const struct call *c = arg;
    return quote_choose(w, c->of, c->id, c->text, c->made, c->why);
}

enum err choosing(struct work *by, const struct record *of, int64_t quote_id, const char *reason, int64_t *introduction_id, Message *why)
{
    struct call c = { .of = now_is(by, of), .id = quote_id, .text = str_of(reason), .made = introduction_id, .why = why };
    return work_write(by, choose_inside, &c);
}

static enum err remind_inside(struct work *w, void *arg) { return linkage_remind(w); }

void reminded_on(struct work *w, const char *day)
{
    struct work *program = work_of(w, SYSTEM);
    CHECK(date_from_iso(str_of(day), &program->today));
    CHECK_INT(work_write(program, remind_inside, NULL), OK);
}
