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
    ApiBase "apiBase"
    AppId "appId"
    Apply "apply"
    ArrayPathDirective "@arrayPath"
    At "@"
    Avatar "avatar"
    AvatarImageUrl "avatar_image_url"
    Blank "blank"
    Boot "boot"
    BundlingStatus "bundlingStatus"
    CaseDirective "@case"
    Companies "companies"
    Company "company"
    CompanyCustomTraits "company_custom_traits"
    ConsentSettings "consentSettings"
    CreatedAt "created_at"
    Currency "currency"
    CustomTraits "custom_traits"
    Debug "debug"
    Decode "decode"
    Direction "direction"
    Else "else"
    Enabled "enabled"
    Encode "encode"
    EventMetadata "event_metadata"
    EventName "event_name"
    ExcludeWhenNullDirective "@excludeWhenNull"
    Exists "exists"
    FlattenDirective "@flatten"
    Global "global"
    HideDefaultLauncher "hide_default_launcher"
    IfDirective "@if"
    IgnoreCase "ignorecase"
    ImageUrl "image_url"
    JsonDirective "@json"
    Left "left"
    LiquidDirective "@liquid"
    LiteralDirective "@literal"
    Lower "lower"
    Mapping "mapping"
    MaybeBundledConfigIds "maybeBundledConfigIds"
    MergeDirective "@merge"
    Metadata "_metadata"
    Mode "mode"
    NameOf "name"
    Nonce "nonce"
    Objects "objects"
    OmitArrays "omitArrays"
    OnError "onError"
    Operator "operator"
    PartnerAction "partnerAction"
    PathDirective "@path"
    Pattern "pattern"
    Pattern2 "pattern2"
    Price "price"
    ReplaceDirective "@replace"
    Replacement "replacement"
    Replacement2 "replacement2"
    Revenue "revenue"
    RichLinkProperties "richLinkProperties"
    Right "right"
    Root "__segment_internal_directive"
    Separator "separator"
    Shutdown "shutdown"
    ShutdownOnReset "shutdownOnReset"
    Subscribe "subscribe"
    Subscriptions "subscriptions"
    TemplateDirective "@template"
    Then "then"
    TrackEvent "trackEvent"
    TransformDirective "@transform"
    Type "type"
    UnbundledIntegrations "unbundledIntegrations"
    Update "update"
    UpdateGuard "updateGuard"
    Upper "upper"
    Usd "USD"
    Value "value"
    VersionSettings "versionSettings"
    Widget "widget"
    WidgetTimeout "widgetTimeout"
}

impl Name {
    /// The name that says `text`.
    pub fn of(text: &str) -> Option<Name> {
        Name::ALL.iter().copied().find(|name| name.text() == text)
    }
}
