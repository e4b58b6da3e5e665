#include "web/marks.h"

#include "model/people/session.h"
#include "model/people/token.h"

#include <pthread.h>
#include <string.h>

enum { MARKS_MAX = 1024 };

struct noted { enum mark kind; int64_t id, times; };
struct marks {
    pthread_mutex_t lock;
    struct noted    noted[MARKS_MAX];
    size_t          n;
};

struct marks *marks_open(struct arena *forever)
{
    struct marks *m = NEW(forever, struct marks);
    pthread_mutex_init(&m->lock, NULL);
    return m;
}

void marks_add(struct marks *m, enum mark kind, int64_t id)
{
    size_t i = 0;
    if (!m) return;
    pthread_mutex_lock(&m->lock);
    while (i < m->n && (m->noted[i].kind != kind || m->noted[i].id != id)) i++;
    if (i < m->n) m->noted[i].times++;
    else if (m->n < MARKS_MAX) m->noted[m->n++] = (struct noted){ kind, id, 1 };
    pthread_mutex_unlock(&m->lock);
}

struct writing_marks { const struct noted *noted; size_t n; };

static enum err write_marks(struct work *w, void *arg)
{
    const struct writing_marks *all = arg;
    for (size_t i = 0; i < all->n; i++) {
        const struct noted *one = &all->noted[i];
        TRY(one->kind == MARK_SESSION ? session_seen(w, one->id) : token_used(w, one->id, one->times));
    }
    return OK;
}

enum err marks_write(struct marks *m, struct work *w)
{
    struct writing_marks all = { 0 };
    pthread_mutex_lock(&m->lock);
    all.n = m->n;
    all.noted = NEW_ARRAY(w->a, struct noted, m->n + 1);
    memcpy((void *)(uintptr_t)all.noted, m->noted, m->n * sizeof *m->noted);
    m->n = 0;
    pthread_mutex_unlock(&m->lock);
    return all.n ? work_write(w, write_marks, &all) : OK;
}
