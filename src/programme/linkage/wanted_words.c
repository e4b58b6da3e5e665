/*
 * wanted_words.c - a sentence becomes criteria: first what is asked with a number, then names of the code lists and of the thesaurus, the longest
 * first; what is left are words to be found in profiles.  What is not sure is not taken: a name of one syllable counts only with its accents.
 */
#include "programme/linkage/wanted_sentence.h"

#include "base/unicode.h"
#include "engine/search/concepts.h"
#include "model/type.h"

/* ---- words ------------------------------------------------------------------------------------------- */

static bool is_letter(uint32_t c)
{
    if (c < 0x80) return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return (c >= 0xC0 && c != 0xD7 && c != 0xF7 && c < 0x2000) || (c >= 0x3040 && c < 0xFF00) || c >= 0x20000;
}

/* A comma or point between digits belongs to a number. */
static bool ends_clause(Str text, size_t at, uint32_t c)
{
    if (c == ';' || c == '\n' || c == 0x3001 || c == 0x3002 || c == 0xFF0C || c == 0xFF1B) return true;
    if (c != ',' && c != '.') return false;
    return at + 1 >= text.n || text.p[at + 1] < '0' || text.p[at + 1] > '9';
}

static void cut_words(struct sentence *s)
{
    struct { struct spoken *p; size_t n, cap; } list = { 0 };
    const char *p = s->text.p, *end = p + s->text.n;
    size_t clause = 0;
    bool inside = false;
    while (p < end) {
        size_t at = (size_t)(p - s->text.p);
        uint32_t c = utf8_next(&p, end);
        if (is_letter(c)) {
            if (!inside) *GROW(s->w->a, list) = (struct spoken){ .from = at, .clause = clause };
            list.p[list.n - 1].to = (size_t)(p - s->text.p);
        }
        inside = is_letter(c);
        clause += ends_clause(s->text, at, c);
    }
    for (size_t i = 0; i < list.n; i++) {
        struct spoken *x = &list.p[i];
        x->text = str_sub(s->text, x->from, x->to - x->from);
        x->lower = text_tone(s->w->a, x->text);
        x->fold = text_fold(s->w->a, x->text);
    }
    s->word = list.p;
    s->n = list.n;
}

size_t sentence_phrase(const struct sentence *s, size_t i, Str phrase)
{
    Str rest = phrase, one;
    size_t n = 0;
    bool several = memchr(phrase.p, ' ', phrase.n);
    while (str_next(&rest, ' ', &one)) {
        size_t at = i + n++;
        if (at >= s->n || s->word[at].clause != s->word[i].clause) return 0;
        if (str_eq(s->word[at].lower, text_tone(s->w->a, one))) continue;
        if (!several || !str_eq(s->word[at].fold, text_fold(s->w->a, one))) return 0;
    }
    return n;
}

size_t sentence_any(const struct sentence *s, size_t i, const char *phrases)
{
    Str rest = str_of(phrases), one;
    size_t best = 0;
    while (i < s->n && str_next(&rest, '|', &one)) {
        size_t n = sentence_phrase(s, i, one);
        if (n > best) best = n;
    }
    return best;
}

bool sentence_is_used(const struct sentence *s, size_t i) { return s->used[s->word[i].from]; }

void sentence_use_bytes(struct sentence *s, size_t from, size_t to)
{
    for (size_t i = from; i < to && i < s->text.n; i++) s->used[i] = true;
}

void sentence_use(struct sentence *s, size_t from, size_t n)
{
    for (size_t i = from; i < from + n && i < s->n; i++) sentence_use_bytes(s, s->word[i].from, s->word[i].to);
}

Str sentence_part(const struct sentence *s, size_t from, size_t n)
{
    size_t last = from + n > s->n ? s->n : from + n;
    return from < last ? str_sub(s->text, s->word[from].from, s->word[last - 1].to - s->word[from].from) : (Str){ 0 };
}

size_t sentence_before(const struct sentence *s, size_t i, const char *phrases)
{
    for (size_t back = 3; back > 0; back--)
        if (back <= i && sentence_any(s, i - back, phrases) == back && s->word[i - back].clause == s->word[i].clause) return back;
    return 0;
}

size_t sentence_run(const struct sentence *s, size_t i, size_t end)
{
    enum { LONGEST = 5 };
    static const char joining[] = "with|and|or|for|that|which|who|must|but|not|và|với|có|cho|hoặc|phải|nhưng|không";
    size_t n = 0;
    while (n < LONGEST && i + n < end && s->word[i + n].clause == s->word[i].clause && !sentence_is_used(s, i + n) && !sentence_any(s, i + n, joining)) n++;
    return n;
}

size_t sentence_word_at(const struct sentence *s, size_t byte)
{
    size_t i = 0;
    while (i < s->n && s->word[i].to <= byte) i++;
    return i;
}

bool sentence_wants(struct sentence *s, const struct want *x, size_t word)
{
    if (x && word < s->n) s->word_of[x - s->out->p] = word;
    return x;
}

/* "0,02" is never English, "0.02" in a Vietnamese sentence is what a drawing has. */
enum lang sentence_lang(const struct sentence *s)
{
    for (size_t i = 1; i + 1 < s->text.n; i++)
        if (s->text.p[i] == ',' && s->text.p[i - 1] == '0' && (i < 2 || s->text.p[i - 2] < '0' || s->text.p[i - 2] > '9')) return VI;
    return s->w->lang;
}

/* ---- names of codes -------------------------------------------------------------------------------------- */

enum { PHRASE_MOST = 7 };

/* Where a name alone is not enough, one of these words stands before or after it. */
static const struct { const char *criterion, *before, *after; } sources[] = {
    { "certificate", NULL, NULL }, { "process", NULL, NULL }, { "machine", NULL, NULL }, { "material", NULL, NULL },
    { "zone", NULL, NULL },
    { "province", "in|at|located in|based in|tại|ở|thuộc|tỉnh|thành phố", "province|city" },
    { "ward", "in|at|located in|based in|tại|ở|thuộc|phường|xã", "ward|commune" },
    { "industry", "ngành|lĩnh vực|ngành công nghiệp|for the", "industry|industries|sector|experience" },
    { "language", "speak|speaks|speaking|nói|giao tiếp bằng|giao dịch bằng", "speaking|spoken|language|speaker|speakers" },
    { "grade", "grade|hạng|xếp hạng|hạng năng lực|capability grade", NULL },
    { "foreign_customers", "customers in|customers from|clients in|clients from|khách hàng ở|khách hàng từ|khách hàng|xuất khẩu sang|exports to|export to|exporting to", "customers|clients" },
};
static const char any_foreign[] = "foreign customers|foreign invested customers|fdi customers|customers abroad|overseas customers|khách hàng nước ngoài|khách hàng fdi|"
                                  "khách hàng có vốn đầu tư nước ngoài";
static const char or_words[] = "or|hoặc|hay";

static bool spelt(struct arena *a, Str lower, Str name) { return name.n && str_eq(lower, text_tone(a, name)); }

/* Written with its accents: the code itself, a name, or another spelling. */
static bool is_spelt(struct arena *a, const struct code *k, Str text)
{
    Str lower = text_tone(a, text), also = code_extra(k, S("also")), one;
    if (spelt(a, lower, k->code) || spelt(a, lower, k->name[VI]) || spelt(a, lower, k->name[EN]) || spelt(a, lower, k->shortened)) return true;
    while (also.n && str_next(&also, '|', &one))
        if (spelt(a, lower, one)) return true;
    return false;
}

struct seen { const struct criterion *is; const struct code *code; size_t from, n, before, after; };

static bool is_wanted_here(const struct sentence *s, size_t source, struct seen *x)
{
    size_t end = x->from + x->n;
    if (!sources[source].before) return true;
    x->before = sentence_before(s, x->from, sources[source].before);
    if (x->before) return true;
    x->after = sources[source].after && end < s->n && s->word[end].clause == s->word[x->from].clause ? sentence_any(s, end, sources[source].after) : 0;
    return x->after;
}

/* "press" in "press over 250 t" says what the number is of, and may be any machine that presses. */
static bool is_too_broad(const struct criterion *c, const struct code *k, size_t n)
{
    return c->kind == FACT_MACHINE && n == 1 && !code_extra(k, S("process")).n;
}

/* The code that these words name. */
static const struct code *code_here(const struct sentence *s, const struct criterion *c, size_t i, size_t n)
{
    Str text = sentence_part(s, i, n);
    const struct code *k = code_match(s->w->codes, s->w->a, str_of(c->list), text, NULL);
    return k && !is_too_broad(c, k, n) && (n > 1 || is_spelt(s->w->a, k, text)) ? k : NULL;
}

static bool free_words(const struct sentence *s, size_t i, size_t n)
{
    for (size_t k = i; k < i + n; k++)
        if (k >= s->n || sentence_is_used(s, k) || s->word[k].clause != s->word[i].clause) return false;
    return true;
}

/* The longest name at word i, of the first list that has it. */
static bool find_code(const struct sentence *s, size_t i, struct seen *out)
{
    for (size_t n = PHRASE_MOST; n > 0; n--) {
        if (!free_words(s, i, n)) continue;
        for (size_t k = 0; k < COUNT(sources); k++) {
            *out = (struct seen){ .is = criterion_named(str_of(sources[k].criterion)), .from = i, .n = n };
            out->code = code_here(s, out->is, i, n);
            if (out->code && is_wanted_here(s, k, out)) return true;
        }
    }
    return false;
}

/* "die casting or sand casting": one of them will do, though each of several is asked otherwise. */
static struct want *alternative(const struct sentence *s, const struct seen *x)
{
    struct want *last = s->out->n ? &s->out->p[s->out->n - 1] : NULL;
    return last && last->is == x->is && sentence_before(s, x->from, or_words) ? last : NULL;
}

/* "assembly", "engineering": one word for a whole family may mean something else, and keeps nobody out. */
static bool is_vague(const struct seen *x) { return x->n == 1 && !x->code->parent.n && x->is->near; }

static void take(struct sentence *s, const struct seen *x)
{
    struct want *other = alternative(s, x);
    Str part = sentence_part(s, x->from, x->n);
    if (sentence_refused(s, x->from - x->before, x->before + x->n + x->after)) return;
    sentence_use(s, x->from - x->before, x->before + x->n + x->after);
    if (other) {
        if (!many_has(other->codes, x->code->key)) other->codes = v_text(str_f(s->w->a, "%.*s%.*s;", FMT(v_str(other->codes)), FMT(x->code->key)));
        sentence_use(s, x->from - 1, 1);
    } else {
        struct want *new = want_add_code(s->w, s->out, x->is, x->code->key);
        if (!sentence_wants(s, new, x->from)) wrong_add(s->w, s->wrong, part, MSG(N_("There are too many criteria; this one was left out.")));
        else if (is_vague(x)) new->must = false;
    }
}

static void take_any_foreign(struct sentence *s, size_t i, size_t n)
{
    const struct criterion *c = criterion_named(S("foreign_customers"));
    if (sentence_refused(s, i, n)) return;
    if (!want_named(s->out, c) && !sentence_wants(s, want_add(s->w, s->out, c), i)) return;
    sentence_use(s, i, n);
}

static void find_codes(struct sentence *s)
{
    struct seen x;
    for (size_t i = 0; i < s->n; i++) {
        if (sentence_is_used(s, i)) continue;
        size_t any = sentence_any(s, i, any_foreign);
        if (any && free_words(s, i, any)) take_any_foreign(s, i, any);
        else if (find_code(s, i, &x)) take(s, &x);
    }
}

/* ---- names of the thesaurus ---------------------------------------------------------------------------------- */

/* "process/die-casting" is the code of a list that a criterion asks of; other things stay words. */
static const struct criterion *criterion_of_key(struct work *w, Str key, const struct code **code)
{
    Str list, name;
    if (!str_cut(key, '/', &list, &name)) return NULL;
    for (size_t i = 0; i < COUNT(sources); i++) {
        const struct criterion *c = criterion_named(str_of(sources[i].criterion));
        if (!sources[i].before && str_is(list, c->list) && (*code = code_find(w->codes, list, name))) return c;
    }
    return NULL;
}

static void find_concepts(struct sentence *s)
{
    struct concept_found *found;
    size_t n = concepts_in(s->w->concepts, s->w->a, s->text, &found);
    for (size_t i = 0; i < n; i++) {
        const struct code *k;
        const struct criterion *c = criterion_of_key(s->w, concept_key(s->w->concepts, found[i].concept), &k);
        if (!c || s->used[found[i].from] || s->used[found[i].to - 1]) continue;
        size_t first = sentence_word_at(s, found[i].from), last = sentence_word_at(s, found[i].to - 1);
        if (first < s->n && sentence_refused(s, first, last - first + 1)) continue;      /* half-width letters make no words */
        if (sentence_wants(s, want_add_code(s->w, s->out, c, k->key), first))
            sentence_use_bytes(s, found[i].from, found[i].to);
    }
}

/* ---- how much it is meant ---------------------------------------------------------------------------------------- */

static const struct { const char *phrases; bool must; } insistence[] = {
    { "must have|must|required|mandatory|bắt buộc|phải có|nhất thiết", true },
    { "preferably|preferred|ideally|if possible|not required|not mandatory|không bắt buộc|không nhất thiết|nice to have|optional|optionally|ưu tiên|nếu có|nếu có thể|mong muốn|tốt nhất", false },
};

/* Said in a clause, it counts for what this clause asks. */
static void weigh_clauses(struct sentence *s)
{
    for (size_t i = 0; i < s->n; i++)
        for (size_t k = 0; k < COUNT(insistence); k++) {
            size_t n = sentence_is_used(s, i) ? 0 : sentence_any(s, i, insistence[k].phrases);
            for (size_t x = 0; n && x < s->out->n; x++)
                if (s->word[s->word_of[x]].clause == s->word[i].clause) s->out->p[x].must = insistence[k].must;
            sentence_use(s, i, n);
        }
}

/* ---- in which order ---------------------------------------------------------------------------------------------- */

/* As they were said, so that whoever typed the sentence finds it again; they are few. */
static void order_as_said(struct sentence *s)
{
    for (size_t i = 1; i < s->out->n; i++)
        for (size_t k = i; k && s->word_of[k - 1] > s->word_of[k]; k--) {
            struct want x = s->out->p[k];
            size_t word = s->word_of[k];
            s->out->p[k] = s->out->p[k - 1];
            s->word_of[k] = s->word_of[k - 1];
            s->out->p[k - 1] = x;
            s->word_of[k - 1] = word;
        }
}

/* ---- what is left ------------------------------------------------------------------------------------------------ */

/* Words that say nothing of what is looked for. */
static const char idle[] = "a|an|the|and|or|with|of|for|in|at|on|to|we|i|you|who|that|which|is|are|be|can|has|have|having|do|does|need|needs|needed|want|wanted|looking for|look for|find|"
    "part|parts|or better|chi tiết|trở lên|supplier|suppliers|company|companies|manufacturer|manufacturers|vendor|vendors|please|from|by|"
    "và|với|cho|có|các|những|của|tại|ở|là|được|cần|tìm|muốn|một|hoặc|nhà cung cấp|doanh nghiệp|công ty|đơn vị|xin|vui lòng|cần tìm|chúng tôi";

static void leave_out_idle(struct sentence *s)
{
    for (size_t i = 0; i < s->n;) {
        size_t n = sentence_is_used(s, i) ? 0 : sentence_any(s, i, idle);
        sentence_use(s, i, n);
        i += n ? n : 1;
    }
}

static Str left_over(const struct sentence *s)
{
    struct buf b = buf_make(s->w->a);
    for (size_t i = 0; i < s->n; i++) {
        bool begun = false;
        for (size_t at = s->word[i].from; at < s->word[i].to; at++) {
            if (s->used[at]) continue;
            if (!begun && b.n) put_c(&b, ' ');
            begun = true;
            put_c(&b, s->text.p[at]);
        }
    }
    return buf_str(&b);
}

static Str first_bytes(struct arena *a, Str text)
{
    size_t n = text.n < SENTENCE_MOST ? text.n : SENTENCE_MOST;
    Str clean;
    while (n && n < text.n && ((unsigned char)text.p[n] & 0xC0) == 0x80) n--;
    return text_clean(a, (Str){ text.p, n }, &clean) ? clean : (Str){ 0 };
}

void wanted_from_words(struct work *w, Str sentence, struct wanted *out, struct wrong_parts *wrong)
{
    struct sentence s = { .w = w, .text = first_bytes(w->a, sentence), .out = out, .wrong = wrong };
    *out = (struct wanted){ 0 };
    *wrong = (struct wrong_parts){ 0 };
    if (sentence.n && !s.text.n) wrong_add(w, wrong, S("words"), MSG(N_("This is not text in UTF-8.")));
    if (!s.text.n) return;
    s.used = NEW_ARRAY(w->a, bool, s.text.n + 1);
    cut_words(&s);
    sentence_distances(&s);
    find_codes(&s);
    find_concepts(&s);
    sentence_numbers(&s);
    weigh_clauses(&s);
    sentence_leave_out_refused(&s);
    order_as_said(&s);
    leave_out_idle(&s);
    Str words = left_over(&s);
    size_t n = words.n < WORDS_MOST ? words.n : WORDS_MOST;
    while (n && n < words.n && ((unsigned char)words.p[n] & 0xC0) == 0x80) n--;
    out->words = (Str){ words.p, n };
}
