//! The command line: parses, calls an act, prints. No rule of the method lives here.

mod commands;
mod terms;
mod editor;
mod ui;

use crate::diagnostic::{Result, fault};
use crate::project::{Project, Surroundings};
use clap::Parser;
use commands::Command;
use std::path::PathBuf;
pub use ui::{Exit, Format, Ui};

/// Realist synthesis at the command line: import, search, code, write context-mechanism-outcome
/// hypotheses with evidence for and against, and print the papers for the meeting that settles what is
/// uncertain.
#[derive(Debug, Parser)]
#[command(
    name = "realist",
    version,
    propagate_version = true,
    infer_subcommands = false,
    disable_help_subcommand = false,
    after_help = "Coming from another program? realist help nvivo (or maxqda, qualcoder, taguette) puts its words beside those used here."
)]
struct Cli {
    /// Folder of the project, or any folder inside it.
    #[arg(
        short = 'C',
        long = "project",
        global = true,
        help_heading = "Everywhere",
        value_name = "DIR",
        default_value = "."
    )]
    project: PathBuf,
    /// Tag of the person writing: two to five letters, such as gj. Else REALIST_CODER, else your configuration.
    #[arg(long, global = true, help_heading = "Everywhere", value_name = "TAG")]
    coder: Option<String>,
    /// How lists and answers are written to standard output.
    #[arg(long, global = true, help_heading = "Everywhere", value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Colour: auto, always, never. NO_COLOR is respected.
    #[arg(long, global = true, help_heading = "Everywhere", value_name = "WHEN", default_value = "auto")]
    color: clap::ColorChoice,
    /// Show what would be done, and write nothing.
    #[arg(short = 'n', long, global = true, help_heading = "Everywhere")]
    dry_run: bool,
    /// Say nothing but answers and errors.
    #[arg(short, long, global = true, help_heading = "Everywhere")]
    quiet: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

/// What every command is given.
pub struct Context {
    pub ui: Ui,
    pub folder: PathBuf,
    pub surroundings: Surroundings,
}

impl Context {
    /// Opens the project and says what is odd about its files.
    pub fn open(&self) -> Result<Project> {
        let project = Project::open(&self.folder, self.surroundings.clone())?;
        for trouble in project.troubles() {
            self.ui.diagnostic(trouble);
        }
        let coder = self.surroundings.coder.as_deref();
        for pass in project.blind_passes() {
            let others = pass.others(coder).join(", ");
            self.ui
                .say(&format!("{} is open: what {others} coded in its documents is not shown", project.label(pass.id)));
        }
        Ok(project)
    }
}

/// `search -hope` leaves out, as it does everywhere: a space before the hyphen keeps the word from being
/// read as a row of short options.
fn leave_out(arguments: impl IntoIterator<Item = std::ffi::OsString>) -> Vec<std::ffi::OsString> {
    const SHORT: &[char] = &['n', 'q', 'h', 'V'];
    let mut searching = false;
    let shield = |one: std::ffi::OsString| {
        let word = one.to_str().and_then(|text| text.strip_prefix('-')).unwrap_or_default();
        let begins = word.starts_with(|first: char| first == '"' || (first.is_alphabetic() && !"CN".contains(first)));
        let is_left_out = searching && begins && !word.chars().all(|letter| SHORT.contains(&letter));
        searching |= one == "search";
        if is_left_out { format!(" -{word}").into() } else { one }
    };
    arguments.into_iter().map(shield).collect()
}

/// Runs the command line and returns the exit status: 0 done, 1 ran but the answer is negative, 2 could not run.
pub fn run(arguments: impl IntoIterator<Item = std::ffi::OsString>) -> u8 {
    let arguments = leave_out(arguments);
    let cli = match Cli::try_parse_from(&arguments) {
        Ok(cli) => cli,
        Err(error) if error.kind() == clap::error::ErrorKind::InvalidSubcommand && show_terms(&arguments) => return 0,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { 2 } else { 0 };
        }
    };
    let ui = Ui::new(cli.format, cli.color, cli.quiet, Surroundings::columns());
    let mishap = ui.clone();
    std::panic::set_hook(Box::new(move |panic| {
        // The place only: a panic's message might hold somebody's words.
        let place = panic.location().map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
        if !crate::index::is_guarded() && !place.contains("tantivy") {
            mishap
                .fault(&fault("mishap", format!("realist has a fault of its own, at {place}")).hint(
                    "what was acknowledged is safe; please report this place, and the command without its words",
                ));
        }
    }));
    let result = Surroundings::read(cli.coder).and_then(|surroundings| {
        let extractor = std::env::current_exe().ok();
        let surroundings = Surroundings { rehearsal: cli.dry_run, extractor, ..surroundings };
        let context = Context { ui: ui.clone(), folder: cli.project, surroundings };
        match cli.command {
            Some(command) => commands::run(command, &context),
            None => commands::bare(&context),
        }
    });
    match result {
        Ok(exit) => exit.code(),
        Err(fault) => {
            // Where the place of the mistake is all there is to say, the manual is the next step.
            let fault = if fault.0.hints.is_empty() {
                fault.hint("realist COMMAND --help shows how it is written")
            } else {
                fault
            };
            ui.fault(&fault);
            2
        }
    }
}

/// The command line as it is defined: for completions and manual pages.
fn definition() -> clap::Command {
    <Cli as clap::CommandFactory>::command()
}

/// `realist help nvivo`: clap knows help for commands only. `false` where it is not about a program.
fn show_terms(arguments: &[std::ffi::OsString]) -> bool {
    let Some(at) = arguments.iter().position(|one| one == "help") else { return false };
    let Some(program) = arguments.get(at + 1).and_then(|one| terms::find(one.to_str()?)) else { return false };
    let rest = arguments.iter().enumerate().filter(|(number, _)| *number != at && *number != at + 1);
    let Ok(cli) = Cli::try_parse_from(rest.map(|(_, one)| one)) else { return false };
    let ui = Ui::new(cli.format, cli.color, cli.quiet, Surroundings::columns());
    let table = program.table();
    ui.list(&table, &table.to_json());
    ui.say(program.note);
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_holds_together() {
        definition().debug_assert();
    }

    /// A command in a table of terms is one that there is, with the options it names.
    #[test]
    fn terms_name_commands_that_exist() {
        let all = definition();
        for program in terms::PROGRAMS {
            for row in &program.table().rows {
                let [.., crate::table::Cell::Text(commands)] = row.as_slice() else { panic!("{row:?}") };
                for command in commands.split(';').map(str::trim).filter(|one| one.starts_with("realist ")) {
                    let mut at = &all;
                    for word in command.split(' ').skip(1).take(2) {
                        at = at.find_subcommand(word).unwrap_or(at);
                    }
                    assert_ne!(at.get_name(), "realist", "{command}");
                    let options = command.split(' ').filter_map(|word| word.strip_prefix("--"));
                    for option in options.filter(|one| !["help", "format"].contains(one)) {
                        let known = at.get_arguments().any(|one| one.get_long() == Some(option));
                        assert!(known, "{command}: --{option}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_word_left_out_is_no_row_of_options() {
        let read = |typed: &[&str]| -> Vec<String> {
            leave_out(typed.iter().map(Into::into)).into_iter().map(|one| one.into_string().unwrap()).collect()
        };
        assert_eq!(read(&["r", "search", "-hope", "care", "-trust"]), ["r", "search", " -hope", "care", " -trust"]);
        let options = ["r", "-C", "p", "search", "-n", "-qn", "-h", "-N5", "-N", "5", "--all", "x"];
        assert_eq!(read(&options), options);
        assert_eq!(read(&["r", "code", "-hope"]), ["r", "code", "-hope"]);
    }
}
