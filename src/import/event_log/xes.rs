//! Logs in XES, the Extensible Event Stream (IEEE 1849-2016): XML of traces with events with attributes.
//!
//! Read one tag after the other, nothing but the events is kept. Of the attributes those of the standard extensions
//! count: `concept:name`, `concept:instance`, `org:resource`, `org:role`, `org:group`, `time:timestamp`,
//! `lifecycle:transition`; and `start_timestamp`, which many programs write. All others are counted by name and left out.
//! Declarations of document types are refused.

use std::collections::BTreeMap;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event as Tag};

use super::events::{Event, Events, Stage, stage_of};
use super::limits::{MOST_BYTES, MOST_TAGS, MOST_VALUE};
use super::moment::{self, EXPECTED, Order};
use crate::import::ImportError;

/// What was read of a file beside its events.
pub(super) struct Reading {
    pub events: Events,
    /// How many events there are in it.
    pub count: usize,
    /// Names of attributes that nobody knows.
    pub unknown: Vec<String>,
}

/// Whether some text begins like XES.
pub(super) fn looks_like_xes(start: &[u8]) -> bool {
    let text = decoded(start);
    let text = text.trim_start();
    text.starts_with('<') && ["<log", ":log "].iter().any(|tag| text.contains(tag)) && !text.contains("<html")
}

/// What an open tag is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Log,
    Trace,
    Event,
    Other,
}

/// What is known of the event that is open.
#[derive(Default)]
struct Open {
    line: usize,
    values: BTreeMap<&'static str, String>,
}

/// Attributes that are read, with those that mean the same.
const KNOWN: &[(&str, &str)] = &[
    ("concept:name", "concept:name"),
    ("concept:instance", "concept:instance"),
    ("org:resource", "org:resource"),
    ("org:role", "org:role"),
    ("org:group", "org:group"),
    ("time:timestamp", "time:timestamp"),
    ("start_timestamp", "start"),
    ("startTime", "start"),
    ("enabled_time", "enabled"),
    ("lifecycle:transition", "lifecycle:transition"),
];

/// Reads a file.
///
/// # Errors
/// It is no XES, no well-formed XML, or too large.
pub(super) fn read(bytes: &[u8]) -> Result<Reading, ImportError> {
    if bytes.len() > MOST_BYTES {
        return Err(ImportError::TooLarge { what: "bytes", limit: MOST_BYTES });
    }
    let text = decoded(bytes);
    let mut reader = quick_xml::Reader::from_str(&text);
    let mut state = State::new(&text);
    loop {
        let place = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let tag = reader.read_event();
        state.at(place);
        match tag {
            Ok(Tag::Start(tag)) => state.open(&tag)?,
            Ok(Tag::Empty(tag)) => {
                state.open(&tag)?;
                state.close()?;
            }
            Ok(Tag::End(_)) => state.close()?,
            Ok(Tag::DocType(_)) => return Err(state.error("a document type (<!DOCTYPE …>) is not read; take it out")),
            Ok(Tag::Eof) => break,
            Ok(_) => {}
            Err(error) => return Err(state.error(&format!("the XML is broken: {error}"))),
        }
    }
    if !state.open.is_empty() {
        return Err(state.error("the file ends in the middle; it may have been cut off"));
    }
    if !state.is_log {
        return Err(state.error("the file is XML, but no XES: expected the outermost element log"));
    }
    Ok(Reading { events: state.events, count: state.count, unknown: state.unknown.into_keys().collect() })
}

/// UTF-8, or what a byte order mark says.
fn decoded(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    let (encoding, _) = encoding_rs::Encoding::for_bom(bytes).unwrap_or((encoding_rs::UTF_8, 0));
    encoding.decode(bytes).0
}

struct State<'t> {
    text: &'t str,
    /// Where lines were counted up to.
    counted: usize,
    line: usize,
    open: Vec<Kind>,
    tags: usize,
    is_log: bool,
    /// Number and name of the trace that is open.
    trace: usize,
    trace_name: String,
    /// Events of the trace that is open; its name may come after them.
    waiting: Vec<Open>,
    event: Open,
    events: Events,
    count: usize,
    unknown: BTreeMap<String, usize>,
}

impl<'t> State<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            counted: 0,
            line: 1,
            open: Vec::new(),
            tags: 0,
            is_log: false,
            trace: 0,
            trace_name: String::new(),
            waiting: Vec::new(),
            event: Open::default(),
            events: Events::default(),
            count: 0,
            unknown: BTreeMap::new(),
        }
    }

    fn at(&mut self, place: usize) {
        let passed = self.text.as_bytes().get(self.counted..place).unwrap_or_default();
        self.line += passed.iter().filter(|byte| **byte == b'\n').count();
        self.counted = self.counted.max(place);
    }

    fn error(&self, reason: &str) -> ImportError {
        ImportError::Xes { line: self.line, reason: reason.to_owned() }
    }

    fn open(&mut self, tag: &BytesStart<'_>) -> Result<(), ImportError> {
        self.tags += 1;
        if self.tags > MOST_TAGS {
            return Err(ImportError::TooLarge { what: "tags", limit: MOST_TAGS });
        }
        let name = tag.name();
        let name: &str = name.as_ref();
        let local = name.rsplit(':').next().unwrap_or(name);
        let kind = match (local, self.open.last()) {
            ("log", None) => Kind::Log,
            (_, None) => return Err(self.error("the file is XML, but no XES: expected the outermost element log")),
            ("trace", Some(Kind::Log)) => Kind::Trace,
            ("event", Some(Kind::Trace)) => Kind::Event,
            (_, Some(Kind::Trace | Kind::Event)) => {
                self.attribute(tag)?;
                Kind::Other
            }
            _ => Kind::Other,
        };
        match kind {
            Kind::Log => self.is_log = true,
            Kind::Trace => {
                self.trace += 1;
                self.trace_name.clear();
            }
            Kind::Event => self.event = Open { line: self.line, ..Open::default() },
            Kind::Other => {}
        }
        if self.open.len() > 100 {
            return Err(self.error("elements stand in each other more than 100 deep"));
        }
        self.open.push(kind);
        Ok(())
    }

    fn attribute(&mut self, tag: &BytesStart<'_>) -> Result<(), ImportError> {
        let value = |name: &str| -> Result<Option<String>, ImportError> {
            let found =
                tag.try_get_attribute(name).map_err(|error| self.error(&format!("the XML is broken: {error}")))?;
            let Some(found) = found else { return Ok(None) };
            let value = found.normalized_value(XmlVersion::Implicit1_0);
            let value = value.map_err(|error| self.error(&format!("the XML is broken: {error}")))?;
            if value.len() > MOST_VALUE {
                return Err(ImportError::TooLarge { what: "bytes in one value", limit: MOST_VALUE });
            }
            Ok(Some(value.into_owned()))
        };
        let (Some(key), Some(text)) = (value("key")?, value("value")?) else { return Ok(()) };
        let is_event = self.open.last() == Some(&Kind::Event);
        let known = KNOWN.iter().find(|(name, _)| *name == key).map(|(_, meaning)| *meaning);
        match known {
            Some("concept:name") if !is_event => self.trace_name = text,
            Some(meaning) if is_event => {
                self.event.values.insert(meaning, text);
            }
            _ if self.unknown.len() < 1_000 => *self.unknown.entry(key).or_default() += 1,
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self) -> Result<(), ImportError> {
        match self.open.pop() {
            Some(Kind::Event) => {
                self.count += 1;
                self.waiting.push(std::mem::take(&mut self.event));
            }
            Some(Kind::Trace) => {
                let named = self.trace_name.trim();
                let case = if named.is_empty() { format!("Trace {}", self.trace) } else { named.to_owned() };
                for open in std::mem::take(&mut self.waiting) {
                    if let Some(event) = self.event_of(&case, &open) {
                        self.events.add(&event)?;
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn event_of(&mut self, case: &str, open: &Open) -> Option<Event> {
        let value = |name: &str| open.values.get(name).map(String::as_str).unwrap_or_default();
        let left_out = "the event was left out";
        let activity = value("concept:name");
        if activity.trim().is_empty() {
            self.events.problem(open.line, "concept:name", "", "what was done", left_out);
            return None;
        }
        let moment = |state: &mut Self, name: &str, consequence| {
            let found = moment::read(value(name), Order::DayFirst);
            match found {
                Some(moment) => state.events.see_offset(moment.offset),
                None => state.events.problem(open.line, name, value(name), EXPECTED, consequence),
            }
            found.map(|moment| moment.millis)
        };
        let word = value("lifecycle:transition");
        let has_start = !value("start").is_empty();
        let stage = match (has_start, open.values.contains_key("lifecycle:transition")) {
            (true, _) => Stage::Whole,
            (false, false) => Stage::Once,
            (false, true) => match stage_of(word) {
                Some(stage) => stage,
                None => {
                    *self.events.passed.entry(word.chars().take(40).collect()).or_default() += 1;
                    return None;
                }
            },
        };
        let end = moment(self, "time:timestamp", left_out)?;
        let start = if has_start { moment(self, "start", left_out)? } else { end };
        if end < start {
            let expected = "an end that is not before the start";
            self.events.problem(open.line, "time:timestamp", value("time:timestamp"), expected, left_out);
            return None;
        }
        let is_stated = !value("enabled").is_empty();
        let enabled = if is_stated { moment(self, "enabled", "it was passed over") } else { None };
        let role = if value("org:role").is_empty() { value("org:group") } else { value("org:role") };
        Some(Event {
            line: open.line,
            case: case.to_owned(),
            activity: activity.to_owned(),
            resource: value("org:resource").to_owned(),
            role: role.to_owned(),
            instance: value("concept:instance").to_owned(),
            stage,
            start,
            end,
            enabled,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOG: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1.0" xmlns="http://www.xes-standard.org/">
  <global scope="event"><string key="concept:name" value="x"/></global>
  <trace>
    <event>
      <string key="concept:name" value="Ask &amp; wait"/><string key="lifecycle:transition" value="start"/>
      <string key="org:resource" value="Ben"/><date key="time:timestamp" value="2026-01-05T09:00:00.000+01:00"/>
      <float key="cost" value="3"/><list key="more"><values><string key="concept:name" value="not this"/></values></list>
    </event>
    <event>
      <string key="concept:name" value="Ask &amp; wait"/><string key="lifecycle:transition" value="complete"/>
      <date key="time:timestamp" value="2026-01-05T09:10:00.000+01:00"/>
    </event>
    <event><string key="concept:name" value="Pay"/><string key="lifecycle:transition" value="schedule"/></event>
    <event><string key="concept:name" value="Pay"/><date key="time:timestamp" value="soon"/></event>
    <string key="concept:name" value="Case 7"/>
  </trace>
</log>"#;

    #[test]
    fn events_of_traces_are_read() {
        let reading = read(LOG.as_bytes()).unwrap();
        assert_eq!((reading.count, reading.unknown), (4, vec!["cost".to_owned()]));
        let (log, problems, remains) = reading.events.finish();
        assert_eq!(log.cases[0].name, "Case 7", "the name may come after the events");
        let instance = log.cases[0].instances[0];
        assert_eq!((log.activities[0].as_str(), instance.end - instance.start), ("Ask & wait", 600_000));
        assert_eq!((log.offset_minutes, log.resources[0].as_str()), (60, "Ben"));
        assert_eq!(remains.passed.get("schedule"), Some(&1));
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert!(told[0].starts_with("row 15, time:timestamp: “soon”"), "{told:?}");
    }

    #[test]
    fn what_is_no_xes_is_refused_with_its_line() {
        let refused = |text: &str| read(text.as_bytes()).err().unwrap().to_string();
        assert!(refused("<html></html>").contains("no XES"));
        assert!(refused("").contains("no XES"));
        assert!(refused("<!DOCTYPE log [<!ENTITY a 'b'>]><log/>").contains("document type"));
        assert!(refused("<log>\n<trace>\n<event></trace></log>").starts_with("line 3"));
        assert!(refused("<log><trace>").contains("cut off"));
        let deep = format!("<log>{}", "<a>".repeat(200));
        assert!(refused(&deep).contains("100 deep"));
        let long = format!("<log><trace><string key='a' value='{}'/></trace></log>", "x".repeat(5_000));
        assert!(refused(&long).contains("bytes in one value"));
        assert!(looks_like_xes(LOG.as_bytes()) && !looks_like_xes(b"<html><log></html>"));
    }
}
