//! Parse, run, exit code. Everything else is in the library.

#[global_allocator]
static HEAP: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    std::process::ExitCode::from(realist::cli::run(std::env::args_os()))
}
