/*
 * demo_linkage.c - what buyers look for in a demonstration: demands on every part of their way, with suppliers that have the process, questions,
 * quotes to compare, a choice and what came of it.
 *
 * Each is written down as it would have happened: begun so many days ago, sent to the office and opened in the days after, answered then.  Nobody is
 * sent a mail.
 */
#include "model/desk/file.h"
#include "model/people/account.h"
#include "programme/demo.h"
#include "programme/demo_acting.h"
#include "programme/demo_parts.h"
#include "programme/linkage/inside.h"
#include "programme/linkage/search.h"

static const struct buyer { const char *email, *name, *country, *contact; } buyers[] = {
    { "buyer@demo.example", "Công ty TNHH Lắp ráp Xuân Đỉnh (hư cấu)", "VN", "Trần Văn Mua" },
    { "buyer.japan@demo.example", "Kitamori Seiki KK", "JP", "Sato Kenji" },
    { "buyer.korea@demo.example", "Hanbit Jeonja Co., Ltd.", "KR", "Han Ji-won" },
    { "buyer.germany@demo.example", "Elbtal Antriebstechnik GmbH", "DE", "Katrin Vogel" },
};
enum { HERE, JAPAN, KOREA, GERMANY };

enum far { DRAFT, SUBMITTED, RETURNED, WITHDRAWN, OPEN, CHOOSING, NOBODY, AWARDED };

struct came { const char *stage; int days; double amount; };            /* days after the introduction */
static const struct part {
    int buyer;
    enum far far;
    int begun, due;                         /* days before today; days from today, negative: past */
    bool unnamed, invited_only;
    int suppliers, quotes;                  /* how many are brought in, and how many of these sent one */
    const char *title, *text, *hs, *process, *material, *certificate;
    double quantity, value, force, tolerance, price;        /* USD; 0: not asked                   */
    const char *drawing, *question, *answer;
    struct came came[3];
} parts[] = {
    { JAPAN, OPEN, 16, 9, false, false, 5, 3, "Vỏ hộp số nhôm đúc áp lực, 40.000 chiếc một năm",
      "Vỏ hộp số xe máy, hợp kim ADC12, gia công tinh ba mặt lắp. Thử kín từng chiếc. Đóng gói 24 chiếc một hộp.", "870840", "die-casting", "al-adc12", "IATF16949",
      40000, 310000, 650, 0.05, 7.4, "GEARBOX HOUSING", "Có chấp nhận hợp kim tương đương ADC12 không?", "Chấp nhận ADC10 nếu kèm chứng chỉ thành phần từng lô." },
    { KOREA, CHOOSING, 40, -3, true, false, 4, 3, "Nắp sạc điện thoại, ép nhựa PC/ABS, 1,2 triệu chiếc một năm",
      "Nhựa PC/ABS chống cháy V-0, bề mặt mờ. Khuôn do bên mua cung cấp.", "392690", "injection-moulding", "pc-abs", "ISO9001",
      1200000, 260000, 180, 0.08, 0.21, "CHARGER COVER", "Khuôn nặng bao nhiêu và gá trên máy mấy tấn?", "Khuôn 380 kg, chạy tốt trên máy 180 tấn." },
    { GERMANY, AWARDED, 250, -215, false, false, 4, 2, "Trục tiện CNC thép 42CrMo4, 18.000 chiếc một năm",
      "Trục hộp giảm tốc dài 240 mm, tôi cảm ứng hai cổ trục, mài tinh.", "848310", "cnc-turning", "alloy-steel", "ISO9001",
      18000, 145000, 0, 0.01, 8.2, "REDUCER SHAFT", NULL, NULL, { { "sample", 28, 0 }, { "audit", 55, 0 }, { "first_order", 96, 24600 } } },
    { JAPAN, AWARDED, 110, -75, true, false, 3, 2, "Tấm đỡ dập liên hoàn, thép mạ kẽm 1,2 mm",
      "Dập liên hoàn bảy công đoạn, 600.000 chiếc một năm, ba-via dưới 0,1 mm.", "732690", "progressive-stamping", "galvanized-sheet", "ISO9001",
      600000, 96000, 160, 0.1, 0.16, "SUPPORT PLATE", NULL, NULL, { { "sample", 21, 0 }, { "audit", 50, 0 } } },
    { KOREA, OPEN, 12, 14, true, false, 3, 0, "Cụm mạch điều khiển, hàn dán SMT hai mặt",
      "Mạch 120 × 80 mm, linh kiện 0402, kiểm AOI và thử chức năng toàn bộ.", "853400", "smt-assembly", NULL, "IPCA610", 90000, 540000, 0, 0, 5.6, "CONTROL BOARD",
      "Linh kiện do bên nào mua?", "Bên mua cấp IC và đầu nối, bên bán mua phần còn lại." },
    { HERE, OPEN, 25, -1, false, true, 3, 1, "Anod hóa cứng chi tiết nhôm, 25.000 chiếc một tháng",
      "Lớp 25 µm, màu đen, chiều dài đến 600 mm. Giao nhận hằng ngày.", "760820", "anodizing", "al-6061", NULL, 300000, 75000, 0, 0, 0.24, NULL, NULL, NULL },
    { GERMANY, OPEN, 6, 24, false, false, 0, 0, "Bánh răng trụ mô-đun 2, thấm than và mài răng",
      "Cấp chính xác 6 theo ISO 1328, 12.000 chiếc một năm, nhiều cỡ.", "848340", "gear-cutting", "alloy-steel", "IATF16949", 12000, 180000, 0, 0.01, 14.5, "SPUR GEAR M2", NULL, NULL },
    { HERE, NOBODY, 90, -60, false, false, 3, 1, "Khuôn dập liên hoàn cho tấm đỡ, hai bộ", "Tuổi thọ hai triệu lần dập, thép SKD11.", "820730", "stamping-die-making",
      "tool-steel", NULL, 2, 68000, 0, 0.01, 31000, NULL, NULL, NULL },
    { JAPAN, SUBMITTED, 1, 30, true, false, 0, 0, "Gioăng cao su EPDM chịu nhiệt, 2 triệu chiếc một năm", "Độ cứng 60 Shore A, chịu 130 °C, thử theo JIS K 6253.", "401693",
      "rubber-moulding", "epdm", "ISO9001", 2000000, 84000, 0, 0.2, 0, "EPDM SEAL", NULL, NULL },
    { KOREA, RETURNED, 5, 20, false, false, 0, 0, "Lò xo nén dây 0,8 mm", "Theo mẫu.", "732020", "spring-forming", "spring-steel", NULL, 500000, 12000, 0, 0, 0, NULL, NULL, NULL },
    { GERMANY, DRAFT, 0, 45, false, false, 0, 0, "Chi tiết phay năm trục, hợp kim titan", "Số lượng nhỏ, nhiều chủng loại, cần buồng đo CMM.", "848790", "five-axis-milling", "titanium",
      "AS9100", 400, 120000, 0, 0.005, 0, NULL, NULL, NULL },
    { HERE, WITHDRAWN, 30, 5, false, false, 0, 0, "Sơn tĩnh điện khung thép", "Khung dài 1.800 mm, màu RAL 9005.", "730890", "powder-coating", "low-carbon-sheet", NULL, 8000, 24000, 0, 0, 0,
      NULL, NULL, NULL },
};

/* ---- whose turn it is, and when -------------------------------------------------------------------------- */

struct writing_parts { Str files; struct demo_clock now; };

static struct date day_from(const struct demo_clock *c, int days) { return date_from_days(date_days(c->today) + days); }

static void turn_to(struct work *w, const struct demo_clock *c, int days_ago) { demo_turn(w, c, day_from(c, -days_ago)); }

static void act_for(struct work *w, int64_t enterprise_id)
{
    w->actor = (struct actor){ .roles = ENTERPRISE, .organisation = enterprise_id, .name = S("demo") };
}

/* ---- the demand -------------------------------------------------------------------------------------------- */

/* Null: the lists have no such code (any more). */
static Val one_code(struct work *w, const char *list, const char *bare)
{
    const struct code *k = bare ? code_find(w->codes, str_of(list), str_of(bare)) : NULL;
    return k ? v_text(str_f(w->a, ";%.*s;", FMT(k->key))) : v_null();
}

static Val positive(double d) { return d > 0 ? v_real(d) : v_null(); }

static enum err add_drawing(struct work *w, const struct part *p, Str files, struct record *r)
{
    struct upload stored;
    Message why;
    if (!p->drawing) return OK;
    TRY(file_store(w, files, str_f(w->a, "%s.pdf", p->drawing), demo_drawing(w->a, p->drawing, "DEMO-01"), &stored, &why));
    struct record *d = record_add(w->a, r, DEMAND_DRAWINGS);
    d->v[DRAWING_TITLE] = v_text(str_of(p->drawing));
    d->v[DRAWING_FILE] = v_text(upload_text(w->a, stored));
    d->v[DRAWING_PART] = v_text(S("DEMO-01"));
    return OK;
}

static struct record *demand_from(struct work *w, const struct part *p, const struct demo_clock *c)
{
    const struct buyer *b = &buyers[p->buyer];
    struct record *r = record_make(w->a, &demand);
    r->v[DEMAND_TITLE] = v_text(str_of(p->title));
    r->v[DEMAND_TEXT] = v_text(str_of(p->text));
    r->v[DEMAND_HS] = v_text(str_of(p->hs));
    r->v[DEMAND_QUANTITY] = v_real(p->quantity);
    r->v[DEMAND_QUANTITY_UNIT] = demo_code(w, "unit", S("pcs"));
    r->v[DEMAND_VALUE] = v_real(p->value);
    r->v[DEMAND_VALUE_CURRENCY] = v_text(S("USD"));
    r->v[DEMAND_PROCESS] = one_code(w, "process", p->process);
    r->v[DEMAND_MATERIAL] = one_code(w, "material", p->material);
    r->v[DEMAND_CERTIFICATE] = one_code(w, "standard", p->certificate);
    r->v[DEMAND_FORCE] = positive(p->force);
    r->v[DEMAND_TOLERANCE] = positive(p->tolerance);
    r->v[DEMAND_QUOTES_BY] = v_text(date_iso(w->a, day_from(c, p->due)));
    r->v[DEMAND_REACH] = v_text(p->invited_only ? S("invited") : S("anybody"));
    r->v[DEMAND_UNNAMED] = v_int(p->unnamed);
    r->v[DEMAND_BUYER] = v_text(str_of(b->name));
    r->v[DEMAND_COUNTRY] = demo_code(w, "country", str_of(b->country));
    r->v[DEMAND_CONTACT] = v_text(str_of(b->contact));
    r->v[DEMAND_EMAIL] = v_text(str_of(b->email));
    return r;
}

/* ---- suppliers, questions, quotes ---------------------------------------------------------------------------- */

/* Enterprises that state the process; of a demonstration too small to have enough, those it has. */
static enum err with_process(struct work *w, const struct part *p, struct records *out)
{
    struct { int64_t *p; size_t n, cap; } ids = { 0 };
    struct rows r = db_query(w->db, w->a, SQL("SELECT DISTINCT enterprise FROM process WHERE process = $1 ORDER BY enterprise LIMIT $2"),
                             ARGS(demo_code(w, "process", str_of(p->process)), v_int(2 * p->suppliers)));
    while (rows_next(&r)) *GROW(w->a, ids) = row_int(&r, 0);
    TRY(rows_end(&r));
    TRY(records_of(w, &enterprise, ids.p, ids.n, true, out));
    size_t kept = 0;
    for (size_t i = 0; i < out->n && kept < (size_t)p->suppliers; i++)
        if (enterprise.published(out->p[i])) out->p[kept++] = out->p[i];
    out->n = kept;
    return OK;
}

static enum err ask(struct work *w, const struct part *p, const struct record *by)
{
    struct record *r = record_make(w->a, &question);
    act_for(w, v_i64(by->v[INVITATION_ENTERPRISE]));
    r->v[QUESTION_INVITATION] = v_int(by->id);
    r->v[QUESTION_TEXT] = v_text(str_of(p->question));
    TRY(demo_save(w, r));
    TRY(demo_as(w, buyers[p->buyer].email));
    return demo_take(w, &question, r->id, "answer", p->answer);
}

static enum err offer(struct work *w, const struct part *p, const struct record *by, int k, int64_t *id)
{
    struct record *r = record_make(w->a, &quote);
    act_for(w, v_i64(by->v[INVITATION_ENTERPRISE]));
    r->v[QUOTE_INVITATION] = v_int(by->id);
    r->v[QUOTE_PRICE] = v_real(p->price * (100 + 7 * ((k * 2) % 5)) / 100);
    r->v[QUOTE_CURRENCY] = v_text(S("USD"));
    r->v[QUOTE_UNIT] = demo_code(w, "unit", S("pcs"));
    r->v[QUOTE_LEAST] = v_real(p->quantity >= 1000 ? p->quantity / 20 : 1);
    r->v[QUOTE_TOOLING] = v_real(4000 + 1500 * k);
    r->v[QUOTE_LEAD_DAYS] = v_int(45 - 7 * k);
    r->v[QUOTE_SAMPLE_DAYS] = v_int(21 + 4 * k);
    r->v[QUOTE_TERMS] = v_text(k % 2 ? S("FCA Nội Bài, thanh toán 45 ngày") : S("DAP nhà máy bên mua, thanh toán 30 ngày"));
    r->v[QUOTE_VALID_UNTIL] = v_text(date_iso(w->a, date_from_days(date_days(w->today) + 90)));
    TRY(demo_save(w, r));
    *id = r->id;
    return demo_take(w, &quote, r->id, "send", NULL);
}

/* Every other one comes by itself where it may; an unnamed buyer admits whom it knows. */
static enum err bring(struct work *w, const struct part *p, const struct record *of, const struct record *firm, int k, struct record **out)
{
    bool came = k % 2 && !p->invited_only;
    const char *email = buyers[p->buyer].email;
    if (came) act_for(w, firm->id);
    else TRY(demo_as(w, email));
    TRY(invitation_make(w, of, firm, came ? S("supplier") : S("buyer"), (Str){ 0 }, out));
    act_for(w, firm->id);
    if (!came) return k < p->quotes || k + 1 < p->suppliers ? demo_take(w, &invitation, (*out)->id, "accept", NULL) : OK;
    TRY(demo_take(w, &invitation, (*out)->id, "interest", NULL));
    TRY(demo_as(w, email));
    return k < p->quotes ? demo_take(w, &invitation, (*out)->id, "admit", NULL) : OK;
}

static enum err answer_it(struct work *w, const struct part *p, const struct record *of, int64_t *best)
{
    struct records firms;
    struct record *by;
    int64_t id = 0;
    TRY(with_process(w, p, &firms));
    for (int k = 0; k < (int)firms.n; k++) {
        TRY(bring(w, p, of, firms.p[k], k, &by));
        if (!k && p->question) TRY(ask(w, p, by));
        if (k < p->quotes) TRY(offer(w, p, by, k, &id));
        if (!*best) *best = id;
    }
    return OK;
}

/* ---- how it ends ------------------------------------------------------------------------------------------------ */

static enum err note_outcomes(struct work *w, const struct part *p, int64_t introduction_id, int introduced_ago, const struct demo_clock *c)
{
    for (const struct came *one = p->came; one < p->came + COUNT(p->came) && one->stage && one->days < introduced_ago; one++) {
        struct record *was, *now;
        bool changed;
        turn_to(w, c, introduced_ago - one->days);
        TRY(record_load(w, &introduction, introduction_id, &was));
        now = record_copy(w->a, was);
        struct record *o = record_add(w->a, now, INTRODUCTION_OUTCOMES);
        o->v[OUTCOME_STAGE] = v_text(str_of(one->stage));
        o->v[OUTCOME_ON] = v_text(date_iso(w->a, w->today));
        o->v[OUTCOME_AMOUNT] = positive(one->amount);
        if (one->amount > 0) o->v[OUTCOME_CURRENCY] = v_text(S("USD"));
        TRY(record_save(w, was, now, &changed));
    }
    return OK;
}

static enum err choose(struct work *w, const struct part *p, int64_t demand_id, int64_t quote_id, const struct demo_clock *c)
{
    struct record *of;
    Message why;
    int64_t id;
    int ago = -p->due;
    TRY(record_load(w, &demand, demand_id, &of));
    TRY(quote_choose(w, of, quote_id, S("Giá và thời gian giao mẫu tốt nhất; phòng thí nghiệm đo được toàn bộ kích thước."), &id, &why));
    return note_outcomes(w, p, id, ago, c);
}

static enum err end_it(struct work *w, const struct part *p, int64_t id, int64_t best, const struct demo_clock *c)
{
    TRY(demo_as(w, buyers[p->buyer].email));
    turn_to(w, c, p->due < 0 ? -p->due : 0);
    if (p->far == CHOOSING) return demo_take(w, &demand, id, "close", NULL);
    if (p->far == NOBODY) return demo_take(w, &demand, id, "nobody", "Giá cao hơn ngân sách; sẽ gọi lại sau khi sửa thiết kế.");
    return p->far == AWARDED && best ? choose(w, p, id, best, c) : OK;
}

static enum err write_part(struct work *w, const struct part *p, const struct writing_parts *all)
{
    struct record *r;
    int64_t best = 0;
    turn_to(w, &all->now, p->begun);
    TRY(demo_as(w, buyers[p->buyer].email));
    r = demand_from(w, p, &all->now);
    TRY(add_drawing(w, p, all->files, r));
    TRY(demo_save(w, r));
    if (p->far == DRAFT) return OK;
    TRY(demo_take(w, &demand, r->id, "submit", NULL));
    if (p->far == WITHDRAWN) return demo_take(w, &demand, r->id, "withdraw", NULL);
    if (p->far == SUBMITTED) return OK;
    turn_to(w, &all->now, p->begun - 1);
    TRY(demo_as(w, "officer@demo.example"));
    if (p->far == RETURNED) return demo_take(w, &demand, r->id, "return", "Đề nghị ghi rõ vật liệu dây, chiều dài tự do và lực nén yêu cầu.");
    TRY(demo_take(w, &demand, r->id, "open", NULL));
    turn_to(w, &all->now, p->begun - 3);
    TRY(record_load(w, &demand, r->id, &r));
    TRY(answer_it(w, p, r, &best));
    return end_it(w, p, r->id, best, &all->now);
}

static enum err write_parts(struct work *w, void *arg)
{
    struct writing_parts *all = arg;
    all->now = (struct demo_clock){ all->now.today, w->writing.at };
    for (size_t i = 0; i < COUNT(parts); i++) TRY(write_part(w, &parts[i], all));
    turn_to(w, &all->now, 0);
    return OK;
}

/* ---- searches -------------------------------------------------------------------------------------------------------- */

static const struct { const char *query, *words; int times, best; } missed[] = {
    { "process=metal-injection-moulding&certificate=IATF16949", "", 7, 31 },
    { "process=five-axis-milling&certificate=AS9100", "", 5, 44 },
    { "process=investment-casting&material=titanium", "titan", 3, 12 },
    { "force=1600+t&machine=die-casting-cold", "", 4, 38 },
};

static enum err write_searches(struct work *w)
{
    struct record *s = record_make(w->a, &saved_search);
    struct unmet *u = unmet_open();
    Message why;
    for (size_t i = 0; i < COUNT(missed); i++)
        for (int k = 0; k < missed[i].times; k++) unmet_note(u, str_of(missed[i].query), str_of(missed[i].words), missed[i].best);
    enum err e = unmet_write(u, w);
    unmet_close(u);
    TRY(e);
    TRY(demo_as(w, "buyer@demo.example"));
    s->v[SAVED_NAME] = v_text(S("Ép nhựa, máy từ 250 tấn"));
    s->v[SAVED_KIND] = v_text(S("suppliers"));
    s->v[SAVED_QUERY] = v_text(S("process=injection-moulding&force=250+t"));
    s->v[SAVED_FREQUENCY] = v_text(S("weekly"));
    return saved_search_keep(w, s, &why);
}

enum err demo_linkage(struct work *w, Str files)
{
    struct actor before = w->actor;
    struct writing_parts all = { files, { w->today, 0 } };
    bool demo;
    TRY(demo_is(w, &demo));
    if (!demo) return ERR_DENIED;
    enum err e = work_write(w, write_parts, &all);
    w->today = all.now.today;
    w->actor = before;
    if (!e) e = write_searches(w);
    w->actor = before;
    return e;
}
