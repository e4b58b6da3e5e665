/* Asking other servers: which addresses are not even tried. */
#include "test.h"
#include "host/fetch.h"
#include "host/log.h"
#include "host/loopback.h"

TEST(this_machine_is_told_by_the_host_and_nothing_else)
{
    static const char *const near[] = { "http://localhost/x", "http://127.0.0.1:80/", "smtp://127.8.9.1:25", "http://[::1]:8080/", "https://127.1/" },
        *const far[] = { "http://localhost.example.vn/", "http://127.0.0.1@example.vn/", "http://example.vn/127.0.0.1", "http://127.0.0.1.example.vn/",
                         "http://10.0.0.1/", "http://[::2]/", "http://0.0.0.0/", "", "127", "http://" };
    for (size_t i = 0; i < COUNT(near); i++)
        if (!is_loopback(str_of(near[i]))) test_fail(__FILE__, __LINE__, "%s is on this machine", near[i]);
    for (size_t i = 0; i < COUNT(far); i++)
        if (is_loopback(str_of(far[i]))) test_fail(__FILE__, __LINE__, "%s is not on this machine", far[i]);
}

TEST(only_https_is_spoken_to_others_and_nothing_but_http_at_all)
{
    static const char *const no[] = { "http://192.0.2.1/", "http://example.vn/", "file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "https://", "" };
    CHECK_INT(log_open(S("/dev/null"), LOG_ERROR), OK);
    for (size_t i = 0; i < COUNT(no); i++) {
        struct fetched answer;
        Message why = NO_MESSAGE;
        enum err e = fetch(a, str_of(no[i]), (Str){ 0 }, (Str){ 0 }, &answer, &why);
        if (e != ERR_INVALID || !why.id) test_fail(__FILE__, __LINE__, "\"%s\" gave %d", no[i], (int)e);
    }
}
