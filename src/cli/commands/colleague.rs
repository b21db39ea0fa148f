//! `realist document export` and `realist document comments`: out to a colleague and back.

use super::shared::{confirm, counted, excerpt, word};
use crate::act::colleague::comments::{Answer, Found, Wish};
use crate::act::colleague::{Format, comments, export};
use crate::act::output;
use crate::cli::Context;
use crate::cli::ui::{Exit, Format as Shown};
use crate::diagnostic::{Result, fault};
use crate::participant::Audience;
use crate::project::Project;
use crate::table::Table;
use serde_json::json;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub struct Export {
    #[arg(value_name = "D3.gj")]
    document: String,
    /// docx, to comment on in a word processor; xlsx, to type into.
    #[arg(long = "to", value_name = "FORMAT", value_parser = word::<Format>)]
    to: Format,
    /// Where to; outputs/D3.gj-turns.docx unless said.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Speakers by participants' labels and by role. Names in what is said stay.
    #[arg(long)]
    without_names: bool,
    /// Memos go along as comments, private ones apart (docx).
    #[arg(long)]
    with_memos: bool,
}

#[derive(Debug, clap::Args)]
pub struct Comments {
    /// A docx, odt, rtf, xlsx or ods that came back.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The document it is of, where the file does not say.
    #[arg(long = "for", value_name = "D3.gj")]
    document: Option<String>,
    /// Make the codes that are not there yet.
    #[arg(long)]
    make_codes: bool,
}

pub fn export(context: &Context, project: &Project, arguments: &Export) -> Result<Exit> {
    let wish =
        export::Wish { format: arguments.to, without_names: arguments.without_names, with_memos: arguments.with_memos };
    let made = export::make(project, &arguments.document, wish)?;
    let name = format!("{}-turns.{}", made.document, arguments.to);
    let file = arguments.out.clone().unwrap_or_else(|| project.outputs_folder().join(name));
    refuse_corpus(project, &file)?;
    if crate::disk::is_taken(&file) {
        return Err(fault("file-exists", format!("{} is there, and may have been commented on", file.display()))
            .hint("name another with --out FILE, or put that one away"));
    }
    let rehearsal = context.surroundings.rehearsal;
    output::file(project, Audience::Team, &file, made.bytes)?;
    let shown = file.display().to_string();
    let after = if rehearsal { " (dry run: nothing was written)" } else { "" };
    context.ui.answer(
        &format!("{shown}: {} of {}{after}", counted(made.turns, "numbered turn"), made.document),
        &json!({ "document": made.document, "file": shown, "turns": made.turns }),
    );
    context.ui.say("it holds participants' words: send it as you would send the transcript");
    if arguments.without_names {
        context.ui.say("speakers are labels; names in what is said are still there");
    }
    context.ui.say("when it comes back: realist document comments FILE --dry-run");
    Ok(Exit::Done)
}

/// Nothing but what an import keeps lies in the corpus.
fn refuse_corpus(project: &Project, file: &Path) -> Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let corpus = project.root().join("corpus").canonicalize();
    let is_inside =
        folder.canonicalize().ok().zip(corpus.ok()).is_some_and(|(folder, corpus)| folder.starts_with(corpus));
    if is_inside {
        return Err(fault("in-corpus", "the corpus holds what was imported and nothing else")
            .hint("leave --out out to write into outputs/, or name a folder outside the project"));
    }
    Ok(())
}

pub fn take(context: &Context, project: &mut Project, arguments: Comments) -> Result<Exit> {
    let Comments { file, document, make_codes } = arguments;
    let done = comments::take(project, &Wish { file, document, make_codes })?;
    let answer = &done.answer;
    if context.ui.is_for_reading() {
        context.ui.list(&table(answer, context.ui.format() == Shown::Table), &json!([]));
    }
    let number = |what| answer.made.iter().filter(|one| one.what == what).count();
    let mut told: Vec<String> = [comments::What::Coding, comments::What::Statement, comments::What::Memo]
        .into_iter()
        .map(|what| counted(number(what), what.word()))
        .collect();
    let also = |count: usize, what: &str| (count > 0).then(|| format!("{count} {what}"));
    told.extend(also(answer.there, "there already"));
    told.extend(also(answer.refused.len(), "refused"));
    let sentence = format!("{}: {}", answer.document, told.join(", "));
    confirm(context, &done, &sentence, json!(answer));
    advise(context, answer);
    Ok(Exit::negative_if(!answer.refused.is_empty()))
}

fn table(answer: &Answer, is_cut: bool) -> Table {
    let mut table = Table::with(&[
        ("what", "What"),
        ("id", "Id"),
        ("says", "Says"),
        ("place", "Place"),
        ("found", "Found"),
        ("words", "Words"),
        ("signed", "From"),
    ]);
    let cut = |text: &str, letters| if is_cut { excerpt(text, letters) } else { text.to_owned() };
    for one in &answer.made {
        let id = one.evidence.as_ref().map_or_else(|| one.id.clone(), |link| format!("{}, {link}", one.id));
        table.push(vec![
            one.what.word().into(),
            id.into(),
            cut(&one.says, 60).into(),
            one.place.as_str().into(),
            one.found.word().into(),
            cut(&one.words, 50).into(),
            one.signed.clone().into(),
        ]);
    }
    table
}

/// What a person must look at.
fn advise(context: &Context, answer: &Answer) {
    for one in &answer.refused {
        context.ui.say(&format!("{} “{}”: {}", one.at, excerpt(&one.says, 60), one.because));
    }
    let near = answer.made.iter().filter(|one| one.found == Found::Near).count();
    if near > 0 {
        context.ui.say(&format!("{near} on words that were changed a little in the file (near): look at them"));
    }
    let numbers = |all: &[usize]| all.iter().take(20).map(ToString::to_string).collect::<Vec<_>>().join(", ");
    if !answer.reworded.is_empty() {
        let text = "the text was changed in the file, and stays as it is here, at turn";
        context.ui.say(&format!("{text} {}", numbers(&answer.reworded)));
    }
    if !answer.missing.is_empty() {
        context.ui.say(&format!("not in the file any more: turn {}", numbers(&answer.missing)));
    }
    if !answer.codes.is_empty() {
        context.ui.say(&format!("new codes: {}", answer.codes.join(", ")));
    }
    let mut people: Vec<&String> = answer.made.iter().filter_map(|one| one.signed.as_ref()).collect();
    people.sort();
    people.dedup();
    if people.len() > 1 {
        let names: Vec<&str> = people.into_iter().map(String::as_str).collect();
        context.ui.say(&format!(
            "comments of {} people ({}) were taken in under one tag",
            names.len(),
            names.join(", ")
        ));
    }
}
