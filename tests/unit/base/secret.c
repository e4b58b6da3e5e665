#include "base/secret.h"
#include "test.h"

TEST(a_random_token_is_43_characters_and_never_the_same)
{
    Str one = random_token(a), two = random_token(a);
    CHECK_INT(one.n, 43);
    CHECK(!str_eq(one, two));
}

TEST(hmac_sha256_is_that_of_rfc_4231)
{
    CHECK_STR(hmac_sha256(a, S("Jefe"), S("what do ya want for nothing?")),
              S("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
}

TEST(secrets_are_equal_only_byte_for_byte)
{
    CHECK(secret_eq(S("abc"), S("abc")));
    CHECK(!secret_eq(S("abc"), S("abd")));
    CHECK(!secret_eq(S("abc"), S("ab")));
    CHECK(secret_eq(S(""), S("")));
}

TEST(base64url_reads_what_it_wrote_and_nothing_else)
{
    struct buf b = buf_make(a);
    Str back;
    put_base64url(&b, S("\xFF\xFE\x00~a"));
    CHECK_STR(buf_str(&b), S("__4AfmE"));
    CHECK(base64url_read(a, buf_str(&b), &back));
    CHECK_STR(back, S("\xFF\xFE\x00~a"));
    CHECK(!base64url_read(a, S("a+b/"), &back));
    CHECK(!base64url_read(a, S("abc="), &back));
}
