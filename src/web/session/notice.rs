//! What a site is told of: what Intercom would take without a word and then drop, and what happened to the widget.

use super::visitor::Visitor;
use super::{Output, report};
use crate::name::Name;
use crate::text_enum::text_enum;
use crate::value::Value;
use crate::web::limits;
use alloc::vec::Vec;

text_enum! {
    /// What a site is told of. Texts are the codes; `js/web/notices.js` has them in this order.
    pub enum Notice {
        /// The widget did not come.
        WidgetUnavailable "widget_unavailable"
        /// Too many calls wait.
        QueueFull "queue_full"
        /// So many updates that Intercom may ignore those that follow.
        UpdateQuota "update_quota"
        /// A value that Intercom cuts off.
        ValueTooLong "value_too_long"
        /// More metadata than Intercom keeps.
        MetadataMany "metadata_many"
        /// An update that Intercom ignores.
        IdentifyIgnored "identify_ignored"
        /// A company of someone whom Intercom does not know.
        GroupBeforeIdentify "group_before_identify"
        /// The page's own settings are another workspace's.
        OtherWorkspace "other_workspace"
        /// An event of a visitor whose session is over.
        EventAfterReset "event_after_reset"
        /// A user is told of without proof.
        UserJwtMissing "user_jwt_missing"
    }
}

fn of_values<V: Value>(payload: &V, out: &mut Vec<Output<V>>) {
    let key = payload.longer_than(limits::VALUE, &V::name(Name::IntercomUserJwt));
    if key.truthy() {
        out.push(Output::Report(Notice::ValueTooLong, key));
    }
}

pub(super) fn of_metadata<V: Value>(metadata: &V, out: &mut Vec<Output<V>>) {
    of_values(metadata, out);
    if metadata.width() > limits::METADATA {
        report(Notice::MetadataMany, out);
    }
}

pub(super) fn of_update<V: Value>(payload: &V, visitor: &Visitor<V>, out: &mut Vec<Output<V>>) {
    of_values(payload, out);
    if payload.field(Name::Email).truthy() {
        let beside = [Name::UserHash, Name::Widget].iter().filter(|name| payload.field(**name).truthy()).count();
        if payload.width() == beside + 1 {
            report(Notice::IdentifyIgnored, out);
        }
    }
    if payload.field(Name::Company).truthy() && !visitor.is_someone() {
        report(Notice::GroupBeforeIdentify, out);
    }
}
