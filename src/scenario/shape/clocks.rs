//! When deciders meet.

use schemars::JsonSchema;
use serde::Deserialize;

/// The clocks of those who decide. A clock that is left out runs at its usual time.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
pub struct Clocks {
    /// The change of shift, always every day and before all others; default at 07:00.
    pub shift: Option<Clock>,
    /// By when wards have discharged patients, so that whoever waited on the IC for the ward goes there,
    /// always every day; default at 12:00.
    pub ward_discharge: Option<Clock>,
    /// The operating program, always Monday to Friday; default at 07:30.
    pub operating_rooms: Option<Clock>,
    /// The national coordination center; default every day at 09:00.
    pub national_center: Option<Clock>,
    /// The national meeting that sets the phase; default Mondays at 10:00.
    pub national_meeting: Option<Clock>,
    /// The meetings of the regions; default Tuesdays at 10:00.
    pub regional_meeting: Option<Clock>,
    /// The regional coordination centers and the planners; default every day at 13:00.
    pub regional_center: Option<Clock>,
    /// Loan rounds, on those of these days that `clinics.round_days` asks for; default every day at
    /// 14:00.
    pub loan_round: Option<Clock>,
}

/// A time on some days of the week.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
pub struct Clock {
    /// Time of day, such as `09:00`; default the usual one.
    pub at: Option<String>,
    /// Days of the week: `mon`, `tue`, `wed`, `thu`, `fri`, `sat` and `sun`; default the usual ones.
    pub days: Option<Vec<String>>,
}
