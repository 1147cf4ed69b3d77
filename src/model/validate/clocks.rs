//! When deciders meet.

use crate::model::clocks::{Clock, Clocks};
use crate::model::validate::check::{Checker, below};
use crate::scenario::shape;
use crate::units::MINUTES_PER_HOUR;

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// The clocks that a scenario states, and the usual time of the others.
pub(super) fn build(file: Option<&shape::Clocks>, check: &mut Checker<'_>) -> Clocks {
    let usual = Clocks::USUAL;
    let Some(file) = file else {
        return usual;
    };
    let mut clock = |key: &str, stated: &Option<shape::Clock>, usual: Clock| {
        stated.as_ref().map_or(usual, |stated| {
            read(stated, usual, &below("clocks", key), check)
        })
    };
    let clocks = Clocks {
        operating_rooms: clock(
            "operating_rooms",
            &file.operating_rooms,
            usual.operating_rooms,
        ),
        shift: clock("shift", &file.shift, usual.shift),
        ward_discharge: clock("ward_discharge", &file.ward_discharge, usual.ward_discharge),
        national_center: clock(
            "national_center",
            &file.national_center,
            usual.national_center,
        ),
        national_meeting: clock(
            "national_meeting",
            &file.national_meeting,
            usual.national_meeting,
        ),
        regional_meeting: clock(
            "regional_meeting",
            &file.regional_meeting,
            usual.regional_meeting,
        ),
        regional_center: clock(
            "regional_center",
            &file.regional_center,
            usual.regional_center,
        ),
        loan_round: clock("loan_round", &file.loan_round, usual.loan_round),
    };
    check_order(&clocks, check);
    clocks
}

/// The staff of a day are known before anybody decides, and there are places in the program on the days
/// for which a scenario states them.
fn check_order(clocks: &Clocks, check: &mut Checker<'_>) {
    let usual = Clocks::USUAL;
    if clocks.shift.weekdays != usual.shift.weekdays {
        check.fail("clocks.shift.days", "staff change every day", None);
    }
    if clocks.operating_rooms.weekdays != usual.operating_rooms.weekdays {
        let allowed = Some("mon, tue, wed, thu, fri".to_owned());
        let path = "clocks.operating_rooms.days";
        check.fail(path, "places are given out on these days", allowed);
    }
    if clocks.ward_discharge.weekdays != usual.ward_discharge.weekdays {
        let path = "clocks.ward_discharge.days";
        check.fail(path, "wards discharge patients every day", None);
    }
    let others = [
        clocks.ward_discharge,
        clocks.operating_rooms,
        clocks.national_center,
        clocks.national_meeting,
        clocks.regional_meeting,
        clocks.regional_center,
        clocks.loan_round,
    ];
    if others
        .iter()
        .any(|clock| clock.minute < clocks.shift.minute)
    {
        let allowed = Some("a time before all other clocks".to_owned());
        check.fail("clocks.shift", "somebody decides before it", allowed);
    }
}

fn read(stated: &shape::Clock, usual: Clock, path: &str, check: &mut Checker<'_>) -> Clock {
    let minute = stated.at.as_ref().map_or(usual.minute, |at| {
        minute_of(at).unwrap_or_else(|| {
            let allowed = Some("00:00 to 23:59".to_owned());
            check.fail(&format!("{path}.at"), "no time of day", allowed);
            usual.minute
        })
    });
    let weekdays = stated.days.as_ref().map_or(usual.weekdays, |days| {
        weekdays(days, &format!("{path}.days"), check)
    });
    Clock { minute, weekdays }
}

fn weekdays(names: &[String], path: &str, check: &mut Checker<'_>) -> [bool; 7] {
    let mut weekdays = [false; 7];
    check.at_most(path, names.len(), DAYS.len());
    if names.is_empty() {
        check.fail(
            path,
            "on no day at all",
            Some("at least one day".to_owned()),
        );
    }
    for (n, name) in names.iter().take(DAYS.len()).enumerate() {
        if let Some(day) = DAYS.iter().position(|day| day == name) {
            weekdays[day] = true;
        } else {
            let allowed = Some(DAYS.join(", "));
            check.fail(&format!("{path}[{n}]"), "no day of the week", allowed);
        }
    }
    weekdays
}

/// Minutes after midnight of a time such as `09:30`.
fn minute_of(text: &str) -> Option<u32> {
    let (hours, minutes) = text.split_once(':')?;
    let part = |digits: &str, end: u32| {
        let is_two = digits.len() == 2 && digits.bytes().all(|digit| digit.is_ascii_digit());
        let n: u32 = digits.parse().ok().filter(|_| is_two)?;
        (n < end).then_some(n)
    };
    Some(part(hours, 24)? * MINUTES_PER_HOUR + part(minutes, MINUTES_PER_HOUR)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_day_is_two_digits_twice() {
        let found = ["00:00", "23:59", "24:00", "9:00", "09:60", "+9:00", ""].map(minute_of);
        let expected = [Some(0), Some(1_439), None, None, None, None, None];
        assert_eq!(found, expected);
    }
}
