#include "model/type.h"
#include "fixture.h"

static const char *const spelling_names[] = { [SPELT_VI] = "vi", [SPELT_EN] = "en", [SPELT_PLAIN] = "plain" };

/* Work without a database is enough for reading and showing. */
static struct work *reader(struct arena *a)
{
    struct work *w = work_on(a, NULL);
    w->codes = real_codes();
    return w;
}

static void reads(struct work *w, int field, enum spelling sp, const char *in, Val want)
{
    Val got = v_null();
    Message m = thing.fields[field].type->read(w, &thing.fields[field], sp, str_of(in), &got);
    if (m.id) test_fail(__FILE__, __LINE__, "%s (%s): %.*s", in, spelling_names[sp], FMT(message_str(w->a, EN, m)));
    if (!val_eq(got, want))
        test_fail(__FILE__, __LINE__, "%s (%s) gave \"%.*s\" %lld %g", in, spelling_names[sp], FMT(v_str(got)), (long long)v_i64(got),
                  got.type == V_REAL ? got.r : 0);
}

static void refuses(struct work *w, int field, enum spelling sp, const char *in, const char *sentence)
{
    Val got = v_null();
    Message m = thing.fields[field].type->read(w, &thing.fields[field], sp, str_of(in), &got);
    if (!m.id) test_fail(__FILE__, __LINE__, "%s was taken for \"%.*s\" %lld", in, FMT(v_str(got)), (long long)v_i64(got));
    Str said = message_str(w->a, EN, m);
    if (!str_has(said, str_of(sentence))) test_fail(__FILE__, __LINE__, "%s: %.*s", in, FMT(said));
}

static Val text(const char *s) { return v_text(str_of(s)); }

TEST(texts_become_one_line_and_have_a_length)
{
    struct work *w = reader(a);
    reads(w, THING_NAME_VI, SPELT_VI, "Bánh \n răng  côn", text("Bánh răng côn"));
    reads(w, THING_NOTE, SPELT_VI, "một\nhai", text("một\nhai"));
    refuses(w, THING_CODE, SPELT_VI, "12345678901234567890123456789012345678901", "is too long: 41 bytes, at most 40");
}

TEST(numbers_are_read_as_each_language_writes_them)
{
    struct work *w = reader(a);
    reads(w, THING_LENGTH, SPELT_VI, "1.234,5", v_real(1234.5));
    reads(w, THING_LENGTH, SPELT_VI, "1.234", v_real(1234));
    reads(w, THING_LENGTH, SPELT_EN, "1,234.5", v_real(1234.5));
    reads(w, THING_LENGTH, SPELT_EN, "1.234", v_real(1.234));
    reads(w, THING_LENGTH, SPELT_PLAIN, "1.234", v_real(1.234));
    reads(w, THING_LENGTH, SPELT_PLAIN, "-1e3", v_real(-1000));
    reads(w, THING_LENGTH, SPELT_VI, "12,5 mm", v_real(12.5));
    reads(w, THING_LENGTH, SPELT_VI, "12,5MM", v_real(12.5));
    reads(w, THING_COUNT, SPELT_VI, "1.234", v_int(1234));
    reads(w, THING_COUNT, SPELT_EN, "1,234", v_int(1234));
    reads(w, THING_COUNT, SPELT_VI, "12,0", v_int(12));
    refuses(w, THING_LENGTH, SPELT_VI, "12 kg", "“12 kg” is not a number");
    refuses(w, THING_LENGTH, SPELT_VI, "nhiều", "is not a number");
    refuses(w, THING_LENGTH, SPELT_VI, "1,01E+09", "is not a number");
    refuses(w, THING_COUNT, SPELT_VI, "12,5", "is not a whole number");
    refuses(w, THING_COUNT, SPELT_VI, "-1", "must be between 0 and 1.000.000.000");
    refuses(w, THING_LENGTH, SPELT_PLAIN, "1e300", "is not a number");
    refuses(w, THING_LENGTH, SPELT_PLAIN, "1e-300", "is not a number");
    refuses(w, THING_LENGTH, SPELT_PLAIN, "1e10", "must be between");
    refuses(w, THING_COUNT, SPELT_PLAIN, "99999999999999999999", "is not a whole number");
}

TEST(money_may_name_its_multiple)
{
    struct work *w = reader(a);
    reads(w, THING_PRICE, SPELT_VI, "12,5 tỷ", v_int(12500000000));
    reads(w, THING_PRICE, SPELT_VI, "1.500 triệu đồng", v_int(1500000000));
    reads(w, THING_PRICE, SPELT_EN, "1.5 million", v_int(1500000));
    reads(w, THING_PRICE, SPELT_VI, "2.500.000 đ", v_int(2500000));
    reads(w, THING_PRICE, SPELT_VI, "2.500.000 VNĐ", v_int(2500000));
    reads(w, THING_PRICE, SPELT_PLAIN, "8999999999999999", v_int(8999999999999999));
    refuses(w, THING_PRICE, SPELT_VI, "nhiều tỷ", "is not an amount of money");
    refuses(w, THING_PRICE, SPELT_VI, "12 USD", "is not an amount of money");
    refuses(w, THING_PRICE, SPELT_VI, "99.999.999 tỷ", "is too large an amount");
    refuses(w, THING_PRICE, SPELT_VI, "-5", "must be between");
}

TEST(an_amount_with_a_doubtful_dot_or_comma_is_asked_never_guessed)
{
    static const struct { enum spelling sp; const char *in, *one, *other; } doubtful[] = {
        { SPELT_VI, "1,500", "1.500 đồng", "1,5 đồng" },             { SPELT_EN, "1.500", "1.500 đồng", "1,5 đồng" },
        { SPELT_VI, "12.5", "125 đồng", "12,5 đồng" },               { SPELT_EN, "12,5", "125 đồng", "12,5 đồng" },
        { SPELT_VI, "1,234.5", "12.345 đồng", "1.234,5 đồng" },      { SPELT_EN, "1,234.5", "12.345 đồng", "1.234,5 đồng" },
        { SPELT_VI, "1,000", "1.000 đồng", "1 đồng" },               { SPELT_VI, "1,500.000", "1.500.000 đồng", "1.500 đồng" },
        { SPELT_VI, "1,500 triệu", "1.500 triệu", "1,5 triệu" },     { SPELT_EN, "1.500 million", "1.500 million", "1,5 million" },
        { SPELT_VI, "-1,500", "-1.500 đồng", "-1,5 đồng" },          { SPELT_VI, "0,5 đ", "5 đ", "0,5 đ" },
    };
    struct work *w = reader(a);
    for (size_t i = 0; i < COUNT(doubtful); i++)
        refuses(w, THING_PRICE, doubtful[i].sp, doubtful[i].in, str_z(a, str_f(a, "“%s” could be %s or %s: write it without dot or comma", doubtful[i].in, doubtful[i].one, doubtful[i].other)));
    reads(w, THING_PRICE, SPELT_VI, "1.500", v_int(1500));
    reads(w, THING_PRICE, SPELT_EN, "1,500", v_int(1500));
    reads(w, THING_PRICE, SPELT_VI, "1,500,000", v_int(1500000));
    reads(w, THING_PRICE, SPELT_EN, "1.500.000", v_int(1500000));
    reads(w, THING_PRICE, SPELT_VI, "1 500 000", v_int(1500000));
    reads(w, THING_PRICE, SPELT_VI, "1.500.000,00", v_int(1500000));
    reads(w, THING_PRICE, SPELT_VI, "1,5 triệu", v_int(1500000));
    reads(w, THING_PRICE, SPELT_VI, "1.5 triệu", v_int(1500000));
    reads(w, THING_PRICE, SPELT_VI, "0,125 tỷ", v_int(125000000));
    reads(w, THING_PRICE, SPELT_VI, "1500,125 triệu", v_int(1500125000));
    reads(w, THING_PRICE, SPELT_PLAIN, "1500.4", v_int(1500));      /* a cell of a workbook            */
    refuses(w, THING_PRICE, SPELT_VI, "9223372036854775807", "is too large an amount");
    refuses(w, THING_PRICE, SPELT_VI, "99999999999999999999", "is too large an amount");
}

TEST(dates_are_read_day_first_iso_or_with_the_name_of_the_month)
{
    static const char *const good[] = { "04/03/2024", "4/3/2024", "4-3-2024", "4.3.2024", "2024-03-04", "2024/3/4", "4 Mar 2024", "04-Mar-2024",
                                        "4 March 2024", "4 MAR 2024", "2024-03-04T08:30:00", "04/03/2024 08:30", "2024-03-04 00:00:00", "04 / 03 / 2024" };
    static const char *const bad[] = { "31/02/2024", "12/31/2024", "04/03/24", "2024", "03/2024", "hôm qua", "4/3/2024/5", "0/3/2024", "4/0/2024",
                                       "-4/3/2024", "4/3/99999999999999999999", "04/03/1024", "4/Foo/2024", ":" };
    struct work *w = reader(a);
    for (size_t i = 0; i < COUNT(good); i++) reads(w, THING_MADE_ON, SPELT_VI, good[i], text("2024-03-04"));
    for (size_t i = 0; i < COUNT(bad); i++) refuses(w, THING_MADE_ON, SPELT_VI, bad[i], "is not a date; write it as 31/12/2025");
    reads(w, THING_YEAR, SPELT_VI, "2024", v_int(2024));
    refuses(w, THING_YEAR, SPELT_VI, "1024", "is not a year");
    refuses(w, THING_YEAR, SPELT_VI, "2.024", "is not a year");
}

TEST(yes_no_and_choices_are_read_in_both_languages)
{
    struct work *w = reader(a);
    reads(w, THING_GOOD, SPELT_VI, "Có", v_int(1));
    reads(w, THING_GOOD, SPELT_VI, "x", v_int(1));
    reads(w, THING_GOOD, SPELT_EN, "No", v_int(0));
    reads(w, THING_GOOD, SPELT_VI, "Chưa có", v_int(0));
    reads(w, THING_GOOD, SPELT_PLAIN, "true", v_int(1));
    refuses(w, THING_GOOD, SPELT_VI, "có thể", "is neither yes nor no");
    reads(w, THING_KIND, SPELT_EN, "raw material", text("raw"));
    reads(w, THING_KIND, SPELT_PLAIN, "made", text("made"));
    refuses(w, THING_KIND, SPELT_EN, "other", "is not one of the choices");
    reads(w, THING_COLOURS, SPELT_EN, "Red; blue; ", text(";red;blue;"));
    reads(w, THING_COLOURS, SPELT_EN, "Red, Red, Green", text(";red;green;"));
    reads(w, THING_COLOURS, SPELT_PLAIN, ";red;", text(";red;"));
    refuses(w, THING_COLOURS, SPELT_EN, "Red; pink", "“pink” is not one of the choices");
}

TEST(a_ward_is_known_by_name_kind_abbreviation_code_and_by_its_name_of_before)
{
    static const char *const good[] = { "Phường Ba Đình", "P. Ba Đình", "P.Ba Dinh", "phường ba đình", "Ba Đình", "BA ĐÌNH", "Ba Dinh Ward", "00004",
                                        "2025/00004" };
    struct work *w = reader(a);
    for (size_t i = 0; i < COUNT(good); i++) reads(w, THING_WARD, SPELT_VI, good[i], text("2025/00004"));
    refuses(w, THING_WARD, SPELT_VI, "Phường Không Có", "is not in the list");
}

TEST(an_old_ward_with_one_successor_is_that_and_a_divided_one_is_asked_about)
{
    struct work *w = reader(a);
    size_t one = 0, several = 0, n;
    for (int code = 1; code < 12000; code++) {
        const struct code *old = code_find(w->codes, S("ward"), str_f(a, "2024/%05d", code));
        if (!old || !old->merged_into.n) continue;
        bool divided = memchr(old->merged_into.p, ';', old->merged_into.n);
        const struct code *k = code_match(w->codes, a, S("ward"), old->name[VI], &n);
        if (k && !str_is(k->version, "2025")) test_fail(__FILE__, __LINE__, "%.*s gives an old ward", FMT(old->name[VI]));
        if (k && !divided && str_eq(k->code, old->merged_into)) one++;
        if (divided && !k) {
            CHECK(n > 1);
            several++;
        }
    }
    CHECK(one > 300 && several > 100);
}

TEST(several_codes_are_read_whole_between_semicolons_or_commas)
{
    struct work *w = reader(a);
    reads(w, THING_VSIC, SPELT_PLAIN, "25; 2592", text(";2025/25;2025/2592;"));
    reads(w, THING_VSIC, SPELT_PLAIN, "25,2592", text(";2025/25;2025/2592;"));
    const struct code *commas = code_find(w->codes, S("vsic"), S("10")), *semicolons = code_find(w->codes, S("vsic"), S("151"));
    CHECK(str_has(commas->name[VI], S(",")) && str_has(semicolons->name[VI], S(";")));
    reads(w, THING_VSIC, SPELT_VI, str_z(a, commas->name[VI]), text(";2025/10;"));
    reads(w, THING_VSIC, SPELT_VI, str_z(a, semicolons->name[VI]), text(";2025/151;"));
    refuses(w, THING_VSIC, SPELT_VI, "25; không có", "“không có” is not in the list");
}

TEST(tax_codes_are_checked_by_their_check_digit)
{
    struct work *w = reader(a);
    reads(w, THING_TAX_CODE, SPELT_VI, "0100233488", text("0100233488"));
    reads(w, THING_TAX_CODE, SPELT_VI, "100233488", text("0100233488"));
    reads(w, THING_TAX_CODE, SPELT_VI, " 0100 233 488", text("0100233488"));
    reads(w, THING_TAX_CODE, SPELT_VI, "0314409058-002", text("0314409058-002"));
    reads(w, THING_TAX_CODE, SPELT_VI, "0314409058002", text("0314409058-002"));
    reads(w, THING_TAX_CODE, SPELT_VI, "314409058002", text("0314409058-002"));
    refuses(w, THING_TAX_CODE, SPELT_VI, "0100233480", "its check digit is wrong");
    refuses(w, THING_TAX_CODE, SPELT_VI, "0314409058-000", "branches count from 001");
    refuses(w, THING_TAX_CODE, SPELT_VI, "01002334", "must have 10 or 13 digits");
    refuses(w, THING_TAX_CODE, SPELT_VI, "01002334880000000", "more than 13 digits");
    refuses(w, THING_TAX_CODE, SPELT_VI, "MST 0100233488", "something other than digits");
}

TEST(phones_in_any_spelling_become_digits)
{
    static const char *const mobile[] = { "0912345678", "0912 345 678", "0912.345.678", "+84 912 345 678", "+84912345678", "(+84) 0912 345 678", "84912345678",
                                          "0084 912 345 678", "912345678", "91 234 5678" };
    struct work *w = reader(a);
    for (size_t i = 0; i < COUNT(mobile); i++) reads(w, THING_PHONE, SPELT_VI, mobile[i], text("0912345678"));
    reads(w, THING_PHONE, SPELT_VI, "(84-24) 3881 1234", text("02438811234"));
    reads(w, THING_PHONE, SPELT_VI, "2438811234", text("02438811234"));
    reads(w, THING_PHONE, SPELT_VI, "024.38811234/0912345678", text("02438811234; 0912345678"));
    reads(w, THING_PHONE, SPELT_VI, "+81 3 1234 5678", text("+81312345678"));
    reads(w, THING_PHONE, SPELT_VI, "1900 545455", text("1900545455"));
    refuses(w, THING_PHONE, SPELT_VI, "1234", "is not a telephone number");
    refuses(w, THING_PHONE, SPELT_VI, "chị Lan", "is not a telephone number");
    refuses(w, THING_PHONE, SPELT_VI, "12345678901234567890", "is not a telephone number");
    refuses(w, THING_PHONE, SPELT_VI, ";", "is not a telephone number");
}

TEST(addresses_of_the_net_files_and_places_are_checked)
{
    struct work *w = reader(a);
    reads(w, THING_EMAIL, SPELT_VI, "Info@ViDu.vn", text("info@vidu.vn"));
    static const char *const mails[] = { "info", "@vidu.vn", "a@b", "a b@vidu.vn", "a@vidu.vn; b@vidu.vn", "a@@vidu.vn", "a@.vn", "a@vidu." };
    for (size_t i = 0; i < COUNT(mails); i++) refuses(w, THING_EMAIL, SPELT_VI, mails[i], "is not an e-mail address");
    reads(w, THING_URL, SPELT_VI, "www.vidu.vn", text("https://www.vidu.vn"));
    reads(w, THING_URL, SPELT_VI, "HTTP://vidu.vn/a", text("http://vidu.vn/a"));
    static const char *const urls[] = { "vidu", "javascript:alert(1)", "ftp://vidu.vn", "https://", "https://a b.vn", "http://x\".vn", "mailto:a@vidu.vn" };
    for (size_t i = 0; i < COUNT(urls); i++) refuses(w, THING_URL, SPELT_VI, urls[i], "is not a web address");
    reads(w, THING_PLACE, SPELT_VI, "21.0285, 105.8542", text("21.02850,105.85420"));
    refuses(w, THING_PLACE, SPELT_VI, "121, 105", "is not a place");
    refuses(w, THING_PLACE, SPELT_VI, "21", "is not a place");
    refuses(w, THING_FILE, SPELT_VI, "../../etc/passwd", "is not a stored file");
    reads(w, THING_FAIR, SPELT_VI, "HC-000421-9", v_int(421));
    reads(w, THING_FAIR, SPELT_PLAIN, "421", v_int(421));
    refuses(w, THING_FAIR, SPELT_VI, "-421", "is not the number of a record");
    refuses(w, THING_FAIR, SPELT_VI, "HC-000421-8", "is not the number of a record");
}

/* What `put` writes of random values of each kind, read again. */
static void round_trip(struct arena *a, enum lang lang, enum spelling sp, bool plain)
{
    struct work *w = work_as(reader(a), OFFICER, lang);
    struct dice d = { 7 };
    for EACH_FIELD(f, i, &thing) {
        if (!has_column(f)) continue;
        for (int n = 0; n < 200; n++) {
            Val v = f->type == &reference_type ? v_int(1 + (int64_t)dice_roll(&d, 5000)) : random_value(&d, w, f), back = v_null();
            struct buf b = buf_make(a);
            if (plain && f->type->plain) f->type->plain(&b, w, f, v);
            else if (plain && v.type == V_INT) put_i(&b, v.i);
            else if (plain && v.type == V_TEXT) put(&b, v.s);
            else put_spelt(&b, w, f, v);
            Message m = f->type->read(w, f, sp, buf_str(&b), &back);
            if (m.id || !val_eq(v, back))
                test_fail(__FILE__, __LINE__, "%s: \"%.*s\" (%.*s) came back as \"%.*s\": %.*s", f->name, FMT(buf_str(&b)), FMT(v_str(v)), FMT(v_str(back)),
                          FMT(message_str(a, EN, m)));
        }
    }
}
TEST(what_is_spelt_in_vietnamese_is_read_as_the_same_value) { round_trip(a, VI, SPELT_VI, false); }
TEST(what_is_spelt_in_english_is_read_as_the_same_value) { round_trip(a, EN, SPELT_EN, false); }
TEST(what_is_written_for_programs_is_read_as_the_same_value) { round_trip(a, EN, SPELT_PLAIN, true); }

TEST(every_code_of_every_list_is_read_back_from_how_it_is_spelt)
{
    static const char *const lists[] = { "ward", "vsic", "country", "industrial_zone", "standard", "process", "material", "machine", "legal_form",
                                         "ownership", "enterprise_status", "si_field", "si_group", "si_industry", "unit", "size_class" };
    struct work *w = reader(a);
    for (size_t l = 0; l < COUNT(lists); l++) {
        struct field f = { lists[l], lists[l], &codes_type, PUBLIC, .list = lists[l] };
        size_t n;
        const struct code *const *codes = codes_of(w->codes, str_of(lists[l]), &n);
        CHECK(n > 0);
        for (size_t i = 0; i < n; i++)
            for (enum lang lang = VI; lang < LANGS; lang++) {
                struct buf b = buf_make(a);
                Val back = v_null(), v = v_text(str_f(a, ";%.*s;", FMT(codes[i]->key)));
                put_spelt(&b, work_as(w, OFFICER, lang), &f, v);
                Message m = f.type->read(w, &f, lang == EN ? SPELT_EN : SPELT_VI, buf_str(&b), &back);
                if (m.id || !val_eq(v, back)) test_fail(__FILE__, __LINE__, "%s %.*s", lists[l], FMT(buf_str(&b)));
            }
    }
}

TEST(the_table_of_kinds_is_complete_and_its_names_differ)
{
    for (size_t i = 0; types[i]; i++) {
        CHECK(types[i]->name && types[i]->label && types[i]->json && types[i]->read && types[i]->show);
        for (size_t k = 0; k < i; k++) CHECK(strcmp(types[i]->name, types[k]->name));
    }
}
