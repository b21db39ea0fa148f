//! `realist codebook export`, `import` and `ready`

use crate::act::codebook::hand_out;
use crate::act::output;
use crate::act::codebook::take_in::{self, Meant, News, What, Wish};
use crate::cli::Context;
use crate::cli::commands::shared::{confirm, counted, word};
use crate::cli::ui::Exit;
use crate::codebook::ready as shipped;
use crate::diagnostic::{Diagnostic, Fault, Result, fault};
use crate::participant::Audience;
use crate::extract::Extractor;
use crate::import::codebook::{self, Format};
use crate::project::{Done, Project};
use crate::render;
use crate::table::Table;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub struct Export {
    /// csv, xlsx, qdc (REFI-QDA), md or toml; else by the ending of --out.
    #[arg(long, value_name = "FORMAT", value_parser = word::<Format>, required_unless_present = "out")]
    to: Option<Format>,
    /// Where to; standard output unless said.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub struct Import {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Its format, where the ending of its name misleads.
    #[arg(long = "as", value_name = "FORMAT", value_parser = word::<Format>)]
    read_as: Option<Format>,
    /// Where file and project say something else, take the file's word.
    #[arg(long)]
    replace: bool,
    /// Refuse a file that breaks its format's rules, instead of reading what can be read.
    #[arg(long)]
    strict: bool,
}

pub fn export(context: &Context, project: &Project, wish: &Export) -> Result<Exit> {
    let named = || wish.out.as_deref().map_or(Ok(Format::Csv), |out| Format::of_name(&name_of(out)));
    let format = wish.to.map_or_else(named, Ok)?;
    let outline = hand_out::outline(project)?;
    let bytes = render::codebook::render(format, &outline)?;
    let Some(file) = wish.out.as_deref().filter(|out| out.as_os_str() != "-") else {
        if format == Format::Xlsx {
            return Err(fault("no-file", "a workbook goes into a file").hint("name it: --out codebook.xlsx"));
        }
        context.ui.exact(&String::from_utf8_lossy(&bytes));
        return Ok(Exit::Done);
    };
    if crate::disk::holds_else(file, &bytes) {
        return Err(fault("file-exists", format!("{} is there and says something else", file.display()))
            .hint("name another with --out FILE, or put that one away"));
    }
    output::file(project, Audience::Team, file, bytes)?;
    let after = if context.surroundings.rehearsal { " (dry run: nothing was written)" } else { "" };
    let shown = file.display().to_string();
    context.ui.answer(
        &format!("{shown}: {}{after}", counted(outline.entries.len(), "code")),
        &json!({ "file": shown, "format": format, "codes": outline.entries.len() }),
    );
    Ok(Exit::Done)
}

pub fn import(context: &Context, project: &mut Project, wish: &Import) -> Result<Exit> {
    let name = name_of(&wish.file);
    let format = wish.read_as.map_or_else(|| Format::of_name(&name), Ok)?;
    let limits = codebook::limits();
    let size = std::fs::metadata(&wish.file).map_err(|error| Fault::io("read", &wish.file, &error))?.len();
    codebook::check_size(size, &limits)?;
    let bytes = std::fs::read(&wish.file).map_err(|error| Fault::io("read", &wish.file, &error))?;
    let mut extractor = Extractor::new(context.surroundings.extractor.as_deref());
    let read = extractor.codebook(format, &bytes, &limits).map_err(|fault| in_file(*fault.0, &name)).map_err(|one| Fault(Box::new(one)))?;
    if wish.strict && !read.invalid.is_empty() {
        return Err(invalid(&name, &read.invalid));
    }
    for one in read.invalid.iter().chain(&read.notes) {
        context.ui.diagnostic(&in_file(one.clone(), &name));
    }
    let done = take_in::take_in(project, &Wish { outline: &read.outline, meant: Meant::ByName, replace: wish.replace, act: "codebook import" })?;
    Ok(tell(context, &done, read.outline.entries.len(), &read.invalid))
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn in_file(mut one: Diagnostic, name: &str) -> Diagnostic {
    let mut place = one.place.take().unwrap_or_default();
    place.file = Some(name.to_owned());
    one.at(place)
}

fn invalid(name: &str, found: &[Diagnostic]) -> Fault {
    let lines = found.iter().take(8).map(|one| in_file(one.clone(), name).to_string());
    let more = found.len().saturating_sub(8);
    let refused = fault("invalid-codebook", format!("{name} breaks the rules of its format in {}", counted(found.len(), "place"))).hints(lines);
    let refused = if more > 0 { refused.hint(format!("… and {more} more")) } else { refused };
    refused.hint("without --strict what can be read of it is taken in")
}

pub fn ready(context: &Context) -> Result<Exit> {
    let all = shipped::all()?;
    let mut table = Table::with(&[("key", "Key"), ("title", "Codebook"), ("codes", "Codes"), ("about", "For")]);
    for one in &all {
        table.push(vec![one.key.into(), one.title.as_str().into(), one.outline.entries.len().into(), one.about.as_str().into()]);
    }
    context.ui.list(&table, &table.to_json());
    context.ui.say("take one in: realist codebook add --ready cmo");
    Ok(Exit::Done)
}

pub fn add_ready(context: &Context, project: &mut Project, keys: &[String]) -> Result<Exit> {
    let mut exit = Exit::Done;
    let wanted = keys.iter().map(|key| shipped::named(key)).collect::<Result<Vec<_>>>()?;
    for one in &wanted {
        let wish = Wish { outline: &one.outline, meant: Meant::InItsTree, replace: false, act: "codebook add --ready" };
        let done = take_in::take_in(project, &wish)?;
        if tell(context, &done, one.outline.entries.len(), &[]) == Exit::Negative {
            exit = Exit::Negative;
        }
    }
    Ok(exit)
}

/// What became of a codebook that was taken in; negative where something is in dispute.
fn tell(context: &Context, done: &Done<Vec<News>>, codes: usize, invalid: &[Diagnostic]) -> Exit {
    let news = &done.answer;
    let count = |what: What| news.iter().filter(|one| one.what == what).count();
    let [added, changed, conflicts, older] = [What::Added, What::Changed, What::Conflict, What::Older].map(count);
    for one in news.iter().filter(|one| one.what != What::Added) {
        context.ui.say(&told(one));
    }
    let rest = [(changed, "field changed", "fields changed"), (conflicts, "conflict", "conflicts"), (older, "older, left as it is", "older, left as they are")];
    let rest = rest.iter().filter(|(count, ..)| *count > 0);
    let rest = rest.map(|(count, one, many)| format!("{count} {}", if *count == 1 { one } else { many }));
    let added_of = format!("{added} of {} added", counted(codes, "code"));
    let sentence = std::iter::once(added_of).chain(rest).collect::<Vec<_>>().join(", ");
    confirm(context, done, &sentence, json!({
        "codes": codes, "added": added, "changed": changed, "conflicts": conflicts, "older": older,
        "news": news.iter().map(one_json).collect::<Vec<_>>(), "invalid": invalid,
    }));
    if conflicts > 0 {
        context.ui.say("where both say something else the project's word stands; --replace takes the file's");
    }
    Exit::negative_if(conflicts > 0)
}

fn told(one: &News) -> String {
    let News { what, line, code, name, field, here, there } = one;
    let said = match what {
        What::Unclear => format!("'{there}' {}", if here.is_empty() { "is not here and was left out" } else { here }),
        What::Conflict => format!("here '{here}', in the file '{there}'"),
        _ if here.is_empty() => format!("'{there}'"),
        _ => format!("'{here}' -> '{there}'"),
    };
    format!("{} line {line}, {code} {name}, {field}: {said}", what.word())
}

fn one_json(one: &News) -> Value {
    let News { what, line, code, name, field, here, there } = one;
    json!({ "what": what.word(), "line": line, "id": code, "name": name, "field": field, "here": here, "there": there })
}
