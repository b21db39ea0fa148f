//! Every paper that a project has material for, one line each in a table: what `realist report all` writes.

use super::{Asked, make, stem};
use crate::act::training::pack::{self, For};
use crate::diagnostic::{Fault, Result};
use crate::id::Kind;
use crate::participant::Audience;
use crate::project::Project;
use crate::report::Report;
use crate::training::Training;

/// A report, and the kinds of things of which there has to be one for it to say anything.
struct Paper {
    report: &'static str,
    needs: &'static [Kind],
}

const PAPERS: &[Paper] = &[
    Paper { report: "agenda", needs: &[Kind::Uncertainty] },
    Paper { report: "question-frame", needs: &[Kind::Uncertainty] },
    Paper { report: "record", needs: &[Kind::Decision] },
    Paper { report: "evidence", needs: &[Kind::Evidence] },
    Paper { report: "cmo", needs: &[Kind::Evidence] },
    Paper { report: "cerqual", needs: &[Kind::Evidence] },
    Paper { report: "characteristics", needs: &[Kind::Source] },
    Paper { report: "references", needs: &[Kind::Source] },
    Paper { report: "appraisal", needs: &[Kind::Evidence] },
    Paper { report: "comparison", needs: &[Kind::ModelCell, Kind::ModelOutcome] },
    Paper { report: "pathway", needs: &[Kind::Step] },
    Paper { report: "needs", needs: &[Kind::Need, Kind::Policy] },
    Paper { report: "recommendations", needs: &[Kind::Recommendation] },
    Paper { report: "document-flow", needs: &[Kind::Document] },
    Paper { report: "searches", needs: &[Kind::Search] },
    Paper { report: "statement-flow", needs: &[Kind::Hypothesis] },
    Paper { report: "refinement", needs: &[Kind::Version] },
    Paper { report: "methods", needs: &[Kind::Document] },
    Paper { report: "stages", needs: &[Kind::Hypothesis] },
    Paper { report: "rameses1", needs: &[Kind::Hypothesis] },
    Paper { report: "accord", needs: &[Kind::Round] },
];

/// A paper, and the stem of its files.
pub struct Made {
    pub report: Report,
    pub stem: String,
}

/// Names of the reports that the project has material for.
pub fn reports(project: &Project) -> Vec<&'static str> {
    let has = |kind: &Kind| project.state().count(*kind) > 0;
    PAPERS.iter().filter(|one| one.needs.iter().any(has)).map(|one| one.report).collect()
}

/// Each of them made, and what training cases in use hand out; `Err` names what could not be made and why.
pub fn all(project: &Project, audience: Audience) -> Vec<(String, Result<Made, Fault>)> {
    let asked = Asked::default();
    let report = |name: &str| {
        let report = make(project, name, audience, &asked)?;
        Ok(Made { stem: stem(project, &report, &asked)?, report })
    };
    let mut made: Vec<(String, Result<Made>)> =
        reports(project).into_iter().map(|name| (name.to_owned(), report(name))).collect();
    for case in project.state().in_order::<Training>().into_iter().filter(|one| !one.retired) {
        let label = project.label(case.id);
        made.extend(For::ALL.iter().map(|reader| {
            let pack = pack::pack(project, &label, *reader, None);
            let pack = pack.map(|pack| Made { report: pack.report, stem: pack.stem });
            (format!("{label}, for the {reader}"), pack)
        }));
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_names_a_report() {
        assert!(PAPERS.iter().all(|one| crate::report::find(one.report).is_some() && !one.needs.is_empty()));
    }
}
