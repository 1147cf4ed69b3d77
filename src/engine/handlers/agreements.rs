//! The weekly meeting of each ROAZ: agreement on protecting critical plannable care (A21, A25).

use crate::engine::handlers::coordination::regions;
use crate::engine::simulation::Run;
use crate::model::rule::RuleId;
use crate::outcome::Recorder;

/// All regions meet. A region without agreement reaches one with the policy's probability.
pub(crate) fn meet<R: Recorder>(run: &mut Run<'_, R>) {
    if !run.in_force().supplement(RuleId::A21) {
        return;
    }
    let week = run.model.study.week(run.today());
    for region in regions(run) {
        let mark = run.world.marks.agreement[region.idx() * run.model.study.n_weeks() + week];
        let state = &run.body.regions[region.idx()];
        if !state.agreed && u32::from(mark) < run.policy.agreement.0 {
            run.body.regions[region.idx()].agreed = true;
            run.decided("agreement-reached", RuleId::A21, (Some(region), None), 1);
        }
    }
}
