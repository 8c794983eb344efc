//! What is exported to `js/web/forward/`: one destination's [`Forwarding`], in an instance of its own.

use crate::web::forwarding::{Answer, Forwarding, Word};
use core::cell::Cell;

struct Only(Cell<Forwarding>);

// SAFETY: there are no threads in this wasm.
unsafe impl Sync for Only {}

static ONLY: Only = Only(Cell::new(Forwarding::new(0)));

fn with<R>(step: impl FnOnce(&mut Forwarding) -> R) -> R {
    let mut forwarding = ONLY.0.get();
    let result = step(&mut forwarding);
    ONLY.0.set(forwarding);
    result
}

/// Begins, for what a site asks for; gives the callbacks to register.
#[unsafe(no_mangle)]
pub extern "C" fn ask(words: u32) -> u32 {
    with(|forwarding| {
        *forwarding = Forwarding::new(words);
        forwarding.callbacks()
    })
}

/// The loader has taken leave of the visitor.
#[unsafe(no_mangle)]
pub extern "C" fn visitor_left() {
    with(Forwarding::visitor_left);
}

/// The Messenger is booted or shut down.
#[unsafe(no_mangle)]
pub extern "C" fn messenger_began() {
    with(Forwarding::messenger_began);
}

/// The Messenger called the function for this word; gives the number of the answer.
#[unsafe(no_mangle)]
pub extern "C" fn told(now: f64, word: usize, unread: f64) -> usize {
    let answer = Word::from_number(word).map(|word| with(|forwarding| forwarding.told(now, word, unread)));
    answer.unwrap_or(Answer::Nothing).number()
}
