//! Asking over codings through the command.

use crate::desk::{Desk, column, keys};
use serde_json::Value;

/// One interview of five turns, four codings by two coders.
fn desk() -> Desk {
    let desk = Desk::new();
    let words = "Ana: we met at the door and I felt at ease\n\nBo: tea was made\n\nAna: she kept her word\n\n\
        Bo: and then\n\nAna: the waiting list was long\n";
    desk.file("talk.txt", words);
    desk.run(&["import", "talk.txt", "--kind", "interview"]).done();
    for code in ["trust", "welcome", "waiting"] {
        desk.run(&["codebook", "add", code]).done();
    }
    let code = |coder: &str, quote: &str, code: &str| {
        desk.as_coder(coder).run(&["code", "add", "D1.gj", "--quote", quote, "--code", code]).done();
    };
    code("gj", "met at the door", "welcome");
    code("gj", "at the door and I felt at ease", "trust");
    code("bk", "the door", "trust");
    code("bk", "kept her word", "trust");
    code("gj", "waiting list was long", "waiting");
    desk
}

fn texts(answer: &Value) -> Vec<&str> {
    answer["quotations"].as_array().unwrap().iter().map(|one| one["text"].as_str().unwrap()).collect()
}

#[test]
fn the_answer_has_the_promised_shape() {
    let desk = desk();
    let answer = desk.json(&["query", "run", "code:trust WITHIN code:welcome"]);
    assert_eq!(keys(&answer), ["query", "scope", "total", "unread", "quotations"]);
    assert_eq!((&answer["scope"], &answer["total"]), (&Value::from("unit"), &Value::from(1)));
    let one = &answer["quotations"][0];
    assert_eq!(
        keys(one),
        [
            "coding",
            "code",
            "coder",
            "document",
            "passage",
            "speaker",
            "source",
            "start",
            "end",
            "start_char",
            "end_char",
            "text",
            "unread",
            "with"
        ]
    );
    assert_eq!((&one["text"], &one["coder"], &one["speaker"]), (&"the door".into(), &"bk".into(), &"Ana".into()));
    assert_eq!(keys(&one["with"][0]), ["coding", "code", "coder", "text"]);
    assert_eq!(one["with"][0]["text"], "met at the door");
    let all = desk.run(&["document", "text", "D1.gj"]).done().stdout;
    let at = |key: &str| usize::try_from(one[key].as_u64().unwrap()).unwrap();
    assert_eq!(&all[at("start")..at("end")], "the door");
}

#[test]
fn relations_fields_words_and_scopes() {
    let desk = desk();
    let found = |query: &str, more: &[&str]| -> Vec<String> {
        let mut arguments = vec!["query", "run", query, "--format", "json"];
        arguments.extend(more);
        let answer: Value = serde_json::from_str(&desk.run(&arguments).stdout).unwrap();
        texts(&answer).into_iter().map(str::to_owned).collect()
    };
    assert_eq!(found("code:trust OVERLAPS code:welcome AND coder:gj", &[]), ["at the door and I felt at ease"]);
    assert_eq!(found("code:trust NOT OVERLAPS code:welcome", &[]), ["kept her word"]);
    assert_eq!(found("code:trust AND coder:bk", &[]), ["the door", "kept her word"]);
    assert_eq!(found("code:waiting WITHIN speaker:Ana", &[]), ["waiting list was long"]);
    assert_eq!(found("code:trust NEAR/0 \"she\"", &[]), ["kept her word"]);
    assert_eq!(found("\"waiting list\" WITHIN code:waiting", &[]), ["waiting list"]);
    assert_eq!(found("code:welcome PRECEDES/3 tea", &[]), Vec::<String>::new());
    assert_eq!(found("code:welcome PRECEDES/5 tea", &[]), ["met at the door"]);
    assert_eq!(found("code:trust AND NOT code:welcome", &[]), ["kept her word"]);
    assert_eq!(found("code:waiting AND code:welcome", &[]), Vec::<String>::new());
    assert_eq!(
        found("code:waiting AND code:welcome", &["--scope", "document"]),
        ["met at the door", "waiting list was long"]
    );
    assert_eq!(found("ONLY code:waiting", &[]), ["waiting list was long"]);
    assert_eq!(found("code:welcome OVERLAPS code:trust", &["--shared"]), ["at the door", "the door"]);
    assert_eq!(found("code:welcome ENCLOSES code:trust", &["--shared"]), ["the door"], "only what it encloses");
    assert_eq!(found("code:trust date:2001", &[]), Vec::<String>::new());
}

#[test]
fn words_among_codes_say_where_and_are_no_quotations() {
    let desk = desk();
    let found = |query: &str| -> Vec<String> {
        texts(&desk.json(&["query", "run", query])).into_iter().map(str::to_owned).collect()
    };
    assert_eq!(found("code:trust AND she"), ["kept her word"]);
    assert_eq!(found("ATLEAST/2(code:trust she)"), ["kept her word"]);
    assert_eq!(found("code:waiting OR she"), ["she", "waiting list was long"]);
    let counted = |query: &str, facet: &str| desk.json(&["query", "run", query, "--count", facet])["counts"].clone();
    assert_eq!(
        counted("code:waiting OR door OR she", "code"),
        serde_json::json!([
            { "code": "(words, no code)", "quotations": 2, "unread": 0 },
            { "code": "waiting", "quotations": 1, "unread": 0 }
        ])
    );
    assert_eq!(
        counted("code:welcome OR document:D1.gj", "coder"),
        serde_json::json!([
            { "coder": "(turn, no coder)", "quotations": 5, "unread": 0 },
            { "coder": "gj", "quotations": 1, "unread": 0 }
        ])
    );
    // Where nothing is asked of codings, turns are what is found.
    assert_eq!(counted("she", "code"), serde_json::json!([{ "code": "trust", "quotations": 1, "unread": 0 }]));
}

#[test]
fn search_reads_the_same_language() {
    let desk = desk();
    let passages = |query: &str| -> Vec<String> {
        let answer: Value =
            serde_json::from_str(&desk.run(&["search", query, "--in-order", "--format", "json"]).stdout).unwrap();
        answer["hits"].as_array().unwrap().iter().map(|hit| hit["passage"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(passages("code:trust"), ["D1.gj/1", "D1.gj/3"]);
    assert_eq!(passages("code:trust AND coder:gj"), ["D1.gj/1"]);
    assert_eq!(passages("ONLY code:trust"), ["D1.gj/3"]);
    assert_eq!(passages("ATLEAST/2(code:trust code:welcome list)"), ["D1.gj/1"]);
    assert_eq!(passages("word code:trust OVERLAPS code:trust"), Vec::<String>::new());
}

#[test]
fn counts_and_saved_queries() {
    let desk = desk();
    let counted = desk.json(&["query", "run", "code:*", "--count", "coder"]);
    assert_eq!(
        counted["counts"],
        serde_json::json!([
            { "coder": "gj", "quotations": 3, "unread": 0 },
            { "coder": "bk", "quotations": 2, "unread": 0 }
        ])
    );
    desk.run(&["query", "save", "felt", "code:trust OR code:welcome"]).done();
    assert_eq!(desk.json(&["query", "run", "saved:felt AND coder:bk"])["total"], 2);
    assert_eq!(desk.json(&["search", "saved:felt"])["total"], 2);
    let circle = desk.run(&["query", "save", "felt", "saved:felt AND tea"]).refused();
    assert!(circle.stderr.contains("would ask for itself"), "{}", circle.stderr);
    desk.run(&["query", "save", "felt", "code:waiting"]).done();
    assert_eq!(desk.json(&["query", "list"])[0]["query"], "code:waiting");
    desk.run(&["undo"]).done();
    assert_eq!(desk.json(&["query", "run", "saved:felt"])["total"], 4);
    let unknown = desk.run(&["query", "run", "saved:felti"]).refused();
    assert!(unknown.stderr.contains("did you mean felt"), "{}", unknown.stderr);
    let coder = desk.run(&["query", "run", "code:trust AND coder:bq"]).refused();
    assert!(coder.stderr.contains("there is no coder 'bq'"), "{}", coder.stderr);
}

#[test]
fn passages_are_counted_by_what_quotations_are_counted_by() {
    let desk = desk();
    let counted = |words: &str, facet: &str| desk.json(&["search", words, "--count", facet])["counts"].clone();
    // Of the three turns with `the` or `we`, one has two codings of trust, and one is not coded.
    assert_eq!(
        counted("\"the\" OR tea", "code"),
        serde_json::json!([
            { "code": "(none)", "hits": 1 },
            { "code": "trust", "hits": 1 },
            { "code": "waiting", "hits": 1 },
            { "code": "welcome", "hits": 1 }
        ])
    );
    assert_eq!(
        counted("\"the door\"", "coder"),
        serde_json::json!([
            { "coder": "bk", "hits": 1 },
            { "coder": "gj", "hits": 1 }
        ])
    );
    desk.run(&["search", "tea", "--code-as", "trust"]).done();
    assert_eq!(counted("tea", "code"), serde_json::json!([{ "code": "(none)", "hits": 1 }]), "nobody has read it yet");
    for facet in ["kind", "strand", "source", "document", "speaker", "group"] {
        let passages = desk.json(&["search", "*", "--count", facet]);
        let quotations = desk.json(&["query", "run", "*", "--count", facet]);
        let numbers = |counts: &Value, of: &str| -> Vec<(Value, Value)> {
            counts["counts"].as_array().unwrap().iter().map(|one| (one[facet].clone(), one[of].clone())).collect()
        };
        assert_eq!(numbers(&passages, "hits"), numbers(&quotations, "quotations"), "{facet}");
        assert_eq!(passages["total"], 5);
    }
    desk.run(&["search", "tea", "--count", "colour"]).refused();
}

#[test]
fn what_nobody_has_read_is_counted_apart() {
    let desk = desk();
    desk.run(&["search", "we OR tea", "--code-as", "welcome"]).done();
    let counted = desk.json(&["query", "run", "code:*", "--count", "code"]);
    assert_eq!((&counted["total"], &counted["unread"]), (&5.into(), &2.into()));
    let welcome = counted["counts"].as_array().unwrap().iter().find(|one| one["code"] == "welcome").unwrap();
    assert_eq!((&welcome["quotations"], &welcome["unread"]), (&1.into(), &2.into()));
    desk.run(&["query", "run", "code:*", "--count", "code"]).done().says("5 quotations and 2 unread beside them");
    let kept = |query: &str| {
        desk.run(&["query", "save", "kept", query]).done();
        let answer = desk.json(&["query", "run", "saved:kept"]);
        let shown = answer["quotations"].as_array().unwrap().iter().filter(|one| one["unread"] == true).count();
        (answer["total"].as_u64().unwrap(), answer["unread"].as_u64().unwrap(), shown)
    };
    assert_eq!(kept("code:welcome"), (1, 2, 2));
    assert_eq!(kept("code:welcome AND unread:yes"), (0, 2, 2));
    assert_eq!(kept("code:welcome AND unread:no"), (1, 0, 0));
    // Turns of which one holds a coding that nobody has read: what is meant on its account is listed, and counts for nothing.
    assert_eq!(kept("code:trust OVERLAPS code:welcome"), (2, 0, 0));
    desk.run(&["search", "word", "--code-as", "welcome"]).done();
    assert_eq!(kept("code:trust OVERLAPS code:welcome"), (2, 1, 1));
    assert_eq!(kept("code:trust NOT OVERLAPS code:welcome"), (1, 0, 0));
    for _ in ["the second query", "the first", "the codings"] {
        desk.run(&["undo"]).done();
    }
    let matrix = desk.json(&["matrix", "by", "document"]);
    assert_eq!((&matrix["total"], &matrix["unread"]), (&5.into(), &2.into()), "{matrix}");
    let status = desk.json(&["status"]);
    let codings = status["counts"].as_array().unwrap().iter().find(|row| row["what"] == "codings").unwrap();
    assert_eq!(codings["n"], 5);
    assert!(codings["note"].as_str().unwrap().starts_with("2 unread beside them"), "{codings}");
    let listed = desk.json(&["codebook", "list"]);
    let welcome = listed.as_array().unwrap().iter().find(|one| one["name"] == "welcome").unwrap();
    assert_eq!((&welcome["codings"], &welcome["unread"]), (&1.into(), &2.into()));
    assert!(desk.run(&["codebook", "list"]).done().stdout.contains("Unread beside"));
    assert!(desk.run(&["codebook", "show", "welcome"]).done().stdout.contains("1 +2 unread (gj 1 +2 unread)"));
    desk.run(&["code", "confirm", "--code", "welcome"]).done();
    assert!(!desk.run(&["codebook", "list"]).done().stdout.contains("unread"));
}

#[test]
fn what_was_found_is_coded_and_unread_until_somebody_confirms() {
    let desk = desk();
    let unread = || desk.json(&["code", "list", "--unread"]).as_array().unwrap().len();
    desk.run(&["search", "we OR tea", "--code-as", "welcome", "--dry-run"]).done().says("dry run");
    assert_eq!(desk.run(&["code", "list", "--unread", "--format", "json"]).negative().json(), serde_json::json!([]));
    let coded = desk.json(&["search", "we OR tea", "--code-as", "welcome"]);
    assert_eq!((&coded["added"], &coded["there"]), (&2.into(), &0.into()));
    assert_eq!(unread(), 2);
    assert_eq!(desk.json(&["search", "we OR tea", "--code-as", "welcome"])["added"], 0);
    // Who codes the same words has read them.
    desk.run(&["code", "add", "D1.gj", "t2", "--code", "welcome"]).done();
    assert_eq!(unread(), 1);
    desk.run(&["undo"]).done();
    assert_eq!(unread(), 2);
    assert_eq!(desk.json(&["code", "confirm", "--code", "welcome"])["ids"].as_array().unwrap().len(), 2);
    desk.run(&["code", "list", "--unread"]).negative();
    let words = desk.json(&["search", "\"waiting list\"", "--code-as", "trust", "--words"]);
    assert_eq!(words["added"], 1);
    let list = desk.json(&["code", "list", "--unread"]);
    assert_eq!((&list[0]["text"], &list[0]["unread"]), (&"waiting list".into(), &true.into()));
    desk.run(&["search", "kind:interview", "--code-as", "trust", "--words"]).refused().says("names no words");
    desk.run(&["query", "run", "code:waiting ENCLOSES code:trust", "--code-as", "welcome"]).done();
    assert_eq!(column(&desk.json(&["code", "list", "--unread"]), "code"), ["trust", "welcome"]);
    desk.run(&["undo"]).done();
    assert_eq!(unread(), 1);
}

#[test]
fn the_manual_draws_what_the_tool_draws() {
    let desk = desk();
    let drawn = desk.run(&["query", "explain"]).done().stdout;
    assert!(include_str!("../../docs/query.md").contains(drawn.trim_end()), "docs/query.md lacks:\n{drawn}");
    let one = desk.run(&["query", "explain", "code:trust WITHIN code:welcome"]).done().stdout;
    assert!(one.contains("that lie within one of") && one.contains("a WITHIN b") && !one.contains("a SAME b"), "{one}");
}

#[test]
fn an_operator_in_small_letters_is_pointed_out() {
    let desk = desk();
    let asked = ["query", "run", "code:trust within code:welcome"];
    desk.run(&asked).says("'within' is read as a word; the operator is written in capitals: WITHIN");
    desk.run(&["search", "trust near/5 tea"]).says("NEAR/5");
    desk.run(&["matrix", "codes", "--where", "code:trust or tea"]).says("capitals: OR");
    for meant in [&["search", "tea within", "--phrase"][..], &["query", "run", "code:trust WITHIN code:welcome"]] {
        assert!(!desk.run(meant).stderr.contains("capitals"), "{meant:?}");
    }
    let drawn = desk.run(&["query", "explain", "code:a NOT OVERLAPS code:b"]).done().stdout;
    assert!(drawn.contains("a NOT OVERLAPS b"), "{drawn}");
}
