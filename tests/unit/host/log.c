#include "test.h"
#include "host/log.h"

#include <unistd.h>

static Str logged(struct arena *a, const char *name, Str value)
{
    const char *path = str_z(a, str_f(a, "%s/%s.log", test_dir(), name));
    CHECK_INT(log_open(str_of(path), LOG_INFO), OK);
    LOG(LOG_INFO, "test", F_NUMBER("n", -5), F_TEXT("value", value));
    LOG(LOG_DEBUG, "not_wanted", F_NUMBER("n", 1));
    Str text = test_read(a, path);
    CHECK_INT(log_open(S("-"), LOG_ERROR), OK);
    return text;
}

TEST(an_event_is_one_line_of_facts)
{
    Str line = logged(a, "plain", S("Công ty \"A\""));
    CHECK(str_starts(line, S("time=20")));
    CHECK(str_ends(line, S("Z level=info event=test n=-5 value=\"Công ty \\\"A\\\"\"\n")));
}

TEST(no_value_can_forge_a_line)
{
    Str line = logged(a, "forged", S("x\"\nlevel=error event=\"admin\r\x1b[2J\x7f\\"));
    size_t newline;
    CHECK(str_find(line, S("\n"), &newline));
    CHECK_INT(newline, line.n - 1);
    CHECK(str_ends(line, S("value=\"x\\\"\\x0alevel=error event=\\\"admin\\x0d\\x1b[2J\\x7f\\\\\"\n")));
}

TEST(what_a_terminal_would_obey_is_escaped_too)
{
    Str line = logged(a, "terminal", S("ệ\xC2\x9b\x32J \x9b \xE2\x80\xAE \xE2\x80\xA8 \xEF\xBB\xBF"));
    CHECK(str_ends(line, S("value=\"ệ\\xc2\\x9b2J \\x9b \\xe2\\x80\\xae \\xe2\\x80\\xa8 \\xef\\xbb\\xbf\"\n")));
}

TEST(a_long_value_is_cut_and_the_line_still_ends)
{
    Str line = logged(a, "long", (Str){ NEW_ARRAY(a, char, 100000), 100000 });
    CHECK(line.n <= 2048);
    CHECK(str_ends(line, S("\\x00\"\n")));
}

TEST(a_log_that_cannot_be_written_is_an_error)
{
    CHECK_INT(log_open(S("/no/such/directory/log"), LOG_INFO), ERR_BROKEN);
}
