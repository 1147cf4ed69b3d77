#!/bin/sh
# What the mechanisms of the hospital cost: instructions of one national run under a policy, as shipped and with
# one setting changed, and their ratio in thousandths. Needs valgrind.
#
#     cargo bench --bench instructions --no-run     # names BINARY
#     benches/mechanisms.sh BINARY [POLICY]         # default: supplement-2021
#
# A setting also changes what happens to patients, and with it how much there is to do.
set -eu
binary=$1
policy=${2:-supplement-2021}

instructions() {
    valgrind --tool=callgrind --toggle-collect='*counted*' --callgrind-out-file=/dev/null "$binary" "$@" 2>&1 |
        sed -n 's/.*Collected : //p'
}

usual=$(instructions "$policy")
row() {
    what=$1
    shift
    n=$(instructions "$@")
    echo "| $what | $(((n + 500000) / 1000000)) | $((n * 1000 / usual)) |"
}

echo "| as shipped, but | million instructions | of as shipped, in thousandths |"
echo "|---|---|---|"
row 'as shipped' "$policy"
row 'no loans asked for' "$policy-no-loans"
row 'workers lent as the survey says' "$policy-voluntary-loans"
row 'all clinic staff at work in hospitals' "$policy-all-clinic-staff"
row 'no exchange of staff' "$policy" 'policy.*.exchange_share=0'
row 'no moves of patients' "$policy" 'policy.*.disabled_rules=["L04"]'
row 'no limits by phase, and no stop' "$policy" 'policy.*.disabled_rules=["L01", "L03"]'
row 'nobody prepares' "$policy" 'policy.*.scale_down="late"'
row 'no stretched nursing' "$policy" 'phases.phase[4].beds_per_nurse=1' 'phases.phase[5].beds_per_nurse=1'
row 'no strain' "$policy" 'staff.strain={ dropout_share = 0, recovery_share = 0 }'
stay='{ exponential = { mean_days = 5 } }'
row 'with returns to the IC' "$policy" "covid.readmission={ share = 0.05, ward_stay = $stay, ic_stay = $stay }"
row 'with stays that differ by survival' "$policy" 'covid.death_stay_ratio=0.8'
row 'with nursing by kind of patient' "$policy" 'staff.nursing={ covid_share = 1.2, planned_share = 0.8 }'
row 'with units of four beds' "$policy" 'staff.unit_beds=4'
row 'with wards that limit all step-down' "$policy" 'staff.ward.step_down_share=1.5'
row 'with class 4 that becomes class 3' "$policy" 'planned.stream.*.weekly_reclassification_share=0.02'
row 'with long stays kept from the IC' "$policy" 'phases.phase[4].longest_ic_stay_days=21'
