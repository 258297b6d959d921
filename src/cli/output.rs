//! Standard output and standard error, without a panic when nobody reads them.

use std::io::{ErrorKind, Write as _};
use std::process::ExitCode;

use super::Failure;

/// Width of text for people, in characters.
pub(super) const WIDTH: usize = 96;

/// Writes a result to standard output.
pub(super) fn print(bytes: &[u8]) -> Result<(), Failure> {
    let mut stdout = std::io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Err(Failure::NobodyReads),
        Err(error) => Err(Failure::Output(format!("standard output cannot be written: {error}"))),
    }
}

/// Writes a message to standard error. Where that fails, too, nobody can be told.
pub(super) fn tell(message: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{}", message.trim_end());
}

/// Tells why the program failed; its exit code.
pub fn fail(failure: Failure) -> ExitCode {
    exit_code(Err(failure))
}

/// The exit code of a command; a failure is told.
pub(super) fn exit_code(result: Result<u8, Failure>) -> ExitCode {
    match result {
        Ok(code) => ExitCode::from(code),
        Err(failure) => {
            if failure != Failure::NobodyReads {
                tell(&format!("remit: {failure}"));
            }
            ExitCode::from(failure.exit_code())
        }
    }
}

/// Breaks a text into lines of at most `width` characters, each begun with `indent`; a longer word stays whole.
pub(super) fn wrapped(text: &str, indent: &str, width: usize) -> String {
    let mut lines = String::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            let length = indent.chars().count() + line.chars().count() + word.chars().count();
            if !line.is_empty() && length + 1 > width {
                lines.push_str(&format!("{indent}{line}\n"));
                line.clear();
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push_str(&format!("{indent}{line}\n"));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_between_words() {
        assert_eq!(wrapped("one two three", "  ", 9), "  one two\n  three\n");
        assert_eq!(wrapped("indivisible", "", 4), "indivisible\n");
        assert_eq!(wrapped("a\nb", "> ", 80), "> a\n> b\n");
    }
}
