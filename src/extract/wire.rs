//! What passes between the two processes: a job with the file's bytes one way, an answer back.
//!
//! Each is JSON with its length before it (eight bytes, little-endian); a job's JSON is followed by
//! the bytes of the file. Words that are fixed in the program (formats, codes) travel as text and are
//! looked up again on arrival.

use crate::codebook::Outline;
use crate::diagnostic::{Diagnostic, Fault, Place, Result, Severity, fault};
use crate::document::{Draft, Header, Note, Role, Unit};
use crate::import::codebook;
use crate::import::{self, Dropped, Imported, Limits, Mapping, Request};
use crate::strand::SourceKind;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::io::{self, Read, Write};
use std::sync::Mutex;

/// A request, without its bytes.
#[derive(Debug, Serialize, Deserialize)]
pub struct Job {
    name: String,
    kind: SourceKind,
    /// As [`Mapping`] prints itself.
    mapping: Option<String>,
    format: Option<String>,
    sheet: Option<String>,
    roles: Vec<(String, Role)>,
    pub limits: Limits,
    /// It is no document but a codebook, of this format.
    #[serde(default)]
    codebook: Option<codebook::Format>,
    /// Length of the file that follows.
    pub bytes: u64,
}

impl Job {
    pub fn new(request: &Request) -> Self {
        Job {
            name: request.name.to_owned(),
            kind: request.kind,
            mapping: request.mapping.map(ToString::to_string),
            format: request.format.map(str::to_owned),
            sheet: request.sheet.map(str::to_owned),
            roles: request.roles.to_vec(),
            limits: request.limits,
            codebook: None,
            bytes: request.bytes.len() as u64,
        }
    }

    pub fn of_codebook(format: codebook::Format, bytes: &[u8], limits: Limits) -> Self {
        Job {
            name: String::new(),
            kind: SourceKind::Grey,
            mapping: None,
            format: None,
            sheet: None,
            roles: Vec::new(),
            limits,
            codebook: Some(format),
            bytes: bytes.len() as u64,
        }
    }

    /// Does what is asked with the file.
    pub fn answer(&self, bytes: &[u8]) -> Answer {
        match self.codebook {
            Some(format) => codebook::read(format, bytes, &self.limits).into(),
            None => self.read(bytes).into(),
        }
    }

    /// Reads the file as the request asked.
    fn read(&self, bytes: &[u8]) -> Result<Imported> {
        let mapping = self.mapping.as_ref().map(|printed| Mapping::parse(std::slice::from_ref(printed))).transpose()?;
        import::read(&Request {
            name: &self.name,
            bytes,
            kind: self.kind,
            mapping: mapping.as_ref(),
            format: self.format.as_deref(),
            sheet: self.sheet.as_deref(),
            roles: &self.roles,
            limits: self.limits,
        })
    }
}

#[derive(Debug, Serialize, Deserialize)]
pub enum Answer {
    Read { draft: Box<SentDraft>, dropped: Vec<Dropped>, warnings: Vec<SentDiagnostic> },
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

#[derive(Debug, Serialize, Deserialize)]
pub struct SentDiagnostic {
    severity: String,
    code: String,
    message: String,
    line: Option<usize>,
    column: Option<usize>,
    hints: Vec<String>,
}

impl From<Result<Imported>> for Answer {
    fn from(read: Result<Imported>) -> Self {
        match read {
            Ok(Imported { draft: Draft { format, text, header, units, notes }, dropped, warnings }) => Answer::Read {
                draft: Box::new(SentDraft { format: format.to_owned(), text, header, units, notes }),
                dropped,
                warnings: warnings.into_iter().map(SentDiagnostic::from).collect(),
            },
            Err(Fault(diagnostic)) => Answer::Refused((*diagnostic).into()),
        }
    }
}

impl From<Result<codebook::Read>> for Answer {
    fn from(read: Result<codebook::Read>) -> Self {
        let sent = |all: Vec<Diagnostic>| all.into_iter().map(SentDiagnostic::from).collect();
        match read {
            Ok(codebook::Read { outline, invalid, notes }) => {
                Answer::Codebook { outline, invalid: sent(invalid), notes: sent(notes) }
            }
            Err(Fault(diagnostic)) => Answer::Refused((*diagnostic).into()),
        }
    }
}

impl Answer {
    pub fn into_codebook(self) -> Result<codebook::Read> {
        let arrived = |all: Vec<SentDiagnostic>| all.into_iter().map(Diagnostic::from).collect();
        match self {
            Answer::Codebook { outline, invalid, notes } => {
                Ok(codebook::Read { outline, invalid: arrived(invalid), notes: arrived(notes) })
            }
            Answer::Refused(diagnostic) => Err(Fault(Box::new(diagnostic.into()))),
            Answer::Read { .. } => Err(other_answer()),
        }
    }

    pub fn into_result(self) -> Result<Imported> {
        match self {
            Answer::Read { draft, dropped, warnings } => {
                let SentDraft { format, text, header, units, notes } = *draft;
                let draft = Draft { format: import::format_key(&format)?, text, header, units, notes };
                Ok(Imported { draft, dropped, warnings: warnings.into_iter().map(Diagnostic::from).collect() })
            }
            Answer::Refused(diagnostic) => Err(Fault(Box::new(diagnostic.into()))),
            Answer::Codebook { .. } => Err(other_answer()),
        }
    }
}

/// The reading process answers what it was asked; one that does not is of another version.
fn other_answer() -> Fault {
    fault("mishap", "the process that reads foreign formats answered something else").hint("install realist once more")
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
    let json = serde_json::to_vec(value)?;
    to.write_all(&(json.len() as u64).to_le_bytes())?;
    to.write_all(&json)?;
    to.flush()
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
        assert_eq!(job.read(request.bytes), read);
        let json = serde_json::to_string(&Answer::from(read.clone())).unwrap();
        let back: Answer = serde_json::from_str(&json).unwrap();
        assert_eq!(back.into_result(), read);
        read.unwrap()
    }

    #[test]
    fn a_codebook_arrives_with_its_faults_and_their_lines() {
        let limits = codebook::limits();
        let bytes = b"name,colour,mood\nTrust,green,x\n";
        let job = Job::of_codebook(codebook::Format::Csv, bytes, limits);
        let json = serde_json::to_string(&job.answer(bytes)).unwrap();
        let back: Answer = serde_json::from_str(&json).unwrap();
        assert_eq!(back.into_codebook(), codebook::read(codebook::Format::Csv, bytes, &limits));
        let draft = Job::new(&Request {
            name: "a.txt",
            bytes: TALK,
            kind: SourceKind::Interview,
            mapping: None,
            format: None,
            sheet: None,
            roles: &[],
            limits,
        });
        assert_eq!(draft.answer(TALK).into_codebook().unwrap_err().0.code, "mishap");
    }

    #[test]
    fn a_refusal_keeps_its_code_and_hints() {
        let refused: Result<Imported> = Err(fault("damaged-file", "it is damaged").hint("save it again"));
        let json = serde_json::to_string(&Answer::from(refused.clone())).unwrap();
        assert_eq!(serde_json::from_str::<Answer>(&json).unwrap().into_result(), refused);
        assert_eq!(fixed("No code at all"), "other");
    }
}
