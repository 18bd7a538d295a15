//! The program `kanwu`: arguments → [`cli::run`] → exit code.

use kanwu::cli::{self, arguments};
use std::process::ExitCode;

fn main() -> ExitCode {
    let exit = match arguments::parse(std::env::args_os()) {
        Ok(command) => cli::run(command),
        Err(exit) => exit,
    };
    ExitCode::from(exit.code())
}
