//! What colleagues wrote beside the words comes back: codings, draft statements and memos, all of one file
//! in one operation. The same file twice adds nothing.

use super::ground::{Changes, Ground, Place};
use super::remark::{self, Ask};
use super::{returned, rows};
use crate::act::anchor::{self, Anchored, Spot, Words};
use crate::act::claim;
use crate::act::code::{self, There};
use crate::act::codebook;
use crate::act::evidence::Links;
use crate::act::form::{Block, Entry, Slot};
use crate::act::memo::margin::{Comment, Margin};
use crate::act::sheet::{Said, cells, key, read_before};
use crate::act::{resolve, text, workbook};
use crate::codebook::Code;
use crate::diagnostic::{Fault, Result, fault};
use crate::document::{Document, UnitKind};
use crate::id::Id;
use crate::project::{Batch, Done, Lookup, Original, Project, Shard};
use crate::text::Span;
use crate::text::carry::Sureness;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::rc::Rc;

/// What is to be taken in.
#[derive(Debug, Clone)]
pub struct Wish {
    pub file: PathBuf,
    /// The document it is of, where the file does not say.
    pub document: Option<String>,
    /// Codes that are not there yet are made.
    pub make_codes: bool,
}

crate::vocabulary! {
    /// What a comment became.
    pub enum What "what a comment became" {
        Coding "coding",
        Statement "statement",
        Memo "memo",
    }
}

crate::vocabulary! {
    /// How surely the words were found.
    pub enum Found "way words are found" {
        /// They are the same words.
        Exact "exact",
        /// They were changed a little in the file: look at them.
        Near "near",
        /// The memo is about the document as a whole: it stood at no words, or at words that are not there.
        Document "document",
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Made {
    pub what: What,
    pub id: String,
    /// Of a statement: the link to its words.
    pub evidence: Option<String>,
    pub place: String,
    pub found: Found,
    pub words: String,
    /// Name of the code, the statement, or what the memo says.
    pub says: String,
    /// The name beside the comment.
    pub signed: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// `comment 3`, `row 12`.
    pub at: String,
    /// What was asked for.
    pub says: String,
    pub because: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Answer {
    pub document: String,
    pub made: Vec<Made>,
    /// How much was there already.
    pub there: usize,
    pub refused: Vec<Refused>,
    /// Names of codes that were made.
    pub codes: Vec<String>,
    /// Numbers of turns whose words were changed in the file.
    pub reworded: Vec<usize>,
    /// Numbers of turns that are gone from the file.
    pub missing: Vec<usize>,
}

/// A comment with its place.
pub(super) struct Remark {
    pub at: String,
    /// `None`: at no words, or at words that are not in the document.
    pub place: Option<Stand>,
    /// It stood at words.
    pub had_words: bool,
    pub signed: Option<String>,
    pub asks: Vec<Ask>,
}

/// Words of the document.
pub(super) struct Stand {
    pub words: Words,
    pub sureness: Sureness,
}

/// What came back.
pub(super) struct Parcel {
    pub document: Document,
    pub remarks: Vec<Remark>,
    pub changes: Changes,
}

/// Takes in what stands beside the words of a file.
///
/// Faults: `which-document`, `other-document`, `purged`, `no-comments`, and those of reading it.
pub fn take(project: &mut Project, wish: &Wish) -> Result<Done<Answer>> {
    let names: Vec<String> =
        project.state().all::<Code>().into_iter().filter(|code| !code.retired).map(|code| code.name).collect();
    let parcel = if workbook::is_workbook(&wish.file) {
        rows::read(project, wish, &names)?
    } else {
        beside_text(project, wish, &names)?
    };
    let file = Original::look(&key_file(project, &parcel.document))?;
    project.write("document comments", true, |batch| {
        let mut taking = Taking::of(batch, &parcel.document, &file, wish.make_codes)?;
        for remark in &parcel.remarks {
            taking.remark(batch, remark);
        }
        let Changes { reworded, missing } = parcel.changes;
        Ok(Answer { reworded, missing, ..taking.answer })
    })
}

/// The file whose key seals what comments say: as it was given; where that went with somebody who withdrew,
/// the text that is left.
fn key_file(project: &Project, document: &Document) -> PathBuf {
    if document.is_cut() { project.text_file(&document.version) } else { project.original(document) }
}

/// Comments of a file from a word processor.
fn beside_text(project: &Project, wish: &Wish, names: &[String]) -> Result<Parcel> {
    let returned = returned::read(project, &wish.file)?;
    let (document, version) = returned.document(project, wish.document.as_deref())?;
    refuse_purged(project, &document)?;
    if returned.notes.is_empty() {
        return Err(fault("no-comments", "there are no comments in this file")
            .hint("comments that were resolved and deleted are gone; ask for the file as it was commented on"));
    }
    let shard: Rc<Shard> = text::shard(project, &document, &document.version, 0)?;
    let ground = Ground::of(&shard, &returned.text, version.as_ref() == Some(&document.version));
    let remarks = returned.notes.iter().enumerate().map(|(at, note)| {
        let place = note.span.and_then(|span| ground.place(span)).and_then(|place| stand(&shard, place));
        Remark {
            at: format!("comment {}", at + 1),
            place,
            had_words: note.span.is_some(),
            signed: note.author.clone(),
            asks: remark::read(&note.text, names),
        }
    });
    Ok(Parcel { remarks: remarks.collect(), changes: ground.changes(), document })
}

pub(super) fn refuse_purged(project: &Project, document: &Document) -> Result<()> {
    if document.purged {
        return Err(fault("purged", format!("the text of {} was destroyed on purpose", project.label(document.id)))
            .hint("destroy this file too: it holds the same words"));
    }
    Ok(())
}

/// A span as words of the version in force; in a table it counts from the row.
pub(super) fn stand(shard: &Shard, place: Place) -> Option<Stand> {
    let Place { span, sureness } = place;
    let (first, _) = shard.units_at(span)?;
    let words = if first.kind == UnitKind::Row {
        let base = first.span.start();
        Words::InRow(first.n, Span::new(span.start().checked_sub(base)?, span.end() - base)?)
    } else {
        Words::Bytes(None, span)
    };
    Some(Stand { words, sureness })
}

/// What is known while comments are taken in one after the other.
struct Taking<'f> {
    document: Id,
    label: String,
    /// Somebody's words were taken out of it.
    is_cut: bool,
    make_codes: bool,
    lookup: Lookup,
    links: Links,
    there: There,
    /// Codes by the names they were asked for under.
    codes: BTreeMap<String, Id>,
    margin: Margin<'f>,
    /// What statements were made of before, by turn.
    before: Said,
    answer: Answer,
}

impl<'f> Taking<'f> {
    fn of(batch: &Batch<'_>, document: &Document, file: &'f Original, make_codes: bool) -> Result<Self> {
        let project = batch.project();
        let label = project.label(document.id);
        let shard = text::shard(project, document, &document.version, 0)?;
        Ok(Taking {
            document: document.id,
            is_cut: document.is_cut(),
            make_codes,
            lookup: project.lookup(),
            links: Links::of(batch),
            there: There::default(),
            codes: BTreeMap::new(),
            margin: Margin::of(project, document.id, file, shard.key.clone())?,
            before: read_before(project),
            answer: Answer { document: label.clone(), ..Answer::default() },
            label,
        })
    }

    fn remark(&mut self, batch: &mut Batch<'_>, remark: &Remark) {
        for ask in &remark.asks {
            let made = batch.attempt(|batch| self.ask(batch, remark, ask));
            match made {
                Ok(Some(made)) => self.answer.made.push(made),
                Ok(None) => self.answer.there += 1,
                Err(fault) => {
                    let because = fault.on_one_line();
                    self.answer.refused.push(Refused { at: remark.at.clone(), says: said(ask), because });
                }
            }
        }
    }

    /// `None` where it is there already.
    fn ask(&mut self, batch: &mut Batch<'_>, remark: &Remark, ask: &Ask) -> Result<Option<Made>> {
        let Some(stand) = &remark.place else {
            return match ask {
                // It may say again what was taken out.
                Ask::Memo(_) if remark.had_words && self.is_cut => Err(fault(
                    "words-not-found",
                    format!("the words it stands at are not in {}, of which somebody withdrew", self.label),
                )
                .hint("if it does not repeat them: realist memo add; and destroy the file, which holds them")),
                Ask::Memo(text) => self.memo(batch, remark, None, text),
                _ if remark.had_words => {
                    Err(fault("words-not-found", format!("the words it stands at are not in {}", self.label))
                        .hint("were they changed in the file? Code them by hand: realist code add"))
                }
                _ => Err(fault("no-words", "it stands at no words").hint("mark some words and comment on them")),
            };
        };
        let spot = Spot { document: self.label.clone(), words: stand.words.clone() };
        let anchored = anchor::anchor(batch.project(), &self.lookup, &spot)?;
        let place = Placed { found: found(stand.sureness), anchored: &anchored, spot: &spot };
        match ask {
            Ask::Code(name) => self.code(batch, remark, &place, name),
            Ask::Claim(sentence) => self.claim(batch, remark, &place, sentence),
            Ask::Memo(text) => self.memo(batch, remark, Some(&place), text),
        }
    }

    fn code(&mut self, batch: &mut Batch<'_>, remark: &Remark, at: &Placed, name: &str) -> Result<Option<Made>> {
        self.settle_code(batch, name)?;
        let wish = code::Wish { codes: vec![name.to_owned()], spot: at.spot.clone(), memo: None };
        let mut coded = Vec::new();
        code::add_one(batch, &self.lookup, &wish, at.anchored, &mut self.there, &mut self.codes, &mut coded)?;
        let fresh = coded.into_iter().find(|one| !one.was_there);
        Ok(fresh.map(|one| at.made(batch.project(), What::Coding, one.id, name, remark)))
    }

    fn settle_code(&mut self, batch: &mut Batch<'_>, name: &str) -> Result<()> {
        if self.codes.contains_key(name) {
            return Ok(());
        }
        let id = match resolve::code(batch.project(), name) {
            Err(fault) if fault.0.code == "unknown-id" && self.make_codes => {
                let entry = codebook::Entry { name: Some(name.replace(['-', '_'], " ")), ..codebook::Entry::default() };
                let (id, _) = codebook::create(batch, &entry)?;
                self.answer.codes.push(name.replace(['-', '_'], " "));
                id
            }
            Err(fault) if fault.0.code == "unknown-id" => return Err(fault.hint("or make it: add --make-codes")),
            found => found?,
        };
        self.codes.insert(name.to_owned(), id);
        Ok(())
    }

    fn claim(&mut self, batch: &mut Batch<'_>, remark: &Remark, at: &Placed, sentence: &str) -> Result<Option<Made>> {
        let entry = Entry { line: 1, slot: Slot::Claim, text: sentence.to_owned() };
        let Some(block) = Block::of(vec![entry]) else { return Ok(None) };
        let (key, hash) = (key(self.document, at.anchored.units.0), cells::hash(&block));
        if self.before.get(&key).is_some_and(|hashes| hashes.contains(&hash)) {
            return Ok(None);
        }
        let claim = claim::read(&block).map_err(first)?;
        let written =
            claim.write(batch, &mut self.links, at.spot, Some(&format!("{key} {hash}"))).map_err(|one| one.fault)?;
        self.before.entry(key).or_default().insert(hash);
        let made = at.made(batch.project(), What::Statement, written.hypothesis, sentence, remark);
        Ok(Some(Made { evidence: Some(written.evidence), ..made }))
    }

    fn memo(
        &mut self,
        batch: &mut Batch<'_>,
        remark: &Remark,
        at: Option<&Placed>,
        text: &str,
    ) -> Result<Option<Made>> {
        let comment = Comment {
            anchor: at.map(|at| at.anchored.anchor.clone()),
            words: at.map_or("", |at| at.anchored.text.as_str()),
            signed: remark.signed.as_deref(),
            text,
        };
        let Some(id) = self.margin.enter(batch, &comment)? else { return Ok(None) };
        Ok(Some(match at {
            Some(at) => at.made(batch.project(), What::Memo, id, text, remark),
            None => Made {
                what: What::Memo,
                id,
                evidence: None,
                place: self.label.clone(),
                found: Found::Document,
                words: String::new(),
                says: text.to_owned(),
                signed: remark.signed.clone(),
            },
        }))
    }
}

/// Words that a comment stands at, settled.
struct Placed<'a> {
    found: Found,
    anchored: &'a Anchored,
    spot: &'a Spot,
}

impl Placed<'_> {
    fn made(&self, project: &Project, what: What, id: String, says: &str, remark: &Remark) -> Made {
        Made {
            what,
            id,
            evidence: None,
            place: self.anchored.place(project),
            found: self.found,
            words: self.anchored.text.clone(),
            says: says.to_owned(),
            signed: remark.signed.clone(),
        }
    }
}

fn found(sureness: Sureness) -> Found {
    match sureness {
        Sureness::Exact => Found::Exact,
        Sureness::Near => Found::Near,
    }
}

fn said(ask: &Ask) -> String {
    match ask {
        Ask::Code(name) => format!("#{name}"),
        Ask::Claim(text) | Ask::Memo(text) => text.clone(),
    }
}

fn first(faults: Vec<crate::act::form::Located>) -> Fault {
    faults.into_iter().next().map_or_else(|| fault("empty-statement", "the statement says nothing"), |one| one.fault)
}
