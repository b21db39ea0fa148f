//! A form in the person's own text editor: opened, saved, opened again with its errors, and never
//! lost. It lies in a folder of the cache that only this person can read, and is gone afterwards,
//! with whatever copies the editor left beside it.

use crate::act::write::Saved;
use crate::diagnostic::{Fault, Result, fault};
use crate::disk;
use crate::project::{Done, Project};
use std::path::Path;
use std::process::Command;

/// Lets the person fill in a form until it can be saved; `None` where it came back empty. A form
/// that cannot be saved is kept, and the fault says where.
pub fn fill_in<T>(
    project: &mut Project,
    form: String,
    mut save: impl FnMut(&mut Project, &str) -> Result<Saved<T>>,
) -> Result<Option<Done<T>>> {
    let editor = project.surroundings().editor.clone().unwrap_or_else(|| USUAL.to_owned());
    let forms = project.forms_folder();
    let folder = disk::private_folder(&forms)?;
    let path = folder.path().join("form.txt");
    let mut shown = form;
    for round in 0..ROUNDS {
        disk::write_private(&path, shown.as_bytes())?;
        let ended = run(&editor, &path);
        let text = read(&path)?;
        let stuck = match ended {
            Err(fault) => Some(fault),
            Ok(()) if round > 0 && text == shown => {
                Some(fault("form-unchanged", "the form still has errors; nothing was written"))
            }
            Ok(()) => None,
        };
        if let Some(fault) = stuck {
            return Err(if round == 0 && text == shown { fault } else { kept(&forms, &text, fault) });
        }
        match save(project, &text) {
            Ok(Saved::Nothing) => return Ok(None),
            Ok(Saved::Written(done)) => return Ok(Some(done)),
            Ok(Saved::Faulty { form, .. }) => shown = form,
            Err(fault) => return Err(kept(&forms, &text, fault)),
        }
    }
    Err(kept(&forms, &shown, fault("form-faulty", "the form still has errors; nothing was written")))
}

/// A script that stands in for an editor must not go on for ever.
const ROUNDS: usize = 100;

/// The editor of a person who named none.
const USUAL: &str = if cfg!(windows) { "notepad" } else { "nano" };

fn run(editor: &str, path: &Path) -> Result<()> {
    let words = words(editor);
    let (program, options) =
        words.split_first().ok_or_else(|| fault("no-editor", "the name of the editor is empty").hint(NAME_ONE))?;
    let status = Command::new(program).args(options).arg(path).status().map_err(|error| {
        fault("no-editor", format!("the editor '{editor}' cannot be started: {error}")).hint(NAME_ONE)
    })?;
    if status.success() {
        return Ok(());
    }
    Err(fault("editor-failed", format!("the editor '{editor}' ended with an error ({status}); nothing was written")))
}

const NAME_ONE: &str = "name one: export EDITOR=nano (in PowerShell: $env:EDITOR = \"notepad\")";

/// A command and its options; quotation marks keep a path with spaces together.
fn words(command: &str) -> Vec<String> {
    if Path::new(command).is_file() {
        return vec![command.to_owned()];
    }
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for letter in command.chars() {
        match (quote, letter) {
            (Some(mark), _) if mark == letter => quote = None,
            (None, '"' | '\'') => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            (None, _) if letter.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    words
}

fn read(path: &Path) -> Result<String> {
    let bytes = std::fs::read(path).map_err(|error| Fault::io("read", path, &error))?;
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Ok(String::new());
    }
    Ok(crate::import::decode(&bytes)?.text.into_owned())
}

fn kept(forms: &Path, text: &str, fault: Fault) -> Fault {
    match disk::keep_private(forms, "kept-", ".txt", text.as_bytes()) {
        Ok(path) => fault.hint(format!("your text is kept: go on with --from {}", quoted(&path))),
        Err(lost) => lost.hint(format!("your text could not be kept:\n{text}")),
    }
}

fn quoted(path: &Path) -> String {
    let path = path.display().to_string();
    if path.contains(' ') { format!("\"{path}\"") } else { path }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::act::anchor::Spot;
    use crate::act::claim::Written;
    use crate::act::desk::Desk;
    use crate::act::write;
    use crate::hypothesis::Hypothesis;
    use std::os::unix::fs::PermissionsExt;
    use std::path::PathBuf;

    fn with_editor(desk: &mut Desk, script: &str) {
        let path = desk.file("editor", format!("#!/bin/sh\nlog='{}/log'\n{script}\n", desk.path().display()));
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        desk.reopen(|surroundings| surroundings.editor = Some(path.display().to_string()));
    }

    fn go(desk: &mut Desk) -> Result<Option<Done<Vec<Written>>>> {
        let spot = Spot::parse("D1.gj", Some("t2"), None).unwrap();
        let form = write::form(&desk.project, &spot).unwrap();
        fill_in(&mut desk.project, form, |project, text| write::save(project, &spot, text))
    }

    fn left(desk: &Desk) -> Vec<PathBuf> {
        let forms = std::fs::read_dir(desk.project.forms_folder());
        forms.into_iter().flatten().map(|entry| entry.unwrap().path()).collect()
    }

    #[test]
    fn an_editor_with_options_is_understood() {
        assert_eq!(words("code --wait"), ["code", "--wait"]);
        assert_eq!(words("\"C:\\Program Files\\np.exe\" -x"), ["C:\\Program Files\\np.exe", "-x"]);
        assert!(words("  ").is_empty());
    }

    #[test]
    fn a_faulty_form_is_opened_again_and_then_saved_and_nothing_is_left() {
        let mut desk = Desk::with_interview();
        // First a mistake; once the error is shown, the mistake is mended.
        with_editor(
            &mut desk,
            "stat -c %a \"$1\" > \"$log\"; cp \"$1\" \"$1~\"
             if grep -q '^#! line' \"$1\"; then sed -i 's/^stance:.*/stance: refines/' \"$1\"
             else sed -i -e 's/^claim:/claim: Contact counts/' -e 's/^stance:/stance: perhaps/' \"$1\"; fi",
        );
        let done = go(&mut desk).unwrap().unwrap();
        assert_eq!(done.answer[0].sentence, "Contact counts");
        assert_eq!(std::fs::read_to_string(desk.path().join("log")).unwrap().trim(), "600");
        assert!(left(&desk).is_empty());
    }

    #[test]
    fn an_untouched_form_writes_nothing() {
        let mut desk = Desk::with_interview();
        with_editor(&mut desk, "exit 0");
        assert!(go(&mut desk).unwrap().is_none());
        assert!(desk.project.state().all::<Hypothesis>().is_empty() && left(&desk).is_empty());
    }

    #[test]
    fn what_cannot_be_saved_is_kept() {
        for script in
            ["echo 'claim: mine' >> \"$1\"; exit 3", "grep -q mine \"$1\" || printf 'claim: mine\\nbad\\n' >> \"$1\""]
        {
            let mut desk = Desk::with_interview();
            with_editor(&mut desk, script);
            let fault = go(&mut desk).unwrap_err();
            let kept = left(&desk);
            assert_eq!(kept.len(), 1, "{fault}");
            assert!(fault.0.hints.iter().any(|hint| hint.contains(&kept[0].display().to_string())));
            assert!(std::fs::read_to_string(&kept[0]).unwrap().contains("claim: mine"));
            assert!(desk.project.state().all::<Hypothesis>().is_empty());
        }
    }
}
