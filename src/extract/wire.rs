//! What passes between the two processes: a job with the file's bytes one way, an answer back, or of a list
//! of references many answers, one a record (`library`).
//!
//! Each is JSON with its length before it (eight bytes, little-endian); a job's JSON is followed by
//! the bytes of the file. Words that are fixed in the program (formats, codes) travel as text and are
//! looked up again on arrival.

use crate::codebook::Outline;
use crate::diagnostic::{Diagnostic, Fault, Place, Result, Severity};
use crate::document::{Draft, Header, Note, Role, Unit};
use crate::import::codebook;
use crate::import::{self, Dropped, Imported, Limits, Mapping, Request};
use crate::strand::SourceKind;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::io::{self, Read, Write};
use std::sync::Mutex;

/// What is to be read of the file that follows, and what it may cost.
#[derive(Debug, Serialize, Deserialize)]
pub struct Job {
    pub task: Task,
    pub limits: Limits,
    /// Length of the file that follows.
    pub bytes: u64,
}

#[derive(Debug, Serialize, Deserialize)]
pub enum Task {
    Document(DocumentTask),
    /// The cells of a workbook.
    Cells(DocumentTask),
    Codebook(codebook::Format),
    /// A list of references, in this format if one is named.
    References(Option<String>),
}

/// A request, without its bytes.
#[derive(Debug, Serialize, Deserialize)]
pub struct DocumentTask {
    name: String,
    kind: SourceKind,
    /// As [`Mapping`] prints itself.
    mapping: Option<String>,
    format: Option<String>,
    sheet: Option<String>,
    roles: Vec<(String, Role)>,
}

impl Job {
    pub fn new(request: &Request) -> Self {
        Job { task: Task::Document(DocumentTask::of(request)), ..Job::for_cells(request) }
    }

    /// The same for the cells of a workbook.
    pub fn for_cells(request: &Request) -> Self {
        let task = Task::Cells(DocumentTask::of(request));
        Job { task, limits: request.limits, bytes: request.bytes.len() as u64 }
    }
}

impl Job {
    pub fn of_codebook(format: codebook::Format, bytes: &[u8], limits: Limits) -> Self {
        Job { task: Task::Codebook(format), limits, bytes: bytes.len() as u64 }
    }
}

impl Task {
    /// Does what is asked with the file, where one answer is all that is asked.
    pub fn answer(&self, bytes: &[u8], limits: Limits) -> Result<Answer> {
        match self {
            Task::Document(task) => task.with(bytes, limits, |request| {
                let read = import::read(request)?;
                super::watch::check_answer(&read.draft, bytes.len() as u64)?;
                Ok(Answer::from(read))
            }),
            Task::Cells(task) => task.with(bytes, limits, |request| import::cells(request).map(Answer::Cells)),
            Task::Codebook(format) => codebook::read(*format, bytes, &limits).map(Answer::of_codebook),
            Task::References(_) => Err(amiss()),
        }
    }
}

impl DocumentTask {
    fn of(request: &Request) -> Self {
        DocumentTask {
            name: request.name.to_owned(),
            kind: request.kind,
            mapping: request.mapping.map(ToString::to_string),
            format: request.format.map(str::to_owned),
            sheet: request.sheet.map(str::to_owned),
            roles: request.roles.to_vec(),
        }
    }

    /// The request as it was, with its bytes.
    fn with<T>(&self, bytes: &[u8], limits: Limits, read: impl FnOnce(&Request) -> Result<T>) -> Result<T> {
        let mapping = self.mapping.as_ref().map(|printed| Mapping::parse(std::slice::from_ref(printed))).transpose()?;
        read(&Request {
            name: &self.name,
            bytes,
            kind: self.kind,
            mapping: mapping.as_ref(),
            format: self.format.as_deref(),
            sheet: self.sheet.as_deref(),
            roles: &self.roles,
            limits,
        })
    }
}

#[derive(Debug, Serialize, Deserialize)]
pub enum Answer {
    Read { draft: Box<SentDraft>, dropped: Vec<Dropped>, warnings: Vec<SentDiagnostic> },
    Cells(Vec<Vec<String>>),
    Codebook { outline: Outline, invalid: Vec<SentDiagnostic>, notes: Vec<SentDiagnostic> },
    Refused(SentDiagnostic),
}

#[derive(Debug, Serialize, Deserialize)]
pub struct SentDraft {
    format: String,
    text: String,
    header: Header,
    units: Vec<Unit>,
    notes: Vec<Note>,
}

impl From<Draft> for SentDraft {
    fn from(Draft { format, text, header, units, notes }: Draft) -> Self {
        SentDraft { format: format.to_owned(), text, header, units, notes }
    }
}

impl SentDraft {
    /// `known` finds the key of the format as it is written in this program.
    pub fn into_draft(self, known: fn(&str) -> Result<&'static str>) -> Result<Draft> {
        let SentDraft { format, text, header, units, notes } = self;
        Ok(Draft { format: known(&format)?, text, header, units, notes })
    }
}

#[derive(Debug, Serialize, Deserialize)]
pub struct SentDiagnostic {
    severity: String,
    code: String,
    message: String,
    line: Option<usize>,
    column: Option<usize>,
    hints: Vec<String>,
}

impl From<Imported> for Answer {
    fn from(Imported { draft, dropped, warnings }: Imported) -> Self {
        let warnings = warnings.into_iter().map(SentDiagnostic::from).collect();
        Answer::Read { draft: Box::new(draft.into()), dropped, warnings }
    }
}

impl From<Fault> for Answer {
    fn from(Fault(diagnostic): Fault) -> Self {
        Answer::Refused((*diagnostic).into())
    }
}

/// The other side answered something else than was asked.
fn amiss() -> Fault {
    crate::diagnostic::fault("mishap", "the process that reads foreign formats gave an answer to another question")
        .hint("is another version of realist being installed just now? Do it again")
}

impl Answer {
    pub fn into_cells(self) -> Result<Vec<Vec<String>>> {
        match self {
            Answer::Cells(rows) => Ok(rows),
            Answer::Refused(diagnostic) => Err(Fault(Box::new(diagnostic.into()))),
            Answer::Read { .. } | Answer::Codebook { .. } => Err(amiss()),
        }
    }

    fn of_codebook(codebook::Read { outline, invalid, notes }: codebook::Read) -> Self {
        let sent = |all: Vec<Diagnostic>| all.into_iter().map(SentDiagnostic::from).collect();
        Answer::Codebook { outline, invalid: sent(invalid), notes: sent(notes) }
    }

    pub fn into_codebook(self) -> Result<codebook::Read> {
        let arrived = |all: Vec<SentDiagnostic>| all.into_iter().map(Diagnostic::from).collect();
        match self {
            Answer::Codebook { outline, invalid, notes } => {
                Ok(codebook::Read { outline, invalid: arrived(invalid), notes: arrived(notes) })
            }
            Answer::Refused(diagnostic) => Err(Fault(Box::new(diagnostic.into()))),
            Answer::Read { .. } | Answer::Cells(_) => Err(amiss()),
        }
    }

    pub fn into_result(self) -> Result<Imported> {
        match self {
            Answer::Read { draft, dropped, warnings } => {
                let draft = draft.into_draft(import::format_key)?;
                Ok(Imported { draft, dropped, warnings: warnings.into_iter().map(Diagnostic::from).collect() })
            }
            Answer::Refused(diagnostic) => Err(Fault(Box::new(diagnostic.into()))),
            Answer::Cells(_) | Answer::Codebook { .. } => Err(amiss()),
        }
    }
}

impl From<Diagnostic> for SentDiagnostic {
    fn from(one: Diagnostic) -> Self {
        let severity = match one.severity {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        let (line, column) = one.place.map_or((None, None), |place| (place.line, place.column));
        SentDiagnostic {
            severity: severity.to_owned(),
            code: one.code.to_owned(),
            message: one.message,
            line,
            column,
            hints: one.hints,
        }
    }
}

impl From<SentDiagnostic> for Diagnostic {
    fn from(sent: SentDiagnostic) -> Self {
        let severity = match sent.severity.as_str() {
            "note" => Severity::Note,
            "warning" => Severity::Warning,
            _ => Severity::Error,
        };
        let (line, column) = (sent.line, sent.column);
        let place = (line.or(column).is_some()).then(|| Place { line, column, ..Place::default() });
        Diagnostic { severity, code: fixed(&sent.code), message: sent.message, place, hints: sent.hints }
    }
}

/// A code as a word that lives as long as the program, like those written in it. Each is kept once, and
/// no more of them than any honest reader could send.
fn fixed(code: &str) -> &'static str {
    const MOST: usize = 500;
    static KNOWN: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let is_code = (1..=40).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    let Ok(mut known) = KNOWN.lock() else { return "other" };
    match known.get(code) {
        Some(kept) => kept,
        None if is_code && known.len() < MOST => {
            let kept: &'static str = Box::leak(code.to_owned().into_boxed_str());
            known.insert(kept);
            kept
        }
        None => "other",
    }
}

/// Writes a value with its length before it.
pub fn send(to: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    send_json(to, &serde_json::to_vec(value)?)?;
    to.flush()
}

/// The same for a value that is JSON already, which may wait in a buffer for others.
pub fn send_json(to: &mut impl Write, json: &[u8]) -> io::Result<()> {
    to.write_all(&(json.len() as u64).to_le_bytes())?;
    to.write_all(json)
}

/// Length of the value that comes; `None` where the other side has closed.
pub fn length(from: &mut impl Read) -> io::Result<Option<u64>> {
    let mut length = [0; 8];
    match from.read_exact(&mut length) {
        Ok(()) => Ok(Some(u64::from_le_bytes(length))),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(error),
    }
}

/// Exactly so many bytes.
pub fn bytes(from: &mut impl Read, length: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(length).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == length { Ok(bytes) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::fault;

    const TALK: &[u8] = b"Interviewer: So?\n\nAna: Yes. It was.\n\nInterviewer: And?\n\nAna: No.";
    const NOTED: &[u8] = b"{\\rtf1 Words.{\\*\\atnauthor Bo}{\\*\\annotation Is it so?}{\\v unseen}}";

    #[test]
    fn what_is_sent_arrives_as_it_was() {
        let talk = sent("a.txt", TALK);
        assert_eq!(talk.draft.header.speakers.len(), 2);
        let noted = sent("a.rtf", NOTED);
        assert!(!noted.dropped.is_empty() && !noted.draft.notes.is_empty(), "{noted:?}");
    }

    /// Reads a file here and by way of the wire, and takes both to be the same.
    fn sent(name: &str, bytes: &[u8]) -> Imported {
        let roles = [("Ana".to_owned(), Role::Participant)];
        let request = Request {
            name,
            bytes,
            kind: SourceKind::Interview,
            mapping: None,
            format: None,
            sheet: None,
            roles: &roles,
            limits: Limits::default(),
        };
        let mut sent = Vec::new();
        send(&mut sent, &Job::new(&request)).unwrap();
        let mut wire = sent.as_slice();
        let length = length(&mut wire).unwrap().unwrap();
        let job: Job = serde_json::from_slice(&super::bytes(&mut wire, length).unwrap()).unwrap();
        let read = import::read(&request);
        assert_eq!(job.task.answer(request.bytes, job.limits).and_then(Answer::into_result), read);
        let json = serde_json::to_string(&read.clone().map_or_else(Answer::from, Answer::from)).unwrap();
        let back: Answer = serde_json::from_str(&json).unwrap();
        assert_eq!(back.into_result(), read);
        read.unwrap()
    }

    #[test]
    fn a_codebook_arrives_with_its_faults_and_their_lines() {
        let limits = codebook::limits();
        let bytes = b"name,colour,mood\nTrust,green,x\n";
        let job = Job::of_codebook(codebook::Format::Csv, bytes, limits);
        let answer = job.task.answer(bytes, limits);
        let expected = codebook::read(codebook::Format::Csv, bytes, &limits);
        match (answer, expected) {
            (Ok(answer), Ok(expected)) => {
                let json = serde_json::to_string(&answer).unwrap();
                let back: Answer = serde_json::from_str(&json).unwrap();
                assert_eq!(back.into_codebook().unwrap(), expected);
            }
            (answer, expected) => assert_eq!(answer.unwrap_err(), expected.unwrap_err()),
        }
    }

    #[test]
    fn a_refusal_keeps_its_code_and_hints() {
        let refused = fault("damaged-file", "it is damaged").hint("save it again");
        let json = serde_json::to_string(&Answer::from(refused.clone())).unwrap();
        assert_eq!(serde_json::from_str::<Answer>(&json).unwrap().into_result(), Err(refused));
        assert_eq!(fixed("No code at all"), "other");
    }
}
