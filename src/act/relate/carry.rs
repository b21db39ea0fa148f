//! Moving links from a statement that was merged, refined or split to the one that now says it. The former link goes,
//! with the reason, and a new one is made under the same rules as any other, so that both stay in the history.

use super::{Net, bare};
use crate::act::life::history;
use crate::act::resolve;
use crate::diagnostic::{Result, fault};
use crate::hypothesis::Hypothesis;
use crate::id::{Id, Kind};
use crate::link::{Link, LinkKind};
use crate::project::{Batch, Depth, Done, Project};
use crate::synthesis::{Speakers, Synthesis};

/// A link that was moved: the former label and the new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    pub former: String,
    pub link: String,
}

/// What is wanted of the ends; what is not said follows from what became of the statement.
#[derive(Debug, Clone, Default)]
pub struct Ends {
    /// `H20.gj`, or `H20.gj:o1` for one part.
    pub from: Option<String>,
    pub to: Option<String>,
}

/// Moves links: all of them, or none. An end that nobody names goes to the statement that speaks for a merged one, or to
/// the only one that says a superseded one anew, at the part that is its own there.
///
/// Faults: `one-link`, `merge-stands`, `nothing-to-move`, `which-statement`, and those of making a link.
pub fn shift(project: &mut Project, links: &[String], ends: &Ends, why: Option<&str>) -> Result<Done<Vec<Moved>>> {
    if links.len() != 1 && (ends.from.is_some() || ends.to.is_some()) {
        return Err(
            fault("one-link", "an end is said of one link at a time").hint("realist link move L2.gj --from H20.gj")
        );
    }
    let synthesis = project.synthesis(Depth::Facts)?;
    project.write("link move", true, |batch| {
        let mut net = Net::of(batch.project());
        links.iter().map(|typed| move_one(batch, &synthesis, &mut net, typed, ends, why)).collect()
    })
}

fn move_one(
    batch: &mut Batch<'_>,
    synthesis: &Synthesis,
    net: &mut Net,
    typed: &str,
    ends: &Ends,
    why: Option<&str>,
) -> Result<Moved> {
    let project = batch.project();
    let id = resolve::find(project, Kind::Link, typed)?;
    let held: Link = resolve::read(project, id)?;
    let former = project.label(id);
    if held.kind == LinkKind::MergedInto {
        return Err(fault("merge-stands", format!("{former} says what a merge did"))
            .hint("take the merge back: realist undo OPERATION (see `realist log`)"));
    }
    let speakers = synthesis.speakers();
    let end = |typed: &Option<String>, at: Id, part: &Option<String>| match typed {
        Some(typed) => net.end(project, typed),
        None => heir(synthesis, &speakers, &former, at, part.as_deref()),
    };
    let (from, from_part) = end(&ends.from, held.from, &held.from_part)?;
    let (to, to_part) = end(&ends.to, held.to, &held.to_part)?;
    if (from, &from_part, to, &to_part) == (held.from, &held.from_part, held.to, &held.to_part) {
        return Err(fault("nothing-to-move", format!("{former} hangs on statements that stand"))
            .hint(format!("to move it all the same, say where: realist link move {former} --from H20.gj")));
    }
    let reason = why.or(held.reason.as_deref());
    let mut link = bare(from, held.kind, to, reason);
    link.enters_as = held.enters_as.filter(|_| to_part.is_none());
    (link.from_part, link.to_part) = (from_part, to_part);
    net.forget(id);
    batch.remove(Kind::Link, id, why.unwrap_or("moved"));
    Ok(Moved { former, link: net.lay(batch, link)? })
}

/// Where an end goes by itself: where one statement took its place.
fn heir(
    synthesis: &Synthesis,
    speakers: &Speakers,
    link: &str,
    at: Id,
    part: Option<&str>,
) -> Result<(Id, Option<String>)> {
    let speaker = speakers.of(at);
    let heirs = synthesis.heirs(speaker, speakers);
    let heir = match heirs.as_slice() {
        [] => speaker,
        [one] => *one,
        many => {
            let labels: Vec<String> = many.iter().map(|id| synthesis.label(*id)).collect();
            let asked = format!("{link} hangs on {}, which {} say anew", synthesis.label(at), labels.join(" and "));
            return Err(fault("which-statement", asked)
                .hint(format!("name the one it holds for: realist link move {link} --from {} (or --to)", labels[0]))
                .hint("if it holds for several: move it to one, and add it to the others with realist link add"));
        }
    };
    if heir == at {
        return Ok((at, part.map(str::to_owned)));
    }
    let find = |id: Id| synthesis.hypotheses.get(&id);
    let own = part.zip(find(at)).and_then(|(key, held)| held.parts.iter().find(|part| part.key == key));
    let there = own.zip(find(heir)).and_then(|(part, heir)| heir.counterpart(part, true));
    Ok((heir, there.map(|part| part.key.clone())))
}

/// Links that name a statement which others now say anew, or one that was merged into it, as they will be told:
/// `L2.gj: H3.gj leads to H7.gj`.
pub(in crate::act) fn left_on(project: &Project, former: &Hypothesis) -> Vec<String> {
    let is_lineage = |kind| matches!(kind, LinkKind::MergedInto | LinkKind::Refines | LinkKind::SplitFrom);
    let inside: Vec<Id> =
        [former.id].into_iter().chain(history::children(project, former.id).iter().map(|one| one.id)).collect();
    let mut links: Vec<Link> = inside.iter().flat_map(|id| project.state().about::<Link>(*id)).collect();
    let is_within = |link: &Link| inside.contains(&link.from) && inside.contains(&link.to);
    links.retain(|link| !is_lineage(link.kind) && !is_within(link));
    links.sort_by_cached_key(|link| (project.state().label_of(link.id), link.id));
    let said = |link: Link| {
        let (from, to) = (project.label(link.from), project.label(link.to));
        format!("{}: {from} {} {to}", project.label(link.id), link.kind.phrase())
    };
    links.into_iter().map(said).collect()
}
