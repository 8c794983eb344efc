//! What the Messenger tells, on its way back to the loader: named sequences, and any order at all beside a plain model.
#![cfg(not(target_arch = "wasm32"))]

#[path = "../drawn/mod.rs"]
mod drawn;

use drawn::cases;
use intercom_destination::web::forwarding::{Answer, Forwarding, Word};
use intercom_destination::web::limits::{FORWARD_PERIOD, FORWARDS};
use proptest::prelude::*;

const START: f64 = 1_700_000_000_000.0;

fn asking(words: &[Word]) -> Forwarding {
    Forwarding::new(words.iter().fold(0, |bits, word| bits | 1 << *word as u32))
}

/// Asked, in order, one millisecond after the other; NaN is no number.
fn answers(forwarding: &mut Forwarding, told: &[(Word, f64)]) -> Vec<Answer> {
    told.iter().zip(1..).map(|((word, number), i)| forwarding.told(START + f64::from(i), *word, *number)).collect()
}

use Answer::{Nothing, TooMany, Track};
use Word::{Email, EmailSupplied, Hide, Show, Unread};
const NONE: f64 = f64::NAN;

#[test]
fn what_is_not_asked_for_is_nothing() {
    let all = [(Show, NONE), (Hide, NONE), (Unread, 1.0), (EmailSupplied, NONE)];
    assert_eq!(answers(&mut asking(&[]), &all), [Nothing; 4]);
    assert_eq!(answers(&mut asking(&[Hide]), &all), [Nothing, Track(Hide), Nothing, Nothing]);
}

#[test]
fn each_answer_has_a_number_of_its_own() {
    let tracked = Word::ALL.iter().map(|word| Track(*word));
    let numbers: Vec<_> = tracked.chain([Nothing, TooMany]).map(Answer::number).collect();
    assert_eq!(numbers, [0, 1, 2, 3, 4, 5, 6]);
}

#[test]
fn what_is_told_twice_happened_once() {
    let mut forwarding = asking(&[Show, Hide, Unread]);
    let told = [
        (Show, NONE),
        (Show, NONE),
        (Unread, 0.0),
        (Unread, 2.0),
        (Unread, 2.0),
        (Hide, NONE),
        (Hide, NONE),
        (Show, NONE),
    ];
    let expected = [Track(Show), Nothing, Nothing, Track(Unread), Nothing, Track(Hide), Nothing, Track(Show)];
    assert_eq!(answers(&mut forwarding, &told), expected);
}

#[test]
fn a_messenger_that_was_open_already_can_be_closed() {
    assert_eq!(answers(&mut asking(&[Show, Hide]), &[(Hide, NONE)]), [Track(Hide)]);
}

#[test]
fn a_count_that_is_no_number_is_none() {
    assert_eq!(answers(&mut asking(&[Unread]), &[(Unread, NONE), (Unread, 1.0)]), [Nothing, Track(Unread)]);
}

#[test]
fn the_address_is_in_the_event_only_if_it_is_asked_for_by_name() {
    assert_eq!(answers(&mut asking(&[EmailSupplied]), &[(EmailSupplied, NONE)]), [Track(EmailSupplied)]);
    assert_eq!(answers(&mut asking(&[Email]), &[(EmailSupplied, NONE)]), [Track(Email)]);
    assert_eq!(answers(&mut asking(&[Email, EmailSupplied]), &[(EmailSupplied, NONE)]), [Track(Email)]);
}

#[test]
fn between_a_reset_and_the_next_boot_the_messenger_is_the_last_visitor_s() {
    let mut forwarding = asking(&[Show, Hide, Unread]);
    assert_eq!(answers(&mut forwarding, &[(Show, NONE), (Unread, 2.0)]), [Track(Show), Track(Unread)]);
    forwarding.visitor_left();
    assert_eq!(answers(&mut forwarding, &[(Hide, NONE), (Unread, 0.0)]), [Nothing, Nothing]);
    forwarding.messenger_began();
    assert_eq!(
        answers(&mut forwarding, &[(Show, NONE), (Unread, 0.0), (Unread, 2.0)]),
        [Track(Show), Nothing, Track(Unread)]
    );
}

#[test]
fn too_many_are_told_once_per_period() {
    let mut forwarding = asking(&[EmailSupplied]);
    let mut burst = |at: f64| -> Vec<Answer> {
        let all = (0..100_000).map(|i| forwarding.told(at + f64::from(i) / 100.0, EmailSupplied, NONE));
        all.filter(|answer| *answer != Nothing).collect()
    };
    let mut expected = vec![Track(EmailSupplied); FORWARDS];
    expected.push(TooMany);
    assert_eq!(burst(START), expected);
    assert_eq!(burst(START + FORWARD_PERIOD), expected);
    // A clock that is set back holds nothing up.
    assert_eq!(burst(START - 3_600_000.0), expected);
    let mut forwarding = asking(&[EmailSupplied]);
    let at_once: Vec<_> = (0..=FORWARDS).map(|_| forwarding.told(START, EmailSupplied, NONE)).collect();
    assert_eq!(at_once, expected);
}

#[test]
fn opening_is_told_from_closing_by_who_hears_of_both() {
    let callbacks = |words: &[Word]| {
        let bits = asking(words).callbacks();
        Word::ALL.iter().filter(|word| bits >> **word as u32 & 1 > 0).copied().collect::<Vec<_>>()
    };
    assert_eq!(callbacks(&[]), []);
    assert_eq!(callbacks(&[Hide]), [Show, Hide]);
    assert_eq!(callbacks(&[Show]), [Show, Hide]);
    assert_eq!(callbacks(&[Unread]), [Unread]);
    assert_eq!(callbacks(&[Email]), [EmailSupplied]);
    assert_eq!(callbacks(&[Show, EmailSupplied]), [Show, Hide, EmailSupplied]);
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Told(Word, Option<u8>),
    Left,
    Began,
    Pass(u32),
}

fn step() -> impl Strategy<Value = Step> {
    let word = proptest::sample::select(vec![Show, Hide, Unread, EmailSupplied]);
    prop_oneof![
        20 => (word, proptest::option::of(0..4u8)).prop_map(|(word, number)| Step::Told(word, number)),
        1 => Just(Step::Left),
        1 => Just(Step::Began),
        2 => (0..90_000u32).prop_map(Step::Pass),
    ]
}

proptest! {
    #![proptest_config(cases("forwarding", 3000))]

    /// Openings and closings alternate, counts differ from the one before, nothing is told of who has left, and no minute has too much.
    #[test]
    fn any_order_is_told_as_it_happened(steps in proptest::collection::vec(step(), 1..300), asked in 0..32u32) {
        let mut forwarding = Forwarding::new(asked);
        let (mut now, mut is_open, mut unread, mut is_left) = (START, None, 0, false);
        let (mut since, mut count) = (0.0, 0);
        for step in steps {
            match step {
                Step::Left => {
                    forwarding.visitor_left();
                    is_left = true;
                }
                Step::Began => {
                    forwarding.messenger_began();
                    (is_open, unread, is_left) = (None, 0, false);
                }
                Step::Pass(millis) => now += f64::from(millis),
                Step::Told(word, number) => {
                    let answer = forwarding.told(now, word, number.map_or(NONE, f64::from));
                    let is_new = match word {
                        Show | Hide => is_open != Some(word == Show),
                        Unread => number.is_some_and(|number| number != unread),
                        _ => true,
                    };
                    match word {
                        Show | Hide => is_open = Some(word == Show),
                        Unread => unread = number.unwrap_or(unread),
                        _ => {}
                    }
                    let as_email = word == EmailSupplied && asked >> Email as u32 & 1 > 0;
                    let expected = if as_email { Email } else { word };
                    let is_wanted = is_new && !is_left && asked >> expected as u32 & 1 > 0;
                    if is_wanted {
                        if now - since >= FORWARD_PERIOD {
                            (since, count) = (now, 0);
                        }
                        count += 1;
                    }
                    let right = match count {
                        _ if !is_wanted => Nothing,
                        0..=FORWARDS => Track(expected),
                        count if count == FORWARDS + 1 => TooMany,
                        _ => Nothing,
                    };
                    prop_assert_eq!(answer, right);
                }
            }
        }
    }
}
