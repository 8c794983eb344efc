//! What can be wrong with settings, filters, mappings and events, as data: a kind with a stable code, and a location.

use crate::location::{Location, Part};
use crate::text_enum::{line, lines, text_enum};
use alloc::boxed::Box;
use alloc::string::String;
use core::fmt;
use core::ops::{Deref, DerefMut};

/// A fault or a warning: what kind, where, and what was found there.
///
/// The sentence is in [`Error::sentence`] and `Display`: `"{location}: {what was expected}, found {found}"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error(Box<Details>);

/// What an [`Error`] says, behind one pointer: results are moved more often than faults happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Details {
    /// What is wrong; its [`ErrorKind::code`] is stable.
    pub kind: ErrorKind,
    /// Where.
    pub at: Location,
    /// What stood there, empty where there is nothing to show. Never a value that could be secret.
    pub found: String,
}

/// One row per kind: `fault` (something does not work) or `warning` (it works, but perhaps not as meant), its name,
/// its stable code, and the sentence that says what was expected. A row that not every mode needs is behind that mode's feature.
macro_rules! kinds {
    ($($(#[doc = $doc:literal])* $(#[cfg($when:meta)])? $severity:ident $name:ident $code:literal $expected:literal)*) => {
        text_enum! {
            /// The kinds of fault, each with a stable code.
            pub enum ErrorKind { $($(#[doc = $doc])* $(#[cfg($when)])? $name $code)* }
        }

        impl ErrorKind {
            /// A line each, in the order of the kinds.
            pub(crate) const EXPECTED: &str = lines!($($(#[cfg($when)])? $expected),*);

            /// Whether things go on as configured all the same.
            pub fn is_warning(self) -> bool {
                match self { $($(#[cfg($when)])? ErrorKind::$name => kinds!(@$severity),)* }
            }
        }
    };
    (@fault) => { false };
    (@warning) => { true };
}

kinds! {
    /// The app id is missing, blank or of characters that no app id has.
    #[cfg(feature = "web")]
    fault SettingAppId "setting_app_id" "expected an Intercom app id, letters and digits"
    /// The regional API is no https URL.
    #[cfg(feature = "web")]
    fault SettingApiBase "setting_api_base" "expected an https URL such as https://api-iam.eu.intercom.io"
    /// A setting that takes text.
    fault SettingText "setting_text" "expected a string"
    /// A setting that takes a list.
    fault SettingList "setting_list" "expected an array"
    /// A setting that takes a switch.
    fault SettingBoolean "setting_boolean" "expected true or false"
    /// A setting that takes a time.
    fault SettingMillis "setting_millis" "expected a number of milliseconds above 0"
    /// A setting that takes a function.
    #[cfg(feature = "web")]
    fault SettingFunction "setting_function" "expected a function"
    /// A setting that takes a number.
    #[cfg(feature = "web")]
    fault SettingNumber "setting_number" "expected a number"
    /// A side of the page that is none.
    #[cfg(feature = "web")]
    fault SettingAlignment "setting_alignment" "expected left or right"
    /// A theme that Intercom does not have.
    #[cfg(feature = "web")]
    fault SettingTheme "setting_theme" "expected light, dark or system"
    /// A time to load the widget that is none.
    #[cfg(feature = "web")]
    fault SettingLoad "setting_load" "expected now, idle, interaction, launcher, a function or a promise"
    /// A way to know the visitor's consent that is none.
    #[cfg(all(feature = "web", not(target_os = "none")))]
    fault SettingConsent "setting_consent" "expected from segment or google with categories, or from a function, and before keep or drop"
    /// Something that the Messenger does not tell, or no name for it.
    #[cfg(all(feature = "web", not(target_os = "none")))]
    fault SettingForward "setting_forward" "expected show, hide, unread, emailSupplied or email, each true or an event's name"
    /// A region that Intercom does not have.
    #[cfg(feature = "cloud")]
    fault SettingRegion "setting_region" "expected us, eu or au"
    /// A version of the REST API that is none, or lacks what is needed.
    #[cfg(feature = "cloud")]
    fault SettingApiVersion "setting_api_version" "expected a version of the REST API from 2.13 on, such as 2.14"
    /// An address of the REST API that is not safe to send a token to.
    #[cfg(feature = "cloud")]
    fault SettingBaseUrl "setting_base_url" "expected an https URL, or an http URL of 127.0.0.1 or localhost"
    /// A setting that takes a share.
    #[cfg(feature = "cloud")]
    fault SettingShare "setting_share" "expected a number above 0 and at most 1"
    /// A setting that takes a count.
    #[cfg(feature = "cloud")]
    fault SettingCount "setting_count" "expected a whole number from 1 to 1000"
    /// A setting that Cloud mode does not have.
    #[cfg(feature = "cloud")]
    fault CloudSettingUnknown "cloud_setting_unknown" "there is no such setting"
    /// A subscription for an action that Cloud mode does not have.
    #[cfg(feature = "cloud")]
    fault CloudActionUnknown "cloud_action_unknown" "expected identifyContact, groupIdentifyCompany or trackEvent"
    /// A key of a mapping that its action does not take.
    #[cfg(feature = "cloud")]
    warning FieldUnknown "field_unknown" "the action has no such field, so it is ignored"
    /// A setting, subscription or mapping that takes an object.
    fault SettingObject "setting_object" "expected an object"
    /// A setting this plugin does not know.
    warning SettingUnknown "setting_unknown" "unknown setting; ignored"
    /// A subscription for an action this plugin does not have.
    #[cfg(feature = "web")]
    warning ActionUnknown "action_unknown" "expected the name of an action, such as trackEvent, identifyUser or identifyCompany"
    /// A field that an action needs is not in the mapping, or is empty for an event.
    #[cfg(feature = "web")]
    fault FieldMissing "field_missing" "the action needs this field"
    /// A field that takes text or a number.
    #[cfg(feature = "web")]
    fault FieldUnfit "field_unfit" "expected text or a number"
    /// A part of the Messenger that is none.
    #[cfg(feature = "web")]
    fault SpaceUnknown "space_unknown" "expected home, messages, help, news, tasks or tickets"
    /// More subscriptions than Segment would send.
    #[cfg(not(target_os = "none"))]
    warning SubscriptionsMany "subscriptions_many" "more than 50 subscriptions slow every event down"
    /// A revenue that is no finite number.
    #[cfg(feature = "web")]
    warning RevenueUnreadable "revenue_unreadable" "not a number; kept in the metadata"
    /// A date that cannot be read.
    warning DateUnreadable "date_unreadable" "not a date; omitted"
    /// Something other than an object where a company or custom traits should be.
    #[cfg(feature = "web")]
    warning ObjectExpected "object_expected" "not an object; omitted"
    /// A company that Intercom could not tell from others.
    #[cfg(feature = "web")]
    warning CompanyIdMissing "company_id_missing" "not an object with an id; omitted"
    /// An event without a name.
    #[cfg(feature = "web")]
    warning EventNameMissing "event_name_missing" "expected an event name"
    /// A filter holds a character of no token.
    fault FilterCharacter "filter_unexpected_character" "this character cannot stand here"
    /// A string in a filter has no end.
    fault FilterString "filter_unclosed_string" "expected a closing quote"
    /// A number in a filter has two decimal points, or nothing after its only one.
    fault FilterNumber "filter_invalid_number" "expected a number"
    /// A string, number or word in a filter is of 100,000 characters or more.
    fault FilterLength "filter_too_long" "expected fewer than 100000 characters"
    /// A filter opens a parenthesis and does not close it.
    fault FilterParenthesis "filter_unclosed_parenthesis" "expected a closing parenthesis"
    /// A filter nests deeper than [`crate::limits::FILTER_DEPTH`].
    fault FilterDepth "filter_too_deep" "expected at most 64 nested parentheses"
    /// A filter without a condition, or with half of one at its end.
    fault FilterIncomplete "filter_incomplete" "expected a whole condition"
    /// A filter that no event can match.
    fault FilterNever "filter_never_matches" "no event can match this"
    /// A part of a filter that says nothing.
    warning FilterIgnored "filter_ignored" "this is ignored"
    /// `and` and `or` side by side.
    warning FilterMixed "filter_mixed_operators" "without parentheses the last of and, or counts for all"
    /// Two conditions side by side.
    warning FilterJoin "filter_missing_conjunction" "expected `and` or `or`"
    /// A condition that is false for every event.
    warning FilterFalse "filter_never_true" "this condition is never true"
    /// A closing quote with something right after it, where it opens the next string.
    warning FilterSpace "filter_missing_space" "expected a space after the closing quote"
    /// A function without its parentheses, its comma or one of its two arguments.
    warning FilterFunction "filter_function_form" "expected (field, \"text\")"
    /// A number, a word or nothing, where it is text that is compared.
    warning FilterText "filter_compared_as_text" "this is compared as text"
    /// Single quotes do not quote.
    warning FilterQuote "filter_single_quotes" "expected double quotes, single quotes are part of the text"
    /// `<` on a field that holds text, or with something that is no number.
    warning FilterOrder "filter_numbers_only" "only numbers are compared here"
    /// `properties` alone, which is the property of that name.
    warning FilterKey "filter_missing_key" "expected a key after a dot"
    /// A pattern that is not read as it looks.
    warning FilterPattern "filter_unusual_pattern" "expected one * at the start or the end"
    /// A mapping nests deeper than [`crate::limits::DEPTH`].
    fault MappingTooDeep "mapping_too_deep" "expected at most 64 levels of nesting"
    /// A mapping, an option of a directive or a payload that must be an object.
    fault MappingObject "mapping_expected_object" "expected an object"
    /// A part of a mapping that must be an array.
    fault MappingArray "mapping_expected_array" "expected an array"
    /// A part of a mapping that must be, or give, a string.
    fault MappingString "mapping_expected_string" "expected a string"
    /// An option of a directive that must be a switch.
    fault MappingBoolean "mapping_expected_boolean" "expected true or false"
    /// A part of a mapping that must be, or have, JSON.
    fault MappingJson "mapping_expected_json" "expected a JSON value"
    /// An option a directive cannot do without.
    fault MappingMissing "mapping_missing_option" "expected a value that is not empty"
    /// A directive nobody knows.
    fault MappingDirective "mapping_unknown_directive" "expected a known directive"
    /// A directive with other keys beside it.
    fault MappingDirectiveAlone "mapping_directive_not_alone" "a directive must be the only key"
    /// An `@if` that asks nothing.
    fault MappingCondition "mapping_missing_condition" "expected exists or blank"
    /// A pattern or replacement of `@replace` that is empty or too long.
    fault MappingLength "mapping_wrong_length" "expected at most 10 characters, and a pattern of at least 1"
    /// An operator of `@case` nobody knows.
    fault MappingCase "mapping_unknown_case" "expected lower or upper"
    /// A mode of `@json` nobody knows.
    fault MappingMode "mapping_unknown_mode" "expected encode or decode"
    /// A direction of `@merge` nobody knows.
    fault MappingDirection "mapping_unknown_direction" "expected left or right"
    /// A word that is accepted in any letter case, but means something in lower case only.
    warning MappingLetterCase "mapping_letter_case" "must be lower case; ignored as written"
    /// A root key with anything but one directive with options.
    fault MappingRoot "mapping_root_invalid" "expected one directive with an object of options"
    /// A Liquid template that is too long.
    fault MappingLiquidLength "mapping_liquid_too_long" "expected at most 1000 characters"
    /// A Liquid template that cannot be rendered.
    fault MappingLiquid "mapping_liquid_failed" "expected a Liquid template that can be rendered"
}

impl ErrorKind {
    /// The code programs may rely on; it does not change between versions.
    pub fn code(self) -> &'static str {
        self.text()
    }

    /// What was expected, or what happens, as a sentence without a full stop.
    pub fn expected(self) -> &'static str {
        line(ErrorKind::EXPECTED, self as usize)
    }
}

impl Error {
    /// A fault of `kind`, where `found` stood. A subscription says afterwards which errors are its own.
    pub fn new(kind: ErrorKind, part: Part, found: &str) -> Self {
        Error(Box::new(Details { kind, at: Location { subscription: None, part }, found: found.into() }))
    }

    /// The sentence a person reads, built without the formatting machinery, whose bytes visitors would download.
    pub fn sentence(&self) -> String {
        let mut out = String::new();
        self.at.push_to(&mut out);
        out.push_str(": ");
        out.push_str(self.kind.expected());
        if !self.found.is_empty() {
            out.push_str(", found ");
            out.push_str(&self.found);
        }
        out
    }
}

impl Deref for Error {
    type Target = Details;

    fn deref(&self) -> &Details {
        &self.0
    }
}

impl DerefMut for Error {
    fn deref_mut(&mut self) -> &mut Details {
        &mut self.0
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence())
    }
}
