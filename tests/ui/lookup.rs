//! “Who decides?” in its panel and in the palette: asked with the keyboard, answered in sentences, names lead on.

use egui::Key;
use egui::accesskit::Role as Kind;

use crate::driver::{Driver, bakery};

/// The panel with a decision in it, on a day on which everybody is there.
fn asking(decision: &str) -> Driver {
    let mut app = Driver::bakery("Organisation");
    app.keys("Ctrl+Shift+W");
    app.write(decision);
    app.key(Key::Enter);
    app.fill("Day", "2.2.2026");
    app
}

fn amount(app: &mut Driver, typed: &str) {
    app.focus("Amount");
    app.write_instead(typed);
}

fn says(app: &Driver, sentence: &str) -> bool {
    app.names(Kind::Label).iter().any(|name| name == sentence)
}

#[test]
fn the_answer_follows_the_amount_as_it_is_typed() {
    let mut app = asking("refund");
    assert_eq!(app.field("Decision"), "Grant a refund");
    assert!(says(&app, "It depends on the amount in EUR."), "{:?}", app.names(Kind::Label));
    for (typed, sentence) in [
        ("200", "Shop assistant (7 people) decides."),
        ("200,01", "Owner (Ana Costa) decides."),
        ("€ 80", "Shop assistant (7 people) decides."),
        ("1.200,50 EUR", "Owner (Ana Costa) decides."),
    ] {
        amount(&mut app, typed);
        assert!(says(&app, sentence), "{typed}: {:?}", app.names(Kind::Label));
    }
    assert!(app.reads("are told afterwards."));
    amount(&mut app, "lots");
    assert!(app.reads("“lots” is no amount"), "{:?}", app.names(Kind::Label));
    assert!(app.steps().is_empty(), "asking changes nothing");
}

#[test]
fn the_selection_asks_by_itself() {
    let mut app = Driver::bakery("Refund");
    app.click(app.middle("Approve the refund"));
    app.keys("Ctrl+Shift+W");
    assert_eq!(app.field("Decision"), "Grant a refund");
    // The amount has the keyboard.
    app.write("350");
    assert_eq!(app.field("Amount"), "350");
    app.key(Key::Escape);
    app.click(app.middle("Check the receipt"));
    assert_eq!(app.field("Decision"), "Grant a refund", "what is about no decision changes nothing");
    let discount = app.document().decisions().iter().find(|(_, one)| one.name == "Grant a discount").unwrap().0;
    app.wish(remit::app::command::Command::Select(vec![discount.into()]));
    assert_eq!(app.field("Decision"), "Grant a discount");
    assert_eq!(app.count(Kind::TreeItem, "Ask: Grant a refund, 350"), 1, "{:?}", app.names(Kind::TreeItem));
    app.click_on(Kind::TreeItem, "Ask: Grant a refund, 350");
    assert_eq!((app.field("Decision").as_str(), app.field("Amount").as_str()), ("Grant a refund", "350"));
}

#[test]
fn names_lead_to_whom_they_name_and_limits_to_their_cell() {
    let mut app = asking("refund");
    amount(&mut app, "350");
    app.click_on(Kind::Link, "Owner");
    assert_eq!(app.selection(), [app.element("Owner")]);
    assert_eq!(app.front(), "Organisation");
    assert_eq!(app.field("Amount"), "350", "the question stays");
    app.click_on(Kind::Link, "Owner has D (decides) for > 200 EUR.");
    assert_eq!(app.front(), "Rights");
    assert_eq!(app.field("Amount"), "350");
}

#[test]
fn only_what_the_limits_ask_is_asked_and_a_gap_says_so() {
    let mut app = asking("discount");
    assert!(app.names(Kind::TextInput).contains(&"Unit of the case".to_owned()));
    assert!(!app.names(Kind::TextInput).contains(&"Category".to_owned()));
    app.focus("Unit of the case");
    app.write("stat");
    app.key(Key::Enter);
    assert_eq!(app.field("Unit of the case"), "Station");
    amount(&mut app, "25");
    assert!(app.reads("decides.") && app.reads("must agree."), "{:?}", app.names(Kind::Label));
    assert_eq!(app.count(Kind::Link, "Manager Station"), 1);
    app.focus("Unit of the case");
    app.write_instead("");
    app.key(Key::Backspace);
    app.key(Key::Enter);
    assert_eq!(app.field("Unit of the case"), "");
    assert!(app.reads("It depends on"), "{:?}", app.names(Kind::Label));
    let mut app = asking("dismiss");
    assert!(!app.names(Kind::TextInput).contains(&"Amount".to_owned()), "it has no limits");
    assert!(app.reads("reserved and never delegated"));
    app.click_button("Ask something else");
    assert_eq!(app.field("Decision"), "");
    assert!(app.reads("Taken most often"));
}

#[test]
fn who_is_away_is_counted_and_comes_back() {
    let mut app = asking("refund");
    amount(&mut app, "350");
    app.focus("Who is away");
    app.write("ana");
    app.key(Key::Enter);
    assert!(says(&app, "Owner (Ana Costa) would decide, but is away: it waits."), "{:?}", app.names(Kind::Label));
    app.click_button("Ana Costa is there");
    assert!(says(&app, "Owner (Ana Costa) decides."));
    app.fill("Day", "soon");
    assert!(app.reads("“soon” is no day"));
}

#[test]
fn a_gap_leads_to_its_row_and_an_empty_project_to_the_library() {
    let text = remit::storage::to_string(&bakery());
    let text = text.replacen("decisions: [", "decisions: [(key: \"lend-van\", name: \"Lend the van\"),", 1);
    let document = remit::storage::load_str(&text, "bakery").expect("it is sound").0;
    let decision = document.decisions().iter().find(|(_, one)| one.name == "Lend the van").unwrap().0;
    let view = document.views().iter().find(|(_, view)| view.name == "Organisation").unwrap().0;
    let mut app = Driver::new(document, view);
    app.wish(remit::app::command::Command::Select(vec![decision.into()]));
    app.keys("Ctrl+Shift+W");
    assert!(says(&app, "Nobody may decide this."), "{:?}", app.names(Kind::Label));
    assert!(app.reads("Nobody has a deciding letter."));
    app.click_button("Show its row in the matrix");
    assert_eq!(app.front(), "Rights");
    let mut app = Driver::empty();
    app.keys("Ctrl+Shift+W");
    assert!(app.reads("There are no decisions yet"));
    app.click_button("Choose from the library");
    assert!(app.asks());
}

#[test]
fn the_panel_shows_two_pages() {
    let mut app = Driver::bakery("Organisation");
    assert!(app.is_selected(Kind::RadioButton, "Details and findings"));
    app.click_on(Kind::RadioButton, "Who decides?");
    assert!(app.reads("Choose a decision"));
    app.click_on(Kind::RadioButton, "Details and findings");
    assert!(app.reads("Findings"));
    app.click_menu("Analyse", "Who decides?");
    assert!(app.is_selected(Kind::RadioButton, "Who decides?"));
}

/// The rows of the palette.
fn rows(app: &mut Driver, typed: &str) -> Vec<String> {
    app.keys("Ctrl+K");
    app.write(typed);
    let rows = app.names(Kind::TreeItem);
    app.key(Key::Escape);
    rows
}

#[test]
fn the_palette_answers_and_opens_the_panel_with_the_question() {
    let mut app = Driver::bakery("Organisation");
    app.keys("Ctrl+B");
    for (typed, row) in [
        ("refund 150", "Shop assistant decides (Grant a refund: 150)"),
        ("who decides refund 350 eur?", "Owner decides (Grant a refund: 350 eur)"),
        ("discount 25 station", "Manager Station decides; Owner agrees (Grant a discount: 25, Station)"),
        ("refund 350 without ana", "Owner is away: it waits (Grant a refund: 350, without Ana Costa)"),
        ("discount 10 office", "Nobody may decide this; it goes up to Owner (Grant a discount: 10, Office)"),
    ] {
        assert_eq!(rows(&mut app, typed).first().map(String::as_str), Some(row), "{typed}");
    }
    app.keys("Ctrl+K");
    app.write("discount 25 station");
    app.key(Key::Enter);
    assert!(!app.asks());
    assert_eq!(app.field("Decision"), "Grant a discount");
    assert_eq!((app.field("Amount").as_str(), app.field("Unit of the case").as_str()), ("25", "Station"));
    assert!(app.reads("must agree."));
}

#[test]
fn what_is_no_question_finds_what_it_did_before() {
    let mut app = Driver::bakery("Organisation");
    app.keys("Ctrl+B");
    assert!(rows(&mut app, "refund").iter().all(|row| !row.contains(" decides (")), "a name alone asks nothing");
    assert_eq!(rows(&mut app, "undo").first().map(String::as_str), Some("Undo, not now: nothing to undo"));
    assert_eq!(rows(&mut app, "zoom in").first().map(String::as_str), Some("Zoom in"));
}

#[test]
fn enter_in_an_untouched_palette_never_ends_the_project() {
    let mut app = Driver::bakery("Organisation");
    let name = app.document().project().name.clone();
    app.keys("Ctrl+K");
    app.key(Key::Enter);
    assert_eq!(app.document().project().name, name);
    assert!(app.asks(), "nothing was run");
    // Walked to, it is meant.
    app.key(Key::ArrowDown);
    app.key(Key::Enter);
    assert_ne!(app.document().project().name, name);
    // And again it is not run by Enter alone, though it was used last.
    let before = app.document().revision();
    app.keys("Ctrl+K");
    app.key(Key::Enter);
    assert!(app.asks());
    assert_eq!(app.document().revision(), before);
    app.write("who decides?");
    app.key(Key::Enter);
    app.keys("Ctrl+K");
    app.key(Key::Enter);
    assert!(!app.asks(), "what was used last and is harmless runs");
}
