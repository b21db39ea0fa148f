//! The words people bring from other programs, and what they are here. Help, not an importer; what a
//! program lacks or has more of is not judged.

use crate::table::Table;

/// One word of another program: the word here, and how to go about it.
type Term = (&'static str, &'static str, &'static str);

/// A program people come from.
pub struct Program {
    /// As typed after `realist help`.
    pub key: &'static str,
    pub name: &'static str,
    terms: &'static [Term],
    /// What to expect to be different.
    pub note: &'static str,
}

/// Every program there is a table for.
pub static PROGRAMS: &[Program] = &[
    Program {
        key: "nvivo",
        name: "NVivo",
        terms: &[
            ("project (.nvp)", "project: a folder of plain text files", "realist init"),
            ("file, source", "document; what it counts as is its source", "realist import; realist source list"),
            ("case", "source (a study, an interview) or participant", "realist participant list"),
            (
                "classification, attribute",
                "kind, strand; group and consent of a participant",
                "realist participant set",
            ),
            ("code (formerly node)", "code", "realist codebook add"),
            ("child code, parent code", "code with a parent", "realist codebook add NAME --parent CODE"),
            ("coding a selection", "coding a quotation or turns", "realist code add D1.gj t14..17 --code trust"),
            ("memo, annotation", "memo, about words or about anything", "realist memo add D3.gj t14 --text \"...\""),
            ("see-also link", "evidence link, with a stance", "realist evidence add"),
            ("relationship", "evidence for or against; leads to; rival of", "realist hypothesis edit --help"),
            ("text search query", "search", "realist search \"care partner\" --phrase"),
            ("coding query", "search with fields", "realist search code:trust AND kind:focus_group"),
            ("matrix coding query", "counts by a facet; tables of the theory", "realist search hope --count strand"),
            ("NEAR", "words near one another", "see docs/query.md"),
            ("framework matrix", "statements against kinds or strands", "realist theory kinds"),
            ("coding stripes", "codings of a document", "realist code list"),
            ("user, merge", "coder's tag; merge", "realist join; realist merge"),
            ("event log", "log, with undo", "realist log; realist undo"),
        ],
        note: "A theory that was a node with a memo is a statement here, with typed parts and evidence on both sides.",
    },
    Program {
        key: "maxqda",
        name: "MAXQDA",
        terms: &[
            ("project (.mx24)", "project: a folder of plain text files", "realist init"),
            ("document, document group", "document; strand", "realist document list"),
            ("document variable", "kind, strand; group of a participant", "realist participant set"),
            ("focus group speaker", "speaker, who is a participant of that document", "realist participant list"),
            ("code, subcode", "code, code with a parent", "realist codebook add"),
            ("coded segment", "coding", "realist code add; realist code list"),
            ("weight of a segment", "relevance, richness and rigour of evidence, 0 to 3", "realist evidence edit"),
            ("memo", "memo, about words or about anything", "realist memo add D3.gj t14 --text \"...\""),
            ("paraphrase, summary", "a statement with its evidence", "realist hypothesis add"),
            ("lexical search", "search", "realist search trust"),
            ("retrieved segments", "search by code; list of codings", "realist search code:trust"),
            ("complex coding query", "search with AND, OR, NOT and fields", "see docs/query.md"),
            ("code matrix browser", "counts by a facet", "realist search code:trust --count source"),
            ("code relations browser", "both codes asked for at once", "realist search code:a AND code:b"),
            ("logbook", "log, and reasons kept with each change", "realist log"),
            ("teamwork export, TeamCloud", "bundle and merge; or a synced folder", "realist bundle; realist merge"),
        ],
        note: "Segments have no weight of their own here: what is weighed is evidence for or against one statement.",
    },
    Program {
        key: "qualcoder",
        name: "QualCoder",
        terms: &[
            ("project (.qda folder)", "project: a folder of plain text files", "realist init"),
            ("file", "document", "realist import"),
            ("case", "source or participant", "realist source list"),
            ("attribute", "kind, strand; group and consent of a participant", "realist participant set"),
            ("code, category", "code, code with a parent", "realist codebook add"),
            ("code text", "coding", "realist code add"),
            ("annotation, memo", "memo, about words or about anything", "realist memo add D3.gj t14 --text \"...\""),
            ("journal", "memos with what they are about; the journal here is the record of acts", "realist log"),
            ("coding report", "list of codings; search by code", "realist code list"),
            ("code comparison", "what each coder did", "realist theory coders"),
            ("coder name", "coder's tag", "realist join"),
            ("merge project", "merge: whichever side does it, the result is the same", "realist merge DIR"),
            (
                "edit text file",
                "not here: a text version is never changed, so codings cannot slip",
                "realist document set",
            ),
        ],
        note: "Positions are kept with a hash of the words, so a passage is shown as it was coded or not at all.",
    },
    Program {
        key: "taguette",
        name: "Taguette",
        terms: &[
            ("project", "project: a folder of plain text files", "realist init"),
            ("document", "document", "realist import"),
            ("tag", "code", "realist codebook add"),
            ("tag with a dot (a.b)", "code with a parent", "realist codebook add NAME --parent CODE"),
            ("highlight", "coding", "realist code add"),
            ("tag description", "definition of a code, with include and exclude", "realist codebook edit"),
            ("highlights of a tag", "search by code", "realist search code:trust"),
            ("backlinks, merge tags", "merge codes; nothing is lost", "realist codebook merge CODE --into"),
            ("collaborator", "coder's tag; a shared folder or bundles", "realist join; realist bundle"),
            (
                "export codebook, highlights",
                "codebook as csv, xlsx or qdc; codings as CSV",
                "realist codebook export --to; realist code list --format csv",
            ),
        ],
        note: "Tagging is the first half: the second is writing statements and linking passages for and against.",
    },
];

/// The table for one program.
pub fn find(key: &str) -> Option<&'static Program> {
    PROGRAMS.iter().find(|program| program.key.eq_ignore_ascii_case(key))
}

impl Program {
    pub fn table(&self) -> Table {
        let mut table = Table::with(&[("term", self.name), ("here", "Here"), ("command", "Command")]);
        for (term, here, command) in self.terms {
            table.push(vec![(*term).into(), (*here).into(), (*command).into()]);
        }
        table
    }
}
