//! Settling compared passages one by one at a terminal: each is shown, an answer taken, and written at once.

use super::table::described;
use crate::act::anchor::Spot;
use crate::act::pass::{self as act, Said, Shown};
use crate::cli::Context;
use crate::diagnostic::{Fault, Result};
use crate::pass::Verdict;
use crate::project::Project;
use std::io::{BufRead, Write};

const KEYS: &str = "k keep; d drop; c CODE another code; w WORDS other words; s skip; q quit";

/// What was answered to one passage.
enum Answer {
    Settled,
    Skipped,
    Quit,
}

/// Goes through the open passages; gives how many were settled.
pub fn walk(
    context: &Context,
    project: &mut Project,
    pass: &str,
    open: &[&Shown],
    answers: &mut dyn BufRead,
    out: &mut dyn Write,
) -> Result<usize> {
    let mut settled = 0;
    for (at, one) in open.iter().enumerate() {
        tell(out, &format!("\n{} of {}  {}\n{KEYS}", at + 1, open.len(), described(one)));
        match one_by_one(context, project, pass, one, answers, out)? {
            Answer::Settled => settled += 1,
            Answer::Skipped => {}
            Answer::Quit => break,
        }
    }
    Ok(settled)
}

/// Asks again after an answer that cannot be taken.
fn one_by_one(
    context: &Context,
    project: &mut Project,
    pass: &str,
    one: &Shown,
    answers: &mut dyn BufRead,
    out: &mut dyn Write,
) -> Result<Answer> {
    loop {
        let Some(line) = next(answers)? else { return Ok(Answer::Quit) };
        let (key, rest) = line.split_once(' ').unwrap_or((&line, ""));
        let (verdict, code, quote) = match (key, rest.trim()) {
            ("k", _) => (Verdict::Keep, None, None),
            ("d", _) => (Verdict::Drop, None, None),
            ("c", code) if !code.is_empty() => (Verdict::Other, Some(code.to_owned()), None),
            ("w", words) if !words.is_empty() => (Verdict::Other, None, Some(words)),
            ("s", _) => return Ok(Answer::Skipped),
            ("q", _) => return Ok(Answer::Quit),
            _ => {
                tell(out, KEYS);
                continue;
            }
        };
        tell(out, "why?");
        let Some(reason) = next(answers)? else { return Ok(Answer::Quit) };
        let spot = quote.map(|words| Spot::parse(&one.document, None, Some(words))).transpose()?;
        let said = Said { item: one.key.clone(), verdict, code, spot, reason: Some(reason) };
        match act::settle(project, pass, &[said]) {
            Ok(_) => return Ok(Answer::Settled),
            Err(fault) if is_mistyped(&fault) => context.ui.fault(&fault),
            Err(fault) => return Err(fault),
        }
    }
}

/// A fault of what was typed, not of the project.
fn is_mistyped(fault: &Fault) -> bool {
    const MISTYPED: &[&str] = &[
        "unknown-id",
        "wrong-kind",
        "gone",
        "ambiguous-label",
        "ambiguous-name",
        "ambiguous-quotation",
        "empty-quotation",
        "quotation-not-found",
        "reason-needed",
        "no-place",
    ];
    MISTYPED.contains(&fault.0.code)
}

fn tell(out: &mut dyn Write, text: &str) {
    let _ = writeln!(out, "{}", crate::render::terminal::plain(text));
}

fn next(answers: &mut dyn BufRead) -> Result<Option<String>> {
    let mut line = String::new();
    let read = answers.read_line(&mut line);
    let read = read.map_err(|error| crate::diagnostic::fault("io", format!("cannot read the answer: {error}")))?;
    Ok((read > 0).then(|| line.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::act::code::{self, Wish};
    use crate::act::codebook;
    use crate::act::desk::Desk;
    use crate::cli::ui::{Format, Ui};

    fn desk() -> Desk {
        let mut desk = Desk::with_interview();
        for name in ["Trust", "Hope"] {
            let entry = codebook::Entry { name: Some(name.to_owned()), ..codebook::Entry::default() };
            codebook::add(&mut desk.project, &entry).unwrap();
        }
        let wish = act::Wish {
            name: "round".to_owned(),
            coders: vec!["gj".to_owned(), "bk".to_owned()],
            documents: vec!["D1.gj".to_owned()],
            ..act::Wish::default()
        };
        act::open(&mut desk.project, &wish).unwrap();
        for place in ["D1.gj/1", "D1.gj/2", "D1.gj/3", "D1.gj/4"] {
            let spot = Spot::parse(place, None, None).unwrap();
            let wish = Wish { codes: vec!["Trust".to_owned()], spot, memo: None };
            code::add(&mut desk.project, &[wish]).unwrap();
        }
        act::close(&mut desk.project, "BP1.gj", Some("bk is away")).unwrap();
        desk
    }

    #[test]
    fn each_passage_takes_an_answer_and_a_reason_and_each_is_an_operation() {
        let mut desk = desk();
        let context = Context {
            ui: Ui::new(Format::Json, clap::ColorChoice::Never, true, None),
            folder: desk.project.root().to_owned(),
            surroundings: desk.project.surroundings().clone(),
        };
        let (pass, items) = act::find(&desk.project, "BP1.gj").unwrap();
        let shown = act::show(&desk.project, &pass.coders, &items).unwrap();
        let open: Vec<&Shown> = shown.iter().collect();
        let before = desk.project.state().notes().len();
        let typed = "what\nk\nshe says so\ns\nc Fear\nmistyped\nc Hope\nit looks ahead\nw same person\nmore than that\n";
        let (mut answers, mut out) = (typed.as_bytes(), Vec::new());
        let settled = walk(&context, &mut desk.project, "BP1.gj", &open, &mut answers, &mut out).unwrap();
        assert_eq!((settled, desk.project.state().notes().len()), (3, before + 3));
        let (_, items) = act::find(&desk.project, "BP1.gj").unwrap();
        let verdicts: Vec<Option<Verdict>> =
            items.iter().map(|item| item.settled.as_ref().map(|settled| settled.verdict)).collect();
        assert_eq!(verdicts, [Some(Verdict::Keep), None, Some(Verdict::Other), Some(Verdict::Other)]);
        assert!(String::from_utf8(out).unwrap().contains("bk nothing"));
        let left: Vec<&Shown> = shown.iter().skip(1).take(1).collect();
        let quit = walk(&context, &mut desk.project, "BP1.gj", &left, &mut "q\nk\nx\n".as_bytes(), &mut Vec::new());
        assert_eq!(quit.unwrap(), 0);
    }
}
