//! `realist import`

mod update;

use super::references;
use super::shared::{counted, excerpt, word};
use crate::act::import::reader::{Read, Reading};
use crate::act::import::{self as act, Summary, Wanted, library};
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::{Diagnostic, Result, fault};
use crate::document::Role;
use crate::import::references::Library;
use crate::import::{Imported, Mapping, Override};
use crate::manuscript::Manuscript;
use crate::strand::SourceKind;
use crate::table::{Cell, Table};
use serde_json::json;
use std::ops::ControlFlow;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Files or folders: txt, md, docx, odt, rtf, pdf, html, epub, vtt, srt, csv, tsv, xlsx, ods; lists of
    /// references: ris, nbib, enw, bib, xml, json, csv.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Kind of source: interview, focus_group, systematic_review, narrative_review, policy, ...; references
    /// are primary_study where nothing is said.
    #[arg(long, value_parser = word::<SourceKind>, conflicts_with = "update")]
    kind: Option<SourceKind>,
    /// Take the file as a correction of this document; without a label, each file as one of the document of
    /// its name. What rests on the former text is carried over.
    #[arg(long, value_name = "D1.gj", num_args = 0..=1, default_missing_value = "")]
    update: Option<String>,
    /// Strand they belong to; else the first in realist.toml that takes this kind.
    #[arg(long, conflicts_with = "update")]
    strand: Option<String>,
    /// Put all of them under one source that is there (repeat interviews of one person).
    #[arg(long, value_name = "S1.gj", conflicts_with = "update")]
    source: Option<String>,
    /// Stakeholder group of the participants.
    #[arg(long)]
    group: Option<String>,
    /// Columns of a table: text=Quote:participant, study=Author,Year. May be repeated.
    #[arg(long = "map", value_name = "FIELD=COLUMN")]
    map: Vec<String>,
    /// Sheet of a workbook; else the first that has a column of words.
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// Read all files as this format; `references` for any list of references.
    #[arg(long = "as", value_name = "FORMAT")]
    format_key: Option<String>,
    /// Role of a speaker: "Ana=participant". May be repeated.
    #[arg(long = "role", value_name = "LABEL=ROLE")]
    roles: Vec<String>,
    /// What reading a file may cost: pdf.seconds=300, memory=2048 (MB). May be repeated.
    #[arg(long = "limit", value_name = "FORMAT.LIMIT=NUMBER")]
    limits: Vec<String>,
}

/// Reads `Ana=participant`.
pub fn role(typed: &str) -> Result<(String, Role)> {
    let (label, role) = typed
        .rsplit_once('=')
        .ok_or_else(|| fault("bad-role", format!("'{typed}' names no role")).hint("write it as \"Ana=participant\""))?;
    Ok((label.trim().to_owned(), role.parse()?))
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let mapping = if arguments.map.is_empty() { None } else { Some(Mapping::parse(&arguments.map)?) };
    act::check_paths(&arguments.paths)?;
    let kind = match arguments.kind {
        Some(kind) => kind,
        None if arguments.update.is_some() => SourceKind::Interview,
        None => library::usual_kind(arguments.format_key.as_deref(), &act::gather(&arguments.paths)?)?,
    };
    let wanted = Wanted {
        paths: arguments.paths,
        kind,
        strand: arguments.strand,
        source: arguments.source,
        group: arguments.group,
        mapping,
        sheet: arguments.sheet,
        format: arguments.format_key,
        roles: arguments.roles.iter().map(|typed| role(typed)).collect::<Result<_>>()?,
        limits: arguments.limits.iter().map(|typed| Override::parse(typed)).collect::<Result<_>>()?,
    };
    if let Some(document) = &arguments.update {
        return update::run(context, wanted, document);
    }
    let mut project = context.open()?;
    if context.surroundings.rehearsal {
        return rehearse(context, &project, &wanted);
    }
    let progress = context.ui.progress("importing");
    let done = act::import(&mut project, &wanted, &|at, all| progress.at(at, all))?;
    let summary = &done.answer;
    if context.surroundings.coder.is_none() {
        context.ui.say(&format!("signed as {}; set REALIST_CODER or --coder to sign as yourself", done.by));
    }
    if context.ui.is_json() {
        context.ui.json(&json!(summary));
    } else {
        show(context, summary);
    }
    done.afterwards.iter().for_each(|diagnostic| context.ui.diagnostic(diagnostic));
    Ok(Exit::negative_if(!summary.failed.is_empty()))
}

fn show(context: &Context, summary: &Summary) {
    let mut table = Table::with(&[
        ("id", "Id"),
        ("path", "File"),
        ("format", "Format"),
        ("units", "Units"),
        ("turns", "Turns"),
        ("words", "Words"),
        ("speakers", "Speakers"),
        ("result", "Result"),
    ]);
    for file in &summary.imported {
        let result = if let Some(records) = file.records {
            format!("{}, {} new", counted(records, "reference"), file.studies)
        } else if file.studies > 0 { format!("imported, {}", studies(file.studies)) } else { "imported".to_owned() };
        table.push(vec![
            file.id.as_str().into(),
            file.path.as_str().into(),
            file.format.as_str().into(),
            file.units.into(),
            file.turns.into(),
            file.words.into(),
            speakers(&file.speakers).into(),
            result.into(),
        ]);
    }
    for file in &summary.unchanged {
        let row = [file.id.as_str(), file.path.as_str(), "", "", "", "", "", "unchanged"];
        table.push(row.into_iter().map(Into::into).collect());
    }
    for file in &summary.failed {
        let row = ["", file.path.as_str(), "", "", "", "", "", "failed"];
        table.push(row.into_iter().map(Into::into).collect());
    }
    context.ui.list(&table, &json!(summary));
    let said = summary.imported.iter().map(|file| (file.path.as_str(), file.diagnostics.as_slice()));
    for diagnostic in gathered(said) {
        context.ui.diagnostic(&diagnostic);
    }
    for file in &summary.failed {
        context.ui.fault(&file.fault.clone().in_file(file.path.clone()));
    }
    context.ui.say(&format!(
        "{} imported, {} unchanged, {} failed",
        summary.imported.len(),
        summary.unchanged.len(),
        summary.failed.len()
    ));
}

/// What is said of many files in the same words is said once, with their names.
fn gathered<'f>(said: impl Iterator<Item = (&'f str, &'f [Diagnostic])>) -> Vec<Diagnostic> {
    const NAMED: usize = 8;
    let mut piles: Vec<(&Diagnostic, Vec<&str>)> = Vec::new();
    for (file, diagnostic) in said.flat_map(|(file, all)| all.iter().map(move |one| (file, one))) {
        match piles.iter_mut().find(|(held, _)| *held == diagnostic) {
            Some((_, files)) => files.push(file),
            None => piles.push((diagnostic, vec![file])),
        }
    }
    let tell = |(diagnostic, files): (&Diagnostic, Vec<&str>)| match files.as_slice() {
        [file] => diagnostic.clone().in_file(*file),
        many => {
            let names = many[..many.len().min(NAMED)].join(", ");
            let more = if many.len() > NAMED { ", …" } else { "" };
            let message = format!("in {} files {}: {names}{more}", many.len(), diagnostic.message);
            Diagnostic { message, ..diagnostic.clone() }
        }
    };
    piles.into_iter().map(tell).collect()
}

fn studies(count: usize) -> String {
    if count == 1 { "1 study".to_owned() } else { format!("{count} studies") }
}

/// `Ana (participant), Researcher 1 (interviewer)`.
fn speakers(speakers: &[(String, Role)]) -> String {
    let shown: Vec<String> = speakers.iter().take(8).map(|(label, role)| format!("{label} ({role})")).collect();
    let more = speakers.len().saturating_sub(8);
    if more > 0 { format!("{} and {more} more", shown.join(", ")) } else { shown.join(", ") }
}

fn rehearse(context: &Context, project: &crate::project::Project, wanted: &Wanted) -> Result<Exit> {
    let files = act::rehearse(project, wanted)?;
    let mut read: Vec<(&str, &Read)> = Vec::new();
    let mut libraries: Vec<(&str, &Library)> = Vec::new();
    let mut said: Vec<(&str, &[Diagnostic])> = Vec::new();
    for (file, reading) in &files {
        match reading {
            Ok(Reading::Document(imported)) => {
                read.push((&file.shown, imported));
                said.push((&file.shown, &imported.warnings));
            }
            Ok(Reading::Library(library)) => {
                libraries.push((&file.shown, library));
                said.push((&file.shown, &library.warnings));
            }
            Err(_) => {}
        }
    }
    match (files.len(), read.as_slice(), libraries.as_slice()) {
        (1, [(name, imported)], _) => show_draft(context, name, imported.draft.as_ref())?,
        (1, _, [(name, library)]) => references::show(context, name, library),
        _ => show_many(context, &read, &libraries),
    }
    for diagnostic in gathered(said.iter().copied()) {
        context.ui.diagnostic(&diagnostic);
    }
    for (file, fault) in files.iter().filter_map(|(file, read)| Some((file, read.as_ref().err()?))) {
        context.ui.fault(&fault.clone().in_file(file.shown.clone()));
    }
    context.ui.say("dry run: nothing was written");
    Ok(Exit::negative_if(said.len() < files.len()))
}

/// Many files, a line each.
fn show_many(context: &Context, read: &[(&str, &Read)], libraries: &[(&str, &Library)]) {
    let mut table = Table::with(&[
        ("path", "File"),
        ("format", "Format"),
        ("units", "Units"),
        ("turns", "Turns"),
        ("words", "Words"),
        ("speakers", "Speakers"),
        ("records", "References"),
    ]);
    for (name, library) in libraries {
        let mut row = vec![(*name).into(), library.format.into()];
        row.resize_with(6, || Cell::Empty);
        row.push(library.references().count().into());
        table.push(row);
    }
    for (name, Imported { draft, .. }) in read {
        let header = draft.header();
        let roles: Vec<(String, Role)> = header.speakers.iter().map(|one| (one.label.clone(), one.role)).collect();
        table.push(vec![
            (*name).into(),
            draft.format().into(),
            header.units.into(),
            header.turns.into(),
            header.words.into(),
            speakers(&roles).into(),
            Cell::Empty,
        ]);
    }
    context.ui.list(&table, &table.to_json());
}

fn show_draft(context: &Context, name: &str, draft: &dyn Manuscript) -> Result<()> {
    let header = draft.header();
    let roles: Vec<(String, Role)> = header.speakers.iter().map(|one| (one.label.clone(), one.role)).collect();
    context.ui.heading(&format!(
        "{name}: {}, {}, {}; {}",
        draft.format(),
        counted(header.units, "unit"),
        counted(header.turns, "turn"),
        speakers(&roles)
    ));
    let mut table = Table::with(&[("n", "#"), ("kind", "Kind"), ("speaker", "Speaker"), ("text", "Text")]);
    draft.each_shard(&mut |text, units| {
        for unit in units.iter().take(12) {
            let speaker = unit.speaker.and_then(|index| header.speakers.get(index));
            table.push(vec![
                unit.n.into(),
                unit.kind.word().into(),
                speaker.map(|one| one.label.clone()).into(),
                excerpt(unit.speech_span().of(text).unwrap_or_default(), 90).into(),
            ]);
        }
        Ok(ControlFlow::Break(()))
    })?;
    context.ui.list(&table, &table.to_json());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_many_files_is_said_once() {
        let note = [Diagnostic::note("no-speakers", "no labels").hint("add some")];
        let other = [Diagnostic::note("other", "a word")];
        let said = gathered([("a.md", &note[..]), ("b.md", &other[..]), ("c.md", &note[..])].into_iter());
        let said: Vec<String> = said.iter().map(ToString::to_string).collect();
        assert_eq!(said, ["in 2 files no labels: a.md, c.md", "b.md: a word"]);
    }
}
