//! Reports: what a synthesis says to the people it is for.
//!
//! One report per file, each a pure function from a [`Synthesis`] and a [`Brief`] to a [`Report`]:
//! a neutral document of blocks, a rectangle for spreadsheets and a JSON value. How it looks is
//! [`crate::render`]'s business. Words of participants reach a report through [`words`] alone.
//!
//! A new report is one file here and one line in [`REPORTS`].

pub mod agenda;
pub mod appraisal;
pub mod attribution;
pub mod block;
pub mod briefings;
pub mod cerqual;
pub mod characteristics;
pub mod checklist;
pub mod cmo;
pub mod cmo_table;
pub mod comparison;
pub mod contest;
mod deciders;
pub mod described;
pub mod disagreements;
pub mod document_flow;
pub mod evidence;
pub mod figure;
pub mod glossary;
pub mod groups;
pub mod large;
pub mod listing;
pub mod matrix;
pub mod meeting;
pub mod member_page;
pub mod minutes;
pub mod memos;
pub mod methods;
pub mod needs;
mod panels;
pub mod passages;
pub mod pathway;
pub mod printed;
pub mod question_frame;
pub mod recommendations;
pub mod record;
pub mod references;
pub mod refinement;
pub mod round;
#[cfg(test)]
pub mod sample;
pub mod searches;
pub mod secretary;
pub mod sheet;
pub mod shelf_marks;
pub mod slides;
pub mod stages;
pub mod standings;
pub mod statement_flow;
pub mod tally;
pub mod template;
pub mod texts;
pub mod trail;
pub mod training;
pub mod version;
pub mod voices;
pub mod voting_rules;
pub mod who;
pub mod words;

pub use block::{Block, NoteKind, Quote, Report, Run, Side};
pub use disagreements::Disagreements;

use crate::bibliography::Style;
use crate::id::Id;
use crate::participant::Audience;
use crate::synthesis::Synthesis;
use crate::table::Table;
use std::collections::{BTreeMap, BTreeSet};

/// What the caller asks of a report, beside the synthesis itself.
#[derive(Debug, Clone)]
pub struct Brief {
    pub audience: Audience,
    /// The proposed order of uncertainties, worked out by the caller; may be empty.
    pub rankings: Vec<Ranking>,
    /// Aggregated tables by name, printed in the team's annex of the evidence report.
    pub tables: BTreeMap<&'static str, Table>,
    /// What coders differ on, where that is what the report is about.
    pub disagreements: Option<Disagreements>,
    /// The lives of statements.
    pub trails: Vec<trail::Trail>,
    /// What became of every statement.
    pub flow: Option<statement_flow::Flow>,
    /// From version to version of the theory.
    pub refinements: Vec<refinement::Step>,
    /// Memos for the supplement.
    pub memos: Vec<memos::Note>,
    /// What somebody undertook, by the decision it follows from.
    pub to_do: BTreeMap<Id, Vec<record::ToDo>>,
    /// How works are cited; the usual one where none is said.
    pub style: Option<Style>,
    /// Uncertainties it is about; empty: all.
    pub about: BTreeSet<Id>,
    /// The meeting it is about, where it is about one.
    pub meeting: Option<meeting::Shown>,
    /// All meetings, for the record, the methods and checklists.
    pub meetings: Vec<meeting::Shown>,
    /// The state of the theory it rests on.
    pub theory: Option<version::Version>,
    /// The first version of the theory, for checklists.
    pub outset: Option<Outset>,
    /// Who took part in each closed round, for the methods and checklists.
    pub turnout: BTreeMap<Id, Turnout>,
}

/// The programme theory as it first was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outset {
    /// `IPT (V1.gj)`.
    pub name: String,
    pub date: String,
    pub statements: usize,
    pub components: usize,
}

/// Who took part in a round: ballots are sealed, so the caller reads them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Turnout {
    /// Members who were at the table for some item, by group; those who only stand as late or absent are not.
    pub there: BTreeMap<String, usize>,
    /// Ballots that count and cannot be read: destroyed when their members withdrew, or not on this computer.
    pub unread: usize,
}

impl Brief {
    pub fn new(audience: Audience) -> Self {
        Brief {
            audience,
            rankings: Vec::new(),
            tables: BTreeMap::new(),
            disagreements: None,
            trails: Vec::new(),
            flow: None,
            refinements: Vec::new(),
            memos: Vec::new(),
            to_do: BTreeMap::new(),
            style: None,
            about: BTreeSet::new(),
            meeting: None,
            meetings: Vec::new(),
            theory: None,
            outset: None,
            turnout: BTreeMap::new(),
        }
    }
}

impl Brief {
    pub fn is_about(&self, uncertainty: Id) -> bool {
        self.about.is_empty() || self.about.contains(&uncertainty)
    }

    /// The statements it is about: those that its uncertainties are between. `None`: all.
    pub fn statements(&self, synthesis: &Synthesis) -> Option<BTreeSet<Id>> {
        let about = || self.about.iter().filter_map(|id| synthesis.uncertainties.get(id));
        (!self.about.is_empty()).then(|| about().flat_map(|one| contest::Contest::of(synthesis, one).all()).collect())
    }
}

/// Where one uncertainty stands in the order, and what that rests on (method reference 6.4).
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    pub uncertainty: Id,
    /// From 1.
    pub place: usize,
    /// Absent where no criterion could be worked out.
    pub score: Option<f64>,
    pub parts: Vec<RankingPart>,
    /// Names of the criteria left out for want of data.
    pub missing: Vec<String>,
    /// Best and worst place when each criterion in turn is left out.
    pub rank_range: Option<(usize, usize)>,
    /// People set the place, or accepted it; else it is proposed.
    pub set_by_people: bool,
}

/// One criterion of the priority formula.
#[derive(Debug, Clone, PartialEq)]
pub struct RankingPart {
    pub key: String,
    pub name: String,
    /// In `[0, 1]`; absent: left out, never 0.
    pub value: Option<f64>,
    pub weight: f64,
    /// What the value rests on, or why there is none.
    pub note: Option<String>,
}

/// What a report is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RestsOn {
    /// Statements, the passages behind their evidence, and the order of uncertainties.
    Evidence,
    /// The same, and what followed from decisions: actions and versions of the theory.
    Decisions,
    /// Codings, of which the caller finds what coders differ on.
    Codings,
    /// Statements and evidence, and what the caller finds in the journal besides.
    History(History),
    /// What is held, and nothing else.
    Holdings,
    /// What is held, and one meeting.
    Meeting,
}

/// What the caller finds in the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum History {
    Trails,
    Flow,
    Refinements,
    Memos,
}

/// A report the tool can write.
pub struct Kind {
    /// Name on the command line and stem of the file in `outputs/`.
    pub key: &'static str,
    /// One line for help.
    pub about: &'static str,
    pub rests_on: RestsOn,
    pub make: fn(&Synthesis, &Brief) -> Report,
}

/// Every report, in the order help lists them.
pub static REPORTS: &[Kind] = &[
    Kind { key: "agenda", about: "papers for a consensus meeting", rests_on: RestsOn::Evidence, make: agenda::make },
    Kind {
        key: "briefing",
        about: "two pages on each uncertainty, by themselves",
        rests_on: RestsOn::Evidence,
        make: briefings::make,
    },
    Kind {
        key: "slides",
        about: "one page a question, to be shown on a screen",
        rests_on: RestsOn::Evidence,
        make: slides::make,
    },
    Kind {
        key: "question-frame",
        about: "each question with what bears on it, what people judged, and what was concluded",
        rests_on: RestsOn::Evidence,
        make: question_frame::make,
    },
    Kind {
        key: "record",
        about: "what was decided, meeting by meeting",
        rests_on: RestsOn::Decisions,
        make: record::make,
    },
    Kind {
        key: "member-page",
        about: "what a member has to know of a meeting, on one page",
        rests_on: RestsOn::Meeting,
        make: member_page::make,
    },
    Kind {
        key: "secretary",
        about: "how a meeting stands: who comes, ballots, what was sent, what blocks it",
        rests_on: RestsOn::Meeting,
        make: secretary::make,
    },
    Kind {
        key: "evidence",
        about: "the CMO table with evidence for and against",
        rests_on: RestsOn::Evidence,
        make: evidence::make,
    },
    Kind {
        key: "passages",
        about: "every passage in one table, for a spreadsheet",
        rests_on: RestsOn::Evidence,
        make: passages::make,
    },
    Kind {
        key: "cmo",
        about: "contexts, mechanisms and outcomes, with quotations that support and refute each",
        rests_on: RestsOn::Holdings,
        make: cmo_table::make,
    },
    Kind {
        key: "cerqual",
        about: "confidence in each finding: summary of findings and evidence profile",
        rests_on: RestsOn::Holdings,
        make: cerqual::make,
    },
    Kind {
        key: "characteristics",
        about: "the table of sources",
        rests_on: RestsOn::Holdings,
        make: characteristics::make,
    },
    Kind {
        key: "references",
        about: "the published works in full, in a citation style, and the team's own material",
        rests_on: RestsOn::Holdings,
        make: references::make,
    },
    Kind {
        key: "appraisal",
        about: "relevance, richness and rigour by source and statement; double appraisal",
        rests_on: RestsOn::Holdings,
        make: appraisal::make,
    },
    Kind {
        key: "comparison",
        about: "models of care beside each other: features, outcomes, differences, what is not reported",
        rests_on: RestsOn::Holdings,
        make: comparison::make,
    },
    Kind {
        key: "pathway",
        about: "the steps of a model of care: drawn, step by step, checked, with what explains each",
        rests_on: RestsOn::Holdings,
        make: pathway::make,
    },
    Kind {
        key: "recommendations",
        about: "what is recommended to whom, because of what, and what is blocked",
        rests_on: RestsOn::Holdings,
        make: recommendations::make,
    },
    Kind {
        key: "needs",
        about: "needs and policy: figures, coverage by component, how each would be met, conflicts, gaps",
        rests_on: RestsOn::Holdings,
        make: needs::make,
    },
    Kind {
        key: "document-flow",
        about: "from the records that were found to what bears on a statement, drawn",
        rests_on: RestsOn::Holdings,
        make: document_flow::make,
    },
    Kind {
        key: "searches",
        about: "what was searched, when and why, with the strategies in full",
        rests_on: RestsOn::Holdings,
        make: searches::make,
    },
    Kind {
        key: "statement-flow",
        about: "what became of every statement, strand by strand, drawn",
        rests_on: RestsOn::History(History::Flow),
        make: statement_flow::make,
    },
    Kind {
        key: "refinement",
        about: "the refinement log from version to version of the theory",
        rests_on: RestsOn::History(History::Refinements),
        make: refinement::make,
    },
    Kind {
        key: "trail",
        about: "the life of a statement, a page each",
        rests_on: RestsOn::History(History::Trails),
        make: trail::make,
    },
    Kind { key: "memos", about: "the memo supplement", rests_on: RestsOn::History(History::Memos), make: memos::make },
    Kind {
        key: "methods",
        about: "the methods paragraph: what was done, with numbers, rules and versions",
        rests_on: RestsOn::History(History::Refinements),
        make: methods::make,
    },
    Kind {
        key: "stages",
        about: "the analysis stage by stage: what was done, how, and where theories of others came in",
        rests_on: RestsOn::History(History::Refinements),
        make: stages::make,
    },
    Kind {
        key: "rameses1",
        about: "RAMESES checklist for realist syntheses, as far as the project fills it",
        rests_on: RestsOn::History(History::Refinements),
        make: checklist::rameses1::make,
    },
    Kind {
        key: "rameses2",
        about: "RAMESES II checklist for realist evaluations",
        rests_on: RestsOn::History(History::Refinements),
        make: checklist::rameses2::make,
    },
    Kind {
        key: "entreq",
        about: "ENTREQ checklist",
        rests_on: RestsOn::History(History::Refinements),
        make: checklist::entreq::make,
    },
    Kind {
        key: "tidier",
        about: "TIDieR checklist",
        rests_on: RestsOn::History(History::Refinements),
        make: checklist::tidier::make,
    },
    Kind {
        key: "accord",
        about: "ACCORD checklist",
        rests_on: RestsOn::History(History::Refinements),
        make: checklist::accord::make,
    },
    Kind {
        key: "disagreements",
        about: "what coders differ on, as an agenda",
        rests_on: RestsOn::Codings,
        make: disagreements::make,
    },
];

/// Reports that can be narrowed to some uncertainties.
pub const NARROWED: &[&str] =
    &["agenda", "briefing", "slides", "record", "evidence", "cmo", "passages", "question-frame"];

/// The report of that name.
pub fn find(key: &str) -> Option<&'static Kind> {
    REPORTS.iter().find(|kind| kind.key == key)
}

pub use crate::text::TO_WRITE;

/// Heads what contradicts a statement in other circumstances, apart from what is against it.
pub const ELSEWHERE: &str = "Works differently where";

/// What stands where nothing was found; never a blank.
pub const NONE_FOUND: &str = "none found";

/// Heads the table below a drawing.
pub const IN_WORDS: &str = "The same in words";
