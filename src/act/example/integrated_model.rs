//! The example `integrated-model`: a whole-system model of primary care mental health beside five others.

use super::maker::Maker;
use super::{Example, Stage};
use crate::diagnostic::Result;
use crate::strand::SourceKind;

pub(super) const EXAMPLE: Example = Example {
    settings: include_str!("../../../examples/integrated-model/material/settings.toml"),
    tables: &[
        table!("integrated-model/material", "sources"),
        table!("integrated-model/material", "participants"),
        table!("integrated-model/material", "identifiers"),
        table!("integrated-model/material", "components"),
        table!("integrated-model/material", "hypotheses"),
        table!("integrated-model/material", "evidence"),
        table!("integrated-model/material", "models"),
        table!("integrated-model/material", "cells"),
        table!("integrated-model/material", "results"),
        table!("integrated-model/material", "explanations"),
        table!("integrated-model/material", "uncertainties"),
        table!("integrated-model/material", "ratings"),
        table!("integrated-model/material", "members"),
        table!("integrated-model/material", "rounds"),
        table!("integrated-model/material", "votes"),
        table!("integrated-model/material", "voices"),
        table!("integrated-model/material", "decisions"),
        table!("integrated-model/material", "theory"),
        table!("integrated-model/material", "answers"),
        table!("integrated-model/material", "steps"),
        table!("integrated-model/material", "step-explanations"),
        table!("integrated-model/material", "needs"),
        table!("integrated-model/material", "met"),
        table!("integrated-model/material", "policies"),
        table!("integrated-model/material", "stances"),
        table!("integrated-model/material", "recommendations"),
        table!("integrated-model/material", "searches"),
        table!("integrated-model/material", "flow"),
        table!("integrated-model/material", "screened"),
        table!("integrated-model/material", "origins"),
    ],
    record: "",
    trainings: &[
        ("t1", include_str!("../../../examples/integrated-model/material/training-1.toml")),
        ("t2", include_str!("../../../examples/integrated-model/material/training-2.toml")),
    ],
    ratings_note: "made up, as everything in this example",
    documents: &[
        ("gj", SourceKind::PrimaryStudy, &[source!("integrated-model/material", "comparator-extracts.csv")]),
        (
            "gj",
            SourceKind::Interview,
            &[
                source!("integrated-model/material", "gp-interview.txt"),
                source!("integrated-model/material", "navigator-interview.txt"),
                source!("integrated-model/material", "patient-teacher-interview.txt"),
            ],
        ),
        (
            "mb",
            SourceKind::FocusGroup,
            &[
                source!("integrated-model/material", "service-user-group.txt"),
                source!("integrated-model/material", "practice-team-group.txt"),
            ],
        ),
        (
            "gj",
            SourceKind::Grey,
            &[
                source!("integrated-model/material", "whole-system-report.txt"),
                source!("integrated-model/material", "needs-assessment.md"),
            ],
        ),
        (
            "mb",
            SourceKind::Policy,
            &[
                source!("integrated-model/material", "local-plan.md"),
                source!("integrated-model/material", "national-framework.md"),
            ],
        ),
    ],
    stages: &[Stage { name: "integrated-model", paper: "comparison", make }],
};

fn make(maker: &mut Maker<'_>) -> Result<()> {
    maker.import()?;
    maker.sources()?;
    maker.participants()?;
    maker.identifiers()?;
    maker.ready_codebooks(&["integrated-model", "rainbow", "stepped-care", "outcomes"])?;
    maker.components()?;
    maker.hypotheses()?;
    maker.links_between()?;
    maker.evidence()?;
    maker.models()?;
    maker.cells()?;
    maker.results()?;
    maker.explanations()?;
    maker.uncertainties()?;
    maker.panel()?;
    for row in maker.rows("rounds")? {
        maker.open_round(&row)?;
        maker.votes(&row)?;
    }
    maker.decisions()?;
    maker.freeze(0)?;
    maker.trainings()?;
    maker.steps()?;
    maker.needs()?;
    maker.policies()?;
    maker.recommendations()?;
    maker.searches()?;
    maker.answers("t1")
}
