//! Work done by many threads and delivered in order, with only a few finished pieces waiting.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Hands out the numbers `0..count` to workers and takes their results back in order. A worker waits rather than run
/// more than `room` pieces ahead of the one that is to be delivered next, so that memory stays bounded.
pub(super) struct Window<T> {
    state: Mutex<State<T>>,
    changed: Condvar,
    count: usize,
    room: usize,
}

struct State<T> {
    /// The next number to be worked on.
    next: usize,
    /// The next number to be delivered.
    due: usize,
    /// Finished, not yet delivered.
    waiting: BTreeMap<usize, T>,
    /// Whether no more is wanted.
    stopped: bool,
}

impl<T> Window<T> {
    /// A window over `count` pieces of work.
    pub(super) fn new(count: usize, room: usize) -> Window<T> {
        let state = State { next: 0, due: 0, waiting: BTreeMap::new(), stopped: false };
        Window { state: Mutex::new(state), changed: Condvar::new(), count, room: room.max(1) }
    }

    /// Works until there is no more. To be called by each worker. A panic in `work` stops the others.
    pub(super) fn work(&self, work: impl Fn(usize) -> T) {
        let guard = StopOnPanic(self);
        while let Some(number) = self.take() {
            let piece = work(number);
            self.lock().waiting.insert(number, piece);
            self.changed.notify_all();
        }
        drop(guard);
    }

    /// The number of the next piece to work on, once there is room for it.
    fn take(&self) -> Option<usize> {
        let mut state = self.lock();
        loop {
            if state.stopped || state.next == self.count {
                return None;
            }
            if state.next < state.due + self.room {
                state.next += 1;
                return Some(state.next - 1);
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// The next piece in order, once it is finished. `None` after the last, or when a worker has panicked.
    pub(super) fn deliver(&self) -> Option<T> {
        let mut state = self.lock();
        loop {
            if state.stopped || state.due == self.count {
                return None;
            }
            let due = state.due;
            if let Some(piece) = state.waiting.remove(&due) {
                state.due += 1;
                self.changed.notify_all();
                return Some(piece);
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Lets the workers end after what they are at.
    pub(super) fn stop(&self) {
        self.lock().stopped = true;
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct StopOnPanic<'a, T>(&'a Window<T>);

impl<T> Drop for StopOnPanic<'_, T> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.stop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;
    use std::time::Duration;

    #[test]
    fn pieces_come_in_order_and_few_wait() {
        let window = Window::new(200, 5);
        let most = AtomicUsize::new(0);
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    window.work(|number| {
                        // Every tenth piece is slow, so that the others run ahead as far as they may.
                        thread::sleep(Duration::from_micros(if number % 10 == 0 { 500 } else { 5 }));
                        most.fetch_max(window.lock().waiting.len(), Ordering::Relaxed);
                        number
                    });
                });
            }
            let delivered: Vec<usize> = std::iter::from_fn(|| window.deliver()).collect();
            assert_eq!(delivered, (0..200).collect::<Vec<_>>());
        });
        assert!(most.load(Ordering::Relaxed) <= 5);
    }

    #[test]
    fn stopping_ends_all() {
        let window = Window::new(usize::MAX, 2);
        thread::scope(|scope| {
            scope.spawn(|| window.work(|number| number));
            assert_eq!(window.deliver(), Some(0));
            window.stop();
            assert_eq!(window.deliver(), None);
        });
    }
}
