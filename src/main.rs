//! The command line of `bulletin`: what was typed becomes a job, what came of it becomes speech and an exit status.

mod cli;

fn main() -> std::process::ExitCode {
    cli::run()
}
