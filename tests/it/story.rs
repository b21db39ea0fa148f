//! A small made-up synthesis that the tests work on.

use crate::desk::Desk;

/// An interview in which Marguerite and her nurse speak words that stand nowhere else.
pub const INTERVIEW: &str = "\
Interviewer: How did you find the first appointment?

Marguerite: The tangerine ledger was lying open on her desk and I could read every line of it.

Interviewer: And afterwards?

Marguerite: Afterwards I trusted her. She never hid the notes from me, and I came back every month.

Interviewer: Was there anything that got in the way?

Marguerite: When the buses stopped I stayed at home, and nobody rang. I trusted nobody then.
";

/// Phrases of [`INTERVIEW`] that no other file of a project may hold.
pub const PLANTED: [&str; 5] =
    ["tangerine ledger", "read every line of it", "never hid the notes", "buses stopped", "trusted nobody then"];

pub const FOCUS_GROUP: &str = "\
Facilitator: What keeps people coming?

Oswin: Seeing what is written about you keeps you coming, that is the whole of it.

Thekla: For me it made no difference at all, I never looked at any notes.

Oswin: Well, I came because of the notes.
";

/// A project that holds both conversations as D1.gj and D2.gj.
pub fn transcripts() -> Desk {
    let desk = Desk::new();
    desk.file("marguerite-carnwath.txt", INTERVIEW);
    desk.file("north-group.txt", FOCUS_GROUP);
    desk.run(&["import", "marguerite-carnwath.txt", "--kind", "interview"]).done();
    desk.run(&["import", "north-group.txt", "--kind", "focus_group"]).done();
    desk
}

/// The same with codes, a component, three statements, evidence and an uncertainty.
pub fn synthesis() -> Desk {
    let desk = transcripts();
    for command in [
        &["codebook", "add", "openness"][..],
        &["codebook", "add", "distance"],
        &["code", "add", "D1.gj", "t2", "--code", "openness"],
        &["code", "add", "D1.gj", "--quote", "buses stopped", "--code", "distance"],
        &["component", "add", "Shared notes"],
        &[
            "hypothesis",
            "add",
            "--context",
            "notes are open to the person",
            "--resource",
            "open notes",
            "--reasoning",
            "feels respected",
            "--outcome",
            "keeps coming",
            "--component",
            "Shared notes",
        ],
        &["hypothesis", "add", "--context", "transport is poor", "--mechanism", "gives up", "--outcome", "stays away"],
        &["hypothesis", "add", "--statement", "Nothing is known of this yet."],
        &[
            "evidence",
            "add",
            "H1.gj",
            "D1.gj",
            "--quote",
            "never hid the notes from me",
            "--stance",
            "supports",
            "--relevance",
            "2",
            "--richness",
            "2",
            "--rigour",
            "1",
        ],
        &[
            "evidence",
            "add",
            "H1.gj",
            "D2.gj",
            "--quote",
            "made no difference at all",
            "--stance",
            "refutes",
            "--circumstances",
            "same",
        ],
        &["evidence", "add", "H2.gj", "D1.gj", "t6", "--stance", "supports"],
        &[
            "uncertainty",
            "add",
            "Should notes be open to everybody from the first day?",
            "--hypothesis",
            "H1.gj",
            "--component",
            "Shared notes",
        ],
    ] {
        desk.run(command).done();
    }
    desk
}
