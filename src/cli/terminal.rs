//! The terminal: whether it shows colours, how wide it is, and how the user is told that something is wrong.

use super::arguments::Color;
use crate::report::Options;
use std::env;
use std::io::{IsTerminal, Write, stderr, stdout};

/// How findings and messages may look on the streams of this process.
pub(super) fn options(color: Color) -> Options {
    Options { width: width(), color: self::color(color), color_messages: color_of_messages(color) }
}

/// Whether standard output shows colours.
pub(super) fn color(color: Color) -> bool {
    colored(color, stdout().is_terminal())
}

/// Whether standard error shows colours.
pub(super) fn color_of_messages(color: Color) -> bool {
    colored(color, stderr().is_terminal())
}

/// Whether a stream is written to in colour: what is asked for, then what the environment says, then whether it is a
/// terminal.
fn colored(asked: Color, is_terminal: bool) -> bool {
    let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    match asked {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if set("NO_COLOR") => false,
        Color::Auto if set("CLICOLOR_FORCE") && env::var_os("CLICOLOR_FORCE").is_some_and(|value| value != "0") => true,
        Color::Auto if env::var_os("TERM").is_some_and(|value| value == "dumb") => false,
        Color::Auto => is_terminal,
    }
}

/// Columns of the terminal that standard output is; 80 when it is none.
pub(super) fn width() -> usize {
    width_of_terminal().unwrap_or(80)
}

/// Columns of the terminal that standard output is, if it is one.
pub(super) fn width_of_terminal() -> Option<usize> {
    let size = stdout().is_terminal().then(terminal_size::terminal_size).flatten();
    size.map(|(terminal_size::Width(columns), _)| usize::from(columns))
}

/// Tells the user that the job could not be done.
pub(super) fn complain(message: &str) {
    let word = if color_of_messages(Color::Auto) { "\x1b[1;31m错误\x1b[0m" } else { "错误" };
    // There is nobody left to tell when even this cannot be written.
    let _ = writeln!(stderr(), "{word}  {message}");
}

/// The word before what the user should know though nothing is wrong.
pub(super) fn note_word() -> &'static str {
    if color_of_messages(Color::Auto) { "\x1b[1;33m注意\x1b[0m" } else { "注意" }
}
