//! Lists of references: taken in as sources, found again, and counted once where two are one report.

use crate::desk::{Desk, column, copy_folder, keys};
use serde_json::{Value, json};

const SEARCH: &str = "TY  - JOUR\nTI  - Signals at sea: a review of lanterns\nAU  - Chapman, A. G.\nAU  - de Vries, Anna\n\
    PY  - 1937\nJF  - Journal of Harbours\nVL  - 18\nSP  - 93\nEP  - 105\nDO  - 10.1000/sea.1\nAB  - Lanterns were seen.\nER  - \n\
    TY  - RPRT\nTI  - Mooring in practice\nAU  - Harbour Board Committee\nPY  - 1950\nXX  - kept\nER  - \n";

/// The first of them as another database has it.
const OTHER: &str = "@article{c37, title={Signals at Sea: A Review of Lanterns}, author={Chapman, AG and de Vries, A},\n\
    year=1937, journal={J Harb}, volume=18, pages={93--105}}\n";

fn import(desk: &Desk, arguments: &[&str]) -> (Option<i32>, Value) {
    let answer = desk.run(&[&["import"], arguments, &["--format", "json"]].concat());
    (answer.code, answer.json())
}

#[test]
fn each_reference_becomes_a_source() {
    let desk = Desk::new();
    desk.file("search.ris", SEARCH);
    let (code, answer) = import(&desk, &["search.ris"]);
    assert_eq!(code, Some(0));
    let one = &answer["imported"][0];
    let expected = ["id", "path", "as", "records", "kind", "format", "turns", "words", "warnings", "dropped", "notes"];
    assert_eq!(keys(one), expected);
    assert_eq!((&one["as"], &one["records"], &one["format"]), (&json!("references"), &json!(2), &json!("ris")));
    assert_eq!((&one["id"], &one["kind"]), (&json!("S1.gj"), &json!("primary_study")));
    let sources = desk.json(&["source", "list"]);
    assert_eq!(column(&sources, "title"), ["Chapman & de Vries 1937", "Harbour Board Committee 1950"]);
    assert_eq!(sources[0]["year"], 1937);
    let shown = desk.json(&["source", "show", "S2.gj"]);
    assert_eq!(shown["reference"]["other"]["XX"], json!(["kept"]));
    desk.run(&["source", "show", "S1.gj"]).done().says("10.1000/sea.1").says("Lanterns were seen.");
    desk.run(&["check"]).done();
}

#[test]
fn a_rerun_changes_nothing_and_a_later_export_adds_what_is_new() {
    let desk = Desk::new();
    desk.file("search.ris", SEARCH);
    import(&desk, &["search.ris", "--kind", "grey"]);
    let journal = desk.journal();
    let (code, answer) = import(&desk, &["search.ris", "--kind", "grey"]);
    assert_eq!((code, &answer["unchanged"]), (Some(0), &json!([{"path": "search.ris", "id": "S1.gj"}])));
    assert_eq!(desk.journal(), journal);
    let other = Desk::new();
    other.file("one.ris", SEARCH);
    other.file("same.ris", format!("\n{SEARCH}"));
    let (_, answer) = import(&other, &["one.ris", "same.ris"]);
    assert_eq!(answer["unchanged"], json!([{"path": "same.ris", "id": "S1.gj"}]));
    // Notes and tags were added, and a record.
    desk.file(
        "later.ris",
        format!(
            "{}TY  - JOUR\nTI  - Knots\nAU  - Rope, R.\nPY  - 1961\nER  - \n",
            SEARCH.replace("AB  -", "KW  - light\nAB  -")
        ),
    );
    let (_, answer) = import(&desk, &["later.ris"]);
    assert_eq!(answer["imported"][0]["records"], 3);
    assert_eq!(column(&desk.json(&["source", "list"]), "id"), ["S1.gj", "S2.gj", "S3.gj"]);
    desk.run(&["undo"]).done();
    assert_eq!(column(&desk.json(&["source", "list"]), "id"), ["S1.gj", "S2.gj"]);
}

/// The first of the search as it comes back from Rayyan, and from another search.
const DECIDED: &str = "TY  - JOUR\nTI  - Signals at sea: a review of lanterns\nAU  - Chapman, A. G.\nAU  - de Vries, Anna\n\
    PY  - 1937\nJF  - Journal of Harbours\nVL  - 18\nSP  - 93\nEP  - 105\nDO  - 10.1000/sea.1\nAB  - Lanterns were seen again.\n\
    KW  - light\nN1  - RAYYAN-INCLUSION: {\"Ann\"=>\"Included\"} | RAYYAN-LABELS: quokka\nER  - \n";

#[test]
fn a_later_export_adds_what_it_says_more_and_overwrites_nothing() {
    let desk = Desk::new();
    desk.file("search.ris", SEARCH);
    desk.file("decided.ris", DECIDED);
    import(&desk, &["search.ris"]);
    let (code, answer) = import(&desk, &["decided.ris"]);
    let one = &answer["imported"][0];
    assert_eq!((code, &one["completed"], &one["id"]), (Some(0), &json!(1), &json!("S1.gj")), "{answer}");
    let warnings = one["warnings"].to_string();
    for said in ["keywords 1", "rayyan decision 1", "kept beside another value: abstract 1"] {
        assert!(warnings.contains(said), "{said}: {warnings}");
    }
    let reference = || desk.json(&["source", "show", "S1.gj"])["reference"].clone();
    let shown = reference();
    assert_eq!((&shown["abstract"], &shown["keywords"]), (&json!("Lanterns were seen."), &json!(["light"])));
    assert_eq!(shown["other"]["abstract"], json!(["Lanterns were seen again."]));
    assert_eq!(shown["other"]["rayyan decision"], json!(["Included by 1"]));
    assert_eq!(shown["other"]["rayyan label"], json!(["quokka"]));
    let journal = desk.journal();
    assert_eq!(import(&desk, &["decided.ris"]).1["unchanged"], json!([{"path": "decided.ris", "id": "S1.gj"}]));
    assert_eq!(desk.journal(), journal);
    desk.run(&["undo"]).done();
    assert!(reference().get("keywords").is_none_or(serde_json::Value::is_null));
    // Both in one act come to the same.
    let other = Desk::new();
    other.file("search.ris", SEARCH);
    other.file("decided.ris", DECIDED);
    let (_, answer) = import(&other, &["search.ris", "decided.ris", "decided.ris"]);
    assert_eq!(answer["imported"][1]["completed"], 1, "{answer}");
    assert_eq!(answer["unchanged"].as_array().unwrap().len(), 1);
    assert_eq!(other.json(&["source", "show", "S1.gj"])["reference"], shown);
}

#[test]
fn two_sites_that_add_to_one_reference_unaware_of_each_other_agree() {
    let here = Desk::new();
    here.file("search.ris", SEARCH);
    import(&here, &["search.ris"]);
    let there = here.far_copy("q", "bo");
    here.file("decided.ris", DECIDED);
    there.file(
        "other.ris",
        DECIDED.replace("again", "often").replace("KW  - light", "KW  - dark").replace("quokka", "emu"),
    );
    import(&here, &["decided.ris"]);
    import(&there, &["other.ris"]);
    here.run(&["merge", there.project.to_str().unwrap()]).done();
    there.run(&["merge", here.project.to_str().unwrap()]).done();
    let (one, other) = (here.json(&["source", "show", "S1.gj"]), there.json(&["source", "show", "S1.gj"]));
    assert_eq!(one["reference"], other["reference"]);
    assert_eq!(one["reference"]["keywords"].as_array().unwrap().len(), 2);
    assert_eq!(one["reference"]["other"]["abstract"].as_array().unwrap().len(), 2);
    here.run(&["check"]).done();
}

#[test]
fn two_sites_that_take_in_one_library_hold_the_same_sources() {
    let here = Desk::new();
    let there = here.far_copy("q", "bo");
    here.file("search.ris", SEARCH);
    import(&here, &["search.ris"]);
    import(&there, &["search.ris"]);
    copy_folder(&there.project.join("journal"), &here.project.join("journal"));
    assert_eq!(here.json(&["source", "list"]).as_array().unwrap().len(), 2);
}

#[test]
fn a_rehearsal_shows_the_references_and_writes_nothing() {
    let desk = Desk::new();
    desk.file("search.ris", SEARCH);
    desk.file("other.bib", OTHER);
    let before = desk.snapshot();
    desk.run(&["import", "search.ris", "--dry-run"]).done().says("RIS, 2 references").says("Chapman & de Vries 1937");
    let shown = desk.json(&["import", "search.ris", "--dry-run"]);
    assert_eq!((&shown["as"], &shown["records"]), (&json!("references"), &json!(2)));
    assert_eq!(shown["references"][1]["line"], 13);
    desk.run(&["import", "search.ris", "other.bib", "--dry-run"]).done().says("bibtex");
    assert_eq!(desk.snapshot(), before);
}

#[test]
fn one_bad_record_is_named_and_the_rest_is_in() {
    let desk = Desk::new();
    desk.file("search.ris", format!("TY  - JOUR\nN2  - nothing else\nER  - \n{SEARCH}"));
    let (code, answer) = import(&desk, &["search.ris"]);
    assert_eq!((code, &answer["imported"][0]["records"]), (Some(0), &json!(2)));
    let warnings = answer["imported"][0]["warnings"].to_string();
    assert!(warnings.contains("record 1 was left out: it has no title"), "{warnings}");
}

#[test]
fn what_is_no_library_or_no_published_work_is_refused() {
    let desk = Desk::new();
    desk.file("talk.txt", crate::story::INTERVIEW);
    desk.file("search.ris", SEARCH);
    desk.run(&["import", "talk.txt"]).refused().says("add --kind interview");
    desk.run(&["import", "search.ris", "--kind", "interview"]).negative().says("references are published works");
    desk.run(&["import", "talk.txt", "--as", "references", "--kind", "grey"]).negative().says("no list of references");
    assert_eq!(import(&desk, &["talk.txt", "--kind", "grey"]).1["imported"][0]["format"], "txt");
}

#[test]
fn duplicates_are_proposed_with_reasons_and_counted_once_on_demand() {
    let desk = Desk::new();
    desk.file("search.ris", SEARCH);
    desk.file("other.bib", OTHER);
    import(&desk, &["search.ris", "other.bib"]);
    let journal = desk.journal();
    let pairs = desk.json(&["source", "duplicates"]);
    assert_eq!(keys(&pairs[0]), ["keep", "other", "certainty", "reasons", "titles"]);
    assert_eq!((&pairs[0]["keep"], &pairs[0]["other"]), (&json!("S1.gj"), &json!("S3.gj")));
    assert!(pairs[0]["reasons"].to_string().contains("+ the same title"), "{pairs}");
    assert_eq!(desk.journal(), journal, "proposing writes nothing");

    desk.run(&["source", "duplicates", "--above", "0.6"]).refused().says("0.95");
    desk.run(&["source", "duplicates", "--above", "0.99", "--dry-run"]).done();
    assert_eq!(desk.journal(), journal);
    desk.run(&["source", "duplicates", "--above", "0.99"]).done().says("counted 1 pair once");
    assert_eq!(desk.json(&["source", "list"])[2]["counts_as"], "S1.gj");
    desk.run(&["source", "duplicates"]).negative();
    desk.run(&["undo"]).done();
    assert_eq!(desk.json(&["source", "list"])[2]["counts_as"], Value::Null);

    desk.run(&["source", "set", "S3.gj", "--same-study", "S1.gj"]).done();
    desk.run(&["source", "set", "S3.gj", "--same-study", "none"]).done();
    assert_eq!(desk.json(&["source", "list"])[2]["counts_as"], Value::Null);
}

/// A review of one paper: a code on words of it with a note, one on it as a whole.
const REVIEW: &str = r#"{"CodeSets":[{"SetName":"Review","Attributes":{"AttributesList":[
    {"AttributeId":5,"AttributeName":"Trust","AttributeSetDescription":"Reliance on a lantern"},{"AttributeId":6,"AttributeName":"Loss"}]}}],
    "References":[{"ItemId":7,"Title":"Signals at sea: a review of lanterns","Authors":"Chapman A. G. ; de Vries Anna ; ",
    "Year":"1937","ParentTitle":"Journal of Harbours","Volume":"18","Pages":"93-105","DOI":"10.1000/sea.1",
    "CreatedBy":"Ann Onym","EditedBy":"Ann Onym","Codes":[{"AttributeId":6},{"AttributeId":5,"AdditionalText":"Ann says: doubtful",
    "ItemAttributeFullTextDetails":[{"Text":"Page 94:\n[¬s]\"The lanterns\"\n\"were trusted.[¬e]\""}]}]}]}"#;

#[test]
fn what_reviewers_coded_comes_with_the_references() {
    let desk = Desk::new();
    desk.file("search.ris", SEARCH);
    desk.file("review.json", REVIEW);
    desk.run(&["codebook", "add", "review"]).done();
    import(&desk, &["search.ris"]);
    let (code, answer) = import(&desk, &["review.json"]);
    let one = &answer["imported"][0];
    assert_eq!(
        (code, &one["document"], &one["codings"], &one["notes"]),
        (Some(0), &json!("D1.gj"), &json!(2), &json!(1)),
        "{answer}"
    );
    assert_eq!(one["records"], 1);
    let codes = desk.json(&["codebook", "list"]);
    assert_eq!(
        column(&codes, "name"),
        ["review", "Loss", "Trust"],
        "the code that was there is not made again: {codes}"
    );
    let codings = desk.json(&["code", "list"]);
    assert_eq!(column(&codings, "coder"), ["eppi", "eppi"]);
    desk.run(&["code", "list"]).done().says("The lanterns").says("Signals at sea");
    let sources = desk.json(&["source", "list"]);
    assert_eq!(sources.as_array().unwrap().len(), 2, "the paper is the source that was there: {sources}");
    desk.run(&["hypothesis", "add", "--statement", "If lit, then trusted"]).done();
    desk.run(&["evidence", "add", "H1.gj", "D1.gj", "--quote", "were trusted", "--stance", "supports"]).done();
    assert_eq!(desk.json(&["evidence", "list"])[0]["source"], "S1.gj");
    desk.run(&["check"]).done();
    desk.run(&["check", "--deep"]).done();
    for word in ["Onym", "Ann says", "lanterns were trusted"] {
        assert!(!desk.journal().contains(word), "{word} is in the journal");
    }
    let (_, answer) = import(&desk, &["review.json"]);
    assert_eq!(answer["unchanged"][0]["id"], "S1.gj");
}

#[test]
fn a_coded_review_is_one_operation_and_a_later_export_is_told() {
    let desk = Desk::new();
    desk.file("review.json", REVIEW);
    import(&desk, &["review.json"]);
    desk.run(&["undo"]).done();
    assert_eq!(desk.json(&["code", "list"]), json!([]));
    assert_eq!(desk.json(&["codebook", "list"]), json!([]));
    import(&desk, &["review.json"]);
    desk.file("later.json", REVIEW.replace("doubtful", "certain"));
    let (_, answer) = import(&desk, &["later.json"]);
    let said = answer["imported"][0]["warnings"].to_string();
    assert!(said.contains("coded before, in D1.gj"), "{answer}");
    let sources = desk.json(&["source", "list"]);
    assert_eq!((&sources[0]["counts_as"], &sources[1]["counts_as"]), (&Value::Null, &json!("S1.gj")), "{sources}");
    desk.run(&["check"]).done();
}

#[test]
fn two_sites_that_take_in_one_coded_review_hold_it_once() {
    let here = Desk::new();
    let there = here.far_copy("q", "bo");
    here.file("review.json", REVIEW);
    import(&here, &["review.json"]);
    import(&there, &["review.json"]);
    copy_folder(&there.project.join("journal"), &here.project.join("journal"));
    copy_folder(&there.project.join("corpus"), &here.project.join("corpus"));
    assert_eq!(here.json(&["code", "list"]).as_array().unwrap().len(), 2);
    here.run(&["check"]).done();
}

#[test]
fn duplicates_are_hinted_at_where_there_may_be_some() {
    let desk = Desk::new();
    desk.file("search.ris", SEARCH);
    desk.file("other.bib", OTHER);
    let hints = |answer: &Value| answer["imported"].to_string().matches("several searches").count();
    assert_eq!(hints(&import(&desk, &["search.ris"]).1), 0);
    assert_eq!(hints(&import(&desk, &["other.bib"]).1), 1);
    desk.run(&["undo"]).done();
    desk.run(&["undo"]).done();
    assert_eq!(hints(&import(&desk, &["search.ris", "other.bib"]).1), 1);
}

#[test]
fn a_pair_judged_to_be_two_is_not_proposed_again() {
    let desk = Desk::new();
    desk.file("search.ris", SEARCH);
    desk.file("other.bib", OTHER);
    import(&desk, &["search.ris", "other.bib"]);
    desk.run(&["source", "different", "S3.gj", "S1.gj", "--reason", "another edition"]).done().says("are two reports");
    desk.run(&["source", "duplicates"]).negative();
    desk.run(&["source", "duplicates", "--above", "0.95"]).done().says("counted 0 pairs once");
    let listed = desk.json(&["source", "different"]);
    assert_eq!((&listed[0]["reason"], &listed[0]["by"]), (&json!("another edition"), &json!("gj")));
    desk.run(&["source", "set", "S3.gj", "--same-study", "S1.gj"])
        .refused()
        .says("gj judged S3.gj and S1.gj to be two");
    desk.run(&["source", "different", "S1.gj", "S1.gj"]).refused();
    desk.run(&["undo"]).done();
    assert_eq!(desk.json(&["source", "duplicates"]).as_array().unwrap().len(), 1);
    desk.run(&["redo"]).done();
    desk.run(&["source", "different", "S1.gj", "S3.gj", "--take-back"]).done();
    desk.run(&["source", "different", "S1.gj", "S3.gj", "--take-back"]).refused().says("nobody judged");
    desk.run(&["source", "set", "S3.gj", "--same-study", "S1.gj"]).done();
    desk.run(&["source", "different", "S1.gj", "S3.gj"]).refused().says("count as one");
}

#[test]
fn two_people_who_judge_a_pair_differently_are_both_heard() {
    let here = Desk::new();
    here.file("search.ris", SEARCH);
    here.file("other.bib", OTHER);
    import(&here, &["search.ris", "other.bib"]);
    let there = here.far_copy("q", "bo");
    here.run(&["source", "different", "S1.gj", "S3.gj"]).done();
    there.run(&["source", "set", "S3.gj", "--same-study", "S1.gj"]).done();
    here.run(&["merge", there.project.to_str().unwrap()]).done();
    here.run(&["check"]).says("gj judged them to be two");
}

#[test]
fn a_library_of_another_format_is_refused_by_name() {
    let desk = Desk::new();
    let rdf = "<rdf:RDF xmlns:z=\"http://www.zotero.org/namespaces/export#\"><bib:Article/></rdf:RDF>";
    desk.file("library.rdf", rdf);
    let (code, answer) = import(&desk, &["library.rdf", "--kind", "grey"]);
    assert_eq!(code, Some(1));
    let reason = answer["failed"][0]["reason"].as_str().unwrap();
    assert!(reason.contains("this is Zotero RDF") && reason.contains("as RIS"), "{reason}");
}

#[test]
fn a_library_larger_than_the_journal_should_take_is_one_file_that_failed() {
    let desk = Desk::new();
    let abstracted =
        |n| format!("TY  - JOUR\nTI  - Lantern {n}\nAU  - A, B.\nPY  - 1937\nAB  - {}\nER  - \n", "words ".repeat(300));
    let long = (0..700).map(abstracted).collect::<Vec<_>>().concat();
    desk.file("large.ris", long);
    desk.file("search.ris", SEARCH);
    let (code, answer) = import(&desk, &["large.ris", "search.ris", "--limit", "references.journal=1"]);
    assert_eq!((code, &answer["imported"][0]["path"]), (Some(1), &json!("search.ris")), "{answer}");
    assert!(answer["failed"][0]["reason"].to_string().contains("export it in parts"), "{answer}");
    assert_eq!(column(&desk.json(&["source", "list"]), "id"), ["S1.gj", "S2.gj"]);
    let (_, answer) = import(&desk, &["large.ris", "--limit", "references.file=1"]);
    assert!(answer["failed"][0]["reason"].to_string().contains("1 are read at most"), "{answer}");
    assert_eq!(import(&desk, &["large.ris"]).1["imported"][0]["records"], 700);
}

/// Every real bibliographic file is taken in or refused with a reason, each record in the process of its own.
#[test]
fn every_real_library_is_accounted_for() {
    let Some(folder) = crate::data::data("libraries", "bibliographic") else { return };
    let desk = Desk::new();
    let (_, answer) = import(&desk, &[folder.to_str().unwrap(), "--kind", "grey"]);
    let count = |list: &str| answer[list].as_array().unwrap().len();
    assert_eq!(count("imported") + count("unchanged") + count("failed"), crate::desk::files_below(&folder).len());
    for one in answer["failed"].as_array().unwrap() {
        let reason = one["reason"].as_str().unwrap();
        assert!(reason.contains("; "), "{one}");
        assert!(!reason.contains("the reader of this format failed") && !reason.contains("broke off"), "{one}");
    }
    let eppi = answer["imported"].as_array().unwrap().iter().find(|one| one["format"] == "eppi").unwrap();
    assert_eq!((&eppi["records"], &eppi["codings"]), (&json!(385), &json!(2566)), "{eppi}");
}
