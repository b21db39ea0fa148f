//! The plain-text form of `realist write`: `field: value` lines, as text and back.
//!
//! Lines that begin with `#` are comments. A value goes on in indented lines. A line of three hyphens
//! parts one claim from the next. Fields left empty are not there. Nothing here knows the project:
//! what the fields mean is the business of [`super::claim`].

use crate::diagnostic::{Fault, fault};
use crate::hypothesis::PartKind;
use crate::text::words::on_one_line;

crate::vocabulary! {
    /// A field of the form, in the order it is shown.
    pub enum Slot "field" {
        Claim "claim",
        Intervention "intervention",
        Strategy "strategy",
        Actor "actor",
        Context "context",
        Resource "resource",
        Reasoning "reasoning",
        Mechanism "mechanism",
        Outcome "outcome",
        /// More of the parts; not in the form unless typed.
        Details "details",
        Component "component",
        Stance "stance",
        Circumstances "circumstances",
        Part "part",
        Relevance "relevance",
        Richness "richness",
        Rigour "rigour",
        Reason "reason",
        Attach "attach",
    }
}

impl Slot {
    /// The kind of part it fills, if it fills one. Only these may stand more than once in a claim.
    pub fn part(self) -> Option<PartKind> {
        PartKind::ALL.iter().copied().find(|kind| kind.word() == self.word())
    }
}

/// A field that was filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// From 1.
    pub line: usize,
    pub slot: Slot,
    /// On one line, never empty.
    pub text: String,
}

/// The filled-in fields of one claim; at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Line of its first entry.
    pub line: usize,
    pub entries: Vec<Entry>,
}

impl Block {
    pub fn of(entries: Vec<Entry>) -> Option<Self> {
        let line = entries.first()?.line;
        Some(Block { line, entries })
    }

    pub fn entry(&self, slot: Slot) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.slot == slot)
    }

    pub fn text(&self, slot: Slot) -> Option<&str> {
        self.entry(slot).map(|entry| entry.text.as_str())
    }

    /// Where a fault of a field belongs: its line, else the claim's first.
    pub fn line_of(&self, slot: Slot) -> usize {
        self.entry(slot).map_or(self.line, |entry| entry.line)
    }
}

/// A fault and the line it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    pub line: usize,
    pub fault: Fault,
}

/// What begins an error of an earlier attempt.
const ERROR: &str = "#!";

/// Reads a form. Everything readable is returned beside the faults.
pub fn parse(text: &str) -> (Vec<Block>, Vec<Located>) {
    let mut reading = Reading::default();
    for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        reading.line(index + 1, line);
    }
    reading.end_block();
    (reading.blocks, reading.faults)
}

#[derive(Default)]
struct Reading {
    blocks: Vec<Block>,
    faults: Vec<Located>,
    entries: Vec<(usize, Slot, String)>,
    /// What an indented line goes on from.
    after: After,
}

#[derive(Default, PartialEq)]
enum After {
    #[default]
    Nothing,
    Field,
    Fault,
}

impl Reading {
    fn line(&mut self, number: usize, line: &str) {
        if line.starts_with('#') || line.trim().is_empty() {
            return;
        }
        if line.starts_with(char::is_whitespace) {
            return self.go_on(number, line);
        }
        if line.trim_end().len() >= 3 && line.trim_end().bytes().all(|byte| byte == b'-') {
            return self.end_block();
        }
        match field(line) {
            Ok((slot, value)) => {
                self.entries.push((number, slot, value.to_owned()));
                self.after = After::Field;
            }
            Err(fault) => {
                self.faults.push(Located { line: number, fault });
                self.after = After::Fault;
            }
        }
    }

    fn go_on(&mut self, number: usize, line: &str) {
        match (&self.after, self.entries.last_mut()) {
            (After::Field, Some((_, _, text))) => {
                text.push(' ');
                text.push_str(line);
            }
            (After::Fault, _) => {}
            _ => self.faults.push(Located {
                line: number,
                fault: fault("bad-line", "an indented line goes on from the field above; there is none"),
            }),
        }
    }

    fn end_block(&mut self) {
        self.after = After::Nothing;
        let mut filled: Vec<Entry> = Vec::new();
        for (line, slot, text) in self.entries.drain(..) {
            let text = on_one_line(&text);
            if text.is_empty() {
                continue;
            }
            if slot.part().is_none() && filled.iter().any(|entry| entry.slot == slot) {
                let fault = fault("twice", format!("'{slot}' stands twice in this claim"))
                    .hint("part one claim from the next by a line of three hyphens: ---");
                self.faults.push(Located { line, fault });
                continue;
            }
            filled.push(Entry { line, slot, text });
        }
        self.blocks.extend(Block::of(filled));
    }
}

fn field(line: &str) -> Result<(Slot, &str), Fault> {
    let (name, value) = line.split_once(':').ok_or_else(|| {
        fault("bad-line", "this line is no field").hint("begin a line that goes on from the one above with a space")
    })?;
    let slot = name.parse().map_err(|fault: Fault| fault.hint("indent a line that goes on from the one above"))?;
    Ok((slot, value))
}

/// Writes claims as a form that reads back as the same.
pub fn print<'t, B>(blocks: impl IntoIterator<Item = B>) -> String
where
    B: IntoIterator<Item = (Slot, &'t str)>,
{
    let blocks: Vec<String> = blocks
        .into_iter()
        .map(|block| {
            block.into_iter().fold(String::new(), |form, (slot, text)| {
                let field = format!("{form}{slot}: {}", on_one_line(text));
                format!("{}\n", field.trim_end())
            })
        })
        .collect();
    blocks.join("---\n")
}

/// Puts each fault as a comment above its line, in place of those of an earlier attempt. The numbers
/// are those of the text that comes out; nothing else of the text changes.
pub fn annotate(text: &str, faults: &[Located]) -> String {
    let mut faults: Vec<&Located> = faults.iter().collect();
    faults.sort_by_key(|one| one.line);
    let mut waiting = faults.into_iter().peekable();
    let mut out: Vec<String> = Vec::new();
    for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let mut here = Vec::new();
        while let Some(one) = waiting.next_if(|one| one.line <= index + 1) {
            here.push(one);
        }
        if line.starts_with(ERROR) {
            continue;
        }
        let hints: usize = here.iter().map(|one| 1 + one.fault.0.hints.len()).sum();
        let number = out.len() + hints + 1;
        for one in here {
            out.push(format!("{ERROR} line {number}: {}", on_one_line(&one.fault.0.message)));
            out.extend(one.fault.0.hints.iter().map(|hint| format!("{ERROR}   {}", on_one_line(hint))));
        }
        out.push(line.to_owned());
    }
    out.push(String::new());
    out.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn plain(blocks: &[Block]) -> Vec<Vec<(Slot, String)>> {
        blocks.iter().map(|block| block.entries.iter().map(|one| (one.slot, one.text.clone())).collect()).collect()
    }

    #[test]
    fn values_go_on_in_indented_lines_and_claims_are_parted() {
        let text = "# t14 Ana: she came\nclaim: People\n  stay: really\n\n\t# on\ncontext:\noutcome: o\n---\n\n---\nattach: H1.gj\n";
        let (blocks, faults) = parse(text);
        assert!(faults.is_empty(), "{faults:?}");
        assert_eq!(blocks.len(), 2);
        assert_eq!(blocks[0].text(Slot::Claim), Some("People stay: really # on"));
        assert_eq!(blocks[0].text(Slot::Context), None);
        assert_eq!((blocks[1].line, blocks[1].text(Slot::Attach)), (11, Some("H1.gj")));
    }

    #[test]
    fn faults_stand_above_their_lines_and_numbers_are_true() {
        let text = "claim: a\ncontxt: b\n  more\nclaim: c\n";
        let (_, faults) = parse(text);
        let told = annotate(text, &faults);
        for number in told.lines().filter_map(|line| line.strip_prefix("#! line ")) {
            let (number, what) = number.split_once(':').unwrap();
            let line = told.lines().nth(number.parse::<usize>().unwrap() - 1).unwrap();
            assert!(line.starts_with(if what.contains("twice") { "claim: c" } else { "contxt" }), "{told}");
        }
        assert!(told.contains("did you mean context?"), "{told}");
        assert_eq!(annotate(&told, &[]), text);
        assert_eq!(annotate(&told, &parse(&told).1), told);
    }

    #[test]
    fn an_editor_of_windows_does_no_harm() {
        let (blocks, faults) = parse("\u{feff}claim: a\r\n  b\r\n---\r\nclaim: c\r\n");
        assert!(faults.is_empty());
        assert_eq!(plain(&blocks), [[(Slot::Claim, "a b".to_owned())], [(Slot::Claim, "c".to_owned())]]);
    }

    fn block() -> impl Strategy<Value = Vec<(Slot, String)>> {
        let slot = proptest::sample::select(Slot::ALL);
        proptest::collection::vec((slot, "[^\u{0}]{1,30}"), 1..6).prop_map(|fields| {
            let mut block: Vec<(Slot, String)> = Vec::new();
            for (slot, text) in fields {
                let text = on_one_line(&text);
                let again = slot.part().is_none() && block.iter().any(|(there, _)| *there == slot);
                if !text.is_empty() && !again {
                    block.push((slot, text));
                }
            }
            block
        })
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_back(blocks in proptest::collection::vec(block(), 0..4)) {
            let blocks: Vec<_> = blocks.into_iter().filter(|block| !block.is_empty()).collect();
            let text = print(blocks.iter().map(|block| block.iter().map(|(slot, text)| (*slot, text.as_str()))));
            let (read, faults) = parse(&text);
            prop_assert!(faults.is_empty());
            prop_assert_eq!(plain(&read), blocks);
        }

        #[test]
        fn any_text_is_read_and_annotated_without_loss(text in "([a-z#:! \t-]{0,12}\r?\n){0,12}") {
            let (blocks, faults) = parse(&text);
            let told = annotate(&text, &faults);
            prop_assert_eq!(plain(&parse(&told).0), plain(&blocks));
            let kept = |text: &str| text.lines().filter(|line| !line.starts_with(ERROR)).map(str::to_owned).collect::<Vec<_>>();
            prop_assert_eq!(kept(&told), kept(&text));
        }
    }
}
