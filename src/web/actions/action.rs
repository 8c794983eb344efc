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
        /// `Intercom("show")`, or `Intercom("showSpace", space)`
        ShowMessenger "showMessenger"
        /// `Intercom("hide")`
        HideMessenger "hideMessenger"
        /// `Intercom("showNewMessage", content)`
        ShowNewMessage "showNewMessage"
        /// `Intercom("showArticle", id)`
        ShowArticle "showArticle"
        /// `Intercom("showNews", id)`
        ShowNews "showNews"
        /// `Intercom("showTicket", id)`
        ShowTicket "showTicket"
        /// `Intercom("showConversation", id)`
        ShowConversation "showConversation"
        /// `Intercom("startTour", id)`
        StartTour "startTour"
        /// `Intercom("startSurvey", id)`
        StartSurvey "startSurvey"
        /// `Intercom("startChecklist", id)`
        StartChecklist "startChecklist"
    }
}

impl Action {
    /// The filter and mapping that apply when a site names no subscriptions; `None` for an action that only a site's own subscription
    /// carries out.
    pub fn preset(self) -> Option<&'static Preset> {
        match self {
            Action::TrackEvent => Some(&track_event::PRESET),
            Action::IdentifyUser => Some(&identify_user::PRESET),
            Action::IdentifyCompany => Some(&identify_company::PRESET),
            _ => None,
        }
    }

    /// Whether it says who the visitor is.
    pub fn is_update(self) -> bool {
        matches!(self, Action::IdentifyUser | Action::IdentifyCompany)
    }
}
