//! `realist init`

use super::shared::counted;
use crate::act;
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use crate::project::{Outline, SETTINGS_FILE};
use serde_json::json;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Folder of the new project; made where it does not exist.
    #[arg(default_value = ".")]
    folder: PathBuf,
    /// Title of the synthesis. At a terminal, without it, a few questions are asked.
    #[arg(long)]
    title: Option<String>,
    /// A review question; may be repeated.
    #[arg(long = "question", value_name = "TEXT")]
    questions: Vec<String>,
    /// Write a worked example instead of an empty project: partners, partners-before-meeting or integrated-model. Every quotation in it is synthetic.
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
        if let Some(paper) = act::example::first_paper(&name) {
            context.ui.say(&format!("next: realist -C {} report {paper}", folder.display()));
        }
    } else {
        let outline = outline(&folder, arguments.title, arguments.questions, context)?;
        act::init::init_with(&folder, &outline, &context.surroundings)?;
        context.ui.answer(&format!("started '{}' in {}", outline.title, folder.display()), &json);
        context.ui.say(&format!("next: realist -C {} import FILE... --kind interview", folder.display()));
    }
    Ok(Exit::Done)
}

/// What the command line says, or a person at the terminal.
fn outline(folder: &Path, title: Option<String>, questions: Vec<String>, context: &Context) -> Result<Outline> {
    let asks = title.is_none() && questions.is_empty() && !folder.join(SETTINGS_FILE).exists();
    if !asks || !context.ui.has_person() {
        return Ok(Outline::new(title.as_deref().unwrap_or("Untitled synthesis"), &questions));
    }
    let known = context.surroundings.coder.as_deref();
    let answers = context.ui.converse(|input, output| act::init::ask(input, output, known))?;
    if let Some(tag) = &answers.coder {
        context.surroundings.configure_coder(tag)?;
        context.ui.say(&format!("you sign as {tag} from now on ({})", context.surroundings.config_file().display()));
    }
    Ok(answers.outline)
}
