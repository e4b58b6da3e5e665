#include "programme/entities.h"

#include "programme/contract/contract.h"
#include "programme/filing.h"
#include "programme/linkage/parts.h"
#include "programme/linkage/search.h"
#include "programme/money/money.h"
#include "programme/network/event.h"
#include "programme/network/scenario.h"
#include "programme/network/supply.h"
#include "programme/network/support_list.h"
#include "programme/plan/plan.h"
#include "programme/target/target.h"

const struct entity *const entities[] = {
    &enterprise, &site, &product, &process, &equipment, &certificate, &grade, &figure, &customer, &imported_input,
    &claim, &report, &verification,
    &outside_company, &supply_link, &confidential_link,
    &event, &event_site, &event_contact, &scenario, &scenario_firm, &support_list, &support_entry,
    &demand, &demand_weight, &drawing, &invitation, &question, &quote, &drawing_opened, &introduction, &outcome,
    &saved_search, &unmet_search,
    &parts_list, &parts_line,
    &norm, &yearly_plan, &plan_version, &activity, &task, &cost_line,
    &budget_line,
    &provider, &call, &call_criterion, &council_member, &call_invited, &bid, &bid_score,
    &contract, &contract_share, &milestone, &amendment, &amendment_share, &payment_request, &settlement, &settlement_item,
    &voucher,                               /* names tasks, contracts and payments: after them */
    &participation, &attendance, &deliverable, &progress_report, &inspection, &inspector, &inspection_item, &acceptance,
    &indicator, &target, &published_figure,
    NULL,
};
