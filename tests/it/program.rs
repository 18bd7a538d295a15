//! Runs the program in a folder of its own, with nothing of this machine's environment.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

/// The program itself and its commands: all that have a `--help`.
pub const COMMANDS: [&str; 10] = [
    "",
    "check",
    "explain",
    "rules",
    "rules list",
    "rules test",
    "rules schema",
    "rules trace",
    "rules import",
    "inspect",
];

/// A temporary folder with files, removed when dropped.
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// An empty folder.
    pub fn new() -> Folder {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("kanwu-it-{}-{number}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Folder { path }
    }

    /// The folder with one more file; folders in its name are made.
    pub fn file(self, name: &str, bytes: impl AsRef<[u8]>) -> Folder {
        let path = self.path.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    /// Where a file of it is.
    pub fn path(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// A run of the program in this folder.
    pub fn kanwu<'a>(&'a self, arguments: impl IntoIterator<Item = &'a str>) -> Run<'a> {
        Run {
            folder: &self.path,
            arguments: arguments.into_iter().map(str::to_owned).collect(),
            environment: Vec::new(),
            input: Vec::new(),
        }
    }

    /// What a command line, its arguments divided by blanks, comes to.
    pub fn run(&self, line: &str) -> Outcome {
        self.kanwu(line.split_whitespace()).run()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// The program with arguments, about to run.
pub struct Run<'a> {
    folder: &'a Path,
    arguments: Vec<String>,
    environment: Vec<(String, String)>,
    input: Vec<u8>,
}

impl Run<'_> {
    /// Sets a variable of the environment, which is empty otherwise.
    pub fn variable(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Gives it something to read on standard input.
    pub fn input(mut self, bytes: impl AsRef<[u8]>) -> Self {
        self.input = bytes.as_ref().to_vec();
        self
    }

    /// Runs it to its end.
    pub fn run(self) -> Outcome {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kanwu"));
        command.args(&self.arguments).current_dir(self.folder).env_clear().envs(self.environment);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // A program that does not read its input may end before all of it is written.
        let _ = child.stdin.take().unwrap().write_all(&self.input);
        let output = child.wait_with_output().unwrap();
        Outcome {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            messages: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// What a run came to.
#[derive(PartialEq, Eq, Debug)]
pub struct Outcome {
    /// The exit code.
    pub code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub messages: String,
}

impl Outcome {
    /// Panics unless the exit code is `code` and the messages hold `words`.
    #[track_caller]
    pub fn ends(&self, code: i32, words: &str) -> &Outcome {
        assert_eq!(self.code, Some(code), "{self:#?}");
        assert!(self.messages.contains(words), "no {words:?} in the messages: {self:#?}");
        self
    }

    /// Panics unless standard output holds `words`.
    #[track_caller]
    pub fn says(&self, words: &str) -> &Outcome {
        assert!(self.out.contains(words), "no {words:?} in the output: {self:#?}");
        self
    }

    /// Code, output and messages, for a snapshot.
    pub fn shown(&self) -> String {
        let Outcome { code, out, messages } = self;
        let code = code.map_or_else(|| "none".to_owned(), |code| code.to_string());
        format!("exit {code}\n--- output\n{out}--- messages\n{messages}")
    }
}
