//! `realist bundle`

use super::shared::counted;
use crate::act::bundle::{self as act, Since};
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use serde_json::json;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// File to write; a name is made up in the present folder where none is given.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Leave out what the maker of this bundle had already, such as the last one your colleague sent.
    #[arg(long, value_name = "BUNDLE", conflicts_with = "all")]
    since: Option<PathBuf>,
    /// Everything, not only what is new since your last bundle.
    #[arg(long)]
    all: bool,
    /// Leave out transcripts, originals and names: only what researchers wrote.
    #[arg(long)]
    without_texts: bool,
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let mut project = context.open()?;
    let since = match (arguments.since, arguments.all) {
        (Some(bundle), _) => Since::Bundle(bundle),
        (None, true) => Since::Start,
        (None, false) => Since::Last,
    };
    let texts = !arguments.without_texts;
    let packed = act::make(&mut project, arguments.out.as_deref(), &since, texts)?;
    let json = json!({
        "file": packed.file.as_ref().map(|file| file.display().to_string()),
        "operations": packed.operations, "files": packed.files, "bytes": packed.bytes, "by": packed.by,
    });
    if packed.operations == 0 {
        context.ui.answer("nothing new since then; no bundle was written", &json);
        context.ui.say("to pack everything: realist bundle --all");
        return Ok(Exit::Negative);
    }
    let what = format!("{} and {} of the corpus", counted(packed.operations, "operation"), counted(packed.files, "file"));
    match &packed.file {
        Some(file) => context.ui.answer(&format!("wrote {}: {what}", file.display()), &json),
        None => context.ui.answer(&format!("would pack {what} (dry run: nothing was written)"), &json),
    }
    if packed.files > 0 {
        context.ui.say("it holds participants' words: send it only by ways your ethics approval allows");
    }
    context.ui.say("your colleague takes it in with: realist merge FILE");
    Ok(Exit::Done)
}
