//! The command line of `bulletin`: what was typed becomes a job, what came of it becomes speech and an exit status.

use mimalloc::MiMalloc;

mod cli;

/// Pages are set in very many small pieces of memory, on several threads: they come sooner than from the system.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> std::process::ExitCode {
    cli::run()
}
