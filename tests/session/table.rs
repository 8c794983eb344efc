//! `docs/session.md` says what each input does in each state: its table is what the session does, and its diagram shows the same ways.
//! `BLESS=1` writes both anew.

use crate::page::{PATIENCE, Page, command, config, deferred, line, track, update};
use intercom_destination::name::Name;
use intercom_destination::value::{Value, json::Json};
use intercom_destination::web::call::Call;
use intercom_destination::web::session::{Found, InFlight, Input, Notice, Output, Skip, State};
use serde_json::json;
use std::collections::BTreeSet;
use std::path::Path;

/// A state, and a page that is in it. A reset that is held is a state of its own here.
type Start = (&'static str, fn() -> Page);

fn known(mut page: Page) -> Page {
    page.say(update(json!({ "user_id": "u-1" })));
    page
}

fn running() -> Page {
    let mut page = known(Page::open());
    page.arrive();
    page
}

/// Of a site whose setting `load` has another value than `"now"`.
const DEFERRING: &str = "Idle, `load` set";

const STARTS: [Start; 8] = [
    ("Idle", || Page::new(config())),
    (DEFERRING, || Page::new(deferred())),
    ("Deferred", || known(Page::open_as(deferred()))),
    ("Waiting", || known(Page::open())),
    ("Running", running),
    ("Running, shutdown held", || {
        let mut page = running();
        page.reset(true);
        page
    }),
    ("Unavailable", || {
        let mut page = known(Page::open());
        page.pass(PATIENCE);
        page
    }),
    ("Closed", || {
        let mut page = running();
        page.close();
        page
    }),
];

fn opened(found: Found) -> Input<Json> {
    Input::Opened { page: json!({}).into(), copy: json!({}).into(), found, is_first: true }
}

fn page_called(method: &str) -> Input<Json> {
    Input::PageCalled(Json::string(method))
}

fn came(is_late: bool, page: &Page) -> Input<Json> {
    let visitor = if is_late { page.visitor.saturating_sub(1) } else { page.visitor };
    let id = |visitor: usize| Json::string(&format!("a-{visitor}"));
    Input::EventCame { anonymous_id: id(visitor), timestamp: page.reset_at, current: id(page.visitor) }
}

fn reset(has_events_in_flight: bool, page: &Page) -> Input<Json> {
    let in_flight = if has_events_in_flight { InFlight::Of(Json::Undefined) } else { InFlight::Nothing };
    Input::Reset { at: page.now, in_flight, copy: Json::Undefined }
}

fn called(call: Call<Json>) -> Input<Json> {
    Input::Called { call, url: Json::string("https://shop.test/"), anonymous_id: Json::string("a-0") }
}

type Row = (&'static str, fn(&Page) -> Input<Json>);

const ROWS: [Row; 22] = [
    ("opened; no widget yet", |_| opened(Found::Stub)),
    ("opened; a widget that is not booted", |_| opened(Found::Idle)),
    ("opened; a booted widget", |_| opened(Found::Booted)),
    ("triggered", |_| Input::Triggered),
    ("script inserted", |_| Input::ScriptInserted),
    ("widget arrived", |_| Input::WidgetArrived),
    ("widget failed", |_| Input::WidgetFailed),
    ("timed out", |_| Input::TimedOut),
    ("page hidden", |_| Input::PageHidden),
    ("event came, of this visitor", |page| came(false, page)),
    ("event came, of the last visitor", |page| came(true, page)),
    ("called: `update`", |_| called(update(json!({ "name": "Ada" })))),
    ("called: the last `update` again", |_| called(update(json!({ "user_id": "u-1" })))),
    ("called: `trackEvent`", |_| called(track("Seen"))),
    ("called: `show`", |_| called(command("show"))),
    ("page called `shutdown`", |_| page_called("shutdown")),
    ("page called `update`", |_| page_called("update")),
    ("page called `show`", |_| page_called("show")),
    ("reset; no events in flight", |page| reset(false, page)),
    ("reset; events in flight", |page| reset(true, page)),
    ("closed; others use Intercom", |_| Input::Closed { is_last: false }),
    ("closed; no one else does", |_| Input::Closed { is_last: true }),
];

/// A state in the words of [`STARTS`].
fn name_of(page: &Page) -> &'static str {
    // What waits for the widget has another deadline.
    let is_held = page.session.state() == State::Running && page.session.deadline() < f64::INFINITY;
    match page.session.state() {
        State::Running if is_held => "Running, shutdown held",
        state => state.text(),
    }
}

fn says(output: &Output<Json>) -> String {
    match output {
        Output::SetSettings(_) => "set settings".into(),
        Output::AwaitTrigger(_) => "await trigger".into(),
        Output::AskForJwt(_) => "ask for a token".into(),
        Output::InsertScript => "insert script".into(),
        Output::ClearQueue => "clear queue".into(),
        Output::Report(notice, _) => format!("report `{}`", notice.text()),
        Output::Call(call, Skip::No) => {
            let text = line(call);
            let method = text.split(' ').next().unwrap_or_default();
            let is_whole = matches!(call, Call::Update(payload) if payload.field(Name::UserId).truthy());
            if is_whole { "`update` (all that is known)".into() } else { format!("`{method}`") }
        }
        Output::Call(_, Skip::Merged) => "(merged into `boot`)".into(),
        Output::Call(Call::Update(_), Skip::Unavailable) => "(remembered)".into(),
        Output::Call(_, Skip::Unavailable) => "(dropped)".into(),
        Output::Call(..) => "(skipped)".into(),
    }
}

fn state_of(start: &Start) -> &'static str {
    if start.0 == DEFERRING { "Idle" } else { start.0 }
}

/// What an input does to a page in a state, and the state after it.
fn cell(start: &Start, row: &Row) -> (String, &'static str) {
    let mut page = start.1();
    let input = row.1(&page);
    let mut outputs = Vec::new();
    let admitted = page.session.handle_input(page.now, input, &mut outputs);
    let mut words: Vec<String> = outputs.iter().map(says).collect();
    if !admitted {
        words.push("refuse".into());
    }
    let to = name_of(&page);
    if to != state_of(start) {
        words.push(format!("→ **{to}**"));
    }
    (if words.is_empty() { "–".into() } else { words.join(", ") }, to)
}

fn table() -> String {
    let mut text = String::from("| input |");
    STARTS.iter().for_each(|(name, _)| text += &format!(" {name} |"));
    text += "\n|---|";
    STARTS.iter().for_each(|_| text += "---|");
    for row in &ROWS {
        text += &format!("\n| {} |", row.0);
        STARTS.iter().for_each(|start| text += &format!(" {} |", cell(start, row).0));
    }
    text + "\n"
}

fn diagram() -> String {
    let id = |name: &str| if name.contains(',') { "Held".to_owned() } else { name.to_owned() };
    let mut ways = BTreeSet::new();
    for (number, start) in STARTS.iter().enumerate() {
        for row in &ROWS {
            let to = cell(start, row).1;
            if to != state_of(start) {
                let number = STARTS.iter().position(|other| state_of(other) == state_of(start)).unwrap_or(number);
                let what = row.0.split(';').next().unwrap_or_default();
                // A label ends at its first colon.
                let what = what.replace("called: ", "event called ");
                ways.insert((number, id(state_of(start)), id(to), what));
            }
        }
    }
    let mut text = String::from("stateDiagram-v2\n  Held: Running, shutdown held\n  [*] --> Idle\n");
    for (_, from, to, what) in ways {
        text += &format!("  {from} --> {to}: {what}\n");
    }
    text
}

#[test]
fn the_document_says_what_the_session_does() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/session.md");
    let document = std::fs::read_to_string(&path).expect("docs/session.md");
    let between = |text: &str, start: &str, end: &str| -> (usize, usize) {
        let from = text.find(start).unwrap_or_else(|| panic!("docs/session.md has no {start:?}")) + start.len();
        (from, from + text[from..].find(end).unwrap_or_else(|| panic!("{start:?} has no end")))
    };
    let mut expected = document.clone();
    let (from, to) = between(&expected, "```mermaid\n", "```");
    expected.replace_range(from..to, &diagram());
    let from = expected.find("| input |").expect("a table");
    let to = from + expected[from..].find("\n\n").map_or(expected.len() - from, |end| end + 1);
    expected.replace_range(from..to, &table());
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, expected).unwrap();
        return;
    }
    assert_eq!(document, expected, "BLESS=1 writes the document anew");
}

#[test]
fn the_page_has_the_codes_of_notices_in_the_same_order() {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("js/web/notices.js")).unwrap();
    let codes: Vec<_> = text.lines().filter_map(|line| line.strip_prefix("  \"")?.split('"').next()).collect();
    assert_eq!(codes, Notice::ALL.iter().map(|notice| notice.text()).collect::<Vec<_>>());
}
