//! Many documents at once: as many as there are cores.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use crate::cores;
use crate::error::Error;

/// Stack for a document in bytes. Typst goes deep where prose is nested; two MiB, what a thread has by itself, would not
/// do.
const STACK: usize = 16 << 20;

/// Sets all `items`, each by one call of `set`, and gives what came of them in their order. `done` is told of each one,
/// from this thread, which sets some of them itself: the first thread of a process gets its memory in larger pieces.
///
/// # Errors
/// That of the first item, in their order, which could not be set; none is begun after it.
pub(super) fn print<T: Sync, R: Send>(
    items: &[T],
    set: impl Fn(&T) -> Result<R, Error> + Sync,
    done: &dyn Fn(),
) -> Result<Vec<R>, Error> {
    let (next, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
    // Items are taken in order: whatever comes before one that fails has been begun, and is finished.
    let one = || {
        let at = if stop.load(Ordering::Relaxed) { items.len() } else { next.fetch_add(1, Ordering::Relaxed) };
        let result = set(items.get(at)?);
        stop.fetch_or(result.is_err(), Ordering::Relaxed);
        Some((at, result))
    };
    let mut results: Vec<Option<Result<R, Error>>> = items.iter().map(|_| None).collect();
    thread::scope(|scope| {
        let (sender, receiver) = mpsc::channel();
        for _ in 1..cores::count().min(items.len()) {
            let (sender, one) = (sender.clone(), &one);
            let work = move || while one().is_some_and(|result| sender.send(result).is_ok()) {};
            thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work).expect("a thread can be started");
        }
        let mut take = |(at, result): (usize, _)| {
            results[at] = Some(result);
            done();
        };
        while let Some(result) = stacker::grow(STACK, one) {
            take(result);
            receiver.try_iter().for_each(&mut take);
        }
        drop(sender);
        receiver.into_iter().for_each(take);
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
        let all = print(&items, slow, &|| told.set(told.get() + 1)).expect("all of them");
        assert_eq!(all, items.iter().map(|n| n * 2).collect::<Vec<_>>());
        assert_eq!(told.get(), 100);
        assert!(print(&[], slow, &|| ()).expect("none of them").is_empty());
    }

    #[test]
    fn the_first_error_is_the_one_that_is_told() {
        let items: Vec<u64> = (0..100).collect();
        for _ in 0..20 {
            let set = |n: &u64| if n % 7 == 6 { Err(Error::Usage(n.to_string())) } else { Ok(()) };
            assert_eq!(print(&items, set, &|| ()).expect_err("one fails").to_string(), "6");
        }
    }
}
