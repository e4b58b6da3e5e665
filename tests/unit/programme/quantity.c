#include "programme/linkage/quantity.h"
#include "test.h"

#include <math.h>

static double read_as(struct arena *a, enum quantity q, enum lang lang, const char *text)
{
    double v = NAN;
    Message why;
    if (!quantity_read(a, q, lang, EN, str_of(text), &v, &why))
        test_fail(__FILE__, __LINE__, "“%s”: %.*s", text, FMT(message_str(a, EN, why)));
    return v;
}

static void check_read(struct arena *a, enum quantity q, enum lang lang, const char *text, double want)
{
    double got = read_as(a, q, lang, text);
    if (fabs(got - want) > fabs(want) * 1e-12) test_fail(__FILE__, __LINE__, "“%s”: got %.17g, want %.17g", text, got, want);
}

static void check_refused(struct arena *a, enum quantity q, const char *text, const char *says)
{
    double v;
    Message why;
    if (quantity_read(a, q, EN, EN, str_of(text), &v, &why)) test_fail(__FILE__, __LINE__, "“%s” was read as %g", text, v);
    Str said = message_str(a, EN, why);
    if (!str_has(said, str_of(says))) test_fail(__FILE__, __LINE__, "“%s”: “%.*s” does not say “%s”", text, FMT(said), says);
}

TEST(lengths_of_drawings_are_brought_to_millimetres)
{
    check_read(a, LENGTH, EN, "0.02 mm", 0.02);
    check_read(a, LENGTH, VI, "0,02 mm", 0.02);
    check_read(a, LENGTH, VI, "0,02mm", 0.02);
    check_read(a, LENGTH, EN, "20 µm", 0.02);
    check_read(a, LENGTH, EN, "20 μm", 0.02);
    check_read(a, LENGTH, EN, "20um", 0.02);
    check_read(a, LENGTH, EN, "5 microns", 0.005);
    check_read(a, LENGTH, EN, "0.8 thou", 0.02032);
    check_read(a, LENGTH, EN, "2 mil", 0.0508);
    check_read(a, LENGTH, EN, "1/2 inch", 12.7);
    check_read(a, LENGTH, EN, "1 1/2 in", 38.1);
    check_read(a, LENGTH, EN, "1-1/2\"", 38.1);
    check_read(a, LENGTH, EN, "2½ in", 63.5);
    check_read(a, LENGTH, EN, "6 ft", 1828.8);
    check_read(a, LENGTH, EN, "12 cm", 120);
    check_read(a, LENGTH, EN, "1.2 m", 1200);
    check_read(a, LENGTH, VI, "1,2 mét", 1200);
    check_read(a, LENGTH, VI, "3 ly", 3);
    check_read(a, LENGTH, EN, "1,250 MM", 1250);
    check_read(a, LENGTH, EN, "300", 300);
    check_read(a, LENGTH, EN, "0.001 km", 1000);
}

TEST(the_language_says_what_groups_and_what_begins_the_decimals)
{
    check_read(a, FORCE, VI, "2.500 kgf", 2.5);
    check_read(a, FORCE, EN, "2.500 kgf", 0.0025);
    check_read(a, FORCE, EN, "2,500 kgf", 2.5);
    check_read(a, MASS, VI, "1.250,5 kg", 1250.5);
    check_read(a, MASS, EN, "1,250.5 kg", 1250.5);
    check_read(a, MASS, EN, "1 250 kg", 1250);
    check_read(a, MASS, EN, "1\xC2\xA0""250\xC2\xA0kg", 1250);
}

TEST(masses_are_brought_to_kilograms_and_forces_to_metric_tons)
{
    check_read(a, MASS, EN, "500 g", 0.5);
    check_read(a, MASS, VI, "2 tấn", 2000);
    check_read(a, MASS, VI, "3 lạng", 0.3);
    check_read(a, MASS, EN, "10 lb", 4.5359237);
    check_read(a, MASS, EN, "1 metric ton", 1000);
    check_read(a, MASS, EN, "1 short ton", 907.18474);
    check_read(a, FORCE, EN, "250 t", 250);
    check_read(a, FORCE, EN, "250T", 250);
    check_read(a, FORCE, EN, "250 tonnes", 250);
    check_read(a, FORCE, VI, "250 tấn", 250);
    check_read(a, FORCE, VI, "250 tan luc", 250);
    check_read(a, FORCE, EN, "250 tonne-force", 250);
    check_read(a, FORCE, EN, "980.665 kN", 100);
    check_read(a, FORCE, EN, "9.80665 MN", 1000);
    check_read(a, FORCE, EN, "200 US tons", 181.436948);
    check_read(a, FORCE, EN, "200 long tons", 203.20938176);
    check_read(a, FORCE, EN, "2000 lbf", 0.90718474);
}

TEST(temperatures_ways_shares_and_times_too)
{
    check_read(a, TEMPERATURE, EN, "900 °C", 900);
    check_read(a, TEMPERATURE, VI, "900 độ C", 900);
    check_read(a, TEMPERATURE, EN, "932 °F", 500);
    check_read(a, TEMPERATURE, EN, "-40 F", -40);
    check_read(a, TEMPERATURE, EN, "573.15 K", 300);
    check_read(a, DISTANCE, EN, "40 km", 40);
    check_read(a, DISTANCE, EN, "25 miles", 40.2336);
    check_read(a, DISTANCE, EN, "800 m", 0.8);
    check_read(a, DISTANCE, VI, "15 cây số", 15);
    check_read(a, SHARE, EN, "30%", 30);
    check_read(a, SHARE, EN, "30", 30);
    check_read(a, DURATION, VI, "2 năm", 24);
    check_read(a, DURATION, EN, "6 months", 6);
    check_read(a, QUANTITY_NONE, EN, "5", 5);
}

TEST(a_unit_that_may_mean_several_things_is_asked_for_with_what_it_may_mean)
{
    check_refused(a, FORCE, "250 ton", "short ton (2,000 lb) or long ton");
    check_refused(a, FORCE, "250 tons", "t (metric ton)");
    check_refused(a, MASS, "2 ton", "t (metric ton)");
    check_refused(a, MASS, "16 oz", "troy ounce");
    check_refused(a, LENGTH, "8 M", "thread");
    check_refused(a, TEMPERATURE, "900 degrees", "°C or °F");
    check_refused(a, TEMPERATURE, "900°", "°C or °F");
    check_refused(a, FORCE, "5 mN", "a million newtons");
    check_refused(a, FORCE, "160 bar", "a pressure");
    check_refused(a, DISTANCE, "30 minutes", "a way in km");
    check_refused(a, DURATION, "6 m", "minutes");
    check_refused(a, LENGTH, "0.02 in aluminium", "the word");
}

TEST(a_unit_of_another_quantity_or_none_that_is_known_is_refused)
{
    check_refused(a, FORCE, "250 mm", "a unit of a length, where a force is asked");
    check_refused(a, LENGTH, "20 kg", "a unit of a mass");
    check_refused(a, LENGTH, "20 furlongs", "with a unit of a length");
    check_refused(a, LENGTH, "20 mm²", "with a unit of a length");
    check_refused(a, LENGTH, "20 mm/s", "with a unit of a length");
    check_refused(a, LENGTH, "0.01-0.02 mm", "with a unit of a length");
    check_refused(a, QUANTITY_NONE, "5 kg", "not a number");
}

TEST(what_is_no_number_or_none_there_can_be_is_refused)
{
    check_refused(a, LENGTH, "", "not a number");
    check_refused(a, LENGTH, "mm", "not a number");
    check_refused(a, LENGTH, "1/0 inch", "with a unit of");
    check_refused(a, LENGTH, "-5 mm", "less than there can be");
    check_refused(a, TEMPERATURE, "-300 °C", "less than there can be");
    check_refused(a, MASS, "999999999999999 kg", "too large");
    check_refused(a, LENGTH, "1e5 mm", "with a unit of");
    check_refused(a, LENGTH, "nan", "not a number");
    check_refused(a, LENGTH, "0x20 mm", "with a unit of");
}

TEST(what_begins_with_a_quantity_says_what_follows)
{
    struct quantity_begun b;
    Message why;
    CHECK(quantity_begins(a, FORCE, EN, EN, S(" 250 t, within 40 km"), &b, &why));
    CHECK(b.value == 250 && b.unit == FORCE);
    CHECK_STR(b.rest, S(", within 40 km"));
    CHECK(quantity_begins(a, FORCE, EN, EN, S("250. And more"), &b, &why));
    CHECK(b.value == 250 && b.unit == QUANTITY_NONE);
    CHECK_STR(b.rest, S(". And more"));
    CHECK(quantity_begins(a, FORCE, EN, EN, S("250 in Noi Bai"), &b, &why));
    CHECK(b.unit == QUANTITY_NONE);
    CHECK(quantity_begins(a, FORCE, EN, EN, S("250tプレス"), &b, &why));
    CHECK_STR(b.rest, S("プレス"));
    CHECK(!quantity_begins(a, FORCE, EN, EN, S("press 250 t"), &b, &why) && !why.id);
    CHECK(!quantity_begins(a, FORCE, EN, EN, S("250 ton press"), &b, &why) && why.id);
}

TEST(a_unit_tells_what_it_measures)
{
    CHECK(quantity_of_unit(S("mm")) == LENGTH);
    CHECK(quantity_of_unit(S("KM")) == DISTANCE);
    CHECK(quantity_of_unit(S("tan luc")) == FORCE);
    CHECK(quantity_of_unit(S("mm thick")) == QUANTITY_NONE);
    CHECK(quantity_of_unit(S("furlong")) == QUANTITY_NONE);
    CHECK(quantity_of_unit(S("")) == QUANTITY_NONE);
}

TEST(a_quantity_is_shown_as_its_language_writes_it)
{
    CHECK_STR(quantity_str(a, LENGTH, VI, 0.02), S("0,02\xC2\xA0mm"));
    CHECK_STR(quantity_str(a, FORCE, EN, 1250), S("1,250\xC2\xA0t"));
    CHECK_STR(quantity_str(a, SHARE, EN, 30), S("30%"));
    CHECK_STR(quantity_str(a, QUANTITY_NONE, EN, 5), S("5"));
}
