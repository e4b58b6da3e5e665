/*
 * Is a word a Vietnamese syllable?  A syllable is an onset, a rime and a tone; the rimes are a closed list, and a
 * rime that ends in a stop (c ch p t) bears only sắc or nặng.  It tells Vietnamese from text read in a wrong encoding.
 */
#include "base/unicode.h"

static const Str onsets[] = {
    S_(""), S_("b"), S_("c"), S_("ch"), S_("d"), S_("đ"), S_("g"), S_("gh"), S_("gi"), S_("h"), S_("k"), S_("kh"),
    S_("l"), S_("m"), S_("n"), S_("ng"), S_("ngh"), S_("nh"), S_("p"), S_("ph"), S_("qu"), S_("r"), S_("s"), S_("t"),
    S_("th"), S_("tr"), S_("v"), S_("x"),
};

static const char rimes[] =
    " a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây"
    " e ec em en eng eo ep et ê êch êm ên ênh êp êt êu"
    " i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu"
    " o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong"
    " op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt"
    " u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ uôc uôi uôm uôn uông uôt up ut uy uya uych uyên uyêt uyn"
    " uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu"
    " y ych ym yn ynh yt yêm yên yêng yêt yêu ";

static bool ends_in_stop(Str s)
{
    return str_ends(s, S("c")) || str_ends(s, S("ch")) || str_ends(s, S("p")) || str_ends(s, S("t"));
}

static bool is_rime(Str s)
{
    char spaced[24] = " ";
    if (!s.n || s.n > sizeof spaced - 2) return false;
    memcpy(spaced + 1, s.p, s.n);
    spaced[s.n + 1] = ' ';
    return str_has((Str){ rimes, sizeof rimes - 1 }, (Str){ spaced, s.n + 2 });
}

bool syllable_valid(Str word)
{
    enum { LONGEST = 24 };                          /* bytes; "nghiêng" is the longest           */
    char plain[LONGEST];
    size_t n = 0;
    enum tone tone = TONE_NONE;
    if (!word.n || word.n > LONGEST - 4) return false;
    for (const char *p = word.p, *end = p + word.n; p < end;) {
        enum tone t;
        n += utf8_write(plain + n, tone_split(utf8_next(&p, end), &t));
        if (t && tone) return false;
        if (t) tone = t;
        if (n > LONGEST - 4) return false;
    }
    Str s = { plain, n };
    if (ends_in_stop(s) && tone != TONE_SAC && tone != TONE_NANG) return false;
    for (size_t i = 0; i < COUNT(onsets); i++)
        if (str_starts(s, onsets[i]) && is_rime(str_sub(s, onsets[i].n, s.n))) return true;
    return false;
}
