//! `realist import`

mod update;

use super::shared::{counted, word};
use super::{facesheet, references, turns};
use crate::act::import::reader::{Read, Reading};
use crate::act::import::{self as act, As, ImportedFile, Rehearsal, Summary, Wanted, library, taken_as};
use crate::cli::Context;
use crate::cli::ui::{Exit, Format};
use crate::act::facesheet::Plan;
use crate::diagnostic::{Diagnostic, Fault, Result, fault};
use crate::document::{Role, Speaker};
use crate::import::facesheet::Columns;
use crate::import::references::Library;
use crate::import::{Imported, Mapping, Override};
use crate::language::Language;
use crate::strand::SourceKind;
use crate::table::{Cell, Table};
use serde_json::json;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Files or folders: txt, md, docx, odt, rtf, pdf, html, epub, vtt, srt, exb, csv, tsv, xlsx, ods; lists of
    /// references: ris, nbib, enw, bib, xml, json, csv, or a zip of them.
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
    /// Language of the words, by name or code (French, fr); else told from them.
    #[arg(long, value_parser = word::<Language>)]
    language: Option<Language>,
    /// Columns of a table: text=Quote:participant, study=Author,Year; of a facesheet: who=Code,
    /// attribute=Age. May be repeated.
    #[arg(long = "map", value_name = "FIELD=COLUMN")]
    map: Vec<String>,
    /// Sheet of a workbook; else the first that has a column of words.
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// Take all files in as document, extract (a table of passages), references or attributes (a facesheet,
    /// a row a participant); or read them as this format: docx, csv, ris. Guessed and shown where not said.
    #[arg(long = "as", value_name = "WHAT")]
    taken_as: Option<String>,
    /// Role of a speaker in all of them, whatever the label's case: "Ana=participant", "I=interviewer". May be
    /// repeated.
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

/// A mapping that would do for a facesheet lacks nothing but `--as attributes`.
fn for_facesheet(fault: Fault, map: &[String]) -> Fault {
    if Columns::parse(map).is_ok() { fault.hint("for a facesheet add --as attributes") } else { fault }
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let (taken_as, format) = arguments.taken_as.as_deref().map_or((None, None), taken_as::asked);
    let (mapping, facesheet) = match (&arguments.map, taken_as) {
        (map, _) if map.is_empty() => (None, None),
        (map, Some(As::Attributes)) => (None, Some(Columns::parse(map)?)),
        (map, _) => (Some(Mapping::parse(map).map_err(|fault| for_facesheet(fault, map))?), None),
    };
    act::check_paths(&arguments.paths)?;
    let is_kind_open = arguments.kind.is_none() && arguments.update.is_none();
    let kind = match arguments.kind {
        Some(kind) => kind,
        // A rehearsal shows documents too, read as what most of them are.
        None if arguments.update.is_some() || context.surroundings.rehearsal => SourceKind::Interview,
        None => library::USUAL_KIND,
    };
    let wanted = Wanted {
        paths: arguments.paths,
        kind,
        is_kind_open,
        strand: arguments.strand,
        source: arguments.source,
        group: arguments.group,
        language: arguments.language,
        mapping,
        sheet: arguments.sheet,
        taken_as,
        facesheet,
        format,
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
    if let ([file], true) = (summary.failed.as_slice(), wanted.is_kind_open && summary.is_one())
        && file.fault.0.code == "no-kind"
    {
        return Err(file.fault.clone());
    }
    if context.surroundings.coder.is_none() {
        context.ui.say(&format!("signed as {}; set REALIST_CODER or --coder to sign as yourself", done.by));
    }
    if context.ui.is_json() {
        context.ui.json(&json!(summary));
    } else {
        show(context, summary);
    }
    if !summary.imported.is_empty() {
        let heard = summary.imported.iter().filter_map(|file| file.speakers.as_deref()).flatten();
        for diagnostic in act::unheard(&wanted.roles, heard) {
            context.ui.diagnostic(&diagnostic);
        }
    }
    done.afterwards.iter().for_each(|diagnostic| context.ui.diagnostic(diagnostic));
    let has_refused = summary.imported.iter().any(|file| !file.refused.is_empty());
    Ok(Exit::negative_if(has_refused || !summary.failed.is_empty()))
}

/// What there is to say of a file, a file a row. Two columns come with it: the result, and the id before or
/// the records after.
const COLUMNS: &[(&str, &str)] = &[
    ("path", "File"),
    ("as", "As"),
    ("format", "Format"),
    ("language", "Language"),
    ("units", "Units"),
    ("turns", "Turns"),
    ("words", "Words"),
    ("speakers", "Speakers"),
];

const RESULT: (&str, &str) = ("result", "Result");

/// The row of a file of which there is nothing to say between `first` and `last`.
fn gapped<const F: usize, const L: usize>(first: [Cell; F], last: [Cell; L]) -> Vec<Cell> {
    let mut row = Vec::from(first);
    row.resize_with(COLUMNS.len() + 2 - L, || Cell::Empty);
    row.extend(last);
    row
}

fn show(context: &Context, summary: &Summary) {
    let mut table = Table::with(&[&[("id", "Id")], COLUMNS, &[RESULT]].concat());
    for file in &summary.imported {
        let result = match file.taken_as {
            As::References => references_taken(file),
            As::Attributes => taken(file.records, file.refused.len()),
            _ if file.studies > 0 => format!("imported, {}", counted(file.studies, "study")),
            As::Document | As::Extract => "imported".to_owned(),
        };
        table.push(vec![
            file.id.as_str().into(),
            file.path.as_str().into(),
            file.taken_as.word().into(),
            file.format.as_str().into(),
            file.language.map(Language::name).into(),
            file.units.into(),
            file.turns.into(),
            file.words.into(),
            speakers(file.speakers.as_deref().unwrap_or_default()).into(),
            result.into(),
        ]);
    }
    for file in &summary.unchanged {
        table.push(gapped([file.id.as_str().into(), file.path.as_str().into()], ["unchanged".into()]));
    }
    for file in &summary.failed {
        table.push(gapped(["".into(), file.path.as_str().into()], ["failed".into()]));
    }
    narrow(context, &mut table, summary.imported.iter().any(|file| file.taken_as == As::Extract));
    context.ui.list(&table, &json!(summary));
    let said = summary.imported.iter().map(|file| (file.path.as_str(), file.diagnostics.as_slice()));
    for diagnostic in gathered(said) {
        context.ui.diagnostic(&diagnostic);
    }
    let failed = summary.failed.iter().map(|file| (file.path.as_str(), std::slice::from_ref(&*file.fault.0)));
    for diagnostic in gathered(failed) {
        context.ui.diagnostic(&diagnostic);
    }
    context.ui.say(&format!(
        "{} imported, {} unchanged, {} failed{}",
        summary.imported.len(),
        summary.unchanged.len(),
        summary.failed.len(),
        passed_over(&summary.passed_over)
    ));
}

/// `; 2 hidden files passed over: .a, .b`.
fn passed_over(names: &[String]) -> String {
    const NAMED: usize = 8;
    if names.is_empty() {
        return String::new();
    }
    let more = if names.len() > NAMED { ", …" } else { "" };
    format!("; {} passed over: {}{more}", counted(names.len(), "hidden file"), names[..names.len().min(NAMED)].join(", "))
}

/// A screen has room for one number of parts: turns, or rows where a table is among the files.
fn narrow(context: &Context, table: &mut Table, has_rows: bool) {
    if context.ui.format() == Format::Table {
        table.drop_columns(&[if has_rows { "turns" } else { "units" }]);
    }
}

/// Of a list of references: `12 references, 3 new, 2 completed`.
fn references_taken(file: &ImportedFile) -> String {
    let more = file.completed.map(|count| format!(", {count} completed")).unwrap_or_default();
    format!("{}, {} new{more}", counted(file.records, "reference"), file.studies)
}

/// Of a facesheet: `3 of 5 rows taken in, 2 left out`.
fn taken(rows: usize, refused: usize) -> String {
    match refused {
        0 => format!("{} taken in", counted(rows, "row")),
        _ => format!("{} of {} taken in, {refused} left out", rows.saturating_sub(refused), counted(rows, "row")),
    }
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

/// `Ana (participant), Researcher 1 (interviewer)`.
pub fn speakers(speakers: &[Speaker]) -> String {
    let shown: Vec<String> = speakers.iter().take(8).map(|one| format!("{} ({})", one.label, one.role)).collect();
    let more = speakers.len().saturating_sub(8);
    if more > 0 { format!("{} and {more} more", shown.join(", ")) } else { shown.join(", ") }
}

fn rehearse(context: &Context, project: &crate::project::Project, wanted: &Wanted) -> Result<Exit> {
    let Rehearsal { files, passed_over: hidden } = act::rehearse(project, wanted)?;
    let mut faults: Vec<(&str, Fault)> = Vec::new();
    let mut plans: Vec<(&str, Plan)> = Vec::new();
    for (file, reading) in &files {
        match reading {
            Ok(Reading::Facesheet(sheet)) => match Plan::of(project, sheet, wanted.facesheet.as_ref()) {
                Ok(plan) => plans.push((&file.shown, plan)),
                Err(fault) => faults.push((&file.shown, fault)),
            },
            Ok(_) => {}
            Err(fault) => faults.push((&file.shown, fault.clone())),
        }
    }
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
                said.push((&file.shown, &library.about.warnings));
            }
            Ok(Reading::Facesheet(_)) | Err(_) => {}
        }
    }
    said.extend(plans.iter().map(|(name, plan)| (*name, plan.notes.as_slice())));
    match (files.len(), read.as_slice(), libraries.as_slice(), plans.as_slice()) {
        (1, [(name, imported)], ..) => turns::show(context, name, imported.draft.as_ref(), wanted.language)?,
        (1, _, [(name, library)], _) => references::show(context, name, library),
        (1, .., [(name, plan)]) => facesheet::show(context, name, plan),
        _ => show_many(context, &read, &libraries, &plans, &faults, wanted.language)?,
    }
    let heard = read.iter().flat_map(|(_, imported)| &imported.draft.header().speakers);
    for diagnostic in gathered(said.iter().copied()).into_iter().chain(act::unheard(&wanted.roles, heard)) {
        context.ui.diagnostic(&diagnostic);
    }
    let is_negative = !faults.is_empty() || plans.iter().any(|(_, plan)| !plan.refused.is_empty());
    for diagnostic in gathered(faults.iter().map(|(name, fault)| (*name, std::slice::from_ref(&*fault.0)))) {
        context.ui.diagnostic(&diagnostic);
    }
    if wanted.is_kind_open && !read.is_empty() {
        let said = format!("no kind was said: {} read as {}s", counted(read.len(), "document"), wanted.kind.title());
        context.ui.diagnostic(
            &Diagnostic::note("no-kind", said)
                .hint("an import needs one: add --kind interview, focus_group, systematic_review, policy, ..."),
        );
    }
    context.ui.say(&format!("dry run: nothing was written{}", passed_over(&hidden)));
    Ok(Exit::negative_if(is_negative))
}

/// Many files, a line each: those that could not be read among them.
fn show_many(
    context: &Context,
    read: &[(&str, &Read)],
    libraries: &[(&str, &Library)],
    plans: &[(&str, Plan)],
    faults: &[(&str, Fault)],
    language: Option<Language>,
) -> Result<()> {
    let mut table = Table::with(&[COLUMNS, &[("records", "Records"), RESULT]].concat());
    let list = |library: &Library| (As::References, library.about.format, library.references().count());
    let lists = libraries.iter().map(|(name, library)| (name, list(library)));
    let facesheets = plans.iter().map(|(name, plan)| (name, (As::Attributes, "", plan.rows)));
    for (name, (taken_as, format, records)) in lists.chain(facesheets) {
        table.push(gapped([(*name).into(), taken_as.word().into(), format.into()], [records.into(), "read".into()]));
    }
    for (name, Imported { draft, .. }) in read {
        let header = draft.header();
        table.push(vec![
            (*name).into(),
            if draft.is_table() { As::Extract } else { As::Document }.word().into(),
            draft.format().into(),
            act::language(draft.as_ref(), language)?.name().into(),
            header.units.into(),
            header.turns.into(),
            header.words.into(),
            speakers(&header.speakers).into(),
            if draft.is_table() { header.units } else { 1 }.into(),
            "read".into(),
        ]);
    }
    for (name, _) in faults {
        table.push(gapped([(*name).into()], ["failed".into()]));
    }
    let json = table.to_json();
    narrow(context, &mut table, read.iter().any(|(_, imported)| imported.draft.is_table()));
    if libraries.is_empty() && plans.is_empty() && context.ui.format() == Format::Table {
        table.drop_columns(&["records"]);
    }
    if !table.is_empty() || context.ui.is_json() {
        context.ui.list(&table, &json);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_of_a_facesheet_asks_for_what_it_lacks() {
        let hints = |map: &str| {
            let map = [map.to_owned()];
            let fault = Mapping::parse(&map).map_err(|fault| for_facesheet(fault, &map)).unwrap_err();
            fault.0.hints.iter().any(|hint| hint.contains("--as attributes"))
        };
        assert!(hints("who=Code"));
        assert!(!hints("whom=Code"));
    }

    #[test]
    fn rows_left_out_are_not_counted_as_taken_in() {
        assert_eq!(taken(5, 2), "3 of 5 rows taken in, 2 left out");
        assert_eq!(taken(1, 0), "1 row taken in");
    }

    #[test]
    fn what_is_said_of_many_files_is_said_once() {
        let note = [Diagnostic::note("no-speakers", "no labels").hint("add some")];
        let other = [Diagnostic::note("other", "a word")];
        let said = gathered([("a.md", &note[..]), ("b.md", &other[..]), ("c.md", &note[..])].into_iter());
        let said: Vec<String> = said.iter().map(ToString::to_string).collect();
        assert_eq!(said, ["in 2 files no labels: a.md, c.md", "b.md: a word"]);
    }
}
