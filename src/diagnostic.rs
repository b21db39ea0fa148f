//! What went wrong, where, and what to do next: one shape for every message of the tool.
//!
//! A parser returns its value *and* diagnostics; an act returns a [`Fault`] when it could do
//! nothing. Only `cli/ui` prints them.

use crate::text::Span;
use serde::Serialize;
use std::fmt;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    Note,
    Warning,
    Error,
}

/// A place a person can go to: a file, and where known the line, the column and the text there.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Place {
    pub file: Option<String>,
    /// From 1.
    pub line: Option<usize>,
    /// From 1, in code points.
    pub column: Option<usize>,
    /// The line itself and the bytes of it that are meant, for a caret.
    #[serde(skip)]
    pub excerpt: Option<(String, Span)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    pub severity: Severity,
    /// A stable word in kebab-case, for scripts and tests.
    pub code: &'static str,
    pub message: String,
    pub place: Option<Place>,
    pub hints: Vec<String>,
}

impl Diagnostic {
    pub fn new(severity: Severity, code: &'static str, message: impl Into<String>) -> Self {
        Diagnostic { severity, code, message: message.into(), place: None, hints: Vec::new() }
    }

    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    pub fn note(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, message)
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    #[must_use]
    pub fn hints(mut self, hints: impl IntoIterator<Item = String>) -> Self {
        self.hints.extend(hints);
        self
    }

    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Points at a file as a whole.
    #[must_use]
    pub fn in_file(self, file: impl Into<String>) -> Self {
        self.at(Place { file: Some(file.into()), ..Place::default() })
    }

    /// Points at bytes of a one-line text, such as a query.
    #[must_use]
    pub fn under(self, line: &str, span: Span) -> Self {
        let column = line.get(..span.start()).map_or(1, |before| before.chars().count() + 1);
        self.at(Place { file: None, line: None, column: Some(column), excerpt: Some((line.to_owned(), span)) })
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(Place { file: Some(file), line, column, .. }) = &self.place {
            write!(f, "{file}:")?;
            for part in [line, column].into_iter().flatten() {
                write!(f, "{part}:")?;
            }
            f.write_str(" ")?;
        }
        f.write_str(&self.message)
    }
}

/// The error of every act: it could not run, and this is why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault(pub Box<Diagnostic>);

pub type Result<T, E = Fault> = std::result::Result<T, E>;

/// The usual way to begin an error: `fault("unknown-id", "there is no H99.gj")`.
pub fn fault(code: &'static str, message: impl Into<String>) -> Fault {
    Fault(Box::new(Diagnostic::new(Severity::Error, code, message)))
}

impl Fault {
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Fault(Box::new(self.0.hint(hint)))
    }

    #[must_use]
    pub fn hints(self, hints: impl IntoIterator<Item = String>) -> Self {
        Fault(Box::new(self.0.hints(hints)))
    }

    #[must_use]
    pub fn at(self, place: Place) -> Self {
        Fault(Box::new(self.0.at(place)))
    }

    #[must_use]
    pub fn in_file(self, file: impl Into<String>) -> Self {
        Fault(Box::new(self.0.in_file(file)))
    }

    #[must_use]
    pub fn under(self, line: &str, span: Span) -> Self {
        Fault(Box::new(self.0.under(line, span)))
    }

    /// The same, saying which row of a table is meant, from 1.
    #[must_use]
    pub fn in_row(mut self, number: usize) -> Self {
        self.0.message = format!("row {number}: {}", self.0.message);
        self
    }

    /// The same where `of` rows are written all or none, and there are several.
    #[must_use]
    pub fn in_row_of(self, number: usize, of: usize) -> Self {
        if of > 1 { self.in_row(number).hint("nothing was written; mend this row and run it again") } else { self }
    }

    /// What is wrong, then what to do.
    pub fn on_one_line(&self) -> String {
        let parts = std::iter::once(&self.0.message).chain(&self.0.hints);
        parts.map(String::as_str).collect::<Vec<_>>().join("; ")
    }

    /// A failed read or write, with the cause in words a person can act on.
    pub fn io(doing: &str, path: &std::path::Path, error: &std::io::Error) -> Self {
        use std::io::ErrorKind::{NotFound, PermissionDenied, ReadOnlyFilesystem, StorageFull};
        let (code, cause, hint) = match error.kind() {
            StorageFull => (
                "disk-full",
                "the disk is full".to_owned(),
                "free some space and run the command again; nothing was changed",
            ),
            PermissionDenied => (
                "no-permission",
                "permission denied".to_owned(),
                "ask for write access to the folder, or copy the project to one of your own",
            ),
            ReadOnlyFilesystem => {
                ("read-only", "the disk is read-only".to_owned(), "copy the project to a place you can write to")
            }
            NotFound => ("not-found", "there is no such file or folder".to_owned(), "check the path"),
            _ => ("io", error.to_string(), "nothing was changed; run `realist check` if you are in doubt"),
        };
        fault(code, format!("cannot {doing} {}: {cause}", path.display())).hint(hint)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Fault {}

/// Up to three of `candidates` that `word` may have meant, nearest first.
///
/// ```
/// let near = realist::diagnostic::did_you_mean("trsut", ["trust", "hope"]);
/// assert_eq!(near, ["trust"]);
/// ```
pub fn did_you_mean<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Vec<String> {
    let folded = crate::text::words::fold(word);
    let mut near: Vec<(f64, &str)> = candidates
        .into_iter()
        .map(|candidate| {
            let other = crate::text::words::fold(candidate);
            let mut score = strsim::normalized_damerau_levenshtein(&folded, &other);
            if other.starts_with(&folded) || folded.starts_with(&other) {
                score = score.max(0.75);
            }
            (score, candidate)
        })
        .filter(|(score, _)| *score >= 0.6)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    near.dedup_by_key(|(_, candidate)| *candidate);
    near.into_iter().take(3).map(|(_, candidate)| candidate.to_owned()).collect()
}

/// The same as hints, each a question.
///
/// ```
/// let hints = realist::diagnostic::suggestions("trsut", ["trust", "hope"]);
/// assert_eq!(hints, ["did you mean trust?"]);
/// ```
pub fn suggestions<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Vec<String> {
    did_you_mean(word, candidates).into_iter().map(|near| format!("did you mean {near}?")).collect()
}
