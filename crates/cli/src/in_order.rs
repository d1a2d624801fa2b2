//! Work for several threads, whose outcomes come in order all the same.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, PoisonError, mpsc};

use crate::output::Stop;

/// How many threads there are at the most, whatever is asked for.
const MOST_JOBS: usize = 512;
/// How far a thread may be ahead of the first file that is not done yet, in files for each thread: one file may take longer
/// than a thousand others, whose outcomes wait for it.
const AHEAD: usize = 256;

/// Does pieces of work, from number 0 to below `count`, with so many threads, 0 for as many as there are processors; hands the
/// outcomes over in the order of their numbers, until `each` wants no more.
pub(crate) fn in_order<T: Send>(
    count: usize,
    jobs: usize,
    work: impl Fn(usize) -> T + Sync,
    mut each: impl FnMut(usize, T) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let jobs = if jobs == 0 { processors } else { jobs };
    let jobs = jobs.min(count).clamp(1, MOST_JOBS);
    let (next, turn) = (AtomicUsize::new(0), Turn::default());
    let (sender, receiver) = mpsc::channel();
    std::thread::scope(|scope| {
        for job in 0..jobs {
            let (sender, next, turn, work) = (sender.clone(), &next, &turn, &work);
            let run = move || {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let goes_on = number < count && turn.wait_for(number, jobs * AHEAD);
                    if !goes_on || sender.send((number, work(number))).is_err() {
                        break;
                    }
                }
            };
            // Fewer threads do the same, later; without any there is nothing to be done.
            let spawned = std::thread::Builder::new().spawn_scoped(scope, run);
            if let (0, Err(error)) = (job, spawned) {
                return Err(Stop::Failed(error));
            }
        }
        drop(sender);
        // Outcomes that came before their turn.
        let mut early: BTreeMap<usize, T> = BTreeMap::new();
        let mut current = 0;
        for (number, outcome) in receiver {
            early.insert(number, outcome);
            while let Some(outcome) = early.remove(&current) {
                if let Err(stop) = each(current, outcome) {
                    turn.set(None);
                    return Err(stop);
                }
                current += 1;
            }
            turn.set(Some(current));
        }
        Ok(())
    })
}

/// Whose turn it is; `None` when all is to stop.
struct Turn {
    current: Mutex<Option<usize>>,
    changed: Condvar,
}

impl Default for Turn {
    fn default() -> Self {
        Self { current: Mutex::new(Some(0)), changed: Condvar::new() }
    }
}

impl Turn {
    /// Waits until a number is near enough; `false` if all is to stop.
    fn wait_for(&self, number: usize, ahead: usize) -> bool {
        let current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        let is_far = |current: &mut Option<usize>| current.is_some_and(|current| number >= current + ahead);
        let current = self.changed.wait_while(current, is_far).unwrap_or_else(PoisonError::into_inner);
        current.is_some()
    }

    /// Whose turn it is now; `None` stops all.
    fn set(&self, current: Option<usize>) {
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = current;
        self.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outcomes_come_in_order() {
        for jobs in [1, 2, 7, 100_000] {
            let mut seen = Vec::new();
            // The first takes longest: the others have to wait for it, and none runs further ahead than it may.
            let work = |number: usize| {
                if number == 0 {
                    std::thread::yield_now();
                }
                number * 2
            };
            let outcome = in_order(10_000, jobs, work, |number, doubled| {
                assert_eq!(doubled, number * 2);
                seen.push(number);
                Ok(())
            });
            assert!(outcome.is_ok());
            assert!(seen.into_iter().eq(0..10_000), "{jobs} threads");
        }
    }

    #[test]
    fn it_can_be_stopped() {
        let done = AtomicUsize::new(0);
        let work = |_| done.fetch_add(1, Ordering::Relaxed);
        let outcome = in_order(1_000_000, 3, work, |number, _| if number == 10 { Err(Stop::Closed) } else { Ok(()) });
        assert!(matches!(outcome, Err(Stop::Closed)));
        assert!(done.into_inner() < 10_000, "the rest is not done");
    }

    #[test]
    fn nothing_is_soon_done() {
        assert!(in_order(0, 0, |number| number, |_, _| Err(Stop::Closed)).is_ok());
    }
}
