//! The progress bar: on standard error, when that is a terminal and the run takes more than a moment.

use indicatif::{ProgressBar, ProgressStyle};
use std::io::{IsTerminal, stderr};
use std::time::{Duration, Instant};

/// How long a run goes on without a bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// How far a run has come.
pub(super) struct Progress {
    total: usize,
    done: usize,
    started: Instant,
    wanted: bool,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// Progress over `total` files; without `wanted`, never shown.
    pub(super) fn new(total: usize, wanted: bool) -> Progress {
        let wanted = wanted && stderr().is_terminal();
        Progress { total, done: 0, started: Instant::now(), wanted, bar: None }
    }

    /// One more file is done.
    pub(super) fn step(&mut self) {
        self.done += 1;
        if self.wanted && self.bar.is_none() && self.started.elapsed() > PATIENCE {
            let style = ProgressStyle::with_template("检查 {wide_bar} {pos}/{len} 份").expect("the template is valid");
            self.bar = Some(ProgressBar::new(self.total as u64).with_style(style));
        }
        if let Some(bar) = &self.bar {
            bar.set_position(self.done as u64);
        }
    }

    /// Writes while the bar is out of the way.
    pub(super) fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        match &self.bar {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }

    /// Takes the bar away.
    pub(super) fn finish(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}
