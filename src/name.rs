//! The strings the core compares with and writes for every event. Each is kept once on the side where values live, so
//! that neither costs a copy between the two.

/// One row per string: how the core calls it, and what it says.
macro_rules! names {
    ($($name:ident $text:literal)*) => {
        /// A string known beforehand: a field of a payload that is treated in a way of its own, or one we write.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub enum Name { $($name,)* }

        impl Name {
            /// Every name, in the order of their numbers.
            pub const ALL: &[Name] = &[$(Name::$name,)*];

            /// What each says, a line each, in the order of their numbers.
            pub const TEXTS: &str = concat!($($text, "\n",)*);

            /// What it says.
            pub fn text(self) -> &'static str {
                crate::error::line(Name::TEXTS, self as usize)
            }
        }
    };
}

names! {
    Activator "activator"
    Amount "amount"
    Avatar "avatar"
    AvatarImageUrl "avatar_image_url"
    Boot "boot"
    Companies "companies"
    Company "company"
    CompanyCustomTraits "company_custom_traits"
    CreatedAt "created_at"
    Currency "currency"
    CustomTraits "custom_traits"
    EventMetadata "event_metadata"
    EventName "event_name"
    HideDefaultLauncher "hide_default_launcher"
    ImageUrl "image_url"
    Price "price"
    Revenue "revenue"
    Shutdown "shutdown"
    TrackEvent "trackEvent"
    Type "type"
    Update "update"
    Usd "USD"
    Widget "widget"
}

impl Name {
    /// The name that says `text`.
    pub fn of(text: &str) -> Option<Name> {
        Name::ALL.iter().copied().find(|name| name.text() == text)
    }
}
