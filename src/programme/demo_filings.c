/*
 * demo_filings.c - what waits for somebody in a demonstration: claims, reports, verifications and proposed changes, some of them late.
 *
 * Each paper was filed as many working days ago as its row says, and is due after that day; the step on it is taken today, since what
 * it does to an enterprise cannot be older than the enterprise.
 * A demonstration too small to have the enterprise of a row, or where it is not theirs to file or decide on, goes without it.
 */
#include "model/flow/calendar.h"
#include "model/flow/proposal.h"
#include "model/people/account.h"
#include "programme/demo.h"
#include "programme/filing.h"

struct entry { int field; const char *text; };
enum { ENTRIES = 6 };

static const struct paper {
    const struct entity *e;                 /* &enterprise: a change that is proposed for it       */
    const char *by;                         /* e-mail of the account; NULL: a visitor              */
    int         days;                       /* working days ago                                   */
    int64_t     of;                         /* the enterprise                                     */
    struct entry entries[ENTRIES];          /* up to the first without a text                     */
    const char *step, *note;                /* taken by the officer, verifications by the ward; NULL: none */
} papers[] = {
    { &claim, "claimant@demo.example", 4, 10, { { CLAIM_POSITION, "Trưởng phòng Kinh doanh" },
      { CLAIM_NOTE, "Công ty cử tôi phụ trách hồ sơ này thay cho người đã nghỉ việc." } } },
    { &claim, "claimant@demo.example", 1, 2, { { CLAIM_POSITION, "Giám đốc" } } },
    { &claim, "buyer@demo.example", 3, 7, { { CLAIM_POSITION, "Phó giám đốc" } },
      "ask", "Đề nghị gửi kèm giấy ủy quyền có chữ ký của người đại diện theo pháp luật." },

    { &enterprise, "enterprise@demo.example", 3, 1, { { ENTERPRISE_PHONE, "02405046750" }, { ENTERPRISE_WEBSITE, "https://xuan-thach-an.example" },
      { ENTERPRISE_CONTACT_NAME, "Nguyễn Thị Doanh" }, { ENTERPRISE_CONTACT_ROLE, "Trưởng phòng Kế hoạch" } } },
    { &enterprise, "ward@demo.example", 6, 11, { { ENTERPRISE_PHONE, "02401814100" } } },

    { &report, NULL, 5, 5, { { REPORT_KIND, "closed" }, { REPORT_TEXT, "Xưởng đã khóa cửa từ tháng 8, biển hiệu đã tháo; hàng xóm cho biết máy móc đã chuyển đi." } } },
    { &report, NULL, 2, 8, { { REPORT_KIND, "moved" }, { REPORT_TEXT, "Công ty đã chuyển nhà máy sang khu công nghiệp khác; số điện thoại vẫn như cũ." } },
      "check" },
    { &report, NULL, 0, 9, { { REPORT_KIND, "wrong" }, { REPORT_TEXT, "Trang web ghi trong hồ sơ không phải của công ty này." } } },

    { &verification, "officer@demo.example", 9, 13, { { VERIFICATION_REASON, "Hồ sơ chưa được xác minh lần nào." } } },
    { &verification, "enterprise@demo.example", 2, 1, { { VERIFICATION_REASON, "Chúng tôi cần xác nhận để tham gia hội chợ của Thành phố." } } },
    { &verification, "ward@demo.example", 8, 14, { { VERIFICATION_REASON, "Kiểm tra định kỳ trên địa bàn." }, { VERIFICATION_AT_ADDRESS, "true" },
      { VERIFICATION_PRODUCES, "true" }, { VERIFICATION_FOUND, "Xưởng thứ hai nêu trong hồ sơ đang tạm ngừng để lắp máy." } }, "differ" },
};

static enum err act_as(struct work *w, const char *email)
{
    struct record *account = NULL;
    w->actor = VISITING;
    w->actor.name = S("visitor");
    if (!email) return OK;
    TRY(account_with_email(w, str_of(email), &account));
    w->actor = actor_of(account);
    return OK;
}

static struct date working_days_before(const struct codes *c, struct date d, int n)
{
    struct date back = d;
    while (working_days_between(c, back, d) < n) back = date_from_days(date_days(back) - 1);
    return back;
}

static void fill(struct work *w, struct record *r, const struct entry *entries)
{
    for (const struct entry *one = entries; one < entries + ENTRIES && one->text; one++) {
        const struct field *f = &r->e->fields[one->field];
        MUST(!f->type->read(w, f, SPELT_PLAIN, str_of(one->text), &r->v[one->field]).id);
    }
}

static enum err propose(struct work *w, const struct paper *p, const struct record *was)
{
    struct record *now = record_copy(w->a, was);
    int64_t id;
    fill(w, now, p->entries);
    return proposal_make(w, was, now, (Str){ 0 }, &id);
}

/* What the whole transaction's instant is, and today. */
struct clock { struct date today; int64_t at; };

static void turn_back(struct work *w, const struct clock *now, int days)
{
    w->today = working_days_before(w->codes, now->today, days);
    w->writing.at = now->at - (date_days(now->today) - date_days(w->today)) * DAYS;
}

static enum err take(struct work *w, const struct paper *p, const struct record *r, const struct clock *now)
{
    Message why;
    turn_back(w, now, 0);
    TRY(act_as(w, p->e == &verification ? p->by : "officer@demo.example"));
    return step_inside(w, r, step_named(p->e, str_of(p->step)), str_of(p->note), &why);
}

static enum err file_paper(struct work *w, const struct paper *p, const struct clock *now)
{
    struct record *r = record_make(w->a, p->e);
    bool changed;
    r->v[p->e == &claim ? (int)CLAIM_ENTERPRISE : p->e == &report ? (int)REPORT_ENTERPRISE : (int)VERIFICATION_ENTERPRISE] = v_int(p->of);
    fill(w, r, p->entries);
    if (p->e == &claim) r->v[CLAIM_ACCOUNT] = v_int(w->actor.account);
    if (p->e == &verification && p->step) r->v[VERIFICATION_VISITED_ON] = v_text(date_iso(w->a, w->today));
    p->e->compute(w, r);
    TRY(record_save(w, NULL, r, &changed));
    return p->step ? take(w, p, r, now) : OK;
}

static enum err write_papers(struct work *w, void *arg)
{
    const struct clock now = { *(const struct date *)arg, w->writing.at };
    enum err err = OK;
    for (size_t i = 0; i < COUNT(papers) && !err; i++) {
        struct record *of;
        enum err found = record_load(w, &enterprise, papers[i].of, &of);
        if (found == ERR_MISSING) continue;
        TRY(found);
        turn_back(w, &now, papers[i].days);
        TRY(act_as(w, papers[i].by));
        err = papers[i].e == &enterprise ? propose(w, &papers[i], of) : file_paper(w, &papers[i], &now);
        if (err == ERR_DENIED) err = OK;                    /* of another seed: not that ward's enterprise, say */
    }
    return err;
}

enum err demo_filings(struct work *w)
{
    struct work before = *w;
    bool demo;
    TRY(demo_is(w, &demo));
    if (!demo) return ERR_DENIED;
    enum err err = work_write(w, write_papers, &before.today);
    w->actor = before.actor;
    w->today = before.today;
    return err;
}
