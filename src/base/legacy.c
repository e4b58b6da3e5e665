/*
 * TCVN3 and VNI, as they look when their bytes are taken for Latin-1, to Unicode.
 *
 * TCVN3 has capital codes only for letters without a tone (Ă Â Ê Ô Ơ Ư Đ); "Ố" is typed as "ố" in a capital
 * font, which the text does not tell.  So a small letter with a tone is an unsure one, and becomes a capital
 *   - where a cell, a sentence or an item of a list (after ';' or a new line) begins;
 *   - after the word for a kind of place ("phố"), and in an enterprise's name after a word that ends a phrase of it
 *     ("TNHH", "Cổ phần", "Sản xuất");
 *   - after a word with a capital, if the next has one too or the item ends: "Đông Á Hà Nội", "đường Đông Á";
 *     but not after the first word of an item that ends: "Khuôn ép";
 *   - anywhere in a word that has two sure letters or more, all of them capitals, or in an item that has only such.
 */
#include "base/unicode.h"

#include <uchar.h>

/* ---- reading the codes ---- */

/* 0xA0 .. 0xFF of TCVN 5712:1993, VN3; 0xB0 .. 0xB4 are combining tones, 0 is no code. */
static const char16_t tcvn3[96] = {
    0xA0,  u'Ă', u'Â', u'Ê', u'Ô', u'Ơ', u'Ư', u'Đ', u'ă', u'â', u'ê', u'ô', u'ơ', u'ư', u'đ', 0,
    0x300, 0x309, 0x303, 0x301, 0x323, u'à', u'ả', u'ã', u'á', u'ạ', 0,    u'ằ', u'ẳ', u'ẵ', u'ắ', 0,
    0,    0,    0,    0,    0,    0,    u'ặ', u'ầ', u'ẩ', u'ẫ', u'ấ', u'ậ', u'è', 0,    u'ẻ', u'ẽ',
    u'é', u'ẹ', u'ề', u'ể', u'ễ', u'ế', u'ệ', u'ì', u'ỉ', 0,    0,    0,    u'ĩ', u'í', u'ị', u'ò',
    0,    u'ỏ', u'õ', u'ó', u'ọ', u'ồ', u'ổ', u'ỗ', u'ố', u'ộ', u'ờ', u'ở', u'ỡ', u'ớ', u'ợ', u'ù',
    0,    u'ủ', u'ũ', u'ú', u'ụ', u'ừ', u'ử', u'ữ', u'ứ', u'ự', u'ỳ', u'ỷ', u'ỹ', u'ý', u'ỵ', 0,
};

static uint32_t tcvn3_letter(uint32_t c) { return c >= 0xA0 && c <= 0xFF ? tcvn3[c - 0xA0] : c; }

/* VNI writes most letters as a base and a mark; capitals have a capital base and mark. */
static const char16_t vni_pairs[][3] = {
    u"aùá", u"aøà", u"aûả", u"aõã", u"aïạ", u"aââ", u"aáấ", u"aàầ", u"aåẩ", u"aãẫ", u"aäậ",
    u"aêă", u"aéắ", u"aèằ", u"aúẳ", u"aüẵ", u"aëặ",
    u"eùé", u"eøè", u"eûẻ", u"eõẽ", u"eïẹ", u"eâê", u"eáế", u"eàề", u"eåể", u"eãễ", u"eäệ",
    u"oùó", u"oøò", u"oûỏ", u"oõõ", u"oïọ", u"oâô", u"oáố", u"oàồ", u"oåổ", u"oãỗ", u"oäộ",
    u"ôùớ", u"ôøờ", u"ôûở", u"ôõỡ", u"ôïợ",
    u"uùú", u"uøù", u"uûủ", u"uõũ", u"uïụ", u"öùứ", u"öøừ", u"öûử", u"öõữ", u"öïự",
    u"yùý", u"yøỳ", u"yûỷ", u"yõỹ",
};
static const char16_t vni_singles[][2] = {
    u"ôơ", u"öư", u"ñđ", u"íí", u"ìì", u"æỉ", u"óĩ", u"òị", u"îỵ",
};

static uint32_t lower(uint32_t c) { return (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE) ? c + 32 : c; }

static uint32_t upper_if(bool capital, uint32_t c) { return capital ? upper_char(c) : c; }

/* The letter of a base and the mark after it; 0: they are none. */
static uint32_t vni_pair(uint32_t base, uint32_t mark)
{
    if (mark < 0xC0 || mark > 0xFF) return 0;
    for (size_t i = 0; i < COUNT(vni_pairs); i++)
        if (vni_pairs[i][0] == lower(base) && vni_pairs[i][1] == lower(mark))
            return upper_if(lower(base) != base, vni_pairs[i][2]);
    return 0;
}

static uint32_t vni_single(uint32_t c)
{
    for (size_t i = 0; i < COUNT(vni_singles); i++)
        if (vni_singles[i][0] == lower(c)) return upper_if(lower(c) != c, vni_singles[i][1]);
    return c;
}

static Str read_as(struct arena *a, enum legacy from, Str s)
{
    struct buf b = buf_make(a);
    const char *end = s.p + s.n;
    for (const char *p = s.p; p < end;) {
        uint32_t c = utf8_next(&p, end);
        const char *after = p;
        uint32_t pair = from == LEGACY_VNI && p < end ? vni_pair(c, utf8_next(&after, end)) : 0;
        if (pair) p = after;
        if (pair)                    c = pair;
        else if (from == LEGACY_VNI) c = vni_single(c);
        else if (tcvn3_letter(c))    c = tcvn3_letter(c);
        put_utf8(&b, c);
    }
    return text_nfc(a, buf_str(&b));
}

/* ---- judging ---- */

/* Cuts the next word off: letters of ASCII and everything beyond it but spaces and punctuation. */
static bool next_word(Str *rest, Str *word)
{
    if (!rest->n) return false;
    const char *p = rest->p, *end = p + rest->n, *from = NULL;
    while (p < end) {
        const char *at = p;
        uint32_t c = utf8_next(&p, end);
        bool letter = c < 0x80 ? (c | 32) >= 'a' && (c | 32) <= 'z' : c != 0xA0 && c - 0x2000 > 0x6F;
        if (letter && !from) from = at;
        if (letter || !from) continue;
        p = at;
        break;
    }
    if (from) *word = (Str){ from, (size_t)(p - from) };
    *rest = (Str){ p, (size_t)(end - p) };
    return from != NULL;
}

/* All of it, the first letter only, or nothing is capitals. */
static bool regular_case(struct arena *a, Str word)
{
    const char *p = word.p;
    utf8_next(&p, word.p + word.n);
    Str tail = { p, word.n - (size_t)(p - word.p) };
    return str_eq(text_lower(a, tail), tail) || str_eq(text_upper(a, word), word);
}

struct reading { size_t words, valid; };            /* words not of ASCII alone, and which are syllables */

static bool ascii(Str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] >= 0x80) return false;
    return true;
}

/* Has it a letter beyond Latin-1, which neither encoding shows as?  Then it was Unicode to begin with. */
static bool beyond_latin1(Str s)
{
    for (const char *p = s.p, *end = s.p + s.n; p < end;) {
        uint32_t c = utf8_next(&p, end);
        if (c > 0xFF && c - 0x2000 > 0x6F) return true;
    }
    return false;
}

/* "à" is no code of TCVN3, so "cà phê" was not typed in it. */
static bool impossible(enum legacy as, Str word)
{
    for (const char *p = word.p, *end = word.p + word.n; as == LEGACY_TCVN3 && p < end;)
        if (!tcvn3_letter(utf8_next(&p, end))) return true;
    return false;
}

static bool reads_as(struct arena *a, enum legacy as, Str word)
{
    if (as == LEGACY_NONE) return syllable_valid(word) && regular_case(a, word);
    return !impossible(as, word) && syllable_valid(read_as(a, as, word));
}

static void judge(struct arena *a, enum legacy as, Str s, struct reading *r)
{
    for (Str word; next_word(&s, &word);) {
        if (ascii(word) || beyond_latin1(word)) continue;
        r->words++;
        r->valid += reads_as(a, as, word);
    }
}

enum legacy legacy_of(const Str *samples, size_t n)
{
    enum { ENOUGH = 20000, ROOM = 1 << 20 };
    struct reading r[LEGACIES] = { 0 };
    for (size_t i = 0; i < n && r[0].words < ENOUGH; i++) {
        struct arena scratch = arena_make((size_t)ROOM + 64 * samples[i].n, NULL);
        for (enum legacy as = LEGACY_NONE; as < LEGACIES; as++) judge(&scratch, as, samples[i], &r[as]);
        arena_free(&scratch);
    }
    enum legacy best = r[LEGACY_VNI].valid > r[LEGACY_TCVN3].valid ? LEGACY_VNI : LEGACY_TCVN3;
    bool clear = r[best].valid >= r[LEGACY_NONE].valid + 2 && r[best].valid * 4 >= r[best].words * 3;
    return clear ? best : LEGACY_NONE;
}

/* ---- capitals of TCVN3 ---- */

struct word {
    size_t from, to;                                /* where in the text                         */
    int    capitals, smalls, unsure;                /* sure capitals, sure small letters, others */
    bool   begins;                                  /* a cell, an item or a sentence             */
    bool   apart;                                   /* punctuation stands before it              */
};
struct words { struct word *p; size_t n, cap; };

static void count_letter(struct word *w, uint32_t c)
{
    enum tone tone;
    tone_split(c, &tone);
    if (lower_char(c) != c)      w->capitals++;
    else if (tone)               w->unsure++;
    else if (upper_char(c) != c) w->smalls++;
}

static struct words words_of(struct arena *a, Str s)
{
    struct words list = { 0 };
    bool inside = false, begins = true, apart = false;
    char before = ' ';
    for (const char *p = s.p, *end = s.p + s.n; p < end;) {
        size_t at = (size_t)(p - s.p);
        uint32_t c = utf8_next(&p, end);
        bool part = upper_char(c) != c || lower_char(c) != c || (c >= '0' && c <= '9');
        if (part && !inside) *GROW(a, list) = (struct word){ .from = at, .begins = begins, .apart = apart };
        if (part) {
            struct word *w = &list.p[list.n - 1];
            w->to = (size_t)(p - s.p);
            count_letter(w, c);
            begins = apart = false;
        } else {
            bool stop = c == ' ' && (before == '.' || before == '!' || before == '?');
            begins |= c == ';' || c == '\n' || stop;
            apart |= c != ' ' && c != 0xA0;
        }
        before = (char)(c < 0x80 ? c : 'x');
        inside = part;
    }
    return list;
}

/* Words after which the next part of a name begins; folded.  The second list counts only in an enterprise's name. */
static const char place_heads[] = " phuong xa quan huyen tinh tran pho duong thon lang ngo ";
static const char name_heads[] =
    " tnhh mtv cp ctcp dntn htx ty phan vien xuat mai vu doanh khau nghiep tu dung trien te ";
static const char name_marks[] = " ty cty tnhh ctcp dntn htx ";

static Str word_str(Str s, const struct word *w) { return str_sub(s, w->from, w->to - w->from); }

static bool listed(struct arena *a, const char *list, Str word)
{
    return str_has(str_of(list), str_f(a, " %.*s ", FMT(text_fold(a, word))));
}

static bool first_is_capital(Str s, const struct word *w)
{
    const char *p = s.p + w->from;
    uint32_t c = utf8_next(&p, s.p + s.n);
    return lower_char(c) != c;
}

/* One item of the text: its words, and what is known of all of them. */
struct item {
    struct word *words;
    size_t       n;
    bool         capitals;          /* no sure small letter in it, and a word that shows it is no chance */
    bool         name;              /* an enterprise's                                                   */
};

static bool all_capitals(const struct word *w) { return w->unsure && !w->smalls && w->capitals >= 2; }

static struct item next_item(struct arena *a, Str s, struct words *rest)
{
    struct item it = { .words = rest->p };
    bool shown = false, small = false;
    do {
        const struct word *w = &rest->p[it.n++];
        shown |= all_capitals(w);
        small |= w->smalls > 0;
        it.name |= listed(a, name_marks, word_str(s, w));
    } while (it.n < rest->n && !rest->p[it.n].begins);
    it.capitals = shown && !small;
    rest->p += it.n;
    rest->n -= it.n;
    return it;
}

/* Does word i begin with a capital?  Those before it are settled. */
static bool begins_capital(struct arena *a, Str s, const struct item *it, size_t i)
{
    const struct word *w = &it->words[i], *before = w - 1, *next = i + 1 < it->n ? w + 1 : NULL;
    if (i == 0) return true;
    if (next && next->apart) next = NULL;
    bool next_capital = next && first_is_capital(s, next);
    if (w->apart) return next_capital;
    Str head = word_str(s, before);
    if (listed(a, place_heads, head) || (it->name && listed(a, name_heads, head))) return true;
    if (!first_is_capital(s, before)) return false;
    bool ends = !next || (s.p[next->from] >= '0' && s.p[next->from] <= '9');
    return next_capital || (ends && i > 1);
}

/* The first letter, or all of them; a Vietnamese capital takes as many bytes as its small letter. */
static void raise_letters(char *text, const struct word *w, bool all)
{
    for (const char *p = text + w->from, *end = text + w->to; p < end;) {
        char *at = text + (p - text), raised[4];
        uint32_t c = utf8_next(&p, end);
        size_t n = utf8_write(raised, upper_char(c));
        if (n == (size_t)(p - at)) memcpy(at, raised, n);
        if (!all) return;
    }
}

static bool first_is_unsure(Str s, const struct word *w)
{
    enum tone tone;
    const char *p = s.p + w->from;
    tone_split(utf8_next(&p, s.p + s.n), &tone);
    return tone != TONE_NONE;
}

static Str restore_capitals(struct arena *a, Str in)
{
    char *text = memcpy(NEW_ARRAY(a, char, in.n), in.p, in.n);
    Str s = { text, in.n };
    struct words rest = words_of(a, s);
    while (rest.n) {
        struct item it = next_item(a, s, &rest);
        for (size_t i = 0; i < it.n; i++) {
            bool all = all_capitals(&it.words[i]) || it.capitals;
            if (all || (first_is_unsure(s, &it.words[i]) && begins_capital(a, s, &it, i)))
                raise_letters(text, &it.words[i], all);
        }
    }
    return s;
}

Str legacy_convert(struct arena *a, enum legacy from, Str s)
{
    struct reading as_is = { 0 }, converted = { 0 };
    if (from == LEGACY_NONE || ascii(s) || beyond_latin1(s)) return s;
    judge(a, LEGACY_NONE, s, &as_is);
    judge(a, from, s, &converted);
    if (as_is.valid > converted.valid) return s;
    Str read = read_as(a, from, s);
    return from == LEGACY_TCVN3 ? restore_capitals(a, read) : read;
}
