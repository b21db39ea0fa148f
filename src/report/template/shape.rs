//! What the papers are made of that a team can set by a template. A test holds the shapes against the
//! papers themselves.

use std::fmt::Write;

/// The sections of a paper, in the order the tool sets them.
pub struct Shape {
    /// Name of the report.
    pub paper: &'static str,
    pub sections: &'static [Section],
}

pub struct Section {
    /// The id of its heading; of a kind that stands once for each question or meeting, how the ids begin.
    pub key: &'static str,
    pub about: &'static str,
    pub rule: Rule,
    /// The parts of one that stands many times: how the ids of their headings end.
    pub parts: &'static [Section],
}

/// What a template may do with a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// It may be left out.
    Open,
    /// Its words may be replaced by the team's own.
    Free,
    /// It must stay: without it the paper would be one-sided or say less than it knows.
    Stays,
    /// It must stay and stands many times, each with a heading of its own.
    Many,
}

const fn section(key: &'static str, rule: Rule, about: &'static str) -> Section {
    Section { key, about, rule, parts: &[] }
}

const WITHHELD: Section = section("withheld", Rule::Stays, "how many quotations were kept back, and why");
const GLOSSARY: Section = section("glossary", Rule::Open, "the terms of the paper in plain words");

const BRIEFING: Section = Section {
    key: "briefing",
    about: "one for each uncertainty",
    rule: Rule::Many,
    parts: &[
        section("in-plain-words", Rule::Open, "what is unsettled, in two or three sentences"),
        section("why-it-matters", Rule::Open, "what waits on it"),
        section("what-we-think-happens", Rule::Stays, "the lead view and its rivals"),
        section("evidence", Rule::Stays, "how many sources are for and against each view"),
        section("voices", Rule::Stays, "as many passages for each view as for any other"),
        section("who-sees-it-differently", Rule::Stays, "people by stakeholder group"),
        section("what-we-do-not-know", Rule::Stays, "what nobody has found out"),
        section("options-and-vote", Rule::Stays, "the question, what can be chosen, and a form to fill in by hand"),
    ],
};

/// Every paper that can be set by a template.
pub static SHAPES: &[Shape] = &[
    Shape {
        paper: "agenda",
        sections: &[
            section("purpose", Rule::Free, "what the meeting is for"),
            section("settled-in-short", Rule::Stays, "what is settled, by name"),
            section("today", Rule::Stays, "what must be settled today"),
            section(
                "decisions",
                Rule::Free,
                "how decisions will be taken: say here who decides, and what happens without agreement",
            ),
            section("agenda", Rule::Free, "items and minutes"),
            section("theory", Rule::Open, "the theory so far, in a picture and a short table"),
            section("settled", Rule::Open, "what is settled, with who agreed to it and the evidence beside it"),
            section("uncertainties", Rule::Open, "the uncertainties in order, and how the order came about"),
            BRIEFING,
            section("annex-evidence", Rule::Open, "the evidence behind the briefings"),
            section("annex-order", Rule::Open, "how the order was proposed; for the team alone"),
            GLOSSARY,
            WITHHELD,
        ],
    },
    Shape {
        paper: "briefing",
        sections: &[
            BRIEFING,
            section("how-to-read", Rule::Stays, "the rules behind numbers and quotations"),
            GLOSSARY,
            WITHHELD,
        ],
    },
    Shape {
        paper: "slides",
        sections: &[
            section("questions", Rule::Free, "the questions by name"),
            Section {
                key: "slide",
                about: "one for each uncertainty",
                rule: Rule::Many,
                parts: &[
                    section("what-we-think-happens", Rule::Stays, "the lead view and its rivals"),
                    section("who-sees-it-differently", Rule::Open, "people by stakeholder group, in a sentence"),
                    section("what-we-do-not-know", Rule::Open, "what nobody has found out"),
                    section("what-can-be-chosen", Rule::Stays, "the options"),
                ],
            },
        ],
    },
    Shape {
        paper: "member-page",
        sections: &[
            section("purpose", Rule::Free, "what the meeting is for"),
            section("settled", Rule::Stays, "what is settled, and by whom"),
            section("to-settle", Rule::Stays, "at most three questions in plain words"),
            section("deciding", Rule::Stays, "how decisions are taken, and who votes"),
            section("coming", Rule::Stays, "who is coming, by group"),
            section("good-to-know", Rule::Stays, "what happens to what people say, payment, access, support"),
        ],
    },
    Shape {
        paper: "record",
        sections: &[
            Section {
                key: "meeting",
                about: "one for each day on which something was decided",
                rule: Rule::Many,
                parts: &[],
            },
            section("not-settled", Rule::Stays, "what is left open"),
            section("raised", Rule::Open, "new explanations that stakeholders brought"),
            Section {
                key: "theory",
                about: "one for each version that rests on what was decided, with what is different in it",
                rule: Rule::Many,
                parts: &[],
            },
            GLOSSARY,
            WITHHELD,
        ],
    },
];

impl Section {
    pub fn may_be_left_out(&self) -> bool {
        matches!(self.rule, Rule::Open | Rule::Free)
    }
}

impl Shape {
    pub fn of(paper: &str) -> Option<&'static Shape> {
        SHAPES.iter().find(|shape| shape.paper == paper)
    }

    /// The template the tool itself goes by, to be changed: it says nothing but the order.
    pub fn shipped(&self) -> String {
        let mut text = format!(
            "# Template of the paper \"{0}\". Save it as templates/{0}.toml in the project's folder, and change it.\n\
             # Sections come in the order in which they stand here; what is not named here comes after them.\n\
             # A section can have:\n\
             #   heading = \"its own heading\"\n\
             #   before = \"a paragraph of your own; an empty line begins another\"\n\
             #   after = \"the same, at its end\"\n\
             #   leave_out = true\n\
             #   text = \"your words instead of the tool's\"   (where it says so)\n\n\
             paper = \"{0}\"\n# title = \"Papers for our meeting\"\n",
            self.paper
        );
        for section in self.sections {
            put(&mut text, "section", section);
            section.parts.iter().for_each(|part| put(&mut text, "section.part", part));
        }
        text
    }
}

fn put(text: &mut String, table: &str, one: &Section) {
    let may = match one.rule {
        Rule::Open => "",
        Rule::Free => "; may have your own text",
        Rule::Stays => "; stays",
        Rule::Many => "; stays, and each keeps its own heading",
    };
    // Writing to a string cannot fail.
    let _ = write!(text, "\n[[{table}]]   # {}{may}\nkey = \"{}\"\n", one.about, one.key);
}
