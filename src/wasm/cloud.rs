//! Cloud mode for JavaScript: settings and events in, commands out. `js/cloud/` carries them out.

use super::handle::{Handle, js};
use super::inspect::reports;
use super::report::told;
use crate::cloud::check::{self, Check};
use crate::cloud::delivery::{Config, Delivery, Input, Millis, Output, RequestFailure};
use crate::cloud::destination::{Destination, Prepared};
use crate::cloud::dry_run;
use crate::cloud::limits::CACHE_TIMEOUT;
use crate::cloud::outcome::Outcome;
use crate::cloud::request::{self, Request};
use crate::cloud::response::{READ_HEADERS, Response};
use crate::cloud::settings::{self, Settings};
use crate::inspect::Problem;
use crate::inspect::cloud::Inspection;
use alloc::string::String;
use alloc::vec::Vec;
use serde::Serialize;
use wasm_bindgen::prelude::*;

#[derive(Serialize)]
struct RequestReport {
    method: &'static str,
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<String>,
}

impl From<Request> for RequestReport {
    fn from(request: Request) -> Self {
        RequestReport { method: request.method.as_str(), path: request.path, body: request.body }
    }
}

/// [`Output`] with numbers that JavaScript has.
#[derive(Serialize)]
#[serde(tag = "command", rename_all = "camelCase", rename_all_fields = "camelCase")]
enum Command {
    /// With `is_dry`, it is not sent, and no response is expected.
    SendRequest {
        id: f64,
        request: RequestReport,
        is_dry: bool,
    },
    ReadCache {
        id: f64,
        keys: Vec<String>,
    },
    WriteCache {
        key: String,
        value: Option<String>,
        time_to_live: f64,
    },
    Finish {
        event: f64,
        outcome: Outcome,
    },
}

/// What there is to do, and when to call `wake` if nothing else happens before.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Commands {
    commands: Vec<Command>,
    wake_at: Option<f64>,
}

/// What JavaScript has to know of the settings.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Opened<'a> {
    address: &'a str,
    headers: Vec<(&'a str, &'a str)>,
    read_headers: [&'static str; READ_HEADERS.len()],
    request_timeout: f64,
    cache_timeout: f64,
    dry_run: bool,
    uses_liquid: bool,
}

/// The request that `Cloud.check` takes the response to.
#[wasm_bindgen(js_name = workspaceRequest)]
pub fn workspace_request() -> JsValue {
    told(&RequestReport::from(request::me()))
}

/// A destination and its delivery. The handles of its settings are never let go of: it is meant to live as long as its program.
///
/// Times are milliseconds since 1970. All methods but `opened` and `check` give commands, as `{ commands, wakeAt }`.
#[wasm_bindgen]
pub struct Cloud {
    problems: Vec<Problem>,
    open: Option<(Destination<Handle>, Delivery)>,
    last_event: u64,
}

#[wasm_bindgen]
impl Cloud {
    /// Checks settings, which may be anything; the seed is for jitter.
    #[wasm_bindgen(constructor)]
    pub fn new(settings: &JsValue, has_cache: bool, seed: f64) -> Cloud {
        let settings = Handle::from(settings);
        let (destination, errors) = Destination::new(&settings);
        // Only what is wrong is looked for again: an inspection knows the places, and goes on after the first faults.
        let problems = if errors.is_empty() { Vec::new() } else { Inspection::new(&settings).problems };
        let open = destination.map(|destination| {
            let config = config(&destination.settings, has_cache);
            (destination, Delivery::new(config, seed.to_bits()))
        });
        Cloud { problems, open, last_event: 0 }
    }

    /// What is wrong with the settings: a list of `Problem`. After a fault, there is nothing to call but this.
    pub fn problems(&self) -> JsValue {
        told(&reports(&self.problems))
    }

    /// Where and how requests are sent.
    pub fn opened(&self) -> JsValue {
        let Some((destination, _)) = &self.open else { return JsValue::UNDEFINED };
        let settings = &destination.settings;
        let mut headers = Vec::from(request::HEADERS);
        headers.push(("Intercom-Version", &settings.api_version));
        told(&Opened {
            address: settings.address(),
            headers,
            read_headers: READ_HEADERS,
            request_timeout: settings.request_timeout,
            cache_timeout: CACHE_TIMEOUT as f64,
            dry_run: settings.dry_run,
            uses_liquid: destination.uses_liquid(),
        })
    }

    /// Takes a batch of events. They are numbered on from the last one, from 1.
    pub fn receive(&mut self, now: f64, events: Vec<JsValue>) -> JsValue {
        let Some((destination, _)) = &self.open else { return JsValue::UNDEFINED };
        let mut finished = Vec::new();
        let mut batch = Vec::new();
        for event in &events {
            self.last_event += 1;
            let id = self.last_event;
            match js::releasing(|| destination.prepare(&Handle::from(event), now as i64)) {
                Prepared::Deliver(event) => batch.push((id, event)),
                Prepared::Finished(outcome) => finished.push(Command::Finish { event: id as f64, outcome }),
            }
        }
        self.tell(now, Input::EventsReceived(batch), finished)
    }

    /// A response. `headers` are names and values in turn.
    pub fn respond(&mut self, now: f64, request: f64, status: u16, headers: Vec<String>, body: Vec<u8>) -> JsValue {
        let response = response(status, headers, body);
        self.tell(now, Input::ResponseReceived { request: request as u64, response }, Vec::new())
    }

    /// No response: `failure` is "notSent", "cut" or "timedOut".
    pub fn fail(&mut self, now: f64, request: f64, failure: &str) -> JsValue {
        let failure = match failure {
            "notSent" => RequestFailure::NotSent,
            "timedOut" => RequestFailure::TimedOut,
            _ => RequestFailure::Cut,
        };
        self.tell(now, Input::RequestFailed { request: request as u64, failure }, Vec::new())
    }

    /// What the cache has: keys and values in turn.
    pub fn cached(&mut self, now: f64, read: f64, entries: Vec<String>) -> JsValue {
        self.tell(now, Input::CacheAnswered { read: read as u64, entries: pairs(entries) }, Vec::new())
    }

    /// The host has no more time: what is not on its way is given back.
    pub fn stop(&mut self, now: f64) -> JsValue {
        self.tell(now, Input::Stopped, Vec::new())
    }

    /// Whether `setRateShare` takes this.
    #[wasm_bindgen(js_name = isRateShare)]
    pub fn is_rate_share(share: f64) -> bool {
        settings::is_rate_share(share)
    }

    /// Another share of the rate limit.
    #[wasm_bindgen(js_name = setRateShare)]
    pub fn set_rate_share(&mut self, now: f64, share: f64) -> JsValue {
        self.tell(now, Input::RateShareChanged(share), Vec::new())
    }

    /// The time of `wakeAt` has come.
    pub fn wake(&mut self, now: f64) -> JsValue {
        self.tell(now, Input::TimedOut, Vec::new())
    }

    /// Judges the response to `workspaceRequest()`; no `status`: none came.
    pub fn check(&self, status: Option<u16>, body: Vec<u8>) -> JsValue {
        let Some((destination, _)) = &self.open else { return JsValue::UNDEFINED };
        let settings = &destination.settings;
        let region = settings.base_url.is_none().then_some(settings.region);
        let check: Check = match status {
            Some(status) => check::judge(&response(status, Vec::new(), body), region),
            None => check::unanswered(),
        };
        told(&check)
    }
}

impl Cloud {
    fn tell(&mut self, now: f64, input: Input, mut commands: Vec<Command>) -> JsValue {
        let Some((destination, delivery)) = &mut self.open else { return JsValue::UNDEFINED };
        let is_dry = destination.settings.dry_run;
        let now = now as Millis;
        delivery.handle_input(now, input);
        while let Some(output) = delivery.poll_output() {
            commands.push(match output {
                Output::SendRequest { id, request } => {
                    if is_dry {
                        let response = dry_run::respond(now, id, &request);
                        delivery.handle_input(now, Input::ResponseReceived { request: id, response });
                    }
                    Command::SendRequest { id: id as f64, request: request.into(), is_dry }
                }
                Output::ReadCache { id, keys } => Command::ReadCache { id: id as f64, keys },
                Output::WriteCache { key, value, time_to_live } => {
                    Command::WriteCache { key, value, time_to_live: time_to_live as f64 }
                }
                Output::Finish { event, outcome } => Command::Finish { event: event as f64, outcome },
            });
        }
        told(&Commands { commands, wake_at: delivery.poll_timeout().map(|at| at as f64) })
    }
}

fn config(settings: &Settings<Handle>, has_cache: bool) -> Config {
    let default = Config::default();
    Config {
        merge_leads: settings.merge_leads,
        unarchive: settings.unarchive,
        create_attributes: settings.create_attributes,
        skip_stale: settings.skip_stale,
        equal_update_window: if settings.skip_equal_contacts { default.equal_update_window } else { 0 },
        equal_company_window: if settings.skip_equal_companies { default.equal_company_window } else { 0 },
        rate_share: settings.rate_share,
        concurrency: settings.concurrency,
        patience: settings.patience as Millis,
        give_up_after: settings.give_up_after as Millis,
        // A dry run leaves no trace, not even in a cache.
        has_cache: has_cache && !settings.dry_run,
        ..default
    }
}

fn response(status: u16, headers: Vec<String>, body: Vec<u8>) -> Response {
    Response { status, headers: pairs(headers), body }
}

fn pairs(texts: Vec<String>) -> Vec<(String, String)> {
    let mut pairs = Vec::with_capacity(texts.len() / 2);
    let mut texts = texts.into_iter();
    while let (Some(key), Some(value)) = (texts.next(), texts.next()) {
        pairs.push((key, value));
    }
    pairs
}
