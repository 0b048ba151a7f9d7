//! Many documents at once: as many as there are cores.

use std::num::NonZero;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use crate::error::Error;

/// Stack of a thread in bytes. Typst goes deep where prose is nested; two MiB, what a thread has by itself, would not do.
const STACK: usize = 16 << 20;

/// Gives the number of documents that are set at once.
pub(super) fn cores() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

/// Sets all `items`, each by one call of `set`, and gives what came of them in their order. This thread does something
/// else `meanwhile`; then `done` is told of each item, from this thread.
///
/// # Errors
/// That of the first item, in their order, which could not be set; none is begun after it.
pub(super) fn print<T: Sync, R: Send>(
    items: &[T],
    set: impl Fn(&T) -> Result<R, Error> + Sync,
    done: &dyn Fn(),
    meanwhile: impl FnOnce(),
) -> Result<Vec<R>, Error> {
    let (next, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
    let mut results: Vec<Option<Result<R, Error>>> = items.iter().map(|_| None).collect();
    thread::scope(|scope| {
        let (sender, receiver) = mpsc::channel();
        for _ in 0..cores().min(items.len()) {
            let (sender, next, stop, set) = (sender.clone(), &next, &stop, &set);
            let work = move || {
                // Items are taken in order: whatever comes before one that fails has been begun, and is finished.
                while !stop.load(Ordering::Relaxed) {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(at) else { break };
                    let result = set(item);
                    stop.fetch_or(result.is_err(), Ordering::Relaxed);
                    if sender.send((at, result)).is_err() {
                        break;
                    }
                }
            };
            thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work).expect("a thread can be started");
        }
        drop(sender);
        meanwhile();
        for (at, result) in receiver {
            results[at] = Some(result);
            done();
        }
    });
    results.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn what_comes_out_has_the_order_of_what_went_in() {
        let told = Cell::new(0);
        let items: Vec<u64> = (0..100).collect();
        let slow = |n: &u64| {
            thread::sleep(std::time::Duration::from_micros(n * 37 % 11));
            Ok(n * 2)
        };
        let all = print(&items, slow, &|| told.set(told.get() + 1), || ()).expect("all of them");
        assert_eq!(all, items.iter().map(|n| n * 2).collect::<Vec<_>>());
        assert_eq!(told.get(), 100);
        assert!(print(&[], slow, &|| (), || ()).expect("none of them").is_empty());
    }

    #[test]
    fn the_first_error_is_the_one_that_is_told() {
        let items: Vec<u64> = (0..100).collect();
        for _ in 0..20 {
            let set = |n: &u64| if n % 7 == 6 { Err(Error::Usage(n.to_string())) } else { Ok(()) };
            assert_eq!(print(&items, set, &|| (), || ()).expect_err("one fails").to_string(), "6");
        }
    }
}
