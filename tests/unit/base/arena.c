#include "test.h"

#include <string.h>

static bool zeroed(const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (p[i]) return false;
    return true;
}

TEST(memory_comes_zeroed_even_after_a_reset)
{
    struct arena mine = arena_make(1 << 20, NULL);
    memset(NEW_ARRAY(&mine, char, 5000), 'x', 5000);
    arena_reset(&mine);
    CHECK(zeroed(NEW_ARRAY(&mine, char, 5000), 5000));
    arena_free(&mine);
}

TEST(memory_is_aligned_for_its_type)
{
    for (int i = 0; i < 20; i++) {
        NEW_ARRAY(a, char, 1);
        CHECK_INT((uintptr_t)NEW(a, int64_t) % _Alignof(int64_t), 0);
        NEW_ARRAY(a, char, 3);
        CHECK_INT((uintptr_t)NEW(a, long double) % _Alignof(long double), 0);
    }
}

TEST(an_arena_without_room_jumps_to_its_owner)
{
    jmp_buf full;
    struct arena mine = arena_make(1 << 20, &full);
    int why = setjmp(full);
    if (!why) NEW_ARRAY(&mine, char, 2 << 20);
    CHECK_INT(why, ERR_TOO_BIG);
    arena_free(&mine);
}

TEST(a_count_that_overflows_is_too_big_not_small)
{
    jmp_buf full;
    struct arena mine = arena_make(1 << 20, &full);
    volatile size_t count = SIZE_MAX / 4;
    int why = setjmp(full);
    if (!why) NEW_ARRAY(&mine, int64_t, count);
    CHECK_INT(why, ERR_TOO_BIG);
    arena_free(&mine);
}

TEST(room_given_back_by_a_reset_can_be_used_again)
{
    struct arena mine = arena_make(1 << 20, NULL);
    for (int i = 0; i < 50; i++) {
        for (int k = 0; k < 6; k++) NEW_ARRAY(&mine, char, 100000);
        CHECK(arena_used(&mine) <= 1 << 20);
        arena_reset(&mine);
    }
    arena_free(&mine);
    CHECK_INT(arena_used(&mine), 0);
    CHECK_INT(mine.room, 1 << 20);
}

TEST(a_growing_array_keeps_what_it_has)
{
    struct { int *p; size_t n, cap; } list = { 0 };
    for (int i = 0; i < 1000; i++) *GROW(a, list) = i;
    CHECK_INT(list.n, 1000);
    for (int i = 0; i < 1000; i++) CHECK_INT(list.p[i], i);
}
