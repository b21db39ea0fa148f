//! Matrices through the command.

use crate::desk::{Desk, keys};
use serde_json::{Value, json};

/// One interview and one group, five codings by two coders; `welcome` lies below `trust`.
fn desk() -> Desk {
    let desk = Desk::new();
    let words = "Ana: we met at the door and I felt at ease\n\nBo: tea was made\n\nAna: she kept her word, her word\n";
    desk.file("talk.txt", words);
    desk.file("group.txt", "Cy: the door was shut\n\nDi: the word <b>was</b> waiting\n");
    desk.run(&["import", "talk.txt", "--kind", "interview"]).done();
    desk.run(&["import", "group.txt", "--kind", "focus_group"]).done();
    for code in ["trust", "waiting"] {
        desk.run(&["codebook", "add", code]).done();
    }
    desk.run(&["codebook", "add", "welcome, warm", "--parent", "trust"]).done();
    let code = |coder: &str, document: &str, quote: &str, code: &str| {
        desk.as_coder(coder).run(&["code", "add", document, "--quote", quote, "--code", code]).done();
    };
    code("gj", "D1.gj", "met at the door", "welcome, warm");
    code("gj", "D1.gj", "at the door and I felt at ease", "trust");
    code("bk", "D1.gj", "the door", "trust");
    code("bk", "D1.gj", "kept her word", "trust");
    code("gj", "D2.gj", "the door was shut", "waiting");
    desk
}

fn cell<'v>(matrix: &'v Value, row: &str, column: &str) -> &'v Value {
    let cells = matrix["cells"].as_array().unwrap();
    cells.iter().find(|one| one["code"] == row && one["column"] == column).unwrap()
}

#[test]
fn codes_that_overlap_with_every_number_and_its_query() {
    let desk = desk();
    let matrix = desk.json(&["matrix", "codes"]);
    assert_eq!(
        keys(&matrix),
        ["matrix", "scope", "where", "with_children", "total", "coders", "codes", "columns", "cells"]
    );
    assert_eq!((&matrix["total"], &matrix["coders"]), (&json!(5), &json!(["bk", "gj"])));
    let warm = cell(&matrix, "trust", "welcome, warm");
    assert_eq!(keys(warm), ["code", "column", "quotations", "query", "together", "c", "undefined", "uneven"]);
    // Of three quotations of trust two overlap the one of welcome: two pairs, c = 2 / (3 + 1 - 2).
    assert_eq!((&warm["quotations"], &warm["together"], &warm["c"]), (&json!(2), &json!(2), &json!(1.0)));
    assert_eq!(warm["query"], "code:\"=trust\" OVERLAPS code:\"welcome, warm\"");
    assert_eq!(cell(&matrix, "welcome, warm", "trust")["quotations"], 1);
    assert_eq!(cell(&matrix, "trust", "trust")["quotations"], 2);
    assert_eq!(cell(&matrix, "trust", "waiting")["quotations"], 0);
    for one in matrix["cells"].as_array().unwrap() {
        let typed = one["query"].as_str().unwrap();
        let listed: Value =
            serde_json::from_str(&desk.run(&["query", "run", typed, "--format", "json"]).stdout).unwrap();
        assert_eq!(listed["total"], one["quotations"], "{typed}");
    }
}

#[test]
fn children_coders_places_and_bounds() {
    let desk = desk();
    let family = desk.json(&["matrix", "codes", "--with-children"]);
    assert_eq!(cell(&family, "trust", "trust")["quotations"], 3);
    assert_eq!(family["codes"][0]["quotations"], 4);
    let one = desk.json(&["matrix", "codes", "--coded-by", "gj"]);
    assert_eq!(cell(&one, "trust", "welcome, warm")["c"], 1.0);
    let turns = desk.json(&["matrix", "codes", "--scope", "unit"]);
    let both = cell(&turns, "trust", "welcome, warm");
    assert_eq!((&both["quotations"], &both["together"], &both["c"]), (&json!(2), &json!(1), &json!(0.5)));
    let bounded =
        desk.json(&["matrix", "codes", "trust", "waiting", "--scope", "document", "--where", "kind:interview"]);
    assert_eq!(bounded["total"], 3);
    let refused = desk.run(&["matrix", "codes", "--where", "code:waiting AND coder:bk"]).refused();
    assert!(refused.stderr.contains("no coding to count"), "{}", refused.stderr);
    desk.run(&["matrix", "by", "code"]).refused().says("realist matrix codes");
}

#[test]
fn codes_by_facets_in_every_format() {
    let desk = desk();
    let csv = desk.run(&["matrix", "by", "kind", "--format", "csv"]).done().stdout;
    assert_eq!(
        csv,
        "code,quotations,focus_group,interview\ntrust,3,0,3\n\"welcome, warm\",1,0,1\nwaiting,1,1,0\n(all),5,1,4\n"
    );
    let speakers = desk.json(&["matrix", "by", "speaker"]);
    assert_eq!(cell(&speakers, "waiting", "Ana (D1.gj)")["query"], "code:waiting AND speaker:Ana AND document:D1.gj");
    desk.run(&["matrix", "by", "coder"]).done().says("the quotations of a cell: --cell 'trust,bk'");
}

#[test]
fn a_cell_opens_to_its_quotations_as_a_query_does() {
    let desk = desk();
    let opened = desk.json(&["matrix", "codes", "--cell", "welcome, warm,trust"]);
    assert_eq!(opened, desk.json(&["query", "run", "code:\"welcome, warm\" OVERLAPS code:\"=trust\""]));
    assert_eq!(opened["quotations"][0]["text"], "met at the door");
    let places = desk.json(&["matrix", "codes", "--scope", "document", "--cell", "trust,trust"]);
    assert_eq!((&places["total"], &places["scope"]), (&json!(3), &json!("document")));
    desk.run(&["matrix", "codes", "--cell", "trust,wating"]).refused().says("--cell 'trust,waiting'");
}

#[test]
fn heat_maps_are_written_for_the_team_and_go_with_a_purge() {
    let desk = desk();
    desk.run(&["codebook", "add", "<i>waiting"]).done();
    desk.run(&["code", "add", "D2.gj", "t2", "--code", "<i>waiting"]).done();
    desk.run(&["matrix", "codes", "--to", "html", "--to", "csv"]).done().says("for the team");
    let page = std::fs::read_to_string(desk.project.join("outputs/matrix-codes.html")).unwrap();
    assert!(page.contains("&lt;i&gt;waiting") && !page.contains("<i>") && page.contains("For the team"));
    for mark in ["<script", "http://", "https://", "@import", "<link", "she kept her word"] {
        assert!(!page.contains(mark), "{mark}");
    }
    let out = desk.room().join("map.html");
    desk.run(&["matrix", "by", "kind", "--out", out.to_str().unwrap(), "-n"]).done().says("dry run");
    assert!(!out.exists());
    desk.run(&["matrix", "by", "kind", "--out", out.to_str().unwrap()]).done();
    assert!(std::fs::read_to_string(out).unwrap().contains("Codes by kind"));
    desk.run(&["purge", "D2.gj", "--reason", "asked", "--yes"]).done();
    assert!(desk.files("outputs").is_empty(), "{:?}", desk.files("outputs"));
}

#[test]
fn words_and_their_context() {
    let desk = desk();
    let words = desk.json(&["matrix", "words", "--telling"]);
    assert_eq!(keys(&words), ["where", "total", "left_out", "distinct", "words"]);
    let word = words["words"].as_array().unwrap().iter().find(|one| one["word"] == "word").unwrap();
    assert_eq!((&word["count"], &word["passages"], &word["documents"]), (&json!(3), &json!(2), &json!(2)));
    assert_eq!(desk.json(&["query", "run", word["query"].as_str().unwrap()])["total"], 3);
    let within = desk.json(&["matrix", "words", "--where", "code:trust", "--exact", "--top", "1"]);
    assert_eq!(within["words"][0]["word"], "at");
    let context = desk.json(&["search", "word", "--kwic", "--in-order"]);
    assert_eq!(keys(&context), ["query", "total", "lines"]);
    assert_eq!(context["lines"].as_array().unwrap().len(), 3);
    assert_eq!(
        context["lines"][1],
        json!({ "passage": "D1.gj/3", "speaker": "Ana", "before": "she kept her word, her", "match": "word", "after": "" })
    );
    let csv = desk.run(&["search", "word", "--kwic", "--in-order", "--format", "csv"]).done().stdout;
    assert!(csv.starts_with("passage,speaker,before,match,after\nD1.gj/3,Ana,she kept her,word,\""), "{csv}");
}

/// The cells of a matrix add up to what their queries list, those with unread codings too.
fn hold_to_their_queries(desk: &Desk, matrix: &Value) -> usize {
    let listed = |typed: &Value| {
        let listed = desk.run(&["query", "run", typed.as_str().unwrap(), "--format", "json"]);
        let listed = serde_json::from_str::<Value>(&listed.stdout).unwrap();
        listed["total"].as_u64().unwrap() + listed["unread"].as_u64().unwrap()
    };
    let mut noted = 0;
    for one in matrix["cells"].as_array().unwrap() {
        let (read, unread) = (one["quotations"].as_u64().unwrap(), one["unread"].as_u64().unwrap());
        assert_eq!(listed(&one["query"]), read, "{one}");
        if unread > 0 {
            assert_eq!(listed(&one["with_unread"]), read + unread, "{one}");
            noted += 1;
        }
    }
    noted
}

#[test]
fn what_nobody_has_read_stands_beside_the_counts() {
    let desk = desk();
    let before = desk.json(&["matrix", "by", "kind"]);
    assert!(before["unread"].is_null() && cell(&before, "trust", "interview")["unread"].is_null());
    desk.run(&["search", "word", "--code-as", "trust"]).done();
    desk.run(&["search", "door", "--code-as", "waiting"]).done();
    let by_kind = desk.json(&["matrix", "by", "kind"]);
    // Read: three of trust. Unread: `her word, her word` twice in the interview, once in the group.
    let trust = cell(&by_kind, "trust", "interview");
    assert_eq!(trust["quotations"], cell(&before, "trust", "interview")["quotations"]);
    assert!(trust["unread"].as_u64().unwrap() > 0);
    assert_eq!(trust["query"], "code:\"=trust\" AND unread:no AND kind:interview");
    assert!(hold_to_their_queries(&desk, &by_kind) > 2);
    let codes = desk.json(&["matrix", "codes"]);
    assert!(hold_to_their_queries(&desk, &codes) > 0);
    assert_eq!(codes["total"], 5, "the total is of what was read");
    let of = |format: &str| desk.run(&["matrix", "by", "kind", "--format", format]).done();
    for format in ["table", "markdown"] {
        assert!(
            of(format).stdout.contains(&format!("{} +{} unread", trust["quotations"], trust["unread"])),
            "{format}"
        );
    }
    let csv = of("csv").stdout;
    assert!(
        csv.starts_with(
            "code,quotations,quotations unread,focus_group,focus_group unread,interview,interview unread\n"
        ),
        "{csv}"
    );
    let numbers = csv.lines().skip(1).flat_map(|line| line.rsplit(',').take(6));
    assert!(numbers.clone().all(|cell| cell.parse::<u32>().is_ok()), "{csv}");
    let trust_line = csv.lines().find(|line| line.starts_with("trust,")).unwrap();
    assert!(trust_line.ends_with(&format!(",{},{}", trust["quotations"], trust["unread"])), "{trust_line}");
    of("table").says("that a search made and nobody has confirmed");
    desk.run(&["matrix", "by", "kind", "--to", "html", "--to", "xlsx", "--to", "csv"]).done();
    let html = std::fs::read_to_string(desk.project.join("outputs/matrix-by-kind.html")).unwrap();
    assert!(html.contains("unread"));
    // A colleague reads them: nothing stands beside any more.
    for code in ["trust", "waiting"] {
        desk.as_coder("bk").run(&["code", "confirm", "--code", code]).done();
    }
    let after = desk.json(&["matrix", "by", "kind"]);
    assert!(after["unread"].is_null());
    let both = trust["quotations"].as_u64().unwrap() + trust["unread"].as_u64().unwrap();
    assert_eq!(cell(&after, "trust", "interview")["quotations"], both);
    desk.run(&["query", "run", "code:trust AND unread:maybe"]).refused().says("unread:yes or unread:no");
}

/// The texts of a workbook's sheets, by their names.
fn sheets(file: &std::path::Path) -> Vec<(String, Vec<Vec<String>>)> {
    use calamine::Reader;
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(file).unwrap();
    book.worksheets()
        .into_iter()
        .map(|(name, range)| (name, range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()))
        .collect()
}

#[test]
fn a_workbook_says_what_was_counted_and_the_query_of_each_cell() {
    let desk = desk();
    desk.run(&["search", "word", "--code-as", "trust"]).done();
    let matrix = desk.json(&["matrix", "codes"]);
    desk.run(&["matrix", "codes", "--out", "codes.xlsx"]).done();
    let sheets = sheets(&desk.room().join("codes.xlsx"));
    let names: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["matrix-codes", "about", "cells"]);
    let about = sheets[1].1.concat().join("\n");
    for said in
        ["5 quotations of 3 codes", "A cell counts the quotations of its row's code", "nobody has confirmed", "team"]
    {
        assert!(about.contains(said), "{said} is not in {about}");
    }
    let filled = matrix["cells"].as_array().unwrap().iter().filter(|one| one["quotations"] != 0 || one["unread"] != 0);
    let wanted: Vec<Vec<String>> = filled
        .map(|one| {
            ["code", "column", "quotations", "unread", "query"]
                .map(|key| one[key].to_string().trim_matches('"').replace("\\\"", "\""))
                .to_vec()
        })
        .collect();
    let listed: Vec<Vec<String>> =
        sheets[2].1[1..].iter().map(|row| [0, 1, 2, 3, 5].map(|at| row[at].clone()).to_vec()).collect();
    assert_eq!(listed, wanted);
}

#[test]
fn lists_go_into_workbooks_with_typed_columns() {
    let desk = desk();
    for (command, file) in [
        (&["matrix", "by", "kind", "--out"][..], "matrix.xlsx"),
        (&["matrix", "words", "--all", "--out"], "words.xlsx"),
        (&["search", "word", "--kwic", "--out"], "kwic.xlsx"),
        (&["document", "list", "--out"], "documents.xlsx"),
    ] {
        desk.run(&[command, &[file, "--dry-run"]].concat()).done().says("nothing was written");
        assert!(!desk.room().join(file).exists(), "{file}");
        desk.run(&[command, &[file]].concat()).done().says(file);
        let bytes = std::fs::read(desk.room().join(file)).unwrap();
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut page = String::new();
        std::io::Read::read_to_string(&mut archive.by_name("xl/worksheets/sheet1.xml").unwrap(), &mut page).unwrap();
        assert!(page.contains("<autoFilter") && page.contains("state=\"frozen\""), "{file}: {page}");
        // A number is a cell without the type of a text.
        let has_number = page.split("<c ").any(|cell| cell.contains("<v>") && !cell.contains("t=\"s\""));
        assert_eq!(has_number, file != "kwic.xlsx", "{file}: {page}");
    }
    desk.run(&["matrix", "words", "--out", "words.html"]).done();
    let page = std::fs::read_to_string(desk.room().join("words.html")).unwrap();
    assert!(page.contains("For the team"));
    desk.run(&["matrix", "words", "--out", "words.doc"]).refused().says("formats: ");
    assert_eq!(desk.run(&["search", "word", "--out", "x.xlsx"]).code, Some(2), "only with --kwic");
}
