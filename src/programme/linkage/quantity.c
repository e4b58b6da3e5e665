#include "programme/linkage/quantity.h"

#include "base/number.h"
#include "base/unicode.h"

#include <math.h>

const char *const quantity_units[QUANTITIES] = {
    [QUANTITY_NONE] = "", [LENGTH] = "mm", [MASS] = "kg", [FORCE] = "t", [TEMPERATURE] = "°C", [DISTANCE] = "km", [SHARE] = "%",
    [DURATION] = N_("months"),
};
const char *const quantity_names[QUANTITIES] = {
    [QUANTITY_NONE] = N_("a plain number"), [LENGTH] = N_("a length"), [MASS] = N_("a mass"), [FORCE] = N_("a force"),
    [TEMPERATURE] = N_("a temperature"), [DISTANCE] = N_("a distance"), [SHARE] = N_("a share"), [DURATION] = N_("a length of time"),
};

/* ---- units ---------------------------------------------------------------------------------------- */

static const double most = 1e12, mm_of_km = 1e6;
static const double kg_of_pound = 0.45359237, kg_of_short_ton = 907.18474, kg_of_long_ton = 1016.0469088, kn_of_tonne = 9.80665;
static const double absolute_zero = -273.15, days_of_month = 365.2425 / 12;

/*
 * Names in small letters, '|' between; read in any case and without accents, but where `exact`.  What is written is (number + plus) * times
 * / over in the quantity's unit.  ask: it may mean these, so it is none of them.
 */
struct unit {
    enum quantity of;
    const char   *names;
    double        times, over, plus;
    bool          exact;
    const char   *ask;
};
static const char tons[] = N_("t (metric ton), short ton (2,000 lb) or long ton (2,240 lb)");
static const struct unit units[] = {
    { LENGTH, "mm|mi li mét|milimét|millimetre|millimetres|millimeter|millimeters|ly|ミリ", 1, 1 },
    { LENGTH, "cm|xentimét|centimetre|centimetres|centimeter|centimeters", 10, 1 },
    { LENGTH, "dm|đêximét", 100, 1 },
    { LENGTH, "m", 1000, 1, .exact = true },
    { LENGTH, "mét|metre|metres|meter|meters", 1000, 1 },
    { LENGTH, "µm|μm|um|micron|microns|micromét|micrometre|micrometres|micrometer|micrometers", 1, 1000 },
    { LENGTH, "nm|nanomét|nanometre|nanometres|nanometer|nanometers", 1, 1e6 },
    { LENGTH, "inch|inches|in|in.|\"|″|”", 25.4, 1 },
    { LENGTH, "ft|foot|feet|ft.|'|′", 304.8, 1 },
    { LENGTH, "yd|yard|yards", 914.4, 1 },
    { LENGTH, "thou|thous|mil|mils", 25.4, 1000 },
    { LENGTH, "M", .exact = true, .ask = N_("m (metres), mm, or a thread such as M8") },
    { DISTANCE, "km|kilômét|kilometre|kilometres|kilometer|kilometers|cây số|キロ", 1, 1 },
    { DISTANCE, "mile|miles|mi|dặm", 1.609344, 1 },
    { DISTANCE, "nautical mile|nautical miles|nmi|hải lý", 1.852, 1 },
    { DISTANCE, "minutes|minute|min|phút|hours|hour|h|giờ", .ask = N_("a way in km or a time of travel; only a way in km can be asked for") },
    { MASS, "kg|kgs|kilôgam|ki lô gam|kilogram|kilograms|kilogramme|kilogrammes|cân|ký", 1, 1 },
    { MASS, "g|gam|gram|grams|gramme|grammes|gr", 1, 1000 },
    { MASS, "mg|miligam|milligram|milligrams", 1, 1e6 },
    { MASS, "lạng", 1, 10 },
    { MASS, "yến", 10, 1 },
    { MASS, "tạ", 100, 1 },
    { MASS, "t|tấn|tonne|tonnes|metric ton|metric tons|metric tonne|metric tonnes|mt", 1000, 1 },
    { MASS, "lb|lbs|lb.|lbs.|pound|pounds|#", kg_of_pound, 1 },
    { MASS, "short ton|short tons|us ton|us tons", kg_of_short_ton, 1 },
    { MASS, "long ton|long tons|uk ton|uk tons|imperial ton|imperial tons", kg_of_long_ton, 1 },
    { MASS, "ton|tons", .ask = tons },
    { MASS, "oz|ounce|ounces", .ask = N_("an ounce of weight (28.35 g), a troy ounce (31.1 g) or a fluid ounce; write grams") },
    { FORCE, "t|tf|tấn|tấn lực|tonne|tonnes|tonne force|tonnes force|metric ton|metric tons|metric ton force|metric tons force", 1, 1 },
    { FORCE, "kgf|kg lực|kp|kilogram force|kilogramme force", 1, 1000 },
    { FORCE, "kn|kilôniutơn|kilonewton|kilonewtons", 1, kn_of_tonne },
    { FORCE, "MN", 1000, kn_of_tonne, .exact = true },
    { FORCE, "meganewton|meganewtons|mêganiutơn", 1000, kn_of_tonne },
    { FORCE, "mN|mn|Mn", .exact = true, .ask = N_("MN (a million newtons) or mN (a thousandth of a newton)") },
    { FORCE, "n|niutơn|newton|newtons", 1, 1000 * kn_of_tonne },
    { FORCE, "lbf|pound force|pounds force", kg_of_pound, 1000 },
    { FORCE, "kip|kips", kg_of_pound, 1 },
    { FORCE, "short ton|short tons|us ton|us tons|short ton force|short tons force", kg_of_short_ton, 1000 },
    { FORCE, "long ton|long tons|uk ton|uk tons|imperial ton|imperial tons|long ton force|long tons force", kg_of_long_ton, 1000 },
    { FORCE, "ton|tons|ton force|tons force|tonf", .ask = tons },
    { FORCE, "bar|mpa|psi|kg/cm2", .ask = N_("a force in t or kN; a pressure says nothing of the force without the area") },
    { TEMPERATURE, "°c|℃|c|độ c|celsius|degrees celsius|degree celsius|degrees c|deg c|độ bách phân", 1, 1 },
    { TEMPERATURE, "°f|℉|f|độ f|fahrenheit|degrees fahrenheit|degree fahrenheit|degrees f|deg f", 5, 9, -32 },
    { TEMPERATURE, "k|°k|độ k|kelvin|kelvins", 1, 1, absolute_zero },
    { TEMPERATURE, "°|độ|degree|degrees|deg", .ask = N_("°C or °F") },
    { SHARE, "%|％|percent|per cent|phần trăm|pct", 1, 1 },
    { SHARE, "‰|per mille|phần nghìn", 1, 10 },
    { DURATION, "month|months|tháng|か月|ヶ月|개월", 1, 1 },
    { DURATION, "year|years|năm|yr|yrs", 12, 1 },
    { DURATION, "week|weeks|tuần", 7, days_of_month },
    { DURATION, "day|days|ngày", 1, days_of_month },
    { DURATION, "m|mo|y", .ask = N_("months, minutes or years") },
};

/* LENGTH and DISTANCE are one thing in two sizes. */
static bool measures(const struct unit *u, enum quantity q)
{
    return u->of == q || ((q == LENGTH || q == DISTANCE) && (u->of == LENGTH || u->of == DISTANCE));
}

static double brought_to(enum quantity q, const struct unit *u, double v)
{
    v = (v + u->plus) * u->times / u->over;
    if (q == DISTANCE && u->of == LENGTH) return v / mm_of_km;
    return q == LENGTH && u->of == DISTANCE ? v * mm_of_km : v;
}

static bool is_space(uint32_t c) { return c == ' ' || c == 0xA0 || c == 0x2009 || c == 0x202F || c == 0x3000; }

/* Would the letter go on with a word, or a power (mm²), that began before it?  Scripts without spaces do not. */
static bool goes_on(uint32_t c)
{
    if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return c == 0xB2 || c == 0xB3 || (c >= 0xC0 && c < 0x2000 && c != 0xD7 && c != 0xF7);
}

/* Bytes of the text that are this name, as a whole word; 0: they are not. */
static size_t name_at_start(Str text, Str name, bool exact)
{
    const char *t = text.p, *end = text.p + text.n, *n = name.p, *name_end = name.p + name.n;
    uint32_t last = 0;
    while (n < name_end) {
        if (t == end) return 0;
        uint32_t wanted = utf8_next(&n, name_end), is = utf8_next(&t, end);
        bool gap = wanted == ' ' && (is_space(is) || is == '-');
        if (!gap && is != wanted && (exact || fold_char(lower_char(is)) != fold_char(lower_char(wanted)))) return 0;
        last = is;
    }
    const char *after = t;
    return t < end && goes_on(last) && goes_on(utf8_next(&after, end)) ? 0 : (size_t)(t - text.p);
}

/* The unit of the longest name that the text begins with, one of the quantity's before others; n 0: none. */
struct unit_found { const struct unit *is; size_t n; };
static struct unit_found unit_at_start(enum quantity q, Str text)
{
    struct unit_found best = { 0 };
    for (size_t i = 0; i < COUNT(units); i++) {
        Str rest = str_of(units[i].names), name;
        while (str_next(&rest, '|', &name)) {
            size_t n = name_at_start(text, name, units[i].exact);
            if (n > best.n || (n && n == best.n && !measures(best.is, q) && measures(&units[i], q)))
                best = (struct unit_found){ &units[i], n };
        }
    }
    return best;
}

enum quantity quantity_of_unit(Str unit)
{
    struct unit_found u = unit_at_start(QUANTITY_NONE, unit);
    return u.n && u.n == unit.n ? u.is->of : QUANTITY_NONE;
}

/* ---- numbers -------------------------------------------------------------------------------------- */

static bool is_digit(Str s, size_t at) { return at < s.n && s.p[at] >= '0' && s.p[at] <= '9'; }

static Str skip_spaces(Str s)
{
    const char *p = s.p, *end = s.p + s.n, *next = p;
    while (p < end && is_space(utf8_next(&next, end))) p = next;
    return (Str){ p, (size_t)(end - p) };
}

static size_t digits_at(Str s, size_t at)
{
    size_t n = 0;
    while (is_digit(s, at + n)) n++;
    return n;
}

/* A space, also one that does not break, before three digits groups them: "1 250". */
static size_t group_at(Str s, size_t at)
{
    Str rest = str_sub(s, at, s.n), after = skip_spaces(rest);
    size_t space = rest.n - after.n;
    return space && space <= 3 && digits_at(after, 0) == 3 ? space : 0;
}

static size_t number_length(Str s)
{
    size_t n = digits_at(s, 0);
    bool grouped = n && n <= 3;
    for (;;) {
        size_t space = grouped ? group_at(s, n) : 0;
        if (n < s.n && (s.p[n] == '.' || s.p[n] == ',') && is_digit(s, n + 1)) {
            n += 1 + digits_at(s, n + 1);
            grouped = false;
        } else if (space) {
            n += space + 3;
        } else {
            return n;
        }
    }
}

static const struct { Str sign; double is; } vulgar[] = { { S_("½"), 0.5 }, { S_("¼"), 0.25 }, { S_("¾"), 0.75 }, { S_("⅛"), 0.125 },
                                                           { S_("⅜"), 0.375 }, { S_("⅝"), 0.625 }, { S_("⅞"), 0.875 } };

/* "1/2" or "½" at the start: bytes; 0: none. */
static size_t fraction_at_start(Str s, double *out)
{
    for (size_t i = 0; i < COUNT(vulgar); i++)
        if (str_starts(s, vulgar[i].sign)) return *out = vulgar[i].is, vulgar[i].sign.n;
    size_t above = digits_at(s, 0), below = above && above < s.n && s.p[above] == '/' ? digits_at(s, above + 1) : 0;
    double over, under;
    if (!below || !str_to_f64(str_sub(s, 0, above), &over) || !str_to_f64(str_sub(s, above + 1, below), &under) || under == 0) return 0;
    *out = over / under;
    return above + 1 + below;
}

/* A number at the start, whole and fraction together ("1 1/2", "1-1/2"); bytes; 0: none. */
static size_t number_at_start(Str s, enum lang lang, double *out)
{
    double fraction;
    size_t n = fraction_at_start(s, out);
    if (n) return n;
    n = number_length(s);
    if (!n || !number_read(str_sub(s, 0, n), lang == VI ? ',' : '.', out)) return 0;
    if (digits_at(s, 0) != n) return n;
    Str after = str_sub(s, n, s.n), more = str_starts(after, S("-")) ? str_sub(after, 1, after.n) : skip_spaces(after);
    size_t part = fraction_at_start(more, &fraction);
    if (!part || fraction >= 1) return n;
    *out += fraction;
    return n + (after.n - more.n) + part;
}

static size_t sign_at_start(Str s, bool *minus)
{
    *minus = str_starts(s, S("-")) || str_starts(s, S("\xE2\x88\x92"));
    return str_starts(s, S("-")) || str_starts(s, S("+")) ? 1 : *minus ? 3 : 0;
}

/* ---- both ------------------------------------------------------------------------------------------ */

static bool in_bounds(struct arena *a, enum quantity q, enum lang lang, double v, Message *why)
{
    double least = q == TEMPERATURE ? absolute_zero : 0;
    if (v >= least && v <= most) return true;
    *why = v < least ? MSG(N_("{1} is less than there can be."), isfinite(v) ? quantity_str(a, q, lang, v) : S("−∞"))
                     : MSG(N_("The number is too large."));
    return false;
}

/* "0.02 in aluminium": inches, or the word?  Only before a word. */
static bool may_be_a_word(Str unit, Str rest)
{
    if (unit.n != 2 || (unit.p[0] | 0x20) != 'i' || (unit.p[1] | 0x20) != 'n' || !str_starts(rest, S(" "))) return false;
    Str word = skip_spaces(rest);
    const char *p = word.p;
    uint32_t c = word.n ? utf8_next(&p, word.p + word.n) : 0;
    return goes_on(c) && !(c >= '0' && c <= '9');
}

static Message asked_for(enum lang lang, Str unit, const char *means)
{
    return MSG(N_("“{1}” may mean several things: {2}. Write which."), unit, tr(lang, means));
}

bool quantity_begins(struct arena *a, enum quantity q, enum lang numbers, enum lang told, Str text, struct quantity_begun *out, Message *why)
{
    bool minus;
    double v;
    *why = NO_MESSAGE;
    Str s = skip_spaces(text);
    size_t sign = sign_at_start(s, &minus), n = number_at_start(str_sub(s, sign, s.n), numbers, &v);
    if (!n) return false;
    *out = (struct quantity_begun){ .value = minus ? -v : v, .rest = str_sub(s, sign + n, s.n) };
    Str after = skip_spaces(out->rest);
    struct unit_found u = q ? unit_at_start(q, after) : (struct unit_found){ 0 };
    Str unit = str_sub(after, 0, u.n), rest = str_sub(after, u.n, after.n);
    if (u.n && may_be_a_word(unit, rest)) {
        if (measures(u.is, q)) return *why = asked_for(told, unit, N_("inches (write “inch”), or the word “in”")), false;
        u.n = 0;
    }
    if (u.n && u.is->ask && measures(u.is, q)) {
        *out = (struct quantity_begun){ out->value, q, rest };
        *why = asked_for(told, unit, u.is->ask);
        return false;
    }
    if (u.n && !measures(u.is, q))
        return *why = MSG(N_("“{1}” is a unit of {2}, where {3} is asked."), unit, tr(told, quantity_names[u.is->of]), tr(told, quantity_names[q])),
               false;
    if (u.n) *out = (struct quantity_begun){ brought_to(q, u.is, out->value), q, rest };
    return in_bounds(a, q, told, out->value, why);
}

bool quantity_read(struct arena *a, enum quantity q, enum lang numbers, enum lang told, Str text, double *out, Message *why)
{
    struct quantity_begun b;
    if (!quantity_begins(a, q, numbers, told, text, &b, why)) {
        if (!why->id) *why = MSG(N_("“{1}” is not a number."), text);
        return false;
    }
    if (str_trim(skip_spaces(b.rest)).n) {
        *why = q ? MSG(N_("“{1}” is not a number with a unit of {2}; write for example 5 {3}."), text, tr(told, quantity_names[q]), tr(told, quantity_units[q]))
                 : MSG(N_("“{1}” is not a number."), text);
        return false;
    }
    *out = b.value;
    return true;
}

Str quantity_str(struct arena *a, enum quantity q, enum lang lang, double v)
{
    struct buf b = buf_make(a);
    put_real(&b, lang, v);
    if (q && q != SHARE) put_z(&b, "\xC2\xA0");
    put(&b, tr(lang, quantity_units[q]));
    return buf_str(&b);
}
