//! Searches and counts of records from the command line: taken in from tables, added up, drawn, checked.

use crate::desk::column;
use crate::story;

const SEARCHES: &str = "Place;Stream;Platform;Date;Strategy;Records;For;Against;Scoping\n\
    PsycINFO;databases;Ovid;2011-06;\"1. depression\n2. team\";1,204;H1.gj;;\n\
    CINAHL;purposive-2;;2012-02;;38;;H1.gj;no\n\
    Scholar;databases;;2011-01;;;;;yes\n";

const COUNTS: &str = "stream,stage,reason,n\n\
    databases,identified,,1204\ndatabases,duplicates,,204\ndatabases,screened,,1000\ndatabases,screened_out,,900\n\
    databases,full_text,,100\ndatabases,excluded,no causal content,60\ndatabases,excluded,\"=HYPERLINK(\"\"x\"\")\",28\n\
    databases,included,,12\n";

#[test]
fn tables_taken_in_twice_change_nothing() {
    let desk = story::synthesis();
    let searches = desk.file("searches.csv", SEARCHES);
    let counts = desk.file("counts.csv", COUNTS);
    let first = desk.json(&["searching", "add", "--from", &searches]);
    assert_eq!(first["ids"].as_array().unwrap().len(), 3);
    desk.run(&["flow", "import", &counts]).done();
    let journal = desk.journal();
    let again = desk.json(&["searching", "add", "--from", &searches]);
    assert_eq!(
        (&again["unchanged"], desk.json(&["flow", "import", &counts])["changed"].as_u64()),
        (&3.into(), Some(0))
    );
    assert_eq!(desk.journal(), journal);
    let list = desk.json(&["searching", "list"]);
    assert_eq!(column(&list, "stream"), ["databases", "purposive-2", "databases"]);
    assert_eq!((&list[0]["records"], &list[0]["strategy"]), (&1204.into(), &"1. depression\n2. team".into()));
    assert_eq!(desk.json(&["flow", "show"])["totals"]["included"]["n"], 12);
    desk.run(&["undo"]).done();
    assert!(desk.json(&["flow", "show"])["totals"]["included"]["n"] == 0, "the counts are taken back");
}

#[test]
fn hostile_tables_are_refused_whole() {
    let desk = story::synthesis();
    let journal = desk.journal();
    for (table, words) in [
        ("stream,stage,n\ndatabases,identified,12\ndatabases,screened,-5\n", "is no number of records"),
        ("stream,stage,n\ndatabases,identified,1e999\n", "is no number of records"),
        ("stream,stage,n\ndatabases,identified,18446744073709551616\n", "is more records than any review counts"),
        ("stream,stage,n\ndatabses,identified,12\n", "is no stream of records"),
        ("stream,stage,n\ndatabases,identifed,12\n", "is no stage of screening"),
        ("stream,stage,n,note\ndatabases,identified,12,x\n", "nobody reads a column"),
        ("stream,stage,reason,n\ndatabases,included,thin,12\n", "nothing is left out for a reason"),
        ("stream,stage,n\ndatabases,included,12\ndatabases,included,13\n", "has two numbers"),
        ("stream,stage,n\n", "has no row"),
    ] {
        let file = desk.file("counts.csv", table);
        desk.run(&["flow", "import", &file]).refused().says(words);
    }
    for (table, words) in [
        ("place,stream\nPsycINFO,databases\n,databases\n", "says what was searched"),
        ("place,stream\nPsycINFO,\n", "by which stream"),
        ("place,stream,for\nPsycINFO,databases,S1.gj\n", "is a source"),
        ("place,stream,scoping\nPsycINFO,databases,perhaps\n", "neither yes nor no"),
        ("place,stream\nPsycINFO,databases\npsycinfo,databases\n", "a search of the same place"),
    ] {
        let file = desk.file("searches.csv", table);
        desk.run(&["searching", "add", "--from", &file]).refused().says(words);
    }
    assert_eq!(desk.journal(), journal);
}

#[test]
fn counts_that_do_not_add_up_are_kept_and_named_everywhere() {
    let desk = story::synthesis();
    let gap = "412 screened on title and abstract, 398 accounted for";
    desk.run(&[
        "flow",
        "set",
        "databases",
        "--identified",
        "512",
        "--duplicates",
        "100",
        "--screened",
        "412",
        "--screened-out",
        "336",
        "--full-text",
        "62",
        "--excluded-for",
        "thin=40",
        "--included",
        "22",
        "--how",
        "two people",
    ])
    .done()
    .says(gap);
    desk.run(&["check"]).negative().says(gap);
    desk.run(&["flow", "show"]).done().says(gap);
    desk.run(&["report", "document-flow", "--to", "svg", "--to", "html", "--to", "csv", "--to", "docx"]).done();
    let read = |name: &str| std::fs::read_to_string(desk.project.join("outputs").join(name)).unwrap();
    for name in ["document-flow.svg", "document-flow.html", "document-flow.csv"] {
        assert!(read(name).contains("398 accounted for"), "{name}");
    }
    desk.run(&["flow", "set", "databases", "--screened-out", "350"]).done();
    let problems = desk.json(&["check"]);
    let flow = problems["rules"].as_array().unwrap().iter().find(|rule| rule["rule"] == "flow").unwrap();
    assert_eq!(column(&flow["found"], "severity"), ["note"; 2], "{flow}");
    desk.run(&["flow", "set", "databases"]).refused().says("nothing is said of");
    desk.run(&["flow", "set", "databases", "--excluded-for", "thin"]).refused().says("does not say how many");
    desk.run(&["flow", "remove", "databases", "--why", "counted anew"]).done();
    desk.run(&["flow", "show"]).refused().says("no search and no count");
}

#[test]
fn what_is_typed_of_a_stream_is_taken_as_papers_print_it_and_needs_a_reason() {
    let desk = story::synthesis();
    let printed = "stream,stage,n\nGrey literature and policy,Screened on title and abstract,-\n\
        Grey literature and policy,Included,3\n";
    desk.run(&["flow", "import", &desk.file("counts.csv", printed)]).done();
    let shown = desk.json(&["flow", "show"]);
    let grey = &shown["streams"][0];
    assert_eq!((&grey["stream"], &grey["counts"]["included"]), (&"grey".into(), &3.into()));
    assert_eq!(grey["not_applicable"], serde_json::json!(["screened"]));
    desk.run(&["flow", "set", "grey", "--full-text", "-"]).done();
    assert_eq!(desk.json(&["flow", "show"])["totals"]["full_text"]["not_recorded"], serde_json::json!([]));
    desk.run(&["flow", "set", "grey", "--excluded-for", "=3"]).refused().says("names no reason");
    desk.run(&["flow", "remove", "grey", "--why", " "]).refused().says("why are the counts");
}

#[test]
fn two_people_who_count_one_stream_and_add_one_search_are_told_of_what_differs_alone() {
    let here = story::synthesis();
    let there = here.far_copy("there", "mb");
    for desk in [&here, &there] {
        desk.run(&["flow", "set", "databases", "--identified", "412"]).done();
        desk.run(&["searching", "add", "PsycINFO", "--stream", "databases", "--date", "2011"]).done();
    }
    here.run(&["merge", there.project.to_str().unwrap()]).done();
    let found = |rule: &str| {
        let problems = here.json(&["check"]);
        let rules = problems["rules"].as_array().unwrap().clone();
        rules.into_iter().find(|one| one["rule"] == rule).unwrap()["found"].clone()
    };
    assert_eq!(found("conflicts"), serde_json::json!([]), "who counted is nobody's quarrel");
    let twice = found("searches");
    assert_eq!(column(&twice, "code"), ["same-search"]);
    let hint = twice[0]["hints"][0].as_str().unwrap().to_owned();
    let label = hint.rsplit(' ').next().unwrap();
    here.run(&["searching", "retire", label]).done();
    assert_eq!(found("searches"), serde_json::json!([]));
}

#[test]
fn checklists_and_methods_draw_on_searches() {
    let desk = story::synthesis();
    let item = |report: &str, number: &str| {
        desk.run(&["report", report, "--to", "json"]).done();
        let text = std::fs::read_to_string(desk.project.join("outputs").join(format!("{report}.json"))).unwrap();
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        read["items"].as_array().unwrap().iter().find(|item| item["number"] == number).unwrap().clone()
    };
    assert_eq!(item("rameses1", "7")["held"], serde_json::Value::Null);
    desk.run(&["searching", "add", "--from", &desk.file("searches.csv", SEARCHES)]).done();
    desk.run(&["flow", "import", &desk.file("counts.csv", COUNTS)]).done();
    for (report, number) in [
        ("rameses1", "7"),
        ("rameses1", "8"),
        ("rameses1", "12"),
        ("entreq", "3"),
        ("entreq", "4"),
        ("entreq", "5"),
        ("entreq", "6"),
        ("entreq", "7"),
        ("entreq", "9"),
        ("accord", "M7"),
    ] {
        let held = item(report, number)["held"].as_str().unwrap_or_default().to_owned();
        assert!(
            held.contains("search") || held.contains("document-flow") || held.contains("left out"),
            "{report} {number}: {held}"
        );
    }
    desk.run(&["report", "methods", "--to", "md"]).done();
    let methods = std::fs::read_to_string(desk.project.join("outputs/methods.md")).unwrap();
    assert!(
        methods.contains("3 searches, 2011-01 to 2012-02")
            && methods.contains("1204 identified, and 1 stream not recorded"),
        "{methods}"
    );
}
