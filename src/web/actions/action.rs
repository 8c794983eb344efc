//! What a subscription may do, with what it does when a site names no subscriptions.

use super::{identify_company, identify_user, track_event};
use crate::subscription::Preset;
use crate::text_enum::text_enum;

text_enum! {
    /// The values of `partnerAction`, in the order in which their plugins are made.
    pub enum Action {
        /// `Intercom("trackEvent", …)`
        TrackEvent "trackEvent"
        /// `Intercom("update", …)` of a person.
        IdentifyUser "identifyUser"
        /// `Intercom("update", {company})`
        IdentifyCompany "identifyCompany"
    }
}

impl Action {
    /// The filter and mapping that apply when a site names no subscriptions.
    pub fn preset(self) -> &'static Preset {
        match self {
            Action::TrackEvent => &track_event::PRESET,
            Action::IdentifyUser => &identify_user::PRESET,
            Action::IdentifyCompany => &identify_company::PRESET,
        }
    }
}
