//! Carrying out what a session says, and telling faults to whoever listens. Each import names the destination it is for.

use super::handle::Handle;
use super::numbers::command;
use crate::error::Error;
use crate::value::Value;
use crate::web::call::Call;
use crate::web::session::{Output, Skip};
use alloc::string::String;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(raw_module = "host")]
extern "C" {
    fn call(id: usize, skip: u32, words: u32);
    fn act(id: usize, command: u32, subject: u32);
    fn report(id: usize, is_warning: bool, code: u32, place: u32, found: u32);
    fn now() -> f64;
    fn url() -> u32;
    fn anonymous_id(id: usize) -> u32;
}

/// Milliseconds since 1970.
pub fn time() -> f64 {
    now()
}

/// The page's URL.
pub fn page_url() -> Handle {
    Handle(url())
}

/// The anonymous id that the loader has now; undefined if it does not tell.
pub fn current_anonymous_id(id: usize) -> Handle {
    Handle(anonymous_id(id))
}

/// When the session wants to hear that time has passed.
pub fn wake(id: usize, deadline: f64) {
    act(id, command::WAKE, Handle::number(deadline).0);
}

/// Has JavaScript do it. The widget's own faults are caught there.
pub fn carry_out(id: usize, output: &Output<Handle>) {
    let (command, subject) = match *output {
        Output::Call(ref what, skip) => {
            say(id, skip, what);
            let (Call::Update(payload), Skip::Merged) = (what, skip) else { return };
            (command::ADD_TO_BOOT, *payload)
        }
        Output::SetSettings(settings) => (command::SET_SETTINGS, settings),
        Output::AwaitTrigger(load) => (command::AWAIT_TRIGGER, load),
        Output::AskForJwt(user_id) => (command::ASK_FOR_JWT, user_id),
        Output::InsertScript => (command::INSERT_SCRIPT, Handle::undefined()),
        Output::ClearQueue => (command::CLEAR_QUEUE, Handle::undefined()),
        Output::Report(notice, subject) => (command::REPORT + notice as u32, subject),
    };
    act(id, command, subject.0);
}

fn say(id: usize, skip: Skip, what: &Call<Handle>) {
    let words = what.words();
    call(id, skip as u32, words.0);
    if skip == Skip::No {
        act(id, command::CALL, words.0);
    }
}

/// Reports each error; what is reported twice is the listener's to drop, and its sentence the page's to make.
pub fn tell(id: usize, errors: &[Error]) {
    for error in errors {
        let mut place = String::new();
        error.at.push_to(&mut place);
        let [code, place, found] = [error.kind.code(), &place, &error.found].map(|text| Handle::string(text).0);
        report(id, error.kind.is_warning(), code, place, found);
    }
}
