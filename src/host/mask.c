#include "host/mask.h"

enum { SECRET_LEAST = 32 };

static bool is_base64url(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

static bool is_secret_name(Str name)
{
    static const char *const names[] = { "code", "state", "token", "id_token", "password", "form_token" };
    for (size_t i = 0; i < COUNT(names); i++)
        if (str_is(name, names[i])) return true;
    return false;
}

Str target_masked(Str target, char *room, size_t n)
{
    size_t at = 0, used = 0;
    bool secret = false;                            /* the value of a parameter that is one      */
    while (at < target.n) {
        size_t from = at;
        while (at < target.n && (is_base64url(target.p[at]) || (secret && target.p[at] != '&'))) at++;
        Str text = str_sub(target, from, at - from), after = str_sub(target, at, 1);
        Str shown = text.n >= SECRET_LEAST || (secret && text.n) ? S("…") : text;
        if (used + shown.n + after.n > n) break;
        memcpy(room + used, shown.p, shown.n);
        used += shown.n;
        if (after.n) room[used++] = after.p[0];
        secret = str_is(after, "=") && !secret && is_secret_name(text);
        at++;
    }
    return (Str){ room, used };
}
