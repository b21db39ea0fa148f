//! `realist init`

use super::shared::counted;
use crate::act;
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use serde_json::json;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Folder of the new project; made where it does not exist.
    #[arg(default_value = ".")]
    folder: PathBuf,
    /// Title of the synthesis.
    #[arg(long, default_value = "Untitled synthesis")]
    title: String,
    /// A review question; may be repeated.
    #[arg(long = "question", value_name = "TEXT")]
    questions: Vec<String>,
    /// Write the worked example instead of an empty project. Every quotation in it is synthetic.
    #[arg(long, value_name = "NAME", num_args = 0..=1, default_missing_value = "partners")]
    example: Option<String>,
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let folder = arguments.folder;
    let json = json!({ "project": folder.display().to_string() });
    if context.surroundings.rehearsal {
        context.ui.answer(&format!("would start a project in {} (dry run: nothing was written)", folder.display()), &json);
        return Ok(Exit::Done);
    }
    if let Some(name) = arguments.example {
        let operations = act::example::write(&folder, &name)?;
        let sentence = format!("wrote the example '{name}' to {}: {} by two coders, every quotation synthetic", folder.display(), counted(operations, "operation"));
        context.ui.answer(&sentence, &json);
        context.ui.say(&format!("next: realist -C {} report agenda", folder.display()));
    } else {
        act::init::init(&folder, &arguments.title, &arguments.questions, &context.surroundings)?;
        context.ui.answer(&format!("started '{}' in {}", arguments.title, folder.display()), &json);
        context.ui.say(&format!("next: realist -C {} import FILE... --kind interview", folder.display()));
    }
    Ok(Exit::Done)
}
