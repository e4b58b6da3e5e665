#include "base/unicode.h"

#include "test.h"

#include <stdlib.h>

TEST(only_strict_utf8_is_valid)
{
    static const Str wrong[] = {
        S_("\x80"), S_("\xC0\x80"), S_("\xC1\xBF"), S_("\xE0\x9F\xBF"), S_("\xED\xA0\x80"), S_("\xF0\x8F\xBF\xBF"),
        S_("\xF4\x90\x80\x80"), S_("\xF5\x80\x80\x80"), S_("\xE1\xBB"), S_("abcdefgh\xFF"), S_("\xC3("),
    };
    for (size_t i = 0; i < COUNT(wrong); i++) CHECK(!utf8_valid(wrong[i]));
    CHECK(utf8_valid(S("Mắt Xích 😀 \xED\x9F\xBF \xEE\x80\x80 \xF4\x8F\xBF\xBF")));
    CHECK(utf8_valid((Str){ 0 }));
}

TEST(every_code_point_is_written_and_read_back)
{
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        if (c == 0xD800) c = 0xE000;
        char z[4];
        const char *p = z;
        size_t n = utf8_write(z, c);
        if (utf8_next(&p, z + n) != c || p != z + n) CHECK_INT(-1, c);
    }
}

TEST(what_is_no_code_point_is_written_as_the_replacement)
{
    struct buf b = buf_make(a);
    put_utf8(&b, 0xD800);
    put_utf8(&b, 0x110000);
    CHECK_STR(buf_str(&b), S("\uFFFD\uFFFD"));
    CHECK_INT(utf8_count(S("ốc vít 😀")), 8);
}

TEST(letters_of_other_width_are_the_usual_ones)
{
    CHECK_STR(text_width(a, S("ＣＮＣ加工　ﾀﾞｲｶｽﾄ m²")), S("CNC加工 ダイカスト m²"));
    CHECK_STR(text_width(a, S("khuôn")), S("khuôn"));
    CHECK_STR(text_width(a, (Str){ 0 }), S(""));
}

TEST(folding_leaves_what_a_plain_keyboard_types)
{
    CHECK_STR(text_fold(a, S("Khuôn mẫu ĐỨC, Ốc vít; ISO 9001 – Ưng Ằ ẵ Ỷ")), S("khuon mau duc, oc vit; iso 9001 – ung a a y"));
    CHECK_STR(text_fold(a, S("Škoda Ñuñoa ΆΣ")), S("skoda nunoa ασ"));
    CHECK_STR(text_fold(a, S("다이캐스팅 ダイカスト")), S("다이캐스팅 ダイカスト"));
}

TEST(text_that_needs_nothing_is_not_copied)
{
    Str s = S("khuon mau duc 2026"), accents = S("khuôn mẫu đức – 2026"), out;
    CHECK(text_fold(a, s).p == s.p);
    CHECK(text_lower(a, accents).p == accents.p);
    CHECK(text_tone(a, accents).p == accents.p);
    CHECK(text_nfc(a, accents).p == accents.p);
    CHECK(text_clean(a, accents, &out) && out.p == accents.p);
    CHECK_STR(text_fold(a, (Str){ 0 }), S(""));
}

TEST(case_changes_keep_every_accent)
{
    CHECK_STR(text_lower(a, S("CÔNG TY CỔ PHẦN ĐÔNG Á ỬNG HỮU")), S("công ty cổ phần đông á ửng hữu"));
    CHECK_STR(text_upper(a, S("Công ty cổ phần Đông Á ửng hữu")), S("CÔNG TY CỔ PHẦN ĐÔNG Á ỬNG HỮU"));
    CHECK_STR(text_lower(a, S("Ⱥ")), S("Ⱥ"));       /* its small letter would be longer           */
}

TEST(both_places_of_a_tone_mark_become_one)
{
    CHECK_STR(text_tone(a, S("Hòa Bình, Thủy, khỏe, LŨY, tỏa")), S("hoà bình, thuỷ, khoẻ, luỹ, toả"));
    CHECK_STR(text_tone(a, S("hoà bình, thuỷ, khoẻ, luỹ, toả")), S("hoà bình, thuỷ, khoẻ, luỹ, toả"));
    CHECK_STR(text_tone(a, S("của mùa lửa hoàn quý khuỷu đào kéo")), S("của mùa lửa hoàn quý khuỷu đào kéo"));
}

TEST(a_letter_splits_into_its_tone_and_the_rest)
{
    static const struct { uint32_t whole, rest; enum tone tone; } rows[] = {
        { 0x1EC6, 0xEA, TONE_NANG }, { 0xE0, 'a', TONE_HUYEN }, { 0x1EE9, 0x1B0, TONE_SAC },   /* Ệ à ứ */
        { 0x1EB3, 0x103, TONE_HOI }, { 0x1EF9, 'y', TONE_NGA }, { 0x110, 0x111, TONE_NONE },   /* ẳ ỹ Đ */
        { 0xF4, 0xF4, TONE_NONE }, { 0x4E2D, 0x4E2D, TONE_NONE },                              /* ô 中 */
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        enum tone tone;
        CHECK_INT(tone_split(rows[i].whole, &tone), rows[i].rest);
        CHECK_INT(tone, rows[i].tone);
    }
}

TEST(cleaning_composes_and_drops_what_nobody_sees)
{
    static const struct { Str in, out; } rows[] = {
        { S_("Ho\u0300a Bi\u0300nh"), S_("Hòa Bình") },
        { S_("e\u0302\u0323 e\u0323\u0302 \u00EA\u0323"), S_("ệ ệ ệ") },
        { S_("\uFEFFa\x01" "b\x7F\xC2\x85" "c\u200Bd"), S_("abcd") },
        { S_("one\r\ntwo\rthree\tfour\n"), S_("one\ntwo\nthree\tfour\n") },
        { S_("n\u00ADíc \u00A0x"), S_("n\u00ADíc \u00A0x") },
        { S_("\u212B\u2126"), S_("ÅΩ") },
        { S_("가 가"), S_("가 가") },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        Str out;
        CHECK(text_clean(a, rows[i].in, &out));
        CHECK_STR(out, rows[i].out);
    }
}

TEST(cleaning_refuses_what_is_not_utf8)
{
    Str out;
    CHECK(!text_clean(a, S("C\xF4ng ty"), &out));
    CHECK(!text_clean(a, S("abc\xE1\xBB"), &out));
    CHECK(text_clean(a, (Str){ 0 }, &out) && !out.n);
}

TEST(clean_text_is_clean_and_in_nfc_for_every_character)
{
    for (uint32_t c = 1; c < 0x20000; c++) {
        if (c == 0xD800) c = 0xE000;
        char z[12] = "x";
        Str once, twice, in = { z, 1 };
        in.n += utf8_write(z + 1, c);
        memcpy(z + in.n, "\u0323", 2);
        in.n += 2;
        if (!text_clean(a, in, &once) || !text_clean(a, once, &twice) || !str_eq(once, twice)) CHECK_INT(-1, c);
    }
}

TEST(a_slug_is_letters_digits_and_single_hyphens)
{
    CHECK_STR(text_slug(a, S("  Khuôn mẫu — Đúc (ép) 2.0! ")), S("khuon-mau-duc-ep-2-0"));
    CHECK_STR(text_slug(a, S("!!!")), S(""));
}

TEST(sort_keys_follow_the_vietnamese_alphabet)
{
    static const char *const order[] = {            /* letters first, then none huyền hỏi ngã sắc nặng */
        "an", "Ao", "ăn", "ân", "ba", "bà", "bả", "bã", "bá", "bạ", "bác", "ca", "da", "đa", "đá", "e", "ê", "o", "ô", "ơ",
        "u", "ư", "y",
    };
    for (size_t i = 1; i < COUNT(order); i++)
        if (str_cmp(text_sort_key(a, str_of(order[i - 1])), text_sort_key(a, str_of(order[i]))) >= 0)
            CHECK_STR(str_of(order[i - 1]), str_of(order[i]));
    CHECK(text_sort_key(a, S("")).n < text_sort_key(a, S("a")).n);
}

TEST(a_sort_key_of_unusual_letters_is_not_cut)
{
    struct buf b = buf_make(a);
    for (int i = 0; i < 500; i++) put(&b, S("\u1F82\u0345漢"));
    Str shorter = text_sort_key(a, buf_str(&b));
    put(&b, S("z"));
    CHECK(str_cmp(shorter, text_sort_key(a, buf_str(&b))) < 0);
}

TEST(vietnamese_syllables_are_told_from_other_words)
{
    static const char *const good[] = { "nghiêng", "Quốc", "giữa", "gì", "khuỷu", "ỐC", "ép", "đường", "quýt", "oằn", "chuyên" };
    static const char *const bad[] = { "xuÊt", "Cæ", "Sociộtộ", "hap", "hàp", "đ", "qu", "áá", "wà", "nghieeng", "" };
    for (size_t i = 0; i < COUNT(good); i++) CHECK(syllable_valid(str_of(good[i])));
    for (size_t i = 0; i < COUNT(bad); i++) CHECK(!syllable_valid(str_of(bad[i])));
}
