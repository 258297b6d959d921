//! Who of the project does the work of a log.

use std::collections::BTreeMap;

use super::matching::named;
use super::{LogFile, Match, Settings, WhoLine};
use crate::edit::LoggedWho;
use crate::import::headings::folded;
use crate::model::*;

/// People and roles of a log in a project.
pub(super) struct Who {
    pub people: Vec<WhoLine>,
    pub roles: Vec<WhoLine>,
    pub new_people: Vec<String>,
    pub new_roles: Vec<String>,
    pub holders: Vec<(LoggedWho<RoleId>, LoggedWho<PersonId>)>,
    /// The role of each resource, and of each role of the log.
    role_of_resource: Vec<Option<LoggedWho<RoleId>>>,
    role_of_role: Vec<Option<LoggedWho<RoleId>>>,
}

impl Who {
    pub(super) fn of(file: &LogFile, document: &Document, settings: &Settings) -> Self {
        let mut who = Self {
            people: Vec::new(),
            roles: Vec::new(),
            new_people: Vec::new(),
            new_roles: Vec::new(),
            holders: Vec::new(),
            role_of_resource: Vec::new(),
            role_of_role: Vec::new(),
        };
        let known_roles = named::<Role>(document);
        for name in &file.log.roles {
            let found = known_roles.get(&folded(name)).copied();
            let role = found.map(LoggedWho::Existing).or_else(|| settings.adds_people.then(|| who.new_role(name)));
            who.roles.push(line(document, name, found.map(Into::into), settings.adds_people));
            who.role_of_role.push(role);
        }
        who.add_people(file, document, settings, &known_roles);
        who
    }

    fn new_role(&mut self, name: &str) -> LoggedWho<RoleId> {
        self.new_roles.push(name.to_owned());
        LoggedWho::New(self.new_roles.len() - 1)
    }

    fn add_people(
        &mut self,
        file: &LogFile,
        document: &Document,
        settings: &Settings,
        known_roles: &BTreeMap<String, RoleId>,
    ) {
        let people = named::<Person>(document);
        let (systems, externals) = (named::<System>(document), named::<External>(document));
        for (name, figures) in file.log.resources.iter().zip(&file.figures.resources) {
            let wanted = folded(name);
            let person = people.get(&wanted).copied();
            let role = known_roles.get(&wanted).copied().filter(|_| person.is_none());
            let other = systems.get(&wanted).copied().map(ElementRef::from);
            let other = other.or_else(|| externals.get(&wanted).copied().map(ElementRef::from));
            let found = person.map(ElementRef::from).or(role.map(ElementRef::from)).or(other);
            let is_added = settings.adds_people && found.is_none();
            self.people.push(line(document, name, found, settings.adds_people));
            if is_added {
                self.new_people.push(name.clone());
            }
            let added = is_added.then(|| LoggedWho::New(self.new_people.len() - 1));
            let someone = person.map(LoggedWho::Existing).or(added);
            let logged = figures.role.and_then(|role| self.role_of_role.get(role as usize).copied().flatten());
            if settings.adds_people {
                self.holders.extend(logged.zip(someone));
            }
            let held = person.and_then(|person| only_role(document, person)).map(LoggedWho::Existing);
            self.role_of_resource.push(role.map(LoggedWho::Existing).or(held).or(logged));
        }
    }

    /// The role that did an activity more often than not, if it is known.
    pub(super) fn performer(&self, file: &LogFile, activity: usize) -> Option<LoggedWho<RoleId>> {
        let figures = file.figures.activities.get(activity)?;
        let by_role = figures.roles.iter().map(|(role, count)| (self.role_of_role.get(*role as usize), *count));
        let by_resource =
            figures.resources.iter().map(|(who, count)| (self.role_of_resource.get(*who as usize), *count));
        let all: Vec<_> = if figures.roles.is_empty() { by_resource.collect() } else { by_role.collect() };
        let mut counts: Vec<(LoggedWho<RoleId>, usize)> = Vec::new();
        for (role, count) in all.into_iter().filter_map(|(role, count)| Some((role.copied().flatten()?, count))) {
            match counts.iter_mut().find(|(known, _)| *known == role) {
                Some((_, sum)) => *sum += count,
                None => counts.push((role, count)),
            }
        }
        let most = counts.into_iter().max_by_key(|(_, count)| *count)?;
        (most.1 * 2 > figures.count).then_some(most.0)
    }
}

/// The role of somebody who holds just one.
fn only_role(document: &Document, person: PersonId) -> Option<RoleId> {
    let holds = |role: &Role| role.holders.iter().any(|holding| holding.person == person);
    let mut roles = document.roles().iter().filter(|(_, role)| holds(role)).map(|(id, _)| id);
    let only = roles.next()?;
    roles.next().is_none().then_some(only)
}

fn line(document: &Document, name: &str, who: Option<ElementRef>, adds: bool) -> WhoLine {
    let how = match who {
        Some(element) if document.name_of(element) == name => Match::Exact,
        Some(_) => Match::Normalised,
        None if adds => Match::New,
        None => Match::None,
    };
    WhoLine { name: name.to_owned(), who, how }
}
