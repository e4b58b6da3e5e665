/*
 * method.c - how the figures of the supply network are worked out: formulas, sources, limits, what is not in the data.  The same for
 * everybody, so that whoever quotes a figure can name its method.
 */
#include "pages/network/steering.h"

#include "programme/network/confidence.h"
#include "programme/network/event.h"

struct explained { Str tolerance, k_least, asked_days; };
static const struct slot slots[] = {
    SLOT(struct explained, tolerance), SLOT(struct explained, k_least), SLOT(struct explained, asked_days), SLOT_END,
};
static const struct template *method_template;

void method_prepare(struct arena *forever) { method_template = template_load(forever, "method", slots); }

enum err method_page(struct request *q, struct reply *r)
{
    struct explained d = { .tolerance = setting_value(page_snapshot(q)->codes, S("network_tolerance")),
                           .k_least = str_f(q->a, "%d", K_LEAST),
                           .asked_days = str_f(q->a, "%d", ASKED_DAYS) };
    return shell_reply(
        q, r,
        &(struct page){
            .title = tr(q->lang, N_("How the supply network is worked out")),
            .section = SECTION_DATA,
            .description =
                tr(q->lang,
                   N_("Formulas, sources and limits of the figures on the supply network of Hà Nội's supporting industry.")),
            .content = template_render(q->a, method_template, q->lang, &d),
        });
}
