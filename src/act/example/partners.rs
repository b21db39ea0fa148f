//! The example `partners`: a theory of collaborative care, from sources to the meeting of a panel and what it decided.

use super::maker::{Maker, filled};
use super::{Example, Stage};
use crate::act::meeting;
use crate::diagnostic::{Result, fault};
use crate::strand::SourceKind;

pub(super) const EXAMPLE: Example = Example {
    settings: include_str!("../../../examples/partners/settings.toml"),
    tables: &[
        table!("partners", "codes"),
        table!("partners", "components"),
        table!("partners", "participants"),
        table!("partners", "hypotheses"),
        table!("partners", "evidence"),
        table!("partners", "codings"),
        table!("partners", "uncertainties"),
        table!("partners", "ratings"),
        table!("partners", "decisions"),
        table!("partners", "members"),
        table!("partners", "rounds"),
        table!("partners", "votes"),
        table!("partners", "voices"),
        table!("partners", "meeting"),
        table!("partners", "agenda"),
        table!("partners", "raised"),
        table!("partners", "theory"),
        table!("partners", "searches"),
        table!("partners", "flow"),
        table!("partners", "screened"),
        table!("partners", "origins"),
    ],
    record: include_str!("../../../examples/partners/record.toml"),
    trainings: &[],
    ratings_note: "made up: PARTNERS2 is not known to have voted",
    documents: &[
        ("gj", SourceKind::SystematicReview, &[source!("partners", "collaborative-care-review-extracts.csv")]),
        ("mb", SourceKind::NarrativeReview, &[source!("partners", "recovery-review-extracts.csv")]),
        (
            "gj",
            SourceKind::Interview,
            &[
                source!("partners", "leader-interview-1.txt"),
                source!("partners", "leader-interview-2.txt"),
                source!("partners", "leader-interview-3.docx"),
                source!("partners", "leader-interview-4.docx"),
                source!("partners", "leader-interview-5.vtt"),
            ],
        ),
        (
            "mb",
            SourceKind::FocusGroup,
            &[
                source!("partners", "focus-group-1.txt"),
                source!("partners", "focus-group-2.docx"),
                source!("partners", "focus-group-3.vtt"),
                source!("partners", "focus-group-4.txt"),
                source!("partners", "focus-group-5.docx"),
            ],
        ),
    ],
    stages: &[
        Stage { name: "partners", paper: "record", make: after_the_meeting },
        Stage { name: "partners-before-meeting", paper: "agenda", make: before_the_meeting },
    ],
};

/// When what was said at the meeting had been written up.
const WRITTEN_UP: &str = "2026-03-12T09:00:00Z";

/// Everything up to the papers: the panel, its first round, the first version of the theory, and the round that the
/// meeting will vote in.
fn before_the_meeting(maker: &mut Maker<'_>) -> Result<()> {
    maker.import()?;
    maker.participants()?;
    maker.codes()?;
    maker.components()?;
    maker.decisions()?;
    maker.hypotheses()?;
    maker.links_between()?;
    maker.codings()?;
    maker.evidence()?;
    maker.uncertainties()?;
    maker.searches()?;
    maker.panel()?;
    let rounds = maker.rows("rounds")?;
    let (last, earlier) = rounds.split_last().ok_or_else(|| fault("bad-example", "there is no round"))?;
    for row in earlier {
        maker.open_round(row)?;
        maker.votes(row)?;
    }
    maker.freeze(0)?;
    maker.meeting()?;
    maker.open_round(last)?;
    let (meeting, round) = (maker.label("meeting")?, maker.label(filled(last, "key").unwrap_or_default())?);
    meeting::hold(&mut maker.open("gj")?, &meeting, &[round], false)?;
    Ok(())
}

/// The vote of the meeting, decisions on it, what was raised, and the next version.
fn after_the_meeting(maker: &mut Maker<'_>) -> Result<()> {
    before_the_meeting(maker)?;
    if let Some(last) = maker.rows("rounds")?.last() {
        maker.votes(last)?;
    }
    maker.later(Some(WRITTEN_UP))?;
    maker.attendance()?;
    maker.record()?;
    for row in maker.rows("raised")? {
        maker.uncertainty(&row)?;
    }
    maker.freeze(1)
}
