//! Demi-regularities as a team works with them: [`look`] finds candidates, [`sought`] logs a search for what speaks
//! against one, [`name`] makes it a regularity, which needs a memo and at least one such search.

use crate::consolidate::{Lexicon, language_of};
use crate::diagnostic::{Result, fault};
use crate::evidence::Stance;
use crate::grouping::{Grouping, Relation, Verdict};
use crate::hypothesis::Hypothesis;
use crate::id::Kind;
use crate::language::Language;
use crate::link::LinkKind;
use crate::pattern::prompts::{Prompt, prompts};
use crate::pattern::{self, Ground, Lists, Of, Pattern, Voice};
use crate::project::{Batch, Depth, Done, Project, now};
use crate::query::Query;
use crate::regularity::{Regularity, Sought};
use crate::synthesis::{Bearing, Bearings, Synthesis, Target};
use serde_json::json;
use std::collections::BTreeSet;

/// Independent sources that must tell all of a pattern for it to be worth showing, where nothing is said.
pub const AT_LEAST: usize = 2;

/// Patterns, and what people made of them.
#[derive(Debug)]
pub struct Look {
    pub synthesis: Synthesis,
    pub found: Vec<Candidate>,
    /// Patterns that fewer sources tell all of, and of which some source tells all or a part.
    pub fewer: usize,
    /// Named once, and not found any more: its statements were reworded, merged or parted.
    pub lost: Vec<Regularity>,
}

/// A pattern with its log.
#[derive(Debug)]
pub struct Candidate {
    pub pattern: Pattern,
    pub prompts: Vec<Prompt>,
    pub sought: Vec<Sought>,
    /// A person named it.
    pub regularity: Option<Regularity>,
}

/// Patterns that at least so many independent sources tell all of; with 0 every one, whoever tells it.
pub fn look(project: &Project, at_least: usize) -> Result<Look> {
    let synthesis = project.synthesis(Depth::Quotations)?;
    let (patterns, language) = find(project, &synthesis);
    let groups: Vec<String> = synthesis.settings.groups.iter().map(|group| group.key.clone()).collect();
    let (searches, named) = (project.state().all::<Sought>(), project.state().all::<Regularity>());
    let all: BTreeSet<String> = patterns.iter().map(|one| one.key.clone()).collect();
    let lost = named.iter().filter(|one| !all.contains(&one.pattern)).cloned().collect();
    let (enough, fewer): (Vec<Pattern>, Vec<Pattern>) =
        patterns.into_iter().partition(|one| one.told_by.len() >= at_least);
    let fewer = fewer.iter().filter(|one| !one.told_by.is_empty() || !one.parts_by.is_empty()).count();
    let found = enough.into_iter().map(|pattern| Candidate {
        prompts: prompts(&pattern, &groups, language),
        sought: searches.iter().filter(|one| one.pattern == pattern.key).cloned().collect(),
        regularity: named.iter().find(|one| one.pattern == pattern.key).cloned(),
        pattern,
    });
    Ok(Look { found: found.collect(), fewer, lost, synthesis })
}

/// Passages that each prompt of a candidate finds today.
pub fn ask(project: &Project, one: &Candidate, progress: &dyn Fn(usize, usize)) -> Result<Vec<usize>> {
    one.prompts.iter().map(|prompt| passages(project, &prompt.query, progress)).collect()
}

fn find(project: &Project, synthesis: &Synthesis) -> (Vec<Pattern>, Language) {
    let ground = ground(synthesis);
    let language = language_of(&ground.statements);
    let mut lexicon = Lexicon::new(language, &synthesis.settings.synonyms);
    (pattern::find(&ground, &lists(project, synthesis), &mut lexicon), language)
}

/// The living statements with what bears on each.
pub fn ground(synthesis: &Synthesis) -> Ground<'_> {
    let bearings = Bearings::of(synthesis);
    let statements: Vec<&Hypothesis> = synthesis.living_hypotheses().collect();
    let voices = statements.iter().map(|one| {
        let on = bearings.on(one.id).into_iter().filter_map(|bearing| voice(synthesis, &bearing));
        (one.id, on.collect())
    });
    let speakers = synthesis.speakers();
    let rivals = synthesis.links_of_kind(LinkKind::RivalOf).map(|link| (speakers.of(link.from), speakers.of(link.to)));
    Ground {
        voices: voices.collect(),
        rivals: rivals.map(|(one, other)| (one.min(other), one.max(other))).collect(),
        statements,
    }
}

/// `None` for what does not count: irrelevant, ambiguous, its words destroyed.
fn voice(synthesis: &Synthesis, bearing: &Bearing<'_>) -> Option<Voice> {
    let link = bearing.link;
    if link.is_irrelevant() || link.stance == Stance::Ambiguous || synthesis.is_gone(link) {
        return None;
    }
    let source = synthesis.sources.get(&link.source)?;
    let quotation = synthesis.quotations.get(&link.id);
    let speaker = quotation.and_then(|one| one.participant).and_then(|id| synthesis.participants.get(&id));
    Some(Voice {
        link: link.id,
        source: synthesis.counts_as(link.source),
        of: match bearing.target {
            Target::Whole => Of::Whole,
            Target::Part(key) => Of::Part(key.to_owned()),
            Target::OfLender(_) => Of::Unplaced,
        },
        against: link.stance == Stance::Refutes,
        circumstances: link.circumstances,
        group: speaker.filter(|one| !one.withdrawn).and_then(|one| one.group.clone()),
        kind: source.kind.word().to_owned(),
        strand: source.strand.clone(),
    })
}

/// What the team said is one thing: its list of parts, and the groups it accepted or sorted.
fn lists(project: &Project, synthesis: &Synthesis) -> Lists {
    let accepted = project.state().all::<Grouping>().into_iter().filter_map(|one| {
        let relation = match one.verdict {
            Verdict::Accepted => one.relation.unwrap_or(Relation::Related),
            Verdict::Sorted => Relation::Related,
            Verdict::Refused | Verdict::Looked => return None,
        };
        Some((relation, one.members.iter().map(|member| member.statement).collect()))
    });
    Lists { named: synthesis.settings.part_groups.clone(), accepted: accepted.collect() }
}

/// A search that was made.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// Key of the pattern.
    pub pattern: String,
    /// A query, asked now: how many passages it finds is logged with it.
    pub query: Option<String>,
    /// What was found, in words.
    pub found: String,
    /// `YYYY-MM-DD`; today where nothing is said.
    pub date: Option<String>,
}

/// Logs a search for what speaks against a pattern. Answers its label and the passages its query found.
/// Faults: `no-pattern`, `nothing-said`, those of a query and of a date.
pub fn sought(
    project: &mut Project,
    search: &Search,
    progress: &dyn Fn(usize, usize),
) -> Result<Done<(String, Option<usize>)>> {
    let found = search.found.trim();
    if found.is_empty() {
        return Err(fault("nothing-said", "say what came of the search")
            .hint("\"none\" is an answer: --found \"nothing against it in five groups\""));
    }
    let synthesis = project.synthesis(Depth::Facts)?;
    let pattern = pattern_of(&find(project, &synthesis).0, &search.pattern)?.key.clone();
    let date = match search.date.as_deref() {
        Some(typed) => day(typed)?,
        None => now(project.surroundings()).to_zoned(jiff::tz::TimeZone::UTC).date(),
    };
    let query = search.query.as_deref().map(|typed| crate::act::query::read(project, typed)).transpose()?;
    let passages = query.as_ref().map(|query| passages(project, query, progress)).transpose()?;
    project.write("theory pattern sought", true, |batch| {
        let fields = Batch::fields(json!({
            "pattern": pattern, "query": query.as_ref().map(ToString::to_string), "passages": passages,
            "found": found, "date": date.to_string(), "author": batch.coder(),
        }));
        Ok((batch.create(Kind::Sought, &fields).1.to_string(), passages))
    })
}

fn day(typed: &str) -> Result<jiff::civil::Date> {
    typed.trim().parse().map_err(|_| fault("bad-date", format!("'{typed}' is no date")).hint("write it as 2026-03-14"))
}

fn passages(project: &Project, query: &Query, progress: &dyn Fn(usize, usize)) -> Result<usize> {
    Ok(crate::act::search::search(project, query, crate::index::Order::Document, 1, progress)?.total)
}

/// Names a pattern. Answers its label. Faults: `no-pattern`, `search-first`, `memo-needed`, `no-name`, `named-already`.
pub fn name(project: &mut Project, key: &str, name: &str, memo: &str) -> Result<Done<String>> {
    let (name, memo) = (name.trim(), memo.trim());
    if name.is_empty() {
        return Err(fault("no-name", "a demi-regularity needs a name"));
    }
    if memo.is_empty() {
        return Err(
            fault("memo-needed", "a demi-regularity needs a memo that says why it is one").hint("add --memo \"...\"")
        );
    }
    let synthesis = project.synthesis(Depth::Facts)?;
    let pattern = pattern_of(&find(project, &synthesis).0, key)?.clone();
    project.write("theory pattern name", true, |batch| {
        let state = batch.project().state();
        if !state.all::<Sought>().iter().any(|one| one.pattern == pattern.key) {
            return Err(fault("search-first", "nobody has looked for what speaks against it yet")
                .hint(format!("see what to ask: realist theory patterns --show {}", pattern.key))
                .hint(format!("log it: realist theory pattern sought {} --query '...' --found \"...\"", pattern.key)));
        }
        if let Some(held) = state.all::<Regularity>().iter().find(|one| one.pattern == pattern.key) {
            return Err(fault("named-already", format!("{} names it '{}'", batch.project().label(held.id), held.name)));
        }
        let fields = Batch::fields(json!({
            "pattern": pattern.key, "name": name, "memo": memo, "context": pattern.context.as_ref().map(|one| &one.name),
            "mechanism": pattern.mechanism.name, "outcome": pattern.outcome.name, "statements": pattern.statements,
            "author": batch.coder(),
        }));
        Ok(batch.create(Kind::Regularity, &fields).1.to_string())
    })
}

/// A pattern by its key or the beginning of it.
fn pattern_of<'p>(patterns: &'p [Pattern], key: &str) -> Result<&'p Pattern> {
    let wanted = key.trim().to_lowercase();
    let fits: Vec<&Pattern> =
        patterns.iter().filter(|one| !wanted.is_empty() && one.key.starts_with(&wanted)).collect();
    match fits.as_slice() {
        [one] => Ok(one),
        [] => Err(fault("no-pattern", format!("no pattern has the key '{key}'"))
            .hint("keys are in: realist theory patterns --at-least 0")),
        _ => {
            Err(fault("ambiguous-pattern", format!("several patterns begin with '{key}'"))
                .hint("write more of the key"))
        }
    }
}

#[cfg(test)]
mod tests;
