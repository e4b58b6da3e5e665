#include "test.h"
#include "base/file.h"
#include "host/config.h"

#include <stdlib.h>

struct read { struct config c; char *argv[16]; int argc; Message why; enum err err; };

static struct read read_line(struct arena *a, const char *line)
{
    struct read r = { .why = NO_MESSAGE };
    Str rest = str_of(line), word;
    while (str_next(&rest, ' ', &word)) r.argv[r.argc++] = str_z(a, word);
    r.err = config_read(a, &r.argc, r.argv, &r.c, &r.why);
    return r;
}

TEST(options_are_taken_out_and_the_rest_is_the_commands)
{
    struct read r = read_line(a, "matxich serve --db sqlite:x.db FILE --listen=[::1]:0 --dry-run");
    CHECK_INT(r.err, OK);
    CHECK_STR(r.c.db, S("sqlite:x.db"));
    CHECK_STR(r.c.listen, S("[::1]:0"));
    CHECK_INT(r.argc, 4);
    CHECK_STR(str_of(r.argv[1]), S("serve"));
    CHECK_STR(str_of(r.argv[2]), S("FILE"));
    CHECK_STR(str_of(r.argv[3]), S("--dry-run"));
}

TEST(files_lie_beside_the_database_if_nothing_else_is_said)
{
    CHECK_STR(read_line(a, "matxich").c.files, S("var/files"));
    CHECK_STR(read_line(a, "matxich --db sqlite:/srv/m/x.db").c.files, S("/srv/m/files"));
    CHECK_STR(read_line(a, "matxich --db sqlite:x.db").c.files, S("files"));
    CHECK_STR(read_line(a, "matxich --db postgresql://host/x").c.files, S("var/files"));
    CHECK_STR(read_line(a, "matxich --files /srv/files").c.files, S("/srv/files"));
}

TEST(the_command_line_wins_over_the_environment_over_the_default)
{
    struct read fallback = read_line(a, "matxich");
    CHECK_INT(fallback.c.slots, 2);
    CHECK_STR(fallback.c.base_url, S("http://127.0.0.1:8080"));
    setenv("MATXICH_SLOTS", "5", 1);
    setenv("MATXICH_BASE_URL", "https://vi.example/", 1);
    struct read environment = read_line(a, "matxich"), line = read_line(a, "matxich --slots 7");
    unsetenv("MATXICH_SLOTS");
    unsetenv("MATXICH_BASE_URL");
    CHECK_INT(environment.c.slots, 5);
    CHECK_STR(environment.c.base_url, S("https://vi.example"));
    CHECK_INT(line.c.slots, 7);
}

TEST(a_secret_is_read_from_a_file_before_the_environment_and_never_from_the_line)
{
    const char *path = str_z(a, str_f(a, "%s/secret", test_dir()));
    CHECK_INT(file_write(path, S("của tôi\n")), OK);
    setenv("MATXICH_SMTP_PASSWORD", "from the environment", 1);
    struct read environment = read_line(a, "matxich"), file = read_line(a, str_z(a, str_f(a, "matxich --smtp-password-file %s", path))),
                none = read_line(a, "matxich --smtp-password-file /nowhere"), line = read_line(a, "matxich --smtp-password x");
    unsetenv("MATXICH_SMTP_PASSWORD");
    CHECK_STR(environment.c.smtp_password, S("from the environment"));
    CHECK_STR(file.c.smtp_password, S("của tôi"));
    CHECK_INT(none.err, ERR_INVALID);
    CHECK(str_has(message_str(a, EN, none.why), S("/nowhere")));
    CHECK_INT(line.argc, 3);
}

TEST(an_empty_variable_is_as_good_as_none)
{
    setenv("MATXICH_DB", "", 1);
    struct read r = read_line(a, "matxich");
    unsetenv("MATXICH_DB");
    CHECK_STR(r.c.db, S("sqlite:var/matxich.db"));
}

TEST(a_wrong_option_is_named)
{
    static const char *const wrong[] = {
        "matxich --slots many", "matxich --slots=0", "matxich --cache-mb=-1", "matxich serve --slots",
    };
    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct read r = read_line(a, wrong[i]);
        CHECK_INT(r.err, ERR_INVALID);
        CHECK(str_starts(message_str(a, EN, r.why), S("--")));
    }
}

TEST(the_help_names_every_option_and_its_variable)
{
    struct buf b = buf_make(a);
    put_config_help(&b, EN);
    CHECK(str_has(buf_str(&b), S("--db                 MATXICH_DB")));
    CHECK(str_has(buf_str(&b), S("[127.0.0.1:8080]")));
}
