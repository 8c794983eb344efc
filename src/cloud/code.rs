//! The codes of outcomes and warnings, each with its sentence: one table. None of the sentences has personal data in it.

use super::outcome::Warning;
use alloc::format;
use alloc::string::String;

/// A stable code and what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// What programs may rely on.
    pub code: &'static str,
    /// What it means, as a sentence.
    pub sentence: &'static str,
}

impl Code {
    /// As a warning.
    pub fn warning(self) -> Warning {
        Warning { code: self.code, message: self.sentence.into() }
    }

    /// As a warning about a field.
    pub fn warning_about(self, field: &str) -> Warning {
        Warning { code: self.code, message: self.about(field) }
    }

    /// The sentence, with the name of a field before it.
    pub fn about(self, field: &str) -> String {
        format!("{field}: {}", self.sentence)
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident $code:literal $sentence:literal)*) => {
        $($(#[$doc])* pub const $name: Code = Code { code: $code, sentence: $sentence };)*

        /// All of them, in the order of the table.
        pub const CODES: &[Code] = &[$($name,)*];
    };
}

codes! {
    /// Status dropped: what was handed in is not an object.
    EVENT_UNREADABLE "event_unreadable" "The event is not an object."
    /// Status delivered: the event's own `integrations` turn this destination off.
    OPTED_OUT "opted_out" "The event's integrations turn this destination off."
    /// Status delivered: no subscription matches the event.
    NOT_SUBSCRIBED "not_subscribed" "No subscription matches this event."
    /// Status dropped: the event names nobody, so that Intercom could not tell whom it is about.
    NOBODY "nobody" "There is no user id and no e-mail address that names a contact."
    /// Status dropped: a track event without a name.
    EVENT_NAME_MISSING "event_name_missing" "There is no event name."
    /// Status dropped: a company without an id.
    COMPANY_ID_MISSING "company_id_missing" "There is no company id."
    /// Warning: a value of another type than the field takes.
    VALUE_INVALID "value_invalid" "This is not what the field takes; it was left out."
    /// Warning: text that is longer than Intercom takes.
    TEXT_CUT "text_cut" "Text was cut to 255 characters."
    /// Warning: a date that can't be read, or that no calendar has.
    DATE_UNREADABLE "date_unreadable" "This is not a date; it was left out."
    /// Warning: an event's time that is missing or can't be read.
    TIME_REPLACED "time_replaced" "There is no readable time; another one was taken."
    /// Warning: a revenue that is not a number.
    REVENUE_UNREADABLE "revenue_unreadable" "This is not a number; it was kept in the metadata and no price was sent."
    /// Warning: a role that Intercom does not have.
    ROLE_UNKNOWN "role_unknown" "The role is neither user nor lead; a contact with an id is taken for a user, others for leads."
    /// Warning: an id for a lead.
    LEAD_EXTERNAL_ID "lead_external_id" "Leads have no external id; it was left out."
    /// Warning: objects and arrays in custom attributes or metadata.
    NESTED "nested_left_out" "Objects and arrays were left out; the @flatten directive makes single values of them."
    /// Warning: null in metadata.
    NULL "null_left_out" "Null was left out."
    /// Warning: numbers that are not finite, functions and so on.
    UNSENDABLE "unsendable_left_out" "Values that JSON does not have were left out."
    /// Warning: keys that Intercom refuses in metadata.
    KEY_CHANGED "metadata_key_changed" "Dots and dollar signs in keys became underscores."
    /// Warning: keys that are the same to Intercom.
    KEY_REPEATED "metadata_key_repeated" "Of keys that are the same to Intercom, the first was kept."
    /// Warning: more keys than Intercom keeps.
    METADATA_CUT "metadata_cut" "Intercom keeps ten keys; the others were left out."
    /// Status dropped: a contact with these names is archived, and the setting `unarchive` is off.
    CONTACT_ARCHIVED "contact_archived" "The contact is archived; the setting `unarchive` brings archived contacts back."
    /// Warning: the e-mail is another contact's and was left out; the rest is saved. Status retry: a conflict that names nobody.
    CONTACT_CONFLICT "contact_conflict" "Another contact has these names."
    /// Status retry: there is no such contact yet. Warning: the company is saved, but nobody could be attached to it.
    CONTACT_MISSING "contact_missing" "Intercom has no such contact."
    /// Status dropped: the e-mail alone names several contacts.
    CONTACT_AMBIGUOUS "contact_ambiguous" "Several contacts have this e-mail address."
    /// Warning: a group event that names nobody.
    NOBODY_ATTACHED "nobody_attached" "The company is saved; the event names no contact to attach to it."
    /// Warning: the contact is attached to as many companies as Intercom allows.
    COMPANY_LIMIT "company_limit" "The company is saved; the contact is attached to as many companies as Intercom allows."
    /// Warning: a delete that found nobody.
    NOTHING_DELETED "nothing_deleted" "There was no such contact to delete."
    /// Warning: a custom attribute that Intercom does not have. Told once, then left out in silence for a day.
    ATTRIBUTE_UNKNOWN "attribute_unknown" "Intercom has no such custom attribute; it was left out. The setting `createAttributes` makes unknown ones."
    /// Warning: a custom attribute whose value Intercom refuses, such as one outside its list.
    ATTRIBUTE_REFUSED "attribute_refused" "Intercom refuses this value of the custom attribute; it was left out."
    /// Warning: a field whose value Intercom refuses.
    FIELD_REFUSED "field_refused" "Intercom refuses the value of this field; it was left out."
    /// Warning: a lead that could not be merged into its user.
    LEAD_NOT_MERGED "lead_not_merged" "Intercom refused to merge the lead into the user."
    /// Warning: a second event of one name, contact and second, which Intercom takes for the same.
    EVENT_SAME_SECOND "event_same_second" "Intercom counts events of one name, contact and second as one."
    /// Warning: with `skipStale`, an identify that is older than one already sent.
    STALE "stale" "An identify with a newer timestamp was sent before; this one's fields were not."
    /// Status retry: a lead's create got no clear answer; it is looked for when Intercom's search can show it.
    LEAD_UNCLEAR "lead_unclear" "Whether the lead was created is not known yet."
    /// Status retry: a rate limit.
    RATE_LIMITED "rate_limited" "Intercom's rate limit is reached."
    /// Status retry: no answer, an answer that could not be read, or a server error.
    UNAVAILABLE "unavailable" "Intercom gave no usable answer."
    /// Status retry: an earlier event of the same person has to be sent again first.
    BEHIND_ANOTHER "behind_another" "An earlier event of the same person has to be delivered first."
    /// Status retry: the host stopped the delivery.
    STOPPED "stopped" "The host stopped the delivery before this event was delivered."
    /// Status retry: the token is refused. Nothing more is sent.
    UNAUTHORIZED "unauthorized" "Intercom refuses the access token, or the token lacks a permission."
    /// Of `check()`: the token is another region's.
    REGION_WRONG "region_wrong" "The workspace is in another region."
    /// Status dropped: Intercom refuses the request, and sending it again cannot change that.
    REFUSED "refused" "Intercom refuses the request."
    /// Status dropped: the write of the contact or company that this depends on was refused.
    EVENT_NAME_LIMIT "event_name_limit" "The workspace has as many event names as Intercom allows."
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_words_and_sentences_end() {
        for (i, one) in CODES.iter().enumerate() {
            assert!(one.code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'), "{}", one.code);
            assert!(one.sentence.ends_with('.'), "{}", one.code);
            assert!(CODES[..i].iter().all(|other| other.code != one.code), "{}", one.code);
        }
    }
}
