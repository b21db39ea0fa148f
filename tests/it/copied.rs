//! `cp -r p q`: one person goes on in both folders, then q's journal is copied into p.

use crate::desk::{Desk, column};
use crate::story::synthesis;

/// What `cp -n` does: files that are not there come in.
fn copy_new(from: &Desk, to: &Desk, folder: &str) -> usize {
    let fresh =
        from.files(folder).into_iter().map(|path| (to.project.join(folder).join(path.file_name().unwrap()), path));
    let fresh: Vec<_> = fresh.filter(|(target, _)| !target.exists()).collect();
    for (target, path) in &fresh {
        std::fs::copy(path, target).unwrap();
    }
    fresh.len()
}

fn total(desk: &Desk, word: &str) -> u64 {
    desk.json(&["search", word])["total"].as_u64().unwrap()
}

#[test]
fn two_copies_edited_by_one_person_come_together() {
    let p = synthesis();
    assert_eq!(total(&p, "ledger"), 1, "there is an index before the copy");
    let q = p.copy("q");
    for (desk, word) in [(&p, "pelican"), (&q, "walrus")] {
        desk.file(&format!("{word}.txt"), format!("Ana: a {word} came in\n\nBo: a {word}, yes\n"));
        desk.run(&["import", &format!("{word}.txt"), "--kind", "interview"]).done();
        desk.run(&["codebook", "add", &format!("code {word}")]).done();
        desk.run(&["code", "add", "D3.gj", "t1", "--code", &format!("code {word}")]).done();
        desk.run(&["hypothesis", "add", "--statement", &format!("The {word} matters.")]).done();
        desk.run(&["hypothesis", "edit", "H3.gj", "--statement", &format!("Known of the {word}.")]).done();
        assert_eq!(total(desk, word), 2);
    }
    assert_eq!((total(&p, "walrus"), total(&q, "pelican")), (0, 0), "each searches its own");

    assert_eq!(copy_new(&q, &p, "journal"), 1, "the copy wrote a file of its own");
    // The journal came without the corpus: p knows of the document, and answers nothing from q's index.
    let documents = p.json(&["document", "list"]);
    assert_eq!(column(&documents, "id").len(), 4);
    assert_eq!(total(&p, "walrus"), 0);
    assert!(!p.run(&["search", "walrus"]).stdout.contains("walrus came"));

    for folder in ["corpus/text", "corpus/originals", "corpus/sealed"] {
        copy_new(&q, &p, folder);
    }
    assert_eq!((total(&p, "walrus"), total(&p, "pelican")), (2, 2));
    // Nothing is lost.
    let log = p.json(&["log"]).as_array().unwrap().len();
    let own = q.json(&["log"]).as_array().unwrap().len();
    assert_eq!(log, own + 5, "five acts in each since the copy");
    let statements = p.json(&["hypothesis", "list"]);
    let said = column(&statements, "statement");
    assert!(["The pelican matters.", "The walrus matters."].iter().all(|one| said.contains(one)), "{said:?}");
    let shown = p.json(&["hypothesis", "show", "H3.gj"]).to_string();
    assert!(
        shown.contains("Known of the pelican.") && shown.contains("Known of the walrus."),
        "both wordings: {shown}"
    );
    // No label stands on two things.
    for list in [
        ["document", "list"],
        ["code", "list"],
        ["hypothesis", "list"],
        ["codebook", "list"],
        ["source", "list"],
        ["participant", "list"],
    ] {
        let things = p.json(&list);
        let mut labels = column(&things, "id");
        let all = labels.len();
        labels.sort_unstable();
        labels.dedup();
        assert_eq!(labels.len(), all, "{}: {labels:?}", list.join(" "));
        assert!(
            list[0] == "participant" || labels.iter().any(|label| label.contains('~')),
            "{}: {labels:?}",
            list.join(" ")
        );
    }
    let check = p.json(&["check", "--deep"]);
    let rules = check["rules"].as_array().unwrap();
    let clean = rules
        .iter()
        .filter(|rule| rule["rule"] != "conflicts")
        .all(|rule| rule["found"].as_array().unwrap().iter().all(|one| one["severity"] == "note"));
    assert!(clean, "{check:#}");
    // Both folders go on in streams of their own.
    let files = p.files("journal").len();
    p.run(&["code", "add", "D1.gj", "t4", "--code", "code walrus"]).done();
    assert_eq!(p.files("journal").len(), files);
}
