//! A list of references on its way between the two processes: a part for each record as it is read, and a
//! last one that says what is true of them all. So neither side holds them all at once.

use super::wire::{self, SentDiagnostic, SentDraft};
use crate::diagnostic::{Diagnostic, Fault, Result};
use crate::import::references::{self, About, Coded, Coding, Node, Record, Remark};
use serde::{Deserialize, Serialize};
use std::io::{self, BufWriter, Write};

/// Takes a record in; a fault ends the reading.
pub type Received<'r> = dyn FnMut(Record) -> Result<()> + 'r;

#[derive(Debug, Serialize, Deserialize)]
pub enum Part {
    Record(Box<Record>),
    Last(SentAbout),
    Refused(SentDiagnostic),
}

#[derive(Debug, Serialize, Deserialize)]
pub struct SentAbout {
    format: String,
    warnings: Vec<SentDiagnostic>,
    coded: Option<Box<SentCoded>>,
}

#[derive(Debug, Serialize, Deserialize)]
struct SentCoded {
    draft: SentDraft,
    records: Vec<usize>,
    codes: Vec<Node>,
    codings: Vec<Coding>,
    remarks: Vec<Remark>,
}

impl From<Coded> for SentCoded {
    fn from(Coded { draft, records, codes, codings, remarks }: Coded) -> Self {
        SentCoded { draft: draft.into(), records, codes, codings, remarks }
    }
}

impl SentCoded {
    fn into_coded(self) -> Result<Coded> {
        let SentCoded { draft, records, codes, codings, remarks } = self;
        let draft = draft.into_draft(|key| references::format_named(key).map(|(key, _)| key))?;
        Ok(Coded { draft, records, codes, codings, remarks })
    }
}

impl From<Result<About>> for Part {
    fn from(read: Result<About>) -> Self {
        match read {
            Ok(About { format, warnings, coded, .. }) => Part::Last(SentAbout {
                format: format.to_owned(),
                warnings: warnings.into_iter().map(SentDiagnostic::from).collect(),
                coded: coded.map(|coded| Box::new((*coded).into())),
            }),
            Err(Fault(diagnostic)) => Part::Refused((*diagnostic).into()),
        }
    }
}

impl SentAbout {
    pub fn into_result(self) -> Result<About> {
        let SentAbout { format, warnings, coded } = self;
        let (format, title) = references::format_named(&format)?;
        let warnings = warnings.into_iter().map(Diagnostic::from).collect();
        let coded = coded.map(|coded| coded.into_coded().map(Box::new)).transpose()?;
        Ok(About { format, title, warnings, coded })
    }
}

/// Sends what `read` hands over, and at the end what it gives.
pub fn answer(to: &mut impl Write, read: impl FnOnce(&mut dyn FnMut(Record)) -> Result<About>) -> io::Result<()> {
    let mut to = BufWriter::with_capacity(1 << 16, to);
    let mut sent = Ok(());
    let about = read(&mut |record| {
        if sent.is_ok() {
            sent = send(&mut to, &Part::Record(Box::new(record)));
        }
    });
    sent?;
    send(&mut to, &Part::from(about))?;
    to.flush()
}

fn send(to: &mut impl Write, part: &Part) -> io::Result<()> {
    wire::send_json(to, &serde_json::to_vec(part)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::fault;

    fn sent(read: impl FnOnce(&mut dyn FnMut(Record)) -> Result<About>) -> Vec<Part> {
        let mut bytes = Vec::new();
        answer(&mut bytes, read).unwrap();
        let (mut wire, mut parts) = (bytes.as_slice(), Vec::new());
        while let Some(length) = wire::length(&mut wire).unwrap() {
            parts.push(serde_json::from_slice(&wire::bytes(&mut wire, length).unwrap()).unwrap());
        }
        parts
    }

    #[test]
    fn records_and_what_was_coded_arrive_as_they_were_sent() {
        let text = r#"{"CodeSets":[{"SetName":"Codes","Attributes":{"AttributesList":[{"AttributeId":5,"AttributeName":"Trust"}]}}],
            "References":[{"ItemId":7,"Title":"Signals","Codes":[{"AttributeId":5,"AdditionalText":"a note"}]}, 4]}"#;
        let read = references::read(text.as_bytes(), None).unwrap();
        assert!(read.about.coded.is_some() && read.about.warnings.len() == 1, "{read:?}");
        let limits = crate::import::Limits::default();
        let mut parts = sent(|take| references::read_each(text.as_bytes(), None, &limits, take)).into_iter();
        for record in &read.records {
            assert!(matches!(parts.next(), Some(Part::Record(sent)) if *sent == *record));
        }
        let Some(Part::Last(about)) = parts.next() else { panic!("no last part") };
        let about = about.into_result().unwrap();
        assert_eq!((about.coded, about.format), (read.about.coded, read.about.format));
        assert_eq!(about.warnings[0].message, read.about.warnings[0].message);
    }

    #[test]
    fn a_refusal_is_the_last_part() {
        let parts = sent(|_| Err(fault("unknown-library", "no list").hint("export it")));
        assert!(matches!(parts.as_slice(), [Part::Refused(_)]), "{parts:?}");
    }
}
