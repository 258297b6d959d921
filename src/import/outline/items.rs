//! One line of a process as items: what is done, by whom, under which condition, and how it follows what stands before.
//!
//! Knows no document: names are text here.

use super::words;

/// How an item follows what stands before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Follows {
    /// It begins a line, or stands behind a semicolon.
    Anew,
    /// An arrow leads to it, or it stands behind a question.
    Arrow,
}

/// Under which condition a branch is taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// As written, without the share.
    pub text: String,
    /// How often, where it says so: `(yes 70 %)`.
    pub probability: Option<f64>,
}

impl Condition {
    /// A condition as it stands between parentheses.
    pub fn read(text: &str) -> Self {
        let trimmed = text.trim().trim_end_matches(':').trim_end();
        let share = trimmed.strip_suffix('%').map(str::trim_end).and_then(|rest| {
            let start = rest.rfind(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).map_or(0, |at| at + 1);
            // The last character before the number may be longer than a byte.
            let start = (start..=rest.len()).find(|at| rest.is_char_boundary(*at))?;
            let percent: f64 = rest.get(start..)?.replace(',', ".").parse().ok()?;
            let words = rest.get(..start)?.trim().trim_end_matches([',', ':', '-']).trim_end();
            ((0.0..=100.0).contains(&percent)).then(|| (words.to_owned(), percent / 100.0))
        });
        match share {
            Some((text, probability)) => Self { text, probability: Some(probability) },
            None => Self { text: trimmed.to_owned(), probability: None },
        }
    }

    /// Whether it says that branches run at the same time.
    pub fn is_parallel(&self) -> bool {
        words::is_and(&self.text)
    }
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A piece of work.
    Step,
    /// A question: an exclusive gateway.
    Question,
    /// Where the flow starts.
    Start,
    /// Where the flow ends.
    End,
    /// A step that was named before.
    Back,
}

/// One item of a line. Name, condition and performer may each be missing, but not all of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// How it follows.
    pub follows: Follows,
    /// The condition that stands before it.
    pub condition: Option<Condition>,
    /// Who performs it, as written.
    pub performer: Option<String>,
    /// What it is.
    pub kind: Kind,
    /// Its name; that of a question with its mark.
    pub name: String,
}

/// The items of a line.
pub fn items(line: &str) -> Vec<Item> {
    let mut reader =
        Reader { letters: line.chars().collect(), at: 0, items: Vec::new(), open: Open::new(Follows::Anew) };
    reader.read();
    reader.items
}

/// An item being read.
struct Open {
    follows: Follows,
    condition: Option<Condition>,
    performer: Option<String>,
    name: String,
    asks: bool,
}

impl Open {
    fn new(follows: Follows) -> Self {
        Self { follows, condition: None, performer: None, name: String::new(), asks: false }
    }

    fn is_blank(&self) -> bool {
        self.name.trim().is_empty()
    }
}

struct Reader {
    letters: Vec<char>,
    at: usize,
    items: Vec<Item>,
    open: Open,
}

impl Reader {
    fn read(&mut self) {
        while let Some(letter) = self.peek(0) {
            match letter {
                '"' | '“' | '„' | '”' | '«' | '»' if self.quoted() => {}
                ';' => self.finish(Follows::Anew),
                '→' | '⇒' | '➔' | '➜' | '➝' | '»' => self.finish(Follows::Arrow),
                '-' | '=' if self.long_arrow() => self.finish(Follows::Arrow),
                '>' if !self.is_comparison() => self.finish(Follows::Arrow),
                '?' if self.open.is_blank() && self.open.name.is_empty() => self.open.asks = true,
                '?' if self.is_end_of_question() => {
                    self.open.asks = true;
                    self.finish(Follows::Arrow);
                }
                '(' => self.parenthesis(),
                '@' if self.at_start_of_word() => self.mention(),
                ':' if self.is_colon() => self.colon(),
                other => self.open.name.push(other),
            }
            self.at += 1;
        }
        self.finish(Follows::Anew);
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.letters.get(self.at + ahead).copied()
    }

    fn at_start_of_word(&self) -> bool {
        self.at == 0 || self.letters.get(self.at - 1).is_some_and(|before| before.is_whitespace() || *before == '(')
    }

    /// Takes a quoted text as it is, where the quotes are closed on the line.
    fn quoted(&mut self) -> bool {
        let Some(letter) = self.peek(0).filter(|_| self.at_start_of_word() || self.open.is_blank()) else {
            return false;
        };
        let closing: &[char] = match letter {
            '“' => &['”', '"'],
            '„' => &['“', '”', '"'],
            '«' => &['»'],
            '»' => &['«'],
            _ => &['"', '”', '“'],
        };
        let rest = self.letters.get(self.at + 1..).unwrap_or_default();
        let Some(length) = rest.iter().position(|c| closing.contains(c)) else { return false };
        // Guillemets that point right are also used as arrows.
        if length == 0 {
            return false;
        }
        self.open.name.extend(rest.iter().take(length));
        self.at += length + 1;
        true
    }

    /// `->`, `-->`, `=>`: goes to their last character.
    fn long_arrow(&mut self) -> bool {
        let shaft = (0..4).take_while(|ahead| matches!(self.peek(*ahead), Some('-' | '='))).count();
        if self.peek(shaft) != Some('>') {
            return false;
        }
        self.at += shaft;
        true
    }

    /// `amount > 500`: a number behind the sign and words before it.
    fn is_comparison(&self) -> bool {
        let rest = self.letters.get(self.at + 1..).unwrap_or_default();
        let next = rest.iter().find(|c| !c.is_whitespace());
        let compares = next.is_some_and(|c| c.is_ascii_digit() || matches!(c, '=' | '€' | '$' | '£'));
        compares && !self.open.is_blank()
    }

    fn is_end_of_question(&self) -> bool {
        self.peek(1).is_none_or(|next| next.is_whitespace() || matches!(next, '(' | ';' | '>' | '-' | '=' | '→' | '@'))
    }

    /// A condition where it begins an item, or where it says yes, no or and; else part of the name.
    fn parenthesis(&mut self) {
        let rest = self.letters.get(self.at + 1..).unwrap_or_default();
        let Some(length) = rest.iter().position(|c| *c == ')') else { return self.open.name.push('(') };
        let inside: String = rest.iter().take(length).collect();
        let condition = Condition::read(&inside);
        let begins = self.open.is_blank() && self.open.condition.is_none() && self.open.performer.is_none();
        let is_answer = words::is_answer(&condition.text) || condition.is_parallel();
        let is_empty = condition.text.is_empty() && condition.probability.is_none();
        if is_empty || !(begins || is_answer) {
            self.open.name.push('(');
            return;
        }
        self.at += length + 1;
        if !begins {
            self.finish(Follows::Arrow);
        }
        self.open.condition = Some(condition);
    }

    /// `@Shop manager`: until the next sign that ends a name.
    fn mention(&mut self) {
        self.at += 1;
        let before = std::mem::take(&mut self.open.name);
        if matches!(self.peek(0), Some('"' | '“' | '„' | '«')) && self.quoted() {
            let mentioned = std::mem::replace(&mut self.open.name, before);
            return self.set_performer(&mentioned);
        }
        self.open.name = before;
        let rest = self.letters.get(self.at..).unwrap_or_default();
        let ends = |c: &char| matches!(c, '?' | ';' | '(' | ')' | '@' | ':' | '>' | '→' | '⇒' | '=' | ',');
        let mut length = rest.iter().position(ends).unwrap_or(rest.len());
        if let Some(arrow) = rest.windows(2).position(|pair| pair == ['-', '>'] || pair == ['-', '-']) {
            length = length.min(arrow);
        }
        // At the beginning of an item a mention is one word: the name follows.
        if self.open.is_blank() && rest.get(length) != Some(&':') {
            length = length.min(rest.iter().position(|c| c.is_whitespace()).unwrap_or(length));
        }
        let mentioned: String = rest.iter().take(length).collect();
        let skips_colon = rest.get(length) == Some(&':');
        self.at = (self.at + length + usize::from(skips_colon)).saturating_sub(1);
        self.set_performer(&mentioned);
    }

    fn set_performer(&mut self, written: &str) {
        let name = one_line(written);
        if !name.is_empty() {
            self.open.performer = Some(name);
        }
    }

    /// Whether this colon parts a performer or an answer from the name: not in a time, an address or a ratio.
    fn is_colon(&self) -> bool {
        let next = self.peek(1);
        let is_number = self.at > 0 && self.letters.get(self.at - 1).is_some_and(char::is_ascii_digit);
        let before = self.open.name.trim();
        let words = before.split_whitespace().count();
        let is_address = next == Some('/') || matches!(before.to_lowercase().as_str(), "http" | "https" | "mailto");
        let is_time = is_number && next.is_some_and(|c| c.is_ascii_digit());
        (1..=6).contains(&words)
            && before.chars().count() <= 60
            && !is_address
            && !is_time
            && self.open.performer.is_none()
            && !self.open.asks
    }

    fn colon(&mut self) {
        let before = one_line(&std::mem::take(&mut self.open.name));
        if self.open.condition.is_none() && words::is_answer(&before) {
            self.open.condition = Some(Condition::read(&before));
        } else if words::is_start(&before) || words::is_end(&before) {
            // The word stays in the name until the item is finished.
            self.open.name = format!("{before}: ");
        } else {
            self.open.performer = Some(before);
        }
    }

    fn finish(&mut self, next: Follows) {
        let open = std::mem::replace(&mut self.open, Open::new(next));
        let name = one_line(&open.name);
        if name.is_empty() && open.condition.is_none() && open.performer.is_none() {
            // Signs without a name between them: the stronger one counts.
            if open.follows == Follows::Anew {
                self.open.follows = Follows::Anew;
            }
            return;
        }
        let (kind, name) = kind_of(&name, open.asks);
        self.items.push(Item {
            follows: open.follows,
            condition: open.condition,
            performer: open.performer,
            kind,
            name,
        });
    }
}

fn kind_of(name: &str, asks: bool) -> (Kind, String) {
    if asks && !name.is_empty() {
        return (Kind::Question, format!("{}?", name.trim_end_matches('?').trim_end()));
    }
    if let Some((word, rest)) = name.split_once(':') {
        if words::is_start(word) {
            return (Kind::Start, rest.trim().to_owned());
        }
        if words::is_end(word) {
            return (Kind::End, rest.trim().to_owned());
        }
    }
    match name {
        name if words::is_start(name) => (Kind::Start, String::new()),
        name if words::is_end(name) => (Kind::End, String::new()),
        name => match words::behind_back_to(name) {
            Some(target) => (Kind::Back, target.to_owned()),
            None => (Kind::Step, name.to_owned()),
        },
    }
}

/// A text without line ends and doubled spaces.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Items in short: `=` anew, `>` by an arrow, (condition), performer:, name.
    fn read(line: &str) -> String {
        let words = |item: &Item| {
            let sign = if item.follows == Follows::Anew { "=" } else { ">" };
            let condition = item.condition.as_ref().map_or(String::new(), |condition| match condition.probability {
                Some(share) => format!("({} {share}) ", condition.text),
                None => format!("({}) ", condition.text),
            });
            let performer = item.performer.as_ref().map_or(String::new(), |name| format!("{name}: "));
            let kind = match item.kind {
                Kind::Step | Kind::Question => "",
                Kind::Start => "START ",
                Kind::End => "END ",
                Kind::Back => "BACK ",
            };
            format!("{sign} {condition}{performer}{kind}{}", item.name).trim_end().to_owned()
        };
        items(line).iter().map(words).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn the_example_of_the_help_is_read() {
        let line = "Clerk: check refund > approve? (yes) Accountant: pay; (no) Clerk: write to customer";
        let expected = "= Clerk: check refund | > approve? | > (yes) Accountant: pay | = (no) Clerk: write to customer";
        assert_eq!(read(line), expected);
    }

    #[test]
    fn arrows_of_all_kinds_lead_on_and_comparisons_do_not() {
        for line in ["a > b", "a -> b", "a --> b", "a => b", "a → b", "a ⇒ b", "a>b", "a > > b", "a >"] {
            let expected = if line == "a >" { "= a" } else { "= a | > b" };
            assert_eq!(read(line), expected, "{line}");
        }
        assert_eq!(read("amount > 500? (yes) ask"), "= amount > 500? | > (yes) ask");
        assert_eq!(read("co-operate with x-ray"), "= co-operate with x-ray");
        assert_eq!(read("> b"), "= b");
    }

    #[test]
    fn performers_stand_before_a_colon_or_behind_an_at_sign() {
        assert_eq!(read("Shop manager: count till"), "= Shop manager: count till");
        assert_eq!(read("count till @Shop manager > lock"), "= Shop manager: count till | > lock");
        assert_eq!(read("approve @Owner?"), "= Owner: approve?");
        assert_eq!(read("@Clerk count till"), "= Clerk: count till");
        assert_eq!(read("@\"Shop manager\" count till"), "= Shop manager: count till");
        assert_eq!(read("@Shop manager: count till"), "= Shop manager: count till");
        assert_eq!(read("open at 10:30"), "= open at 10:30");
        assert_eq!(read("see https://x.org"), "= see https://x.org");
        assert_eq!(read("write to a@b.org"), "= write to a@b.org");
        assert_eq!(read("Clerk:"), "= Clerk:");
        assert_eq!(read("@"), "");
    }

    #[test]
    fn conditions_begin_a_branch_and_other_parentheses_belong_to_the_name() {
        assert_eq!(read("(yes) pay (no) write"), "= (yes) pay | > (no) write");
        assert_eq!(read("pay (cash) today"), "= pay (cash) today");
        assert_eq!(read("(up to 200 EUR, 70 %) pay"), "= (up to 200 EUR 0.7) pay");
        assert_eq!(read("(yes 70%) pay"), "= (yes 0.7) pay");
        assert_eq!(read("yes: pay; no: Owner: ask"), "= (yes) pay | = (no) Owner: ask");
        assert_eq!(read("(yes) Clerk: pay"), "= (yes) Clerk: pay");
        assert_eq!(read("(yes)"), "= (yes)");
        assert_eq!(read("pack (and) print (and) call"), "= pack | > (and) print | > (and) call");
        assert_eq!(read("a (b"), "= a (b");
        assert_eq!(read("() a"), "= () a");
    }

    #[test]
    fn questions_starts_ends_and_ways_back() {
        assert_eq!(read("? in stock"), "= in stock?");
        assert_eq!(read("in stock ? order"), "= in stock? | > order");
        assert_eq!(read("start: order comes > end"), "= START order comes | > END");
        assert_eq!(read("back to check refund"), "= BACK check refund");
        assert_eq!(read("zurück zu Prüfen"), "= BACK Prüfen");
        assert_eq!(read("why?because"), "= why?because");
    }

    #[test]
    fn quotes_protect_what_is_in_them() {
        assert_eq!(read("\"buy > sell\" > rest"), "= buy > sell | > rest");
        assert_eq!(read("„Kauf; Verkauf“ -> Ende"), "= Kauf; Verkauf | > END");
        assert_eq!(read("«a: b» > c"), "= a: b | > c");
        assert_eq!(read("cut 3\" pipe > fit"), "= cut 3\" pipe | > fit");
    }
}
