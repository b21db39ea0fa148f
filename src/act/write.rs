//! Writing about a passage: one form, as many claims as it holds, one operation.

use super::anchor::{self, Spot, Words};
use super::claim::{self, Claim, Written};
use super::evidence::Links;
use super::form::{self, Block, Located, Slot};
use super::nearest::nearest;
use super::resolve;
use crate::diagnostic::{Result, fault};
use crate::document::{Document, Unit, UnitKind};
use crate::hypothesis::Hypothesis;
use crate::project::{Done, Project, Shard};
use crate::render::terminal::{plain, wrap};
use crate::strand::SlotScheme;
use crate::text::words::on_one_line;

/// Width of the form's comments.
const WIDTH: u16 = 92;
/// Statements suggested.
const NEAR: usize = 5;

/// What came of saving a form.
#[derive(Debug)]
pub enum Saved<T = Vec<Written>> {
    /// Nothing was filled in, and nothing was written.
    Nothing,
    Written(Done<T>),
    /// The form with each error above its line; nothing was written.
    Faulty {
        form: String,
        errors: usize,
    },
}

/// The fields of a form under a slot scheme.
pub fn slots(scheme: SlotScheme) -> Vec<Slot> {
    Slot::ALL
        .iter()
        .copied()
        .filter(|slot| match slot {
            Slot::Intervention => matches!(scheme, SlotScheme::Icamo | SlotScheme::Cimo),
            Slot::Strategy => scheme == SlotScheme::Scmo,
            Slot::Actor => scheme == SlotScheme::Icamo,
            Slot::Circumstances | Slot::Details => false,
            _ => true,
        })
        .collect()
}

/// An empty form about a passage, with the passage above it as comments.
pub fn form(project: &Project, spot: &Spot) -> Result<String> {
    let lookup = project.lookup();
    let anchored = anchor::anchor(project, &lookup, spot)?;
    let document: Document = resolve::read(project, anchored.document)?;
    let label = project.label(document.id);
    let (first, last) = anchored.units;
    let shard = project
        .shard_with(&document, first)?
        .ok_or_else(|| fault("text-missing", format!("the text of {label} is not on this computer")))?;
    let mut lines = vec![heading(&label, &document, &shard, (first, last))];
    for unit in (first..=last).filter_map(|n| shard.unit(n)) {
        lines.extend(passage(&shard, unit));
    }
    if !matches!(spot.words, Words::Units(..)) {
        lines.push("Of this, the words:".to_owned());
        lines.extend(wrap(&one_line(&anchored.text), WIDTH - 4).lines().map(|line| format!("  {line}")));
    }
    lines.push(String::new());
    lines.extend(GUIDE.lines().map(str::to_owned));
    lines.extend(suggestions(project, &anchored.text));
    let comments: String = lines.iter().map(|line| format!("# {line}").trim_end().to_owned() + "\n").collect();
    let fields = slots(project.settings().configuration);
    Ok(comments + "\n" + &form::print([fields.into_iter().map(|slot| (slot, ""))]))
}

/// How to fill in the form.
const GUIDE: &str = "\
Fill in what you can, save and close. A claim alone is a draft; empty fields are left out.
Indent a line that goes on from the one above. A line of --- begins another claim.
  stance     supports (unless you say), refutes, refines or ambiguous
  part       what the passage bears on: context, outcome, ...; else the whole
  relevance, richness, rigour   0 none, 1 low, 2 moderate, 3 high; 0 and 3 need a reason
  attach     an existing statement, in place of a claim; then say the stance
  details    a line to add, to say more of a part: context.level=institutional";

fn heading(label: &str, document: &Document, shard: &Shard, (first, last): (usize, usize)) -> String {
    let mark = shard.unit(first).map_or("", |unit| if unit.kind == UnitKind::Turn { "t" } else { "" });
    let range = if first == last { format!("{mark}{first}") } else { format!("{mark}{first}..{last}") };
    format!("{label} {range}, {}", document.kind.title())
}

fn one_line(text: &str) -> String {
    on_one_line(&plain(text))
}

fn passage(shard: &Shard, unit: &Unit) -> Vec<String> {
    let speaker = Project::speaker_label(&shard.header, unit);
    let mark = if unit.kind == UnitKind::Turn { "t" } else { "" };
    let head = match speaker {
        Some(speaker) => format!("{mark}{}  {}:", unit.n, one_line(&speaker)),
        None => format!("{mark}{}", unit.n),
    };
    let words = one_line(unit.speech_span().of(&shard.text).unwrap_or_default());
    let body = wrap(&words, WIDTH - 4);
    [head].into_iter().chain(body.lines().map(|line| format!("  {line}"))).collect()
}

/// Existing statements near the passage, as comments.
fn suggestions(project: &Project, passage: &str) -> Vec<String> {
    let statements = project.state().all::<Hypothesis>();
    let sentences: Vec<String> = statements.iter().map(Hypothesis::sentence).collect();
    let near = nearest(passage, &sentences, NEAR);
    if near.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![String::new(), "Statements that share words with this passage:".to_owned()];
    for at in near {
        let text = format!("{}  {}", project.label(statements[at].id), one_line(&sentences[at]));
        lines.extend(wrap(&text, WIDTH - 4).lines().map(|line| format!("  {line}")));
    }
    lines
}

/// Reads a form and writes what it holds, all of it or nothing.
pub fn save(project: &mut Project, spot: &Spot, text: &str) -> Result<Saved> {
    let (blocks, mut faults) = form::parse(text);
    if blocks.is_empty() && faults.is_empty() {
        return Ok(Saved::Nothing);
    }
    let claims = read(&blocks, &mut faults);
    let done = if faults.is_empty() { write(project, spot, &claims, &mut faults) } else { Ok(None) };
    match done {
        Ok(Some(done)) => Ok(Saved::Written(done)),
        _ if !faults.is_empty() => Ok(Saved::Faulty { form: form::annotate(text, &faults), errors: faults.len() }),
        Ok(None) => Ok(Saved::Nothing),
        Err(fault) => Err(fault),
    }
}

fn read(blocks: &[Block], faults: &mut Vec<Located>) -> Vec<Claim> {
    let mut claims = Vec::new();
    for block in blocks {
        match claim::read(block) {
            Ok(claim) => claims.push(claim),
            Err(found) => faults.extend(found),
        }
    }
    claims
}

/// The faults of all claims are gathered before the operation is given up.
fn write(
    project: &mut Project,
    spot: &Spot,
    claims: &[Claim],
    faults: &mut Vec<Located>,
) -> Result<Option<Done<Vec<Written>>>> {
    let done = project.write("write", true, |batch| {
        let mut links = Links::of(batch);
        anchor::anchor(batch.project(), &links.lookup, spot)?;
        let mut written = Vec::new();
        for claim in claims {
            match claim.write(batch, &mut links, spot, None) {
                Ok(one) => written.push(one),
                Err(fault) => faults.push(fault),
            }
        }
        if faults.is_empty() { Ok(written) } else { Err(fault("faulty-form", "the form has errors")) }
    });
    done.map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::act::desk::Desk;
    use crate::evidence::{Evidence, Stance};

    fn spot(range: &str) -> Spot {
        Spot::parse("D1.gj", Some(range), None).unwrap()
    }

    fn fill(form: &str, fields: &[(&str, &str)]) -> String {
        fields.iter().fold(form.to_owned(), |form, (slot, text)| {
            assert!(form.contains(&format!("\n{slot}:\n")), "{form}");
            form.replacen(&format!("\n{slot}:\n"), &format!("\n{slot}: {text}\n"), 1)
        })
    }

    #[test]
    fn the_form_shows_the_passage_and_near_statements_and_reads_as_empty() {
        let mut desk = Desk::with_interview();
        desk.statement("If contact is kept in a crisis, people feel remembered");
        let form = form(&desk.project, &spot("t1..3")).unwrap();
        assert!(form.contains("# t2  Ana:\n#   She kept contact all through the crisis"), "{form}");
        assert!(form.contains("#   H1.gj  If contact is kept"), "{form}");
        assert!(matches!(save(&mut desk.project, &spot("t1..3"), &form).unwrap(), Saved::Nothing));
        assert!(form.lines().all(|line| line.chars().count() <= 94), "{form}");
    }

    #[test]
    fn two_claims_are_one_operation_and_one_undo() {
        let mut desk = Desk::with_interview();
        let before = desk.project.state().notes().len();
        let empty = form(&desk.project, &spot("t2")).unwrap();
        let first = fill(
            &empty,
            &[
                ("context", "crises"),
                ("resource", "contact is kept"),
                ("reasoning", "they feel held"),
                ("outcome", "they stay"),
                ("part", "context"),
                ("relevance", "2"),
            ],
        );
        let both = format!("{first}---\nclaim: Contact in a crisis\n  matters most\nstance: refines\n");
        let Saved::Written(done) = save(&mut desk.project, &spot("t2"), &both).unwrap() else { panic!("not written") };
        assert_eq!(desk.project.state().notes().len(), before + 1);
        assert_eq!(done.answer.iter().map(|one| one.hypothesis.as_str()).collect::<Vec<_>>(), ["H1.gj", "H2.gj"]);
        assert!(done.answer[0].missing.is_empty());
        let links = desk.project.state().all::<Evidence>();
        let statements = desk.project.state().all::<Hypothesis>();
        assert_eq!(
            (links[0].part.as_deref(), links[0].relevance, links[0].stance),
            (Some("c1.gj"), Some(2), Stance::Supports)
        );
        assert_eq!(links[0].revision, statements[0].revision());
        assert_eq!(statements[1].statement.as_deref(), Some("Contact in a crisis matters most"));
        assert_eq!(links[1].stance, Stance::Refines);
        crate::act::undo::undo(&mut desk.project, None, false).unwrap();
        assert!(desk.project.state().all::<Evidence>().is_empty());
        assert!(desk.project.state().all::<Hypothesis>().is_empty());
    }

    #[test]
    fn a_faulty_form_comes_back_with_every_error_at_its_line_and_nothing_written() {
        let mut desk = Desk::with_interview();
        desk.statement("Something");
        let before = desk.project.state().notes().len();
        let text = "claim: a\nstance: suports\nrelevance: 7\n---\nclaim: b\nattach: H1.gj\n";
        let Saved::Faulty { form, errors } = save(&mut desk.project, &spot("t2"), text).unwrap() else { panic!() };
        assert_eq!(errors, 3, "{form}");
        assert!(form.contains("did you mean supports?"), "{form}");
        let text = "claim: a\ncomponent: Nowhere\n---\nattach: H9.gj\nstance: refutes\n---\nattach: H1.gj\n---\nclaim: c\nrigour: 3\n";
        let Saved::Faulty { form, errors } = save(&mut desk.project, &spot("t2"), text).unwrap() else { panic!() };
        assert_eq!(errors, 4, "{form}");
        for (error, line) in
            [("Nowhere", "component:"), ("H9.gj", "attach: H9"), ("stance", "attach: H1"), ("reason", "rigour:")]
        {
            let lines: Vec<&str> = form.lines().collect();
            let at = lines
                .iter()
                .position(|line| line.starts_with("#! line"))
                .and_then(|_| lines.iter().position(|one| one.starts_with("#!") && one.contains(error)));
            let below = lines[at.unwrap()..].iter().find(|one| !one.starts_with('#')).unwrap();
            assert!(below.starts_with(line) || error == "stance", "{form}");
        }
        assert_eq!(desk.project.state().notes().len(), before);
    }

    #[test]
    fn a_passage_is_tied_to_a_statement_once() {
        let mut desk = Desk::with_interview();
        desk.statement("Something");
        let text = "attach: H1.gj\nstance: refutes\n";
        assert!(matches!(save(&mut desk.project, &spot("t2"), text).unwrap(), Saved::Written(_)));
        for again in [text.to_owned(), format!("claim: x\n---\n{text}")] {
            let Saved::Faulty { form, .. } = save(&mut desk.project, &spot("t2"), &again).unwrap() else { panic!() };
            assert!(form.contains("E1.gj links this passage to H1.gj already"), "{form}");
        }
        let twice = format!("{text}---\n{text}");
        assert!(matches!(save(&mut desk.project, &spot("t3"), &twice).unwrap(), Saved::Faulty { errors: 1, .. }));
    }
}
