//! What a letter of one framework becomes in another: by its duties and by the kind of the row.
//!
//! The map, for rows that are decisions: who decides stays who decides; who prepares becomes who prepares (R of RACI is
//! the preparer on a decision and the doer on a task); who carries out, who may stop it, who is asked, who is told
//! follow their duty. Nobody gets the power to decide or to veto that the letter before did not have. What has no
//! letter of its own takes the nearest weaker one and is named as lost.

use crate::model::*;

/// What becomes of a letter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Path {
    /// The letters in its place; none where nothing is near.
    pub codes: Vec<String>,
    /// Duties that none of them carries.
    pub lost: Vec<Duty>,
    /// Further letters that would have done as well: which one is meant, only people know.
    pub others: Vec<String>,
}

impl Path {
    /// Whether a veto is lost.
    pub fn loses_veto(&self) -> bool {
        self.lost.contains(&Duty::Agree)
    }
}

/// The duties that a letter means on a row of a kind: one that both prepares and does means the first on a decision and
/// the second on work.
pub fn meaning(letter: &Letter, kind: DecisionKind) -> Vec<Duty> {
    let mut duties = letter.duties.clone();
    if duties.contains(&Duty::Prepare) && duties.contains(&Duty::Do) {
        let other = if kind == DecisionKind::Decision { Duty::Do } else { Duty::Prepare };
        duties.retain(|duty| *duty != other);
    }
    duties.sort_unstable();
    duties.dedup();
    duties
}

/// What a letter becomes in another framework.
pub fn path(letter: &Letter, to: &Framework, kind: DecisionKind) -> Path {
    let same = |other: &&Letter| other.code == letter.code && sorted(&other.duties) == sorted(&letter.duties);
    if let Some(same) = to.letters.iter().find(same) {
        return Path { codes: vec![same.code.clone()], ..Path::default() };
    }
    let mut path = Path::default();
    let mut chosen: Vec<&Letter> = Vec::new();
    let duties = meaning(letter, kind);
    for duty in &duties {
        if is_covered(&chosen, *duty) {
            continue;
        }
        match nearest(to, *duty, letter, kind) {
            Some((found, others)) => {
                chosen.push(found);
                path.others.extend(others);
            }
            None => path.lost.push(*duty),
        }
    }
    if chosen.is_empty() {
        let weaker = path.lost.iter().flat_map(|duty| instead_of(*duty));
        chosen.extend(weaker.filter_map(|duty| nearest(to, *duty, letter, kind)).map(|(found, _)| found).next());
    }
    path.codes = chosen.into_iter().map(|letter| letter.code.clone()).collect();
    path
}

/// What a letter becomes where people have said it: the duties that go with these letters are kept, the others lost.
pub fn path_to(letter: &Letter, to: &Framework, kind: DecisionKind, codes: &[String]) -> Path {
    let chosen: Vec<&Letter> = codes.iter().filter_map(|code| to.letter(code)).collect();
    let lost = meaning(letter, kind).into_iter().filter(|duty| !is_covered(&chosen, *duty)).collect();
    let mut codes: Vec<String> = Vec::new();
    for letter in chosen {
        if !codes.contains(&letter.code) {
            codes.push(letter.code.clone());
        }
    }
    Path { codes, lost, others: Vec::new() }
}

/// Whether letters carry a duty. Who decides need not agree as well, and who does the work supports it.
fn is_covered(letters: &[&Letter], duty: Duty) -> bool {
    let implied = match duty {
        Duty::Agree => Some(Duty::Decide),
        Duty::Support => Some(Duty::Do),
        _ => None,
    };
    let carries =
        |letter: &&Letter| letter.duties.contains(&duty) || implied.is_some_and(|by| letter.duties.contains(&by));
    letters.iter().any(carries)
}

/// The letter that carries a duty with the fewest others, and the codes of those that do so just as well.
fn nearest<'a>(to: &'a Framework, duty: Duty, from: &Letter, kind: DecisionKind) -> Option<(&'a Letter, Vec<String>)> {
    let gives_power = |letter: &Letter, power: Duty| letter.duties.contains(&power) && !from.duties.contains(&power);
    let allowed = |letter: &&Letter| {
        letter.duties.contains(&duty)
            && !gives_power(letter, Duty::Decide)
            && (!gives_power(letter, Duty::Agree) || from.duties.contains(&Duty::Decide))
    };
    let cost = |letter: &Letter| {
        let means = meaning(letter, kind);
        let extra = means.iter().filter(|other| !from.duties.contains(other)).count();
        let place = letter.duties.iter().position(|other| *other == duty).unwrap_or(usize::MAX);
        (!means.contains(&duty), extra, place)
    };
    let best = to.letters.iter().filter(allowed).min_by_key(|letter| cost(letter))?;
    let as_good = |letter: &&Letter| letter.code != best.code && cost(letter) == cost(best);
    let others = to.letters.iter().filter(allowed).filter(as_good).map(|letter| letter.code.clone()).collect();
    Some((best, others))
}

/// Weaker duties that stand in for one, the nearest first. Who is only told has none: more would be a voice.
fn instead_of(duty: Duty) -> &'static [Duty] {
    match duty {
        Duty::Decide => &[Duty::Agree, Duty::Prepare, Duty::Consult, Duty::Inform],
        Duty::Agree => &[Duty::Consult, Duty::Verify, Duty::Inform],
        Duty::Prepare => &[Duty::Do, Duty::Support, Duty::Consult, Duty::Inform],
        Duty::Do => &[Duty::Support, Duty::Inform, Duty::Consult],
        Duty::Verify => &[Duty::Consult, Duty::Support, Duty::Inform],
        Duty::Support => &[Duty::Consult, Duty::Inform],
        Duty::Consult => &[Duty::Inform],
        Duty::Inform => &[],
    }
}

fn sorted(duties: &[Duty]) -> Vec<Duty> {
    let mut duties = duties.to_vec();
    duties.sort_unstable();
    duties
}

#[cfg(test)]
mod tests {
    use super::*;

    fn framework(key: &str) -> Framework {
        crate::testkit::built_in_framework(key)
    }

    fn becomes(from: &str, code: &str, to: &str, kind: DecisionKind) -> String {
        let (from, to) = (framework(from), framework(to));
        let path = path(from.letter(code).unwrap(), &to, kind);
        let lost: Vec<&str> = path.lost.iter().map(|duty| duty.word()).collect();
        format!("{} -{}", path.codes.join("+"), lost.join(",")).trim_end_matches([' ', '-']).to_owned()
    }

    #[test]
    fn the_kind_of_the_row_tells_the_preparer_from_the_doer() {
        assert_eq!(becomes("raci", "R", "rapid", DecisionKind::Decision), "R");
        assert_eq!(becomes("raci", "R", "rapid", DecisionKind::Task), "P");
        assert_eq!(becomes("raci", "R", "daci", DecisionKind::Decision), "D");
        assert_eq!(becomes("rapid", "P", "raci", DecisionKind::Task), "R");
    }

    #[test]
    fn a_veto_becomes_a_voice_and_is_named_as_lost() {
        for (from, code, to) in [("rapid", "A", "raci"), ("ovis", "V", "daci"), ("charting", "A", "rasci")] {
            assert_eq!(becomes(from, code, to, DecisionKind::Decision), "C -agree", "{from} {code} to {to}");
        }
        assert_eq!(becomes("rapid", "A", "ovis", DecisionKind::Decision), "V");
    }

    #[test]
    fn nobody_gains_the_power_to_decide() {
        assert_eq!(becomes("rapid", "P", "charting", DecisionKind::Task), "S -do");
        assert_eq!(becomes("raci", "C", "delegation", DecisionKind::Decision), " -consult");
    }

    #[test]
    fn one_letter_may_become_two_and_one_of_several_is_a_guess() {
        assert_eq!(becomes("charting", "R", "rapid", DecisionKind::Decision), "D+P");
        let (from, to) = (framework("raci"), framework("delegation"));
        let path = path(from.letter("A").unwrap(), &to, DecisionKind::Decision);
        assert_eq!((path.codes, path.others.len()), (vec!["1".to_owned()], 5));
    }

    #[test]
    fn what_people_say_counts_and_what_it_costs_is_named() {
        let (from, to) = (framework("rapid"), framework("raci"));
        let path = path_to(from.letter("A").unwrap(), &to, DecisionKind::Decision, &["i".to_owned()]);
        assert_eq!((path.codes, path.lost), (vec!["I".to_owned()], vec![Duty::Agree]));
    }
}
