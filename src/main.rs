//! Parse, run, exit code. Everything else is in the library.

fn main() -> std::process::ExitCode {
    std::process::ExitCode::from(realist::cli::run(std::env::args_os()))
}
