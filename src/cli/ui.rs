//! The only printer. Data goes to standard output, talk to standard error; text from documents is
//! stripped of terminal control sequences first.

#![allow(clippy::print_stdout, clippy::print_stderr)] // this is the one place that prints

use crate::diagnostic::{Diagnostic, Fault, Severity};
use crate::render;
use crate::table::Table;
use anstream::{eprintln, print, println};
use anstyle::{AnsiColor, Style};
use serde_json::Value;
use std::io::{IsTerminal, Write};

/// How answers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    Table,
    Csv,
    Json,
    Jsonl,
    Markdown,
}

/// Exit status of a command that ran.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    Done,
    /// No hit, problems found, part of a batch failed.
    Negative,
}

impl Exit {
    pub fn code(self) -> u8 {
        match self {
            Exit::Done => 0,
            Exit::Negative => 1,
        }
    }

    pub fn negative_if(negative: bool) -> Self {
        if negative { Exit::Negative } else { Exit::Done }
    }
}

#[derive(Debug, Clone)]
pub struct Ui {
    format: Format,
    quiet: bool,
    /// Columns that the environment says.
    columns: Option<u16>,
}

const BOLD: Style = Style::new().bold();
const RED: Style = AnsiColor::Red.on_default().bold();
const YELLOW: Style = AnsiColor::Yellow.on_default().bold();
const CYAN: Style = AnsiColor::Cyan.on_default();

impl Ui {
    pub fn new(format: Format, color: clap::ColorChoice, quiet: bool, columns: Option<u16>) -> Self {
        let choice = match color {
            clap::ColorChoice::Always => anstream::ColorChoice::Always,
            clap::ColorChoice::Never => anstream::ColorChoice::Never,
            clap::ColorChoice::Auto => anstream::ColorChoice::Auto,
        };
        choice.write_global();
        Ui { format, quiet, columns }
    }

    pub fn format(&self) -> Format {
        self.format
    }

    /// Tables for people, where too many columns hide each other.
    pub fn is_for_reading(&self) -> bool {
        matches!(self.format, Format::Table | Format::Markdown)
    }

    pub fn is_json(&self) -> bool {
        matches!(self.format, Format::Json | Format::Jsonl)
    }

    /// Columns that `COLUMNS` says, else those of the terminal; 120 where there is none, so that a pipe gets the
    /// same bytes everywhere.
    pub fn width(&self) -> u16 {
        self.width_or(120)
    }

    /// The same, with what to take where neither says.
    pub fn width_or(&self, usual: u16) -> u16 {
        let terminal = || std::io::stdout().is_terminal().then(|| comfy_table::Table::new().width()).flatten();
        self.columns.or_else(terminal).map_or(usual, |width| width.max(40))
    }

    /// A list in the format asked for; `json` is its documented form.
    pub fn list(&self, table: &Table, json: &Value) {
        match self.format {
            Format::Table => println!("{}", render::terminal::table(table, self.width())),
            Format::Csv => write_out(&render::csv::table(table)),
            Format::Markdown => print!("{}", render::markdown::table(table)),
            Format::Json | Format::Jsonl => self.json(json),
        }
    }

    /// JSON as one value, or an array as one line an item.
    pub fn json(&self, value: &Value) {
        match (self.format, value) {
            (Format::Jsonl, Value::Array(items)) => {
                for item in items {
                    println!("{item}");
                }
            }
            _ => println!("{value}"),
        }
    }

    /// One answer: a sentence for people, or JSON.
    pub fn answer(&self, sentence: &str, json: &Value) {
        if self.is_json() {
            self.json(json);
        } else {
            println!("{}", render::terminal::plain(sentence));
        }
    }

    /// Plain text to standard output.
    pub fn text(&self, text: &str) {
        println!("{}", render::terminal::plain(text));
    }

    /// A text behind a mark, in lines as wide as the screen, those after the first set in below it.
    pub fn hanging(&self, mark: &str, text: &str) {
        println!("{}", render::terminal::hang(mark, &render::terminal::plain(text), self.width()));
    }

    /// Text exactly as it stands, for pipes and files; stripped on a terminal.
    pub fn exact(&self, text: &str) {
        if std::io::stdout().is_terminal() {
            print!("{}", render::terminal::plain(text));
        } else {
            write_out(text.as_bytes());
        }
    }

    /// A whole report: text for the terminal, or its documented JSON.
    pub fn report(&self, report: &crate::report::Report) {
        if self.is_json() {
            self.json(&report.data);
        } else {
            print!("{}", render::terminal::show(report, self.width()));
        }
    }

    /// A heading above what follows, in the table format only.
    pub fn heading(&self, text: &str) {
        if self.format == Format::Table {
            println!("{BOLD}{}{BOLD:#}", render::terminal::plain(text));
        }
    }

    /// Somebody sits at the terminal who can be asked.
    pub fn has_person(&self) -> bool {
        !self.quiet && std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
    }

    /// Asks and is answered, by lines: questions go to standard error.
    pub fn converse<T>(&self, talk: impl FnOnce(&mut dyn std::io::BufRead, &mut dyn Write) -> T) -> T {
        talk(&mut std::io::stdin().lock(), &mut std::io::stderr().lock())
    }

    /// Talk.
    pub fn say(&self, text: &str) {
        if !self.quiet {
            eprintln!("{}", render::terminal::plain(text));
        }
    }

    pub fn diagnostic(&self, diagnostic: &Diagnostic) {
        if self.quiet && diagnostic.severity != Severity::Error {
            return;
        }
        let (word, style) = match diagnostic.severity {
            Severity::Error => ("error", RED),
            Severity::Warning => ("warning", YELLOW),
            Severity::Note => ("note", CYAN),
        };
        eprintln!("{style}{word}:{style:#} {}", render::terminal::plain(&diagnostic.to_string()));
        if let Some((line, span)) = diagnostic.place.as_ref().and_then(|place| place.excerpt.as_ref()) {
            let before = line.get(..span.start()).unwrap_or_default().chars().count();
            let under = span.of(line).map_or(1, |words| words.chars().count()).max(1);
            eprintln!("  | {}", render::terminal::plain(line));
            eprintln!("  | {}{style}{}{style:#}", " ".repeat(before), "^".repeat(under));
        }
        for hint in &diagnostic.hints {
            eprintln!("{CYAN}hint:{CYAN:#} {}", render::terminal::plain(hint));
        }
    }

    pub fn fault(&self, fault: &Fault) {
        self.diagnostic(&fault.0);
    }

    /// A bar on standard error, shown only where a person is watching and only after a quarter of a second.
    pub fn progress(&self, what: &'static str) -> Progress {
        Progress {
            bar: std::cell::RefCell::new(None),
            what,
            shown: !self.quiet && std::io::stderr().is_terminal(),
            since: std::time::Instant::now(),
        }
    }
}

/// A progress bar that has not necessarily appeared yet.
pub struct Progress {
    bar: std::cell::RefCell<Option<indicatif::ProgressBar>>,
    what: &'static str,
    shown: bool,
    since: std::time::Instant,
}

impl Progress {
    pub fn at(&self, done: usize, all: usize) {
        if !self.shown || self.since.elapsed() < std::time::Duration::from_millis(250) {
            return;
        }
        let mut bar = self.bar.borrow_mut();
        let bar = bar.get_or_insert_with(|| {
            let style = indicatif::ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta}")
                .unwrap_or_else(|_| indicatif::ProgressStyle::default_bar());
            indicatif::ProgressBar::new(all as u64).with_style(style).with_message(self.what)
        });
        bar.set_length(all as u64);
        bar.set_position(done as u64);
        if done >= all {
            bar.finish_and_clear();
        }
    }
}

/// Bytes as they are. A closed pipe is the reader's choice.
fn write_out(bytes: &[u8]) {
    let _ = std::io::stdout().write_all(bytes);
}
