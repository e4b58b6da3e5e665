/*
 * wanted_refused.c - what a sentence says is not wanted: "no welding", "without painting", "không mạ".  The engine cannot exclude, and asking for it
 * would find just those who have it; so it is told, and left out.
 */
#include "programme/linkage/wanted_sentence.h"

static const char negations[] = "no|non|not|without|except|except for|excluding|exclude|not including|neither|not any|not need|not need any|not want|not want any|"
    "don t need|don t need any|don t want|without any|no need for|"
    "không|không cần|không phải|không có|không yêu cầu|không bao gồm|không gồm|không làm|không dùng|không qua|trừ|ngoại trừ|loại trừ";
static const char joined_by[] = "or|nor|and|hoặc|hay|và";
/* Names, bounds and wishes that begin with such a word, or end with it. */
static const char not_refusing[] = "không gỉ|không rỉ|không dệt|không khí|không gian|không dây|không chỉ|không những|không quá|không dưới|không vượt|không hơn|không kém|"
    "không nhỏ|không lớn|không ít|không nhiều|không bắt buộc|không nhất thiết|non ferrous|non woven|not only|not over|not more|not less|not required|not mandatory|"
    "no more|no less";
static const char ends_in_no[] = "hàng không|chân không";

/* How many words at word i refuse something; 0: none. */
static size_t refusal_at(const struct sentence *s, size_t i)
{
    if (sentence_is_used(s, i) && !s->word[i].refuses) return 0;
    if (sentence_any(s, i, not_refusing) || (i && sentence_any(s, i - 1, ends_in_no))) return 0;
    return sentence_any(s, i, negations);
}

/* Where the refusal of word i begins: right before it, or before what it is joined to ("no welding or plating"); i: it is wanted. */
static size_t refused_from(const struct sentence *s, size_t i)
{
    enum { FARTHEST = 6 };
    size_t joined = sentence_before(s, i, joined_by);
    for (size_t at = i; at > 0 && i - at < FARTHEST && s->word[at - 1].clause == s->word[i].clause; at--) {
        size_t n = refusal_at(s, at - 1), end = at - 1 + n;
        if (n && (end == i || (joined && end < i - joined))) return at - 1;
    }
    return i;
}

bool sentence_refused(struct sentence *s, size_t i, size_t n)
{
    size_t from = refused_from(s, i), words = from < i ? refusal_at(s, from) : 0;
    if (!words) return false;
    bool direct = from + words == i;
    Str part = direct ? sentence_part(s, from, words + n) : sentence_part(s, i, n);
    wrong_add(s->w, s->wrong, part, MSG(N_("What is not wanted cannot be asked for; it was left out.")));
    for (size_t k = from; k < from + words; k++) s->word[k].refuses = true;
    sentence_use(s, from, words);
    if (!direct) sentence_use(s, i - sentence_before(s, i, joined_by), 1);
    sentence_use(s, i, n);
    return true;
}

/* "No. 5" and "non-magnetic" are names. */
void sentence_leave_out_refused(struct sentence *s)
{
    for (size_t i = 0; i < s->n; i++) {
        char c = s->word[i].text.p[0];
        bool is_name = (c >= '0' && c <= '9') || sentence_any(s, refused_from(s, i), "non");
        size_t n = is_name ? 0 : sentence_run(s, i, s->n);
        if (n) sentence_refused(s, i, n);
    }
}
