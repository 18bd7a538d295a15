//! The command line: a shell around the library that reads files, runs threads and writes to the terminal.
//!
//! [`arguments`] says what can be asked for; [`run`] does it and says how it went. Findings go to standard output, all
//! else to standard error.

pub mod arguments;
mod check;
mod description;
mod explain;
mod glob;
mod input;
mod inspect;
mod language;
mod names;
mod progress;
mod rule_files;
mod rules;
mod sets;
mod statistics;
mod terminal;
mod walk;
mod window;
mod words;

use arguments::{Command, RulesCommand};
use std::io;

/// How a run ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Exit {
    /// Nothing at or above the level that fails a run.
    Clean,
    /// Findings at or above that level.
    Findings,
    /// The job could not be done, or not all of it.
    Failed,
}

impl Exit {
    /// The exit code of the process.
    pub fn code(self) -> u8 {
        match self {
            Exit::Clean => 0,
            Exit::Findings => 1,
            Exit::Failed => 2,
        }
    }
}

/// Why a command ended early.
enum Stop {
    /// A sentence for the user, in Chinese.
    Message(String),
    /// The user has been told already.
    Told,
    /// Output could not be written.
    Output(io::Error),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Stop {
        Stop::Output(error)
    }
}

impl From<String> for Stop {
    fn from(message: String) -> Stop {
        Stop::Message(message)
    }
}

/// Runs a command to its end and says how it went.
pub fn run(command: Command) -> Exit {
    let is_check = matches!(command, Command::Check(_));
    let outcome = match command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Inspect(arguments) => inspect::run(&arguments),
        Command::Rules(RulesCommand::List(arguments)) => rules::list::run(&arguments),
        Command::Rules(RulesCommand::Test(arguments)) => rules::test::run(&arguments),
        Command::Rules(RulesCommand::Schema) => rules::schema::run(),
        Command::Rules(RulesCommand::Trace(arguments)) => rules::trace::run(&arguments),
        Command::Rules(RulesCommand::Import(arguments)) => rules::import::run(&arguments),
    };
    match outcome {
        Ok(exit) => exit,
        Err(Stop::Told) => Exit::Failed,
        Err(Stop::Message(message)) => {
            terminal::complain(&message);
            Exit::Failed
        }
        // Whoever reads the output has seen enough. A check that was not finished is still no clean one.
        Err(Stop::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
            if is_check {
                Exit::Failed
            } else {
                Exit::Clean
            }
        }
        Err(Stop::Output(error)) => {
            terminal::complain(&format!("结果无法写出：{}", language::system_reason(&error)));
            Exit::Failed
        }
    }
}
