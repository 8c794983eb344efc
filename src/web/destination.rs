//! The façade: settings in, a destination out; an event in, calls out.

use crate::error::Error;
use crate::name::Name;
use crate::subscription::{Definition, Subscription};
use crate::value::{Value, ValueKind};
use crate::web::actions::{self, Action};
use crate::web::call::Call;
use crate::web::session::{Config, Session};
use crate::web::settings::{self, Settings};
use alloc::string::String;
use alloc::vec::Vec;

/// Compiled subscriptions and checked settings of one site.
///
/// ```
/// use intercom_destination::value::json::Json;
/// use intercom_destination::web::{actions::Action, call::Call, destination::Destination};
/// use serde_json::json;
///
/// let (destination, errors) = Destination::new(&Json::from(json!({ "appId": "abc123" })));
/// assert_eq!(errors, []);
/// let event = Json::from(json!({ "type": "track", "event": "Order", "properties": { "revenue": 19.99 } }));
/// let (calls, warnings) = destination.unwrap().handle(Action::TrackEvent, &event);
/// let metadata = Json::from(json!({ "price": { "amount": 1999, "currency": "USD" } }));
/// assert_eq!(calls, [Call::TrackEvent { name: Json::String("Order".into()), metadata }]);
/// assert_eq!(warnings, []);
/// ```
pub struct Destination<V> {
    /// What the site asked for.
    pub settings: Settings<V>,
    context: actions::Context<V>,
    subscriptions: [Vec<Subscription<V>>; Action::ALL.len()],
    /// Whether the site enabled the action at all, even if only by subscriptions that turned out broken.
    enabled: [bool; Action::ALL.len()],
}

impl<V: Value> Destination<V> {
    /// Checks the settings and compiles the subscriptions.
    ///
    /// A wrong setting gives no destination. A broken subscription is left out. Either is reported by name and place.
    pub fn new(settings: &V) -> (Option<Self>, Vec<Error>) {
        let mut errors = Vec::new();
        let Some(settings) = settings::read(settings, &mut errors) else { return (None, errors) };
        let mut destination = Destination {
            context: actions::Context::new(&settings),
            settings,
            subscriptions: [const { Vec::new() }; Action::ALL.len()],
            enabled: [false; Action::ALL.len()],
        };
        match destination.settings.subscriptions.take() {
            Some(subscriptions) => {
                for subscription in &subscriptions {
                    destination.subscribe(subscription, &mut errors);
                }
            }
            None => {
                for action in Action::ALL {
                    if let Some(preset) = action.preset() {
                        destination.subscribe(&preset.to_definition(*action), &mut errors);
                    }
                }
            }
        }
        (Some(destination), errors)
    }

    fn subscribe(&mut self, subscription: &Definition<V, Action>, errors: &mut Vec<Error>) {
        self.enabled[subscription.action as usize] = true;
        if actions::is_fit(subscription, errors)
            && let Some(compiled) = Subscription::compile(subscription, errors)
        {
            self.subscriptions[subscription.action as usize].push(compiled);
        }
    }

    /// Whether a plugin is to be made for this action.
    pub fn enables(&self, action: Action) -> bool {
        self.enabled[action as usize]
    }

    /// Which event types could match a subscription of this action; bit `i` stands for the type `i` of [`EventType`](crate::event_type::EventType).
    pub fn event_types(&self, action: Action) -> u8 {
        self.of_action(action).iter().fold(0, |types, subscription| types | subscription.filter.event_types())
    }

    /// Whether a mapping of an enabled subscription needs Liquid.
    pub fn uses_liquid(&self) -> bool {
        self.subscriptions.iter().flatten().any(|subscription| subscription.mapping.uses_liquid())
    }

    fn of_action(&self, action: Action) -> &[Subscription<V>] {
        &self.subscriptions[action as usize]
    }

    /// The calls this event makes through the subscriptions of one action, in their order, and what went wrong.
    ///
    /// A mapping that fails for this event costs its own call only.
    pub fn handle(&self, action: Action, event: &V) -> (Vec<Call<V>>, Vec<Error>) {
        let mut calls = Vec::new();
        let mut errors = Vec::new();
        for subscription in self.of_action(action) {
            if !subscription.filter.matches(event) {
                continue;
            }
            let before = errors.len();
            if let Some(payload) = subscription.resolve(event, &mut errors) {
                calls.extend(actions::perform(action, payload, &self.context, &mut errors));
            }
            subscription.own(&mut errors[before..]);
        }
        (calls, errors)
    }

    /// The subscriptions of one action that this event matches, by name: `"Order", "Refund"`.
    #[allow(
        clippy::single_char_add_str,
        reason = "encoding a character takes code that nothing else in the wasm needs"
    )]
    pub fn matching(&self, action: Action, event: &V) -> V {
        let mut names = String::new();
        for subscription in self.of_action(action).iter().filter(|subscription| subscription.filter.matches(event)) {
            if !names.is_empty() {
                names.push_str(", ");
            }
            names.push_str("subscription \"");
            names.push_str(&subscription.name);
            names.push_str("\"");
        }
        V::string(&names)
    }

    /// The session of this destination with the Messenger.
    pub fn session(&self) -> Session<V> {
        Session::new(Config::from(&self.settings))
    }
}

impl<V: Value> From<&Settings<V>> for Config<V> {
    fn from(settings: &Settings<V>) -> Self {
        let Settings { widget_timeout, shutdown_on_reset, update_guard, has_user_jwt, .. } = *settings;
        let load = settings.load.clone();
        Config { app: boot_settings(settings), widget_timeout, shutdown_on_reset, update_guard, load, has_user_jwt }
    }
}

/// What `window.intercomSettings` must hold so that a widget that boots by itself reaches the right workspace and looks as the site wants it.
pub fn boot_settings<V: Value>(settings: &Settings<V>) -> V {
    let mut entries = Vec::with_capacity(4);
    entries.push((V::name(Name::AppIdOfIntercom), settings.app_id.clone()));
    let mut set = |key, value: &V| entries.push((V::string(key), value.clone()));
    set("api_base", &settings.api_base);
    set("installation_type", &V::string("s"));
    if settings.activator.kind() != ValueKind::Undefined {
        set("custom_launcher_selector", &settings.activator);
    }
    V::object(&[]).extend(&settings.messenger).extend(&V::object(&entries))
}

impl<V: Value> actions::Context<V> {
    /// What `settings` mean for the actions.
    pub fn new(settings: &Settings<V>) -> Self {
        let widget = match settings.activator.kind() {
            ValueKind::Undefined => V::undefined(),
            _ => V::object(&[(V::name(Name::Activator), settings.activator.clone())]),
        };
        actions::Context {
            rich_link_properties: settings.rich_link_properties.clone(),
            priced: V::array(&[V::name(Name::Revenue), V::name(Name::Currency)]),
            widget,
        }
    }
}
