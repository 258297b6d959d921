//! The tree that lines of an organisation describe, before anything of it is looked for in the document.

use crate::import::headings::folded;
use crate::import::outline::items::one_line;
use crate::import::outline::lines::Line;
use crate::import::outline::words;

/// The most people that a number in parentheses stands for.
pub const MOST_SEATS: usize = 99;

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A unit.
    Unit,
    /// A role.
    Role,
}

/// A unit or role.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The entry above: a place in the list.
    pub parent: Option<usize>,
    /// Its name.
    pub name: String,
    /// What it is.
    pub sort: Sort,
    /// Who holds it, with the share of their time.
    pub holders: Vec<(String, Option<f64>)>,
    /// How many hold it, where that is said.
    pub seats: Option<usize>,
    /// Whether it is said that nobody holds it.
    pub vacant: bool,
}

/// The entries of lines, each behind the one it is part of.
pub fn entries(lines: &[Line<'_>]) -> Vec<Entry> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut above: Vec<(usize, usize)> = Vec::new();
    for line in lines {
        while above.last().is_some_and(|(depth, _)| *depth >= line.depth) {
            above.pop();
        }
        let outer = above.last().map(|(_, entry)| *entry);
        let mut parent = outer;
        let mut last = None;
        for (sign, part) in parts(line.text) {
            parent = match sign {
                // Beside the last one: below what that is below of.
                Sign::Beside => last.and_then(|last: usize| drafts.get(last)).map_or(outer, |draft| draft.entry.parent),
                Sign::Below => last.or(parent),
            };
            let Some(draft) = Draft::read(&part, parent) else { continue };
            // `Shop > Clerk; Shop > Driver`: behind a semicolon what is above may be named again.
            if sign == Sign::Beside
                && !draft.is_marked
                && let Some(again) = named_above(&drafts, parent, &draft.entry.name)
            {
                last = Some(again);
                continue;
            }
            last = Some(drafts.len());
            drafts.push(draft);
        }
        above.extend(last.map(|entry| (line.depth, entry)));
    }
    sorted(drafts)
}

/// The entry of this name among those above, from one of them upward.
fn named_above(drafts: &[Draft], from: Option<usize>, name: &str) -> Option<usize> {
    let above = |place: &usize| drafts.get(*place).and_then(|draft| draft.entry.parent);
    let mut chain = std::iter::successors(from, above).take(drafts.len());
    chain.find(|place| drafts.get(*place).is_some_and(|draft| folded(&draft.entry.name) == folded(name)))
}

/// An entry with what tells roles from units.
struct Draft {
    entry: Entry,
    is_marked: bool,
    has_empty_colon: bool,
}

impl Draft {
    /// `Sales clerk (2): Ana, Ben 50 %`.
    fn read(part: &str, parent: Option<usize>) -> Option<Self> {
        let (part, mentioned) = match part.split_once(" @").or_else(|| part.strip_prefix('@').map(|rest| ("", rest))) {
            Some((name, people)) => (name, Some(people.replace('@', ","))),
            None => (part, None),
        };
        let (head, people) = match part.split_once(':') {
            Some((head, people)) => (head, Some(people)),
            None => (part, None),
        };
        let (name, seats, is_vacant) = seats(head);
        if name.is_empty() {
            return None;
        }
        let listed = people.into_iter().chain(mentioned.as_deref()).flat_map(people_of);
        let mut holders: Vec<(String, Option<f64>)> = listed.collect();
        let said_vacant = holders.iter().any(|(name, _)| words::is_vacant(name));
        holders.retain(|(name, _)| !words::is_vacant(name));
        let vacant = (is_vacant || said_vacant) && holders.is_empty();
        let has_empty_colon = people.is_some_and(|people| people.trim().is_empty()) && mentioned.is_none();
        let is_marked = people.is_some() || mentioned.is_some() || seats.is_some() || is_vacant;
        let entry = Entry { parent, name, sort: Sort::Unit, holders, seats, vacant };
        Some(Self { entry, is_marked, has_empty_colon })
    }
}

/// Decides what is a role.
fn sorted(drafts: Vec<Draft>) -> Vec<Entry> {
    let has_below: Vec<bool> =
        (0..drafts.len()).map(|index| drafts.iter().any(|draft| draft.entry.parent == Some(index))).collect();
    let has_below = |index: usize| has_below.get(index).copied().unwrap_or(false);
    // `Shop North:` above indented lines is a title.
    let is_marked: Vec<bool> = drafts
        .iter()
        .enumerate()
        .map(|(index, draft)| {
            draft.is_marked && !(draft.has_empty_colon && draft.entry.seats.is_none() && has_below(index))
        })
        .collect();
    let marked = |index: usize| is_marked.get(index).copied().unwrap_or(false);
    let parents_where = |is: &dyn Fn(usize) -> bool| -> Vec<Option<usize>> {
        drafts.iter().enumerate().filter(|(index, _)| is(*index)).map(|(_, draft)| draft.entry.parent).collect()
    };
    let above_roles = parents_where(&marked);
    let above_units = parents_where(&|index| has_below(index) && !marked(index));
    let sort = |(index, draft): (usize, &Draft)| {
        let parent = draft.entry.parent;
        let stands_beside =
            !has_below(index) && parent.is_some() && above_roles.contains(&parent) && !above_units.contains(&parent);
        if marked(index) || stands_beside { Sort::Role } else { Sort::Unit }
    };
    let sorts: Vec<Sort> = drafts.iter().enumerate().map(sort).collect();
    let mut entries: Vec<Entry> = Vec::with_capacity(drafts.len());
    for (draft, sort) in drafts.into_iter().zip(sorts) {
        let below_role =
            draft.entry.parent.and_then(|parent| entries.get(parent)).is_some_and(|up| up.sort == Sort::Role);
        // What is below a role reports to it.
        let sort = if below_role { Sort::Role } else { sort };
        entries.push(Entry { sort, ..draft.entry });
    }
    entries
}

/// How a part of a line belongs to the part before it.
#[derive(Clone, Copy, PartialEq)]
enum Sign {
    Below,
    Beside,
}

/// The parts of a line between arrows and semicolons.
fn parts(line: &str) -> Vec<(Sign, String)> {
    let mut parts = vec![(Sign::Below, String::new())];
    let mut letters = line.chars().peekable();
    let mut is_quoted = false;
    while let Some(letter) = letters.next() {
        let sign = match letter {
            '"' | '“' | '”' | '„' | '«' => {
                is_quoted = letter != '”' && !is_quoted;
                continue;
            }
            '»' if is_quoted => {
                is_quoted = false;
                continue;
            }
            _ if is_quoted => None,
            '>' | '→' | '⇒' | '»' => Some(Sign::Below),
            '-' | '=' if letters.peek() == Some(&'>') => {
                letters.next();
                Some(Sign::Below)
            }
            ';' => Some(Sign::Beside),
            _ => None,
        };
        match (sign, parts.last_mut()) {
            (Some(sign), _) => parts.push((sign, String::new())),
            (None, Some((_, part))) => part.push(letter),
            (None, None) => {}
        }
    }
    parts.into_iter().map(|(sign, part)| (sign, one_line(&part))).filter(|(_, part)| !part.is_empty()).collect()
}

/// Name, how many hold it, and whether it is said to be vacant: `Sales clerk (2)`, `2 × Sales clerk`, `Driver (vacant)`.
fn seats(head: &str) -> (String, Option<usize>, bool) {
    let head = one_line(head);
    if let Some((name, inside)) = head.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')) {
        let number = inside.trim().trim_start_matches(['x', '×']).trim_end_matches(['x', '×']).trim();
        if words::is_vacant(inside) {
            return (one_line(name), None, true);
        }
        if let Ok(seats) = number.parse::<usize>() {
            return (one_line(name), Some(seats.min(MOST_SEATS)), false);
        }
    }
    if let Some((number, name)) = head.split_once(['x', '×'])
        && let Ok(seats) = number.trim().parse::<usize>()
        && name.starts_with(' ')
    {
        return (one_line(name), Some(seats.min(MOST_SEATS)), false);
    }
    (head, None, false)
}

/// `Ana, Ben 50 % and Cleo`.
fn people_of(text: &str) -> Vec<(String, Option<f64>)> {
    let split = text.replace(" and ", ",").replace(" und ", ",").replace(" et ", ",").replace(" y ", ",");
    let person = |part: &str| {
        let part = one_line(part);
        let bare = part.trim_end_matches(['%', ')', ' ']);
        let words_end = bare
            .rfind(|c: char| !c.is_ascii_digit())
            .map_or(0, |at| at + bare.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
        let share = bare.get(words_end..).filter(|_| part.contains('%')).and_then(|number| number.parse::<f64>().ok());
        match share.filter(|share| (0.0..=100.0).contains(share)) {
            Some(share) => {
                (one_line(bare.get(..words_end).unwrap_or("").trim_end_matches(['(', ' '])), Some(share / 100.0))
            }
            None => (part, None),
        }
    };
    split.split([',', '/', '&', '+']).map(person).filter(|(name, _)| !name.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::outline::lines::lines;

    /// Entries in short: depth by dashes, `u`nit or `r`ole, name, holders.
    fn read(text: &str) -> Vec<String> {
        let all = entries(&lines(text).0);
        let depth = |entry: &Entry| std::iter::successors(entry.parent, |up| all[*up].parent).count();
        let one = |entry: &Entry| {
            let sort = if entry.sort == Sort::Role { "r" } else { "u" };
            let holders = entry.holders.iter().map(|(name, share)| match share {
                Some(share) => format!(" {name}={share}"),
                None => format!(" {name}"),
            });
            let seats = entry.seats.map_or(String::new(), |seats| format!(" x{seats}"));
            let vacant = if entry.vacant { " vacant" } else { "" };
            format!("{}{sort} {}{seats}{}{vacant}", "-".repeat(depth(entry)), entry.name, holders.collect::<String>())
        };
        all.iter().map(one).collect()
    }

    #[test]
    fn a_path_on_one_line_is_units_and_a_role() {
        let line = "Bakery > Shop North > Sales clerk (2): Ana, Ben";
        assert_eq!(read(line), ["u Bakery", "-u Shop North", "--r Sales clerk x2 Ana Ben"]);
        let line = "Bakery -> Office: Ana; Shop → Clerk @Ben @Cleo";
        assert_eq!(read(line), ["u Bakery", "-r Office Ana", "-u Shop", "--r Clerk Ben Cleo"]);
    }

    #[test]
    fn an_outline_with_people_is_an_organisation() {
        let text = "Bakery\n  Owner: Ana\n    Bookkeeper: Ben 50 %\n  Shop North:\n    - Manager: vacant\n    - Sales clerk (3)\n    - Driver\n  Shop South";
        assert_eq!(
            read(text),
            [
                "u Bakery",
                "-r Owner Ana",
                "--r Bookkeeper Ben=0.5",
                "-u Shop North",
                "--r Manager vacant",
                "--r Sales clerk x3",
                "--r Driver",
                "-u Shop South",
            ]
        );
    }

    #[test]
    fn what_is_above_may_be_named_again_behind_a_semicolon() {
        let line = "Firm > Owner: Tom; Shop > Clerk: Ana; Driver: Ben; shop > Buyer: Cleo; Firm > Office > Help: Dan";
        assert_eq!(
            read(line),
            [
                "u Firm",
                "-r Owner Tom",
                "-u Shop",
                "--r Clerk Ana",
                "--r Driver Ben",
                "--r Buyer Cleo",
                "-u Office",
                "--r Help Dan",
            ]
        );
    }

    #[test]
    fn without_marks_everything_is_a_unit() {
        assert_eq!(
            read("Company\n\tSales\n\tProduction\n\t\tOven"),
            ["u Company", "-u Sales", "-u Production", "--u Oven"]
        );
    }

    #[test]
    fn odd_writing_is_read_kindly() {
        assert_eq!(read("Clerk: Ana und Ben / Cleo"), ["r Clerk Ana Ben Cleo"]);
        assert_eq!(read("2 x Sales clerk"), ["r Sales clerk x2"]);
        assert_eq!(read("Driver (vacant)"), ["r Driver vacant"]);
        assert_eq!(read("\"Buy > sell\": Ana"), ["r Buy > sell Ana"]);
        assert_eq!(read("Clerk: Änne 40%"), ["r Clerk Änne=0.4"]);
        assert_eq!(read("> ; :"), Vec::<String>::new());
        assert_eq!(read("Box 4x4"), ["u Box 4x4"]);
    }
}
