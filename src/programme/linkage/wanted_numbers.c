/* wanted_numbers.c - the numbers of a sentence: which criterion each is of, by the words around it and by its unit. */
#include "programme/linkage/wanted_sentence.h"

#include "model/type.h"

/* ---- what limits a number ------------------------------------------------------------------------------- */

enum limit { NO_LIMIT, LEAST, MOST, UP_TO };                /* up to: the most that there may be, so the least to be handled */
static const struct { enum limit is; const char *words; const char *signs; } limits[] = {
    { MOST, "not over|not more than|no more than|at most|less than|lower than|smaller than|under|below|within|không quá|không vượt quá|dưới|nhỏ hơn|ít hơn|trong vòng|"
            "trong bán kính|bán kính", "≤|<|<=|±|+/-" },
    { UP_TO, "up to|max|maximum|tối đa|lên tới|lên đến|đến|tới", NULL },
    { LEAST, "over|above|more than|greater than|larger than|at least|not less than|minimum|min|from|trên|hơn|tối thiểu|ít nhất|không dưới|lớn hơn|từ", "≥|>|>=" },
};
static const char behind[] = "or more|or above|or larger|and above|and up|trở lên";
static const char behind_most[] = "or better|or less|or finer|or below|trở xuống|hoặc tốt hơn";

static bool sign_before(const struct sentence *s, size_t byte, const char *signs, size_t *from)
{
    Str rest = str_of(signs), one, before = str_trim(str_sub(s->text, 0, byte));
    for (*from = byte; signs && str_next(&rest, '|', &one);)
        if (str_ends(before, one) && before.n - one.n < *from) *from = before.n - one.n;
    return *from < byte;
}

/* Right before word i: words or a sign; their bytes are understood with it. */
static enum limit limit_before(struct sentence *s, size_t i, size_t *first)
{
    enum { WORDS_OF_LIMIT = 3 };
    *first = i;
    for (size_t k = 0; k < COUNT(limits); k++) {
        size_t from;
        for (size_t back = WORDS_OF_LIMIT; back > 0; back--)
            if (back <= i && s->word[i - back].clause == s->word[i].clause && sentence_any(s, i - back, limits[k].words) == back) {
                *first = i - back;
                sentence_use(s, i - back, back);
                return limits[k].is;
            }
        if (!sign_before(s, s->word[i].from, limits[k].signs, &from)) continue;
        sentence_use_bytes(s, from, s->word[i].from);
        return limits[k].is;
    }
    return NO_LIMIT;
}

/* Of part sizes and the like, what is up to a size is what a supplier has to handle. */
static bool suits(const struct criterion *c, enum limit l)
{
    static const char *const handled[] = { "part_size", "part_weight", "table_length", "table_width" };
    for (size_t i = 0; i < COUNT(handled); i++)
        if (str_is(str_of(c->name), handled[i])) return true;
    return l == NO_LIMIT || l == UP_TO || l == (want_sets_least(c) ? LEAST : MOST);
}

/* ---- distances --------------------------------------------------------------------------------------------- */

static const char from_words[] = "of|from|around|to|quanh|xung quanh|từ|tới|đến|cách|khỏi|tính từ|kể từ|so với";
static const char away_before[] = "cách|near|gần|quanh";

/* The longest name of a place at word i. */
static size_t place_at(const struct sentence *s, size_t i, struct spot *at)
{
    enum { LONGEST = 8 };
    for (size_t n = LONGEST; n > 0; n--) {
        if (i + n > s->n || s->word[i + n - 1].clause != s->word[i].clause) continue;
        if (!want_read_place(s->w, sentence_part(s, i, n), at).id) return n;
    }
    return 0;
}

struct way { size_t number, first, place, words, end; double km; struct spot at; };

/* "40 km of Noi Bai", or "cách Nội Bài 40 km"; the number is word i. */
static bool find_place(const struct sentence *s, size_t i, size_t after, struct way *way)
{
    size_t n = after < s->n && s->word[after].clause == s->word[i].clause ? sentence_any(s, after, from_words) : 0;
    if (n && (way->words = place_at(s, after + n, &way->at))) return way->place = after + n, true;
    for (size_t back = i; back > 0 && s->word[back - 1].clause == s->word[i].clause; back--) {
        size_t cue = sentence_any(s, back - 1, away_before);
        if (!cue || !(way->words = place_at(s, back - 1 + cue, &way->at)) || back - 1 + cue + way->words > i) continue;
        way->place = back - 1 + cue;
        way->first = back - 1;
        return true;
    }
    return false;
}

static void take_way(struct sentence *s, struct way *way, size_t end_byte)
{
    const struct criterion *c = criterion_named(S("distance"));
    size_t last = way->place + way->words, from = way->first < way->place ? way->first : way->place;
    struct want *x = want_named(s->out, c) ? NULL : want_add(s->w, s->out, c);
    size_t first_byte = s->word[from < way->number ? from : way->number].from;
    sentence_use_bytes(s, first_byte, s->word[last - 1].to > end_byte ? s->word[last - 1].to : end_byte);
    if (!sentence_wants(s, x, way->number)) {
        wrong_add(s->w, s->wrong, sentence_part(s, way->place, way->words), MSG(N_("Only one distance can be asked; the first was taken.")));
        return;
    }
    x->value = way->km;
    x->at = way->at;
    x->place = sentence_part(s, way->place, way->words);
}

/* "40 km of Xyzville": what stands where a place would. */
static bool find_words_of_place(const struct sentence *s, size_t first, size_t after, struct way *way)
{
    size_t n = after < s->n && s->word[after].clause == s->word[way->number].clause ? sentence_any(s, after, from_words) : 0;
    way->place = after + n;
    if (n && (way->words = sentence_run(s, way->place, s->n))) return true;
    for (size_t back = first; back > 0 && s->word[back - 1].clause == s->word[first].clause; back--) {
        size_t cue = sentence_any(s, back - 1, away_before);
        if (!cue || !(way->words = sentence_run(s, back - 1 + cue, first))) continue;
        way->place = back - 1 + cue;
        way->first = back - 1;
        return true;
    }
    return false;
}

static void tell_unknown_place(struct sentence *s, struct way *way, size_t after, size_t end_byte)
{
    struct spot at;
    size_t first;
    limit_before(s, way->number, &first);
    if (!find_words_of_place(s, first, after, way)) return;
    Str place = sentence_part(s, way->place, way->words);
    wrong_add(s->w, s->wrong, place, want_read_place(s->w, place, &at));
    size_t from = way->first < first ? way->first : first, last = s->word[way->place + way->words - 1].to;
    sentence_use_bytes(s, s->word[from].from, last > end_byte ? last : end_byte);
}

static bool starts_number(const struct sentence *s, size_t i)
{
    size_t at = s->word[i].from;
    return s->text.p[at] >= '0' && s->text.p[at] <= '9' && !s->used[at];
}

static Str text_from(const struct sentence *s, size_t i) { return str_sub(s->text, s->word[i].from, s->text.n); }

/* Written in km or miles, not in mm. */
static bool is_way(const struct sentence *s, size_t i, Str rest)
{
    struct quantity_begun b;
    Message why;
    if (!quantity_begins(s->w->a, QUANTITY_NONE, sentence_lang(s), s->w->lang, text_from(s, i), &b, &why)) return false;
    return quantity_of_unit(str_trim(str_sub(b.rest, 0, b.rest.n - rest.n))) == DISTANCE;
}

void sentence_distances(struct sentence *s)
{
    struct quantity_begun b;
    Message why;
    for (size_t i = 0; i < s->n; i++) {
        if (!starts_number(s, i) || !quantity_begins(s->w->a, DISTANCE, sentence_lang(s), s->w->lang, text_from(s, i), &b, &why) || b.unit != DISTANCE) continue;
        size_t end = s->text.n - b.rest.n, after = sentence_word_at(s, end), first;
        struct way way = { .number = i, .first = i, .km = b.value };
        if (find_place(s, i, after, &way)) {
            limit_before(s, i, &first);
            take_way(s, &way, end);
        } else if (is_way(s, i, b.rest)) {
            tell_unknown_place(s, &way, after, end);
        }
    }
}

/* ---- what a number is of -------------------------------------------------------------------------------------- */

/* The criteria that a word may speak of; the unit decides among them. */
static const struct cue { const char *words; const char *criteria; } cues[] = {
    { "press|presses|tonnage|clamping force|clamp force|pressing force|clamping|injection machine|moulding machine|molding machine|máy ép|máy dập|lực ép|lực kẹp|lực dập|"
      "lực kẹp khuôn|lực đóng khuôn|press force", "force" },
    { "tolerance|tolerances|accuracy|precision|dung sai|độ chính xác|sai số", "tolerance" },
    { "axis|axes|trục", "axes" },
    { "part|parts|part size|size|dimension|dimensions|length|diameter|kích thước|chi tiết|sản phẩm|chiều dài|đường kính|component|components", "part_size|part_weight" },
    { "weight|weighing|part weight|khối lượng|trọng lượng|nặng", "part_weight" },
    { "table|work table|bàn máy|kích thước bàn", "table_length" },
    { "furnace|oven|kiln|temperature|heat treatment|lò|lò nung|nhiệt độ|nhiệt luyện", "temperature" },
    { "export|exports|exported|exporting|export share|xuất khẩu|tỷ lệ xuất khẩu", "exports" },
    { "confirmed|profile confirmed|updated|xác nhận|hồ sơ xác nhận|cập nhật", "confirmed" },
    { "capacity|free capacity|volume|yearly volume|annual volume|per year|a year|năng lực|công suất|sản lượng|mỗi năm|một năm|năm", "capacity" },
};

/* "1000 x 600 mm": the unit of the first side is that of the second. */
static void shares_unit(struct sentence *s, struct quantity_begun *b)
{
    struct quantity_begun number, with_unit;
    Message why;
    size_t at = sentence_word_at(s, s->text.n - b->rest.n), by = at < s->n ? sentence_any(s, at, "x|by") : 0;
    if (!by || at + by >= s->n) return;
    Str second = text_from(s, at + by);
    if (!quantity_begins(s->w->a, QUANTITY_NONE, sentence_lang(s), s->w->lang, second, &number, &why)) return;
    if (!quantity_begins(s->w->a, LENGTH, sentence_lang(s), s->w->lang, second, &with_unit, &why) || !with_unit.unit || number.value == 0) return;
    b->value *= with_unit.value / number.value;
    b->unit = LENGTH;
}

static bool begins(struct sentence *s, const struct criterion *c, size_t i, struct quantity_begun *b, Message *why)
{
    *why = NO_MESSAGE;
    if (!quantity_begins(s->w->a, c->quantity, sentence_lang(s), s->w->lang, text_from(s, i), b, why)) return false;
    if (c->quantity == LENGTH && !b->unit) shares_unit(s, b);
    return true;
}

struct meant { const struct criterion *is; struct quantity_begun b; Message why; size_t cue, cue_n; };

/* Does one of the cue's criteria take this number?  An ambiguous unit is remembered, in case none does. */
static bool cue_takes(struct sentence *s, size_t i, const struct cue *cue, struct meant *m)
{
    Str rest = str_of(cue->criteria), name;
    while (str_next(&rest, '|', &name)) {
        struct meant one = { .is = criterion_named(name) };
        bool good = begins(s, one.is, i, &one.b, &one.why);
        if (good && !one.is->list && (one.b.unit || !one.is->quantity)) return *m = one, true;
        if (good && one.is->list) return *m = one, true;
        if (good) one.why = MSG(N_("Write the unit too, such as {1}."), tr(s->w->lang, quantity_units[one.is->quantity]));
        if (!m->is) *m = one;
    }
    return false;
}

static bool cue_at(struct sentence *s, size_t i, size_t at, struct meant *m)
{
    for (size_t k = 0; k < COUNT(cues); k++) {
        size_t n = sentence_any(s, at, cues[k].words);
        bool first = !m->is, takes = n && cue_takes(s, i, &cues[k], m);
        if (takes || (first && m->is)) {
            while (at > 0 && sentence_any(s, at - 1, cues[k].words) == n + 1) at--, n++;
            m->cue = at;
            m->cue_n = n;
        }
        if (takes) return true;
    }
    return false;
}

enum { NEAR = 12 };                         /* words: nobody keeps a number farther from what it is of */

static bool is_near(const struct sentence *s, size_t i, size_t at)
{
    return at < s->n && s->word[at].clause == s->word[i].clause && (at < i ? i - at : at - i) <= NEAR;
}

/* The nearest cue before the number in its clause, else the nearest behind it. */
static bool find_meaning(struct sentence *s, size_t i, struct meant *m)
{
    *m = (struct meant){ 0 };
    for (size_t at = i; at > 0 && is_near(s, i, at - 1); at--)
        if (cue_at(s, i, at - 1, m)) return true;
    for (size_t at = i + 1; is_near(s, i, at); at++)
        if (cue_at(s, i, at, m)) return true;
    return false;
}

/* ---- taking it ------------------------------------------------------------------------------------------------- */

static size_t end_of(const struct sentence *s, const struct meant *m) { return s->text.n - m->b.rest.n; }

static void take_second_side(struct sentence *s, struct meant *m)
{
    struct quantity_begun b;
    Message why;
    size_t at = sentence_word_at(s, end_of(s, m));
    size_t by = at < s->n ? sentence_any(s, at, "x|by") : 0;
    if (!by || at + by >= s->n || !quantity_begins(s->w->a, LENGTH, sentence_lang(s), s->w->lang, text_from(s, at + by), &b, &why)) return;
    struct want *x = want_add(s->w, s->out, criterion_named(S("table_width")));
    if (!sentence_wants(s, x, at)) return;
    x->value = b.value;
    sentence_use_bytes(s, s->word[at].from, s->text.n - b.rest.n);
}

/* "100,000 pcs/year": the unit is a code of the list of units. */
static bool read_capacity(struct sentence *s, struct meant *m, Str *unit)
{
    size_t at = sentence_word_at(s, end_of(s, m));
    for (size_t n = 3; n > 0 && at < s->n; n--)
        if (at + n <= s->n && !want_read_code(s->w, m->is, sentence_part(s, at, n), unit).id) {
            sentence_use(s, at, n);
            sentence_use(s, at + n, sentence_any(s, at + n, "year|per year|a year|năm|mỗi năm|một năm|annually|yearly"));
            return true;
        }
    return false;
}

static void take(struct sentence *s, size_t i, struct meant *m)
{
    Str unit = { 0 };
    size_t first, end = end_of(s, m), next = sentence_word_at(s, end);
    enum limit limit = limit_before(s, i, &first);
    Str part = str_sub(s->text, s->word[first].from, end - s->word[first].from);
    bool more = next < s->n && sentence_any(s, next, behind), finer = next < s->n && sentence_any(s, next, behind_most);
    if (more) sentence_use(s, next, sentence_any(s, next, behind));
    if (finer) sentence_use(s, next, sentence_any(s, next, behind_most));
    if (limit == NO_LIMIT) limit = more ? LEAST : finer ? MOST : NO_LIMIT;
    sentence_use_bytes(s, s->word[i].from, end);
    sentence_use(s, m->cue, m->cue_n);
    if (!suits(m->is, limit)) {
        wrong_add(s->w, s->wrong, part, MSG(want_sets_least(m->is) ? N_("“{1}” sets an upper limit, where the least is asked.")
                                                                    : N_("“{1}” sets a lower limit, where the most is asked."), part));
        return;
    }
    if (m->is->list && !read_capacity(s, m, &unit)) {
        wrong_add(s->w, s->wrong, part, MSG(N_("Write the unit too, as in “20,000 pieces”.")));
        return;
    }
    struct want *x = want_named(s->out, m->is) ? NULL : want_add(s->w, s->out, m->is);
    if (!sentence_wants(s, x, i)) {
        wrong_add(s->w, s->wrong, part, MSG(N_("This is asked twice; the first was taken.")));
        return;
    }
    x->value = m->b.value;
    if (unit.n) x->codes = v_text(str_f(s->w->a, ";%.*s;", FMT(unit)));
    if (str_is(str_of(m->is->name), "table_length")) take_second_side(s, m);
}

/* Is there a machine with a force among those that do what is asked? */
static bool is_of_presses(struct work *w, Val processes)
{
    size_t n;
    const struct code *const *machines = codes_of(w->codes, S("machine"), &n);
    for (size_t i = 0; i < n; i++) {
        const struct code *served = code_find(w->codes, S("process"), code_extra(machines[i], S("process")));
        Str rest = code_extra(machines[i], S("specs")), one, key;
        bool has_force = false;
        while (str_next(&rest, '|', &one)) has_force |= str_is(one, "force");
        for (rest = v_str(processes); has_force && served && many_next(&rest, &key);)
            for (const struct code *k = code_find(w->codes, S("process"), key); k; k = code_parent(w->codes, k))
                if (k == served) return true;
    }
    return false;
}

/* "injection moulding 500 t": beside what presses do, tons are press force, but where they are made in a month. */
static bool is_press_force(struct sentence *s, size_t i, struct meant *m)
{
    static const char rate[] = "per|a|each|every|of|month|monthly|day|daily|week|weekly|mỗi|một|tháng|tuần|ngày|quý|hàng tháng|hằng tháng|sản phẩm|hàng";
    *m = (struct meant){ .is = criterion_named(S("force")) };
    if (!begins(s, m->is, i, &m->b, &m->why) || m->b.unit != FORCE) return false;
    size_t after = sentence_word_at(s, end_of(s, m));
    if (after < s->n && s->word[after].clause == s->word[i].clause && sentence_any(s, after, rate)) return false;
    for (size_t x = 0; x < s->out->n; x++)
        if (s->out->p[x].is == criterion_named(S("process")) && s->word[s->word_of[x]].clause == s->word[i].clause
            && is_of_presses(s->w, s->out->p[x].codes)) return true;
    return false;
}

/* Tons and ounces are always of something that can be asked; what else is ambiguous may be an angle, a pressure, a thread. */
static bool ask_unit(struct sentence *s, size_t i)
{
    struct quantity_begun b = { 0 };
    Message why;
    size_t first;
    if (quantity_begins(s->w->a, MASS, sentence_lang(s), s->w->lang, text_from(s, i), &b, &why) || b.unit != MASS) return false;
    wrong_add(s->w, s->wrong, str_sub(s->text, s->word[i].from, s->text.n - b.rest.n - s->word[i].from), why);
    limit_before(s, i, &first);
    sentence_use_bytes(s, s->word[i].from, s->text.n - b.rest.n);
    return true;
}

/* A number with a unit that nothing around says what it is of; one that belongs to a name stays a word. */
static void ask_meaning(struct sentence *s, size_t i, const struct meant *m)
{
    static const enum quantity with_units[] = { LENGTH, MASS, FORCE, TEMPERATURE };
    struct quantity_begun b;
    Message why;
    size_t first;
    for (size_t k = 0; k < COUNT(with_units); k++) {
        bool good = quantity_begins(s->w->a, with_units[k], sentence_lang(s), s->w->lang, text_from(s, i), &b, &why);
        if (!good || b.unit != with_units[k]) continue;
        Str part = str_sub(s->text, s->word[i].from, s->text.n - b.rest.n - s->word[i].from);
        wrong_add(s->w, s->wrong, part, is_way(s, i, b.rest) ? MSG(N_("Say from which place the distance is."))
            : MSG(N_("It is not said what “{1}” is of; write for example “press 250 t”, “tolerance 0.02 mm” or “part 300 mm”."), part));
        limit_before(s, i, &first);
        sentence_use_bytes(s, s->word[i].from, s->text.n - b.rest.n);
        return;
    }
    if (!m->is && ask_unit(s, i)) return;
    if (!m->is || !m->why.id) return;
    size_t words = i + 1 < s->n && s->word[i + 1].clause == s->word[i].clause ? 2 : 1;
    wrong_add(s->w, s->wrong, sentence_part(s, i, words), m->why);
    limit_before(s, i, &first);
    sentence_use(s, i, words);
    sentence_use(s, m->cue, m->cue_n);
}

void sentence_numbers(struct sentence *s)
{
    struct meant m, force;
    for (size_t i = 0; i < s->n; i++) {
        if (!starts_number(s, i)) continue;
        if (find_meaning(s, i, &m)) take(s, i, &m);
        else if (is_press_force(s, i, &force)) take(s, i, &force);
        else ask_meaning(s, i, &m);
    }
}
