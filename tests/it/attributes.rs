//! What facesheets say of who speaks, asked for in queries and set against codes.

use crate::desk::Desk;
use serde_json::{Value, json};
use std::fmt::Write;

const GROUP: &str = "\
Moderator: What keeps people coming?

Anwen: Knowing the nurse by name keeps me coming.

Corin: Nobody rang me, so nothing did.

Delyth: Somebody rang me and I came back.
";

const PEOPLE: &str = "\
Transcript,Speaker,Age band,Years in service,Ward
group.txt,Anwen,30-39,12,North
group.txt,Corin,30-39,3.5,north
group.txt,Delyth,40-49,,South Wing
";

/// A group of three with a facesheet; contact is coded on each one's turn.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.file("group.txt", GROUP);
    desk.file("people.csv", PEOPLE);
    desk.run(&["import", "group.txt", "--kind", "focus_group"]).done();
    desk.run(&["import", "people.csv", "--as", "attributes"]).done();
    desk.run(&["codebook", "add", "contact"]).done();
    for turn in ["t2", "t3", "t4", "t1"] {
        desk.run(&["code", "add", "D1.gj", turn, "--code", "contact"]).done();
    }
    desk
}

fn turns(desk: &Desk, query: &str) -> Vec<u64> {
    let found = desk.run(&["search", query, "--in-order", "--format", "json"]);
    let hits: Value = serde_json::from_str(&found.stdout).unwrap_or_else(|_| panic!("{query}: {}", found.stderr));
    let number = |hit: &Value| hit["passage"].as_str().unwrap().rsplit_once('/').unwrap().1.parse().unwrap();
    hits["hits"].as_array().unwrap().iter().map(number).collect()
}

#[test]
fn turns_are_found_by_what_is_recorded_of_who_speaks() {
    let desk = desk();
    for (query, wanted) in [
        ("attr:\"age band\"=30-39", vec![2, 3]),
        ("ATTR:\"Age Band\"=30-39 -attr:ward=NORTH", vec![]),
        ("attr:ward=north", vec![2, 3]),
        ("attr:ward=\"south wing\"", vec![4]),
        ("attr:\"years in service\">5", vec![2]),
        ("attr:\"years in service\"<=3.5", vec![3]),
        ("attr:\"years in service\"=3..12", vec![2, 3]),
        ("attr:\"years in service\"", vec![2, 3]),
        ("attr:\"years in service\">90", vec![]),
        ("rang attr:ward=north", vec![3]),
        ("NOT attr:\"age band\"", vec![1]),
    ] {
        assert_eq!(turns(&desk, query), wanted, "{query}");
    }
    let quoted = desk.json(&["query", "run", "code:contact AND attr:ward=north"]);
    assert_eq!(quoted["total"], 2);
    desk.run(&["query", "explain", "attr:ward=north"]).done().says("attr is ward=north");
}

#[test]
fn what_nobody_has_is_an_error_with_a_suggestion() {
    let desk = desk();
    desk.run(&["search", "attr:wards=north"]).refused().says("did you mean attr:\"Ward\"?");
    desk.run(&["search", "attr:ward=nort"]).refused().says("did you mean attr:ward=North?").says("values: ");
    desk.run(&["search", "attr:ward>north"]).refused().says("is no number");
    desk.run(&["matrix", "by", "attr:wing"]).refused().says("there is no attribute 'wing'");
    desk.run(&["matrix", "by", "attr:"]).refused();
    crate::story::transcripts().run(&["search", "attr:age=3"]).refused().says("--as attributes");
}

#[test]
fn codes_are_set_against_an_attribute_and_each_cell_is_its_query() {
    let desk = desk();
    let matrix = desk.json(&["matrix", "by", "attr:ward"]);
    let columns: Vec<&str> =
        matrix["columns"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    // Spellings that differ in their capitals alone are one; the moderator is on no facesheet.
    assert_eq!(columns, ["North", "South Wing", "(not recorded)"]);
    let counts: Vec<u64> =
        matrix["cells"].as_array().unwrap().iter().map(|one| one["quotations"].as_u64().unwrap()).collect();
    assert_eq!(counts, [2, 1, 1]);
    assert_eq!(matrix["cells"][1]["query"], "code:contact AND attr:ward=\"South Wing\"");
    for one in &matrix["cells"].as_array().unwrap()[..2] {
        let listed = desk.json(&["query", "run", one["query"].as_str().unwrap()]);
        assert_eq!(listed["total"], one["quotations"]);
    }
    desk.run(&["matrix", "by", "attr:\"years in service\"", "--cell", "contact,3.5"]).done().says("Nobody rang me");
    let count = desk.json(&["query", "run", "code:contact", "--count", "attr:ward"]);
    assert_eq!(count["counts"][0], json!({ "attr": "North", "quotations": 2, "unread": 0 }));
    let passages = desk.json(&["search", "me", "--count", "attr:ward"]);
    assert_eq!(passages["counts"][0], json!({ "attr": "North", "hits": 2 }));
    desk.run(&["matrix", "by", "attr:ward", "--to", "html"]).done().says("matrix-by-attribute.html");
}

#[test]
fn headings_that_differ_in_their_capitals_are_one_attribute() {
    let desk = desk();
    desk.file("later.csv", "Transcript,Speaker,ward\ngroup.txt,Anwen,East\n");
    desk.run(&["import", "later.csv", "--as", "attributes"]).done();
    assert_eq!(turns(&desk, "attr:ward=east"), [2], "the later word stands");
    assert_eq!(turns(&desk, "attr:WARD=north"), [3]);
    desk.file("twice.csv", "Transcript,Speaker,ward,Ward\ngroup.txt,Anwen,East,West\ngroup.txt,Corin,North,North\n");
    let told = desk.run(&["import", "twice.csv", "--as", "attributes"]);
    assert!(told.stderr.contains("Ward is there twice and says something else"), "{}", told.stderr);
    assert_eq!(turns(&desk, "attr:ward=east"), [2]);
    let names = desk.run(&["search", "attr:wing"]).refused();
    assert!(names.stderr.contains("attributes: Age band, Ward, Years in service"), "{}", names.stderr);
}

#[test]
fn the_values_of_somebody_who_withdrew_are_not_there() {
    let desk = desk();
    desk.run(&["participant", "withdraw", "D1.gj:Delyth", "--scope", "quotes", "--yes"]).done();
    desk.run(&["search", "attr:ward=\"south wing\""]).refused();
    assert_eq!(turns(&desk, "attr:ward"), [2, 3]);
    let matrix = desk.json(&["matrix", "by", "attr:ward"]);
    assert!(!matrix.to_string().contains("South Wing"), "{matrix}");
}

/// Six people interviewed and four in groups; of three commissioners one spoke in a group.
const TEN: [(&str, &str, &str); 10] = [
    ("su0", "service_users", "interview"),
    ("su1", "service_users", "interview"),
    ("su2", "service_users", "interview"),
    ("su3", "service_users", "interview"),
    ("co0", "commissioners", "interview"),
    ("co1", "commissioners", "interview"),
    ("co2", "commissioners", "focus_group"),
    ("pr0", "practitioners", "focus_group"),
    ("pr1", "practitioners", "focus_group"),
    ("pr2", "practitioners", "focus_group"),
];

#[test]
fn no_paper_for_others_says_beside_a_label_what_an_attribution_keeps_back() {
    let desk = Desk::new();
    let said = |at: usize| format!("We kept the cobalt kettle going in week {at}");
    for kind in ["interview", "focus_group"] {
        let of_kind = TEN.iter().enumerate().filter(|(_, (.., held))| *held == kind);
        let files: Vec<String> = of_kind
            .map(|(at, (name, ..))| {
                desk.file(&format!("{name}.txt"), format!("Moderator: Go on.\n\nP{at}: {}.\n", said(at)))
            })
            .collect();
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        desk.run(&[&["import"], files.as_slice(), &["--kind", kind]].concat()).done();
    }
    let mut people = "document,speaker,group,meeting,publication\n".to_owned();
    let mut passages = "hypothesis,document,quote,stance,relevance,richness,rigour\n".to_owned();
    let documents = desk.json(&["document", "list"]);
    for (at, (name, group, _)) in TEN.iter().enumerate() {
        let _ = writeln!(people, "{name}.txt,P{at},{group},anonymous,anonymous");
        let held = documents.as_array().unwrap().iter().find(|one| one.to_string().contains(name)).unwrap();
        let _ = writeln!(passages, "H1.gj,{},{},supports,2,2,2", held["id"].as_str().unwrap(), said(at));
    }
    desk.file("people.csv", people);
    desk.file("passages.csv", passages);
    desk.run(&["import", "people.csv", "--as", "attributes"]).done();
    desk.run(&["hypothesis", "add", "--statement", "If a then b because c", "--status", "active", "--origin", "team"])
        .done();
    desk.run(&["evidence", "add", "--from", "passages.csv"]).done();
    for report in ["passages", "trail", "cmo", "evidence", "appraisal"] {
        desk.run(&["report", report, "--for", "publication", "--to", "csv", "--to", "md"]).done();
    }
    let paper = |name: &str| std::fs::read_to_string(desk.project.join("outputs").join(name)).unwrap();
    let passages = paper("passages-for-publication.csv");
    let lone = passages.lines().find(|line| line.contains(&said(6))).unwrap();
    assert!(lone.contains("Commissioners") && !lone.to_lowercase().contains("group"), "{lone}");
    let mut reader = csv::Reader::from_reader(passages.trim_start_matches('\u{feff}').as_bytes());
    let source = reader.headers().unwrap().iter().position(|heading| heading.to_lowercase() == "source").unwrap();
    assert!(reader.records().all(|row| row.unwrap()[source].is_empty()));
    let told = passages.lines().find(|line| line.contains(&said(0))).unwrap();
    assert!(told.contains("interview"), "what may be told is: {told}");
    let trail = paper("trail-for-publication.md");
    assert!(!trail.contains("focus group") && trail.contains("from what the team gathered"), "{trail}");
    let marks = paper("appraisal-for-publication.md");
    assert_eq!(marks.matches("(focus group)").count(), 3, "of three practitioners, not of the commissioner: {marks}");
}
