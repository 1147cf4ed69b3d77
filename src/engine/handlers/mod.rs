//! What happens at each event and epoch: one file per kind. Handlers change the state through
//! [`crate::engine::run::Run`] and call only those earlier in this list.

pub(crate) mod pressure;
pub(crate) mod placement;
pub(crate) mod ward;
pub(crate) mod ic_stay;
pub(crate) mod covid;
pub(crate) mod acute;
pub(crate) mod staffing;
pub(crate) mod lack;
pub(crate) mod urgency;
pub(crate) mod planned;
pub(crate) mod shifts;
pub(crate) mod crew;
pub(crate) mod stopping;
pub(crate) mod theater;
pub(crate) mod clinics;
pub(crate) mod program;
pub(crate) mod planning;
pub(crate) mod exchange;
pub(crate) mod relocation;
pub(crate) mod transfers;
pub(crate) mod escalation;
pub(crate) mod agreements;
pub(crate) mod coordination;
pub(crate) mod matching;
pub(crate) mod loans;
pub(crate) mod statistics;
pub(crate) mod closing;
