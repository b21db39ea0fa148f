//! Panels, rounds, ballots, results and decisions, through the commands people type.

use crate::desk::{Answer, Desk, files_below};
use serde_json::{Value, json};

/// Groups of the panel, and how their tokens begin.
const GROUPS: [(&str, &str, usize); 4] =
    [("service_users", "su", 5), ("practitioners", "pr", 4), ("gps", "gp", 3), ("commissioners", "co", 2)];

/// A panel N1.gj of 5, 4, 3 and 2, all invited.
fn panel() -> Desk {
    let desk = Desk::new();
    desk.run(&["panel", "add", "Consensus panel"]).done();
    for (group, _, people) in GROUPS {
        desk.run(&["panel", "member", "add", "N1.gj", "--group", group, "--people", &people.to_string()]).done();
    }
    desk.run(&["panel", "member", "invite", "N1.gj"]).done();
    desk
}

/// Plans and opens a round of one or more sentences.
fn open(desk: &Desk, options: &[&str]) -> String {
    let planned = desk.json(&[&["round", "add", "N1.gj"], options].concat());
    let id = planned["id"].as_str().unwrap().to_owned();
    desk.run(&["round", "open", &id]).done();
    id
}

/// A cell of the grid: member, heading, text.
type Cell<'c> = (&'c str, &'c str, &'c str);

/// The grid of a round as a secretary fills it in.
fn grid(desk: &Desk, round: &str, cells: &[Cell]) -> String {
    let folder = format!("made-{}", cells.len());
    let _ = std::fs::remove_dir_all(desk.room().join(&folder));
    desk.run(&["round", "ballot", round, "--to", "csv", "--out", &folder]).done();
    let made = std::fs::read(desk.room().join(&folder).join(format!("{round}-grid.csv"))).unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(made.as_slice());
    let mut rows: Vec<Vec<String>> =
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    for (member, heading, text) in cells {
        let named = |cell: &String| cell.split(':').next() == Some(heading);
        let column = rows[0].iter().position(named).unwrap_or_else(|| {
            rows[0].push((*heading).to_owned());
            rows[0].len() - 1
        });
        let row = rows.iter().position(|row| row[1] == *member).unwrap_or_else(|| panic!("no {member}"));
        let width = rows[0].len();
        rows[row].resize(width, String::new());
        rows[row][column] = (*text).to_owned();
    }
    let width = rows[0].len();
    let mut writer = csv::Writer::from_writer(Vec::new());
    for mut row in rows {
        row.resize(width, String::new());
        writer.write_record(row).unwrap();
    }
    desk.file("filled.csv", writer.into_inner().unwrap())
}

fn collect(desk: &Desk, round: &str, cells: &[Cell]) -> Value {
    let file = grid(desk, round, cells);
    desk.json(&["round", "collect", round, &file])
}

/// It could not be done, and says why.
fn refuses(answer: Answer, why: &str) {
    answer.refused().says(why);
}

/// Editorial standing of a statement.
fn standing(desk: &Desk, label: &str) -> Value {
    let all = desk.json(&["hypothesis", "list"]);
    let found = all.as_array().unwrap().iter().find(|one| one["id"] == label);
    found.unwrap_or_else(|| panic!("{all}"))["editorial"].clone()
}

/// The eleven who are there, as 5, 4, 1 and 1; the general practitioner dissents.
const ELEVEN: &[Cell] = &[
    ("su1", "q1", "8"),
    ("su2", "q1", "9"),
    ("su3", "q1", "7"),
    ("su4", "q1", "9"),
    ("su5", "q1", "8"),
    ("pr1", "q1", "7"),
    ("pr2", "q1", "7"),
    ("pr3", "q1", "8"),
    ("pr4", "q1", "5"),
    ("gp1", "q1", "2"),
    ("gp1", "q1 dissent", "The tangerine ledger cannot be kept by us."),
    ("gp1", "q1 print", "yes"),
    ("co1", "q1", "7"),
    ("pr4", "q1 reason", "It is the marmalade rota that decides."),
];

#[test]
fn fourteen_are_invited_and_eleven_come() {
    let desk = panel();
    let id = open(
        &desk,
        &["--method", "ram", "--item", "Peers should be part of the team", "--quorum", "60%", "--quorum-each", "1"],
    );
    let taken = collect(&desk, &id, ELEVEN);
    assert_eq!((taken["taken"].as_array().unwrap().len(), &taken["silent"]), (11, &json!(["co2", "gp2", "gp3"])));
    desk.run(&["round", "close", &id]).done();

    let team = desk.json(&["round", "results", &id]);
    let item = &team["items"][0];
    assert_eq!((&item["n"], &item["median"], &item["outcome"]), (&json!(11), &json!(7.0), &json!("appropriate")));
    // Of eleven three may stand outside the region of the median, and four in each extreme would be disagreement.
    assert_eq!((&item["agreement_classic"], &item["disagreement_classic"]), (&json!(true), &json!(false)));
    assert_eq!(item["quorate"], true);
    assert_eq!(team["present"], json!({ "commissioners": 1, "gps": 1, "practitioners": 4, "service_users": 5 }));
    assert_eq!(item["groups"].as_array().unwrap().len(), 4, "the team's own view has all");
    assert_eq!(item["registered_dissent"][0]["who"], "gp1 (GPs)");

    let others = desk.json(&["round", "results", &id, "--for", "meeting"]);
    assert_eq!(others["present"], json!({ "service_users": 5, "smaller groups": 6 }), "two would be too few");
    let groups = others["items"][0]["groups"].as_array().unwrap();
    assert_eq!(groups.iter().map(|one| &one["n"]).collect::<Vec<_>>(), [&json!(5), &json!(6)]);
    let dissent = &others["items"][0]["registered_dissent"][0];
    assert_eq!(dissent["who"], "a member of a smaller group");
    assert_eq!(dissent["words"], "The tangerine ledger cannot be kept by us.");
    let paper = desk.run(&["round", "results", &id, "--for", "meeting"]).done().stdout;
    assert!(!paper.contains("GPs") && !paper.contains("marmalade") && !paper.contains("gp1"), "{paper}");

    // Agreement with a single member's dissent is agreement with dissent.
    desk.run(&["component", "add", "Peers"]).done();
    let decided = desk.json(&[
        "decide",
        "agreed",
        "--body",
        "stakeholders",
        "--round",
        &id,
        "--item",
        "q1",
        "--component",
        "K1.gj",
    ]);
    assert_eq!(decided["outcome"], "agreed_with_dissent");
    desk.run(&["report", "agenda", "--to", "md", "--for", "meeting"]).done();
    let agenda = std::fs::read_to_string(desk.project.join("outputs/agenda-for-meeting.md")).unwrap();
    assert!(agenda.contains("a member of a smaller group") && agenda.contains("tangerine ledger"), "{agenda}");
    let checked = desk.run(&["check"]).done().stdout;
    assert!(
        checked.lines().filter(|rule| !rule.is_empty()).all(|rule| rule.split_whitespace().nth(1) == Some("ok")),
        "{checked}"
    );
}

#[test]
fn the_thresholds_follow_the_valid_votes_and_a_quorum_of_groups_can_fail() {
    let desk = panel();
    let id =
        open(&desk, &["--method", "ram", "--item", "One", "--item", "Two", "--quorum-each", "2", "--quorum", "gps=1"]);
    let mut cells: Vec<Cell> = ELEVEN.iter().copied().filter(|(_, column, _)| *column == "q1").collect();
    let second: Vec<Cell> = cells
        .iter()
        .map(|(member, _, vote)| {
            let vote = match *member {
                "su1" => "cannot judge",
                "su2" => "late",
                "pr1" | "pr2" | "pr3" => "2",
                _ => *vote,
            };
            (*member, "q2", vote)
        })
        .collect();
    cells.extend(second);
    collect(&desk, &id, &cells);
    desk.run(&["round", "close", &id]).done();
    let items = &desk.json(&["round", "results", &id])["items"];
    assert_eq!(items[0]["outcome"], "not quorate");
    assert_eq!(
        items[0]["lacking"],
        json!(["Commissioners: 1 of 2 there, the rule asks for 2"]),
        "gps have a number of their own"
    );
    // Nine valid votes: three in each extreme are disagreement.
    assert_eq!(
        (&items[1]["n"], &items[1]["cannot_judge"], &items[1]["late"], &items[1]["silent"]),
        (&json!(9), &json!(1), &json!(1), &json!(3))
    );
    assert_eq!(items[1]["disagreement_classic"], true);
}

#[test]
fn what_was_fixed_stays_and_strangers_do_not_vote() {
    let desk = panel();
    let id = open(&desk, &["--method", "delphi", "--item", "One"]);
    refuses(desk.run(&["round", "edit", &id, "--rule", "percent:50"]), "were fixed when it opened");
    let file = grid(&desk, &id, &[("su1", "q1", "8")]);
    let kept = desk.file("first.csv", std::fs::read(desk.room().join(&file)).unwrap());
    assert_eq!(desk.json(&["round", "collect", &id, &kept])["taken"], json!(["su1"]));
    let before = desk.look().state().operations();
    assert_eq!(desk.json(&["round", "collect", &id, &kept])["unchanged"], json!(["su1"]));
    assert_eq!(desk.look().state().operations(), before, "the second time nothing is written");

    // A later ballot counts, the earlier is kept; read again it does not come back by itself.
    assert_eq!(collect(&desk, &id, &[("su1", "q1", "3")])["changed"], json!(["su1"]));
    assert_eq!(desk.json(&["round", "collect", &id, &kept])["older"], json!(["su1"]));
    assert_eq!(desk.json(&["round", "collect", &id, &kept, "--restore"])["changed"], json!(["su1"]));

    // Somebody added after the opening, somebody of no panel, and a ballot of another round.
    desk.run(&["panel", "member", "add", "N1.gj", "--group", "gps"]).done();
    let other = open(&desk, &["--method", "delphi", "--item", "Two"]);
    let strange = grid(&desk, &other, &[("su1", "q1", "8")]);
    let text = std::fs::read_to_string(desk.room().join(&strange)).unwrap();
    let refused = desk.run(&["round", "collect", &id, &strange, "--format", "json"]);
    assert!(refused.stdout.contains("no ballot of su1"), "{}", refused.stdout);
    let late = desk.file("late.csv", text.replace(",su1,", ",gp4,"));
    let refused = desk.run(&["round", "collect", &id, &late]);
    assert!(
        refused.stderr.contains("gp4 was not asked") || refused.stdout.contains("gp4 was not asked"),
        "{refused:?}"
    );
    let nobody = desk.file("nobody.csv", text.replace(",su1,", ",Marguerite,"));
    let refused = desk.run(&["round", "collect", &id, &nobody]);
    assert!(!refused.stdout.contains("Marguerite") && !refused.stderr.contains("Marguerite"), "{refused:?}");

    desk.run(&["round", "close", &id]).done();
    refuses(desk.run(&["round", "collect", &id, &kept]), "was closed");
    refuses(desk.run(&["round", "edit", &id, "--rule", "percent:50"]), "were fixed when it opened");
    refuses(desk.run(&["round", "open", &id]), "was closed");
    assert_eq!(desk.json(&["round", "results", &id])["items"][0]["median"], 8.0);
}

#[test]
fn nothing_an_answer_says_is_shown_before_the_closing_or_stands_in_the_journal() {
    let desk = panel();
    let id = open(&desk, &["--method", "delphi", "--item", "One"]);
    let collected = collect(&desk, &id, ELEVEN).to_string();
    let mut shown = collected;
    for command in [
        &["round", "show", &id][..],
        &["round", "list"],
        &["status"],
        &["next"],
        &["log"],
        &["check", "--deep"],
        &["panel", "show", "N1.gj"],
        &["report", "agenda", "--show"],
        &["uncertainty", "list"],
        &["memo", "list"],
    ] {
        let answer = desk.run(command);
        shown += &(answer.stdout + &answer.stderr);
    }
    assert!(!shown.contains("tangerine") && !shown.contains("marmalade"), "{shown}");
    assert!(shown.contains("gp2"), "who has not answered is said");
    refuses(desk.run(&["round", "results", &id]), "is open");
    refuses(desk.run(&["round", "feedback", &id]), "is open");
    desk.run(&["component", "add", "Peers"]).done();
    let decide = ["decide", "agreed", "--body", "team", "--round", &id, "--item", "q1", "--component", "K1.gj"];
    refuses(desk.run(&decide), "is open");
    for file in files_below(&desk.project.join("journal")) {
        let text = std::fs::read_to_string(file).unwrap();
        assert!(!text.contains("tangerine") && !text.contains("marmalade"));
        assert!(!text.contains("\"number\""), "no rating stands in the journal");
    }
}

#[test]
fn two_rounds_and_a_decision() {
    let desk = panel();
    desk.run(&["panel", "member", "add", "N1.gj", "--group", "gps"]).done();
    for statement in ["If peers are there, then hope", "If peers are alone, then strain"] {
        desk.run(&["hypothesis", "add", "--statement", statement, "--status", "active"]).done();
    }
    desk.run(&["uncertainty", "add", "Should peers be part of the team?", "--hypothesis", "H1.gj"]).done();
    let vote = |round: &str, votes: &[(&str, [u8; 4])]| {
        let cells: Vec<(String, String)> = votes
            .iter()
            .flat_map(|(group, votes)| {
                let given = votes.iter().enumerate().filter(|(_, vote)| **vote > 0);
                given.map(move |(at, vote)| (format!("{group}{}", at + 1), vote.to_string()))
            })
            .collect();
        let cells: Vec<Cell> = cells.iter().map(|(member, vote)| (member.as_str(), "q1", vote.as_str())).collect();
        collect(&desk, round, &cells);
        desk.run(&["round", "close", round]).done();
    };
    let first = open(&desk, &["--method", "delphi", "--item", "U1.gj"]);
    vote(&first, &[("su", [8, 9, 7, 9]), ("pr", [6, 7, 3, 8]), ("gp", [2, 4, 0, 0]), ("co", [5, 6, 0, 0])]);
    let second = open(&desk, &["--method", "delphi", "--item", "U1.gj", "--after", &first]);
    vote(&second, &[("su", [8, 9, 8, 9]), ("pr", [7, 7, 5, 8]), ("gp", [3, 5, 0, 0]), ("co", [7, 7, 0, 0])]);

    let results = desk.json(&["round", "results", &second]);
    let item = &results["items"][0];
    assert_eq!((&item["outcome"], &item["group_equal"]), (&json!("consensus in"), &json!(0.6875)));
    assert_eq!((&item["since"]["moved"], &item["since"]["wilcoxon_p"]), (&json!(7), &json!(0.015_625)));
    let dissenting: Vec<&Value> = item["groups"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["dissent"] == true)
        .map(|one| &one["group"])
        .collect();
    assert_eq!(dissenting, ["gps"]);

    let before = desk.look().state().operations();
    let decided = desk.run(&[
        "decide",
        "agreed",
        "--body",
        "stakeholders",
        "--uncertainty",
        "U1.gj",
        "--hypothesis",
        "H1.gj",
        "--round",
        &second,
        "--effect",
        "H2.gj=rejected",
        "--effect",
        "H1.gj=If peers are there and held, then hope",
        "--action",
        "gj 2026-05-01: revise the manual",
        "--dissent",
        "gps=We were not asked in time.",
        "--format",
        "json",
    ]);
    let decided = decided.json();
    assert_eq!((&decided["outcome"], &decided["actions"]), (&json!("agreed_with_dissent"), &json!(["AC1.gj"])));
    assert_eq!(desk.look().state().operations(), before + 1, "one step");
    assert_eq!(standing(&desk, "H2.gj"), "rejected");
    assert_eq!(desk.json(&["action", "list"])[0]["due"], "2026-05-01");
    let journal: String = files_below(&desk.project.join("journal"))
        .into_iter()
        .map(|file| std::fs::read_to_string(file).unwrap())
        .collect();
    assert!(journal.contains("smaller groups") && !journal.contains("not asked in time"));
    assert!(!journal.contains("\"group\":\"gps\",\"n\":2"), "what a small group said is not in the journal");
    desk.run(&["action", "done", "AC1.gj"]).done();
    desk.run(&["undo"]).done();
    desk.run(&["undo"]).done();
    assert_eq!(standing(&desk, "H2.gj"), "active");
    assert_eq!(desk.json(&["uncertainty", "list"])[0]["status"], "open");
}

#[test]
fn a_page_is_filled_in_saved_and_taken_in() {
    let desk = panel();
    let id = open(&desk, &["--method", "percent", "--item", "Shall we?"]);
    desk.run(&["round", "ballot", &id, "--out", "b", "--to", "html", "--to", "docx", "--to", "xlsx"]).done();
    let page = |token: &str| std::fs::read_to_string(desk.room().join("b").join(format!("{id}-{token}.html"))).unwrap();
    let mark = |token: &str| {
        let page = page(token);
        page.split("data-mark=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    };
    let saved = |token: &str, mark: &str, vote: &str, when: &str| {
        let ballot = json!({
            "realist_ballot": 1, "round": id, "member": token, "mark": mark, "saved": when,
            "answers": { "q1": { "said": vote, "reason": "", "dissent": "", "approved": false } },
        });
        desk.file(&format!("{token}-{when}.json"), ballot.to_string())
    };
    assert_ne!(mark("su1"), mark("su2"));
    let files = [
        saved("su1", &mark("su1"), "no", "2026-03-02T10:00:00Z"),
        saved("su1", &mark("su1"), "yes", "2026-03-01T10:00:00Z"),
        saved("su2", &mark("su1"), "yes", "2026-03-01T10:00:00Z"),
        saved("su3", &mark("su3"), "perhaps", "2026-03-01T10:00:00Z"),
    ];
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    let answer = desk.run(&[&["round", "collect", &id], files.as_slice(), &["--format", "json"]].concat());
    let taken: Value = serde_json::from_str(&answer.stdout).unwrap();
    assert_eq!((&taken["taken"], taken["refused"].as_array().unwrap().len()), (&json!([]), 2), "{taken}");
    assert_eq!(taken["older"], json!(["su1"]), "the page saved last counts, in whatever order files come");
    assert!(!answer.stdout.contains("perhaps"));
    let draft = std::fs::read_to_string(desk.room().join(files[0])).unwrap().replace("realist_ballot", "realist_draft");
    let draft = desk.file("draft.json", draft);
    let refused = desk.run(&["round", "collect", &id, &draft]);
    assert!((refused.stdout + &refused.stderr).contains("this is a draft"));
    desk.run(&["round", "ballot", &id, "--out", "one", "--member", "SU2"]).done();
    assert_eq!(files_below(&desk.room().join("one")).len(), 1, "a ballot that was lost is made again alone");
    refuses(desk.run(&["round", "ballot", &id, "--out", "two", "--member", "nobody"]), "not everybody named");
    let page = desk.file("page.html", page("su1"));
    let refused = desk.run(&["round", "collect", &id, &page]);
    assert!((refused.stdout + &refused.stderr).contains("not what was answered"));

    // A deputy answers in a seat; the seat has one vote.
    desk.run(&["panel", "member", "add", "N1.gj", "--group", "gps"]).done();
    refuses(desk.run(&["round", "admit", &id, "gp4", "--for", "su2", "--why", "away"]), "speaks for");
    desk.run(&["round", "admit", &id, "gp4", "--for", "gp1", "--why", "away"]).done();
    assert_eq!(collect(&desk, &id, &[("gp4", "q1", "Yes")])["taken"], json!(["gp4"]));
    let gp1 = saved("gp1", &mark("gp1"), "no", "2026-03-03T10:00:00Z");
    let refused = desk.run(&["round", "collect", &id, &gp1]);
    assert!((refused.stdout + &refused.stderr).contains("a deputy answers for gp1"));
    desk.run(&["round", "close", &id]).done();
    let results = desk.json(&["round", "results", &id]);
    let choices: Vec<(&Value, &Value)> =
        results["items"][0]["choices"].as_array().unwrap().iter().map(|one| (&one["option"], &one["n"])).collect();
    assert_eq!(choices, [(&json!("yes"), &json!(1)), (&json!("no"), &json!(1))]);
}

/// A ballot as the page saves it; answers as item, answer, dissent.
fn saved(desk: &Desk, round: &str, token: &str, when: &str, answers: &[(&str, &str, &str)]) -> String {
    let folder = format!("pages-{round}");
    if !desk.room().join(&folder).exists() {
        desk.run(&["round", "ballot", round, "--out", &folder, "--to", "html"]).done();
    }
    let page = std::fs::read_to_string(desk.room().join(folder).join(format!("{round}-{token}.html"))).unwrap();
    let mark = page.split("data-mark=\"").nth(1).unwrap().split('"').next().unwrap();
    let answers: serde_json::Map<String, Value> = answers
        .iter()
        .map(|(item, said, dissent)| {
            let approved = !dissent.is_empty();
            ((*item).to_owned(), json!({ "said": said, "reason": "", "dissent": dissent, "approved": approved }))
        })
        .collect();
    let ballot = json!({
        "realist_ballot": 1, "round": round, "member": token, "mark": mark, "saved": when, "answers": answers,
    });
    desk.file(&format!("{token}-{}.json", when.replace(':', "")), ballot.to_string())
}

/// Of one file taken in: what it came to, and why it was refused.
fn take(desk: &Desk, round: &str, file: &str) -> (Value, String) {
    let answer = desk.run(&["round", "collect", round, file, "--format", "json"]);
    let taken: Value = serde_json::from_str(&answer.stdout).unwrap();
    let why = taken["refused"].as_array().unwrap().iter().map(Value::to_string).collect();
    (taken, why)
}

#[test]
fn a_saved_ballot_is_whole_and_a_row_of_a_grid_adds() {
    let desk = panel();
    let id = open(
        &desk,
        &[
            "--method", "ngt", "--item", "One", "--item", "Two", "--item", "Three", "--item", "Four", "--rule",
            "picks:3",
        ],
    );
    let three = [("q1", "3", ""), ("q2", "2", ""), ("q3", "1", "")];
    take(&desk, &id, &saved(&desk, &id, "su1", "2026-03-01T10:00:00Z", &three));
    // The page takes the points from one item when it gives them to another.
    let moved = saved(&desk, &id, "su1", "2026-03-01T11:00:00.000+02:00", &[("q2", "2", ""), ("q4", "3", "")]);
    assert_eq!(take(&desk, &id, &moved).0["older"], json!(["su1"]), "clocks are compared, not texts");
    let moved = saved(&desk, &id, "su1", "2026-03-01T11:00:00Z", &[("q2", "2", ""), ("q4", "3", "")]);
    assert_eq!(take(&desk, &id, &moved).0["changed"], json!(["su1"]));
    // What is only half read counts against what is there.
    let (taken, why) = take(&desk, &id, &grid(&desk, &id, &[("su1", "q1", "3")]));
    assert!(why.contains("same points as q1") && !why.contains("q4"), "{why}");
    assert_eq!(taken["unchanged"], json!([]));
    assert_eq!(collect(&desk, &id, &[("su1", "q1", "3"), ("su1", "q4", "0")])["changed"], json!(["su1"]));
    let (_, why) = take(&desk, &id, &saved(&desk, &id, "su1", "some day", &three));
    assert!(why.contains("does not say when"), "{why}");
    desk.run(&["round", "close", &id]).done();
    let results = desk.json(&["round", "results", &id]);
    let scores: Vec<&Value> = results["items"].as_array().unwrap().iter().map(|one| &one["score"]).collect();
    assert_eq!(json!(scores), json!([3.0, 2.0, 0.0, 0.0]));
    let said = desk.run(&["round", "results", &id]);
    assert!((said.stdout + &said.stderr).contains("1 of the ballots do not give each of 1 to 3 points once"));

    // What a member clears is gone: the vote, and the dissent they had approved.
    let id = open(&desk, &["--method", "delphi", "--item", "One", "--item", "Two"]);
    let first = saved(&desk, &id, "su1", "2026-03-01T10:00:00Z", &[("q1", "2", "The cobalt rota."), ("q2", "7", "")]);
    take(&desk, &id, &first);
    take(&desk, &id, &saved(&desk, &id, "su1", "2026-03-01T11:00:00Z", &[("q2", "6", "")]));
    take(&desk, &id, &saved(&desk, &id, "su2", "2026-03-01T11:00:00Z", &[("q2", "6", "")]));
    let (cleared, _) = take(&desk, &id, &saved(&desk, &id, "su2", "2026-03-01T12:00:00Z", &[]));
    assert_eq!((&cleared["changed"], &cleared["absent"]), (&json!(["su2"]), &json!([])));
    assert!(cleared["silent"].as_array().unwrap().contains(&json!("su2")));
    desk.run(&["round", "close", &id]).done();
    let results = desk.json(&["round", "results", &id]);
    let n: Vec<&Value> = results["items"].as_array().unwrap().iter().map(|one| &one["n"]).collect();
    assert_eq!(json!(n), json!([0, 1]));
    assert_eq!(results["items"][0]["registered_dissent"], json!([]));
}

#[test]
fn two_sites_take_ballots_in() {
    let desk = panel();
    let id = open(&desk, &["--method", "delphi", "--item", "One"]);
    let same = desk.file("same.csv", std::fs::read(desk.room().join(grid(&desk, &id, &[("su1", "q1", "8")]))).unwrap());
    let far = desk.far_copy("far", "mb");
    for site in [&desk, &far] {
        site.run(&["round", "collect", &id, &same]).done();
    }
    collect(&desk, &id, &[("su2", "q1", "9"), ("su3", "q1", "9")]);
    let other = desk.file(
        "other.csv",
        std::fs::read(desk.room().join(grid(&far, &id, &[("su2", "q1", "2"), ("su4", "q1", "7")]))).unwrap(),
    );
    far.run(&["round", "collect", &id, &other]).done();
    desk.run(&["merge", far.project.to_str().unwrap()]).done();
    let shown = desk.json(&["round", "show", &id]);
    assert_eq!(shown["seats"].as_array().unwrap().iter().filter(|one| one["answered"] == true).count(), 4);
    let checked = desk.run(&["check"]);
    let said = checked.stdout + &checked.stderr;
    assert_eq!(said.matches("warning:").count(), 1, "{said}");
    assert!(said.contains("(sealed)") && said.contains("--restore"), "{said}");

    // What comes from elsewhere after the closing does not count.
    desk.run(&["round", "close", &id]).done();
    collect(&far, &id, &[("pr1", "q1", "1")]);
    desk.run(&["merge", far.project.to_str().unwrap()]).done();
    assert_eq!(desk.json(&["round", "results", &id])["items"][0]["n"], 4);
    let said = desk.run(&["check"]);
    assert!((said.stdout + &said.stderr).contains("did not know that it was closed"));
    assert_eq!(desk.json(&["round", "show", &id])["after_closing"], json!(["pr1"]));
}

#[test]
fn who_withdraws_with_their_ballots_leaves_nothing() {
    let desk = panel();
    let id = open(&desk, &["--method", "delphi", "--item", "One"]);
    collect(&desk, &id, ELEVEN);
    let far = desk.far_copy("far", "mb");
    desk.run(&["round", "close", &id]).done();
    desk.run(&["component", "add", "Peers"]).done();
    desk.run(&["decide", "agreed", "--body", "team", "--round", &id, "--item", "q1", "--component", "K1.gj"]).done();
    let when = ["--panel", "N1.gj", "--date", "2027-01-05", "--start", "14:00", "--minutes", "60"];
    desk.run(&[&["meeting", "add", "Consensus"], when.as_slice()].concat()).done();
    desk.run(&["meeting", "issue", "G1.gj", "--format", "json"]);
    assert_eq!(desk.json(&["meeting", "sent", "G1.gj"])[0]["kept"], true);
    let planned = desk.run(&["panel", "member", "withdraw", "N1.gj", "gp1", "--with-ballots"]);
    assert_eq!(planned.code, Some(1), "{planned:?}");
    desk.run(&["panel", "member", "withdraw", "N1.gj", "gp1", "--with-ballots", "--yes"]).done();
    let results = desk.json(&["round", "results", &id]);
    assert_eq!((&results["items"][0]["n"], &results["destroyed"]), (&json!(10), &json!(1)));
    far.run(&["merge", desk.project.to_str().unwrap()]).done();
    far.run(&["status"]).done();
    for site in [&desk, &far] {
        for file in files_below(&site.project) {
            let bytes = std::fs::read(&file).unwrap();
            assert!(!String::from_utf8_lossy(&bytes).contains("tangerine"), "{}", file.display());
        }
    }
    refuses(desk.run(&["undo"]), "cannot be undone");
    desk.run(&["check", "--deep"]).done();
    // The kept copies of papers that may print the dissent went with it, and it is said.
    assert_eq!(desk.json(&["meeting", "sent", "G1.gj"])[0]["kept"], false);
    let changed = desk.run(&["meeting", "changed", "G1.gj"]);
    assert!(changed.code == Some(1) && changed.stdout.contains("cannot be said"), "{changed:?}");
    // Nobody is said to dissent by votes who only registered it.
    desk.run(&["report", "agenda", "--to", "md"]).done();
    let agenda = std::fs::read_to_string(desk.project.join("outputs/agenda.md")).unwrap();
    assert!(agenda.contains("with dissent") && !agenda.contains("by its votes"), "{agenda}");
}

#[test]
fn a_decision_rests_on_no_item_about_another_option() {
    let desk = panel();
    desk.run(&["uncertainty", "add", "Which?", "--option", "A: one", "--option", "B: two"]).done();
    let id = open(&desk, &["--method", "delphi", "--item", "U1.gj/A", "--item", "U1.gj/B"]);
    collect(&desk, &id, &[("su1", "q1", "8"), ("su1", "q2", "8")]);
    desk.run(&["round", "close", &id]).done();
    let decide = ["decide", "agreed", "--body", "team", "--uncertainty", "U1.gj", "--option", "B", "--round", &id];
    refuses(desk.run(&[decide.as_slice(), &["--item", "q1"]].concat()), "asks about option A, and option B is chosen");
    desk.run(&[decide.as_slice(), &["--item", "q2"]].concat()).done();
}

#[test]
fn a_sheet_for_each_member_between_rounds() {
    let desk = panel();
    let id = open(&desk, &["--method", "delphi", "--item", "One"]);
    collect(&desk, &id, ELEVEN);
    desk.run(&["round", "close", &id]).done();
    desk.run(&["round", "feedback", &id, "--to", "md", "--out", "f"]).done();
    let sheet =
        |token: &str| std::fs::read_to_string(desk.room().join("f").join(format!("{id}-{token}-feedback.md"))).unwrap();
    let own = sheet("gp1");
    assert!(own.contains("**You**: **2**") && own.contains("marmalade rota"), "{own}");
    assert!(own.contains("median 7") && !own.contains("GPs") && !own.contains("pr4"), "{own}");
    assert!(!sheet("pr4").contains("marmalade"), "one's own reason is not another's");
    assert!(sheet("gp2").contains("no answer"));
    assert_eq!(files_below(&desk.room().join("f")).len(), 14);
}

#[test]
fn an_amended_round_is_closed_and_asked_anew() {
    let desk = panel();
    let id = open(&desk, &["--method", "delphi", "--item", "Onne"]);
    collect(&desk, &id, &[("su1", "q1", "8")]);
    refuses(desk.run(&["round", "amend", &id, "--reword", "q9=One", "--why", "a slip"]), "has no item q9");
    let amended = desk.json(&["round", "amend", &id, "--reword", "q1=One", "--why", "a slip"]);
    assert_eq!(desk.json(&["round", "show", &id])["stage"], "closed");
    let new = desk.json(&["round", "show", amended["id"].as_str().unwrap()]);
    assert_eq!(
        (&new["stage"], &new["amends"], &new["terms"]["items"][0]["text"]),
        (&json!("planned"), &json!(id), &json!("One"))
    );
    assert_eq!(desk.json(&["round", "results", &id])["items"][0]["n"], 1, "what was answered stays with the former");
    refuses(desk.run(&["round", "amend", &id, "--reword", "q1=Two", "--why", "again"]), "was amended already");
}

/// Everybody of the panel rates one item; nobody is absent but those named.
fn all_rate(desk: &Desk, round: &str, votes: &[(&str, &str)]) {
    let mut cells: Vec<(String, &str)> = Vec::new();
    for (_, token, people) in GROUPS {
        cells.extend((1..=people).map(|at| (format!("{token}{at}"), "8")));
    }
    for (member, vote) in votes {
        cells.iter_mut().find(|(token, _)| token == member).unwrap().1 = vote;
    }
    let cells: Vec<Cell> = cells.iter().map(|(member, vote)| (member.as_str(), "q1", *vote)).collect();
    collect(desk, round, &cells);
}

#[test]
fn papers_for_others_call_no_group_by_name_that_their_votes_pool() {
    let desk = panel();
    desk.run(&["component", "add", "Peers"]).done();
    let id = open(&desk, &["--method", "delphi", "--item", "One"]);
    // The practitioners dissent by their votes; two others are alone with theirs, one of whom registers dissent.
    let mut votes = ELEVEN.to_vec();
    for (member, _, vote) in votes.iter_mut().filter(|(_, column, _)| *column == "q1") {
        *vote = match *member {
            "pr1" => "7",
            "pr2" | "pr3" | "pr4" => "5",
            "gp1" => "8",
            other if other.starts_with("co") => "9",
            _ => "8",
        };
    }
    votes.extend([("gp2", "q1", "abstain"), ("gp3", "q1", "abstain")]);
    collect(&desk, &id, &votes);
    desk.run(&["round", "close", &id]).done();
    let rests_on =
        ["--round", id.as_str(), "--item", "q1", "--component", "K1.gj", "--dissent", "commissioners=No money."];
    desk.run(&[&["decide", "agreed", "--body", "stakeholders"][..], &rests_on].concat()).done();
    for audience in ["meeting", "publication"] {
        for report in ["record", "agenda"] {
            for to in ["md", "html", "csv", "json"] {
                desk.run(&["report", report, "--for", audience, "--to", to]).done();
                let file = format!("outputs/{report}-for-{audience}.{to}");
                let paper = std::fs::read_to_string(desk.project.join(&file)).unwrap();
                for group in ["GPs", "Practitioners", "Commissioners"] {
                    assert!(!paper.contains(group), "{group} in {file}: {paper}");
                }
            }
        }
    }
    let record = std::fs::read_to_string(desk.project.join("outputs/record-for-meeting.md")).unwrap();
    assert!(record.contains("a smaller group: by its votes") && record.contains("smaller groups"), "{record}");
    let team = desk.run(&["report", "record", "--show"]).done().stdout;
    assert!(team.contains("Practitioners: by its votes"), "{team}");
}

#[test]
fn rounds_that_ask_the_same_pool_the_same_whether_or_not_one_follows_the_other() {
    let desk = panel();
    let shown = |asked: &str, votes: &[(&str, &str)]| {
        let id = open(&desk, &["--method", "delphi", "--item", asked]);
        all_rate(&desk, &id, votes);
        desk.run(&["round", "close", &id]).done();
        let results = desk.json(&["round", "results", &id, "--for", "publication"]);
        let groups = results["items"][0]["groups"].as_array().unwrap().clone();
        groups.iter().map(|one| one["group"].as_str().unwrap().to_owned()).collect::<Vec<String>>()
    };
    let alone = |groups: &[String]| groups.iter().any(|one| one == "practitioners");
    // Two practitioners of four are few, all four are not.
    assert!(!alone(&shown("One", &[("pr1", "abstain"), ("pr2", "abstain")])));
    assert!(!alone(&shown("One", &[])), "what the one holds beyond the other would be two votes");
    assert!(alone(&shown("Another", &[])), "another question tells nothing of the first");
}

#[test]
fn a_closed_round_is_not_opened_again_nor_asked_otherwise_behind_its_votes() {
    let desk = panel();
    let id = open(&desk, &["--method", "delphi", "--item", "One"]);
    collect(&desk, &id, &[("su1", "q1", "8")]);
    desk.run(&["undo"]).done().says("round collect");
    collect(&desk, &id, &[("su1", "q1", "8")]);
    let log = desk.json(&["log"]);
    let of = |act: &str| {
        let all = log.as_array().unwrap();
        let found = all.iter().rev().find(|one| one["act"] == act).unwrap_or_else(|| panic!("{log}"));
        found["operation"].as_str().unwrap().to_owned()
    };
    desk.run(&["undo", &of("round open"), "--cascade"]).refused().says("holds ballots").says("round amend R1.gj");
    desk.run(&["round", "close", &id]).done();
    desk.run(&["undo"]).refused().says("R1.gj was closed, and is not opened again").says("round amend R1.gj");
    for act in ["round collect", "round open", "round add"] {
        desk.run(&["undo", &of(act), "--cascade"]).refused().says("not opened again");
    }
    assert_eq!(desk.json(&["round", "results", &id])["items"][0]["n"], 1);
    // Long closed, it is not closed by an amendment, and that can be taken back.
    let amended = desk.run(&["round", "amend", &id, "--why", "too early"]).done();
    amended.says("planned R2.gj in the place of R1.gj");
    desk.run(&["undo"]).done().says("round amend");
}

#[test]
fn a_decision_whose_version_cannot_be_frozen_is_not_recorded() {
    let desk = panel();
    desk.run(&["hypothesis", "add", "--statement", "If peers, then hope", "--status", "active"]).done();
    let before = desk.look().state().operations();
    let decide = ["decide", "agreed", "--body", "team", "--hypothesis", "H1.gj", "--freeze", "Second"];
    let refused = [&decide[..], &["--effect", "H1.gj=rejected"]].concat();
    desk.run(&refused).refused().says("there is none");
    assert_eq!(desk.look().state().operations(), before);
    desk.run(&decide).done().says("Second");
}

#[test]
fn figures_of_which_a_ballot_was_destroyed_are_not_printed_for_others() {
    let desk = panel();
    let id = open(&desk, &["--method", "delphi", "--item", "One", "--quorum-each", "1"]);
    all_rate(&desk, &id, &[("gp1", "2"), ("gp2", "absent"), ("gp3", "absent")]);
    desk.run(&["round", "close", &id]).done();
    desk.run(&["component", "add", "Peers"]).done();
    let decide = ["decide", "agreed", "--body", "team", "--round", &id, "--item", "q1", "--component", "K1.gj"];
    desk.run(&decide).done();
    let before = desk.json(&["round", "results", &id, "--for", "meeting"]);
    assert_eq!(before["items"][0]["mean"], 7.5, "to one digit");
    desk.run(&["panel", "member", "withdraw", "N1.gj", "gp1", "--with-ballots", "--yes"]).done();
    let after = desk.json(&["round", "results", &id, "--for", "meeting"]);
    let item = &after["items"][0];
    assert!(item["mean"].is_null() && item["n"].is_null() && item["abstained"].is_null(), "{item}");
    assert_eq!((&item["groups"], &after["destroyed"]), (&json!([]), &json!(1)));
    assert_eq!((&item["quorate"], &item["lacking"]), (&Value::Null, &json!([])), "the quorum would tell the group");
    assert!(desk.json(&["round", "results", &id])["items"][0]["mean"].is_number(), "the team's own view has them");
    for to in ["md", "html", "csv", "svg", "docx", "xlsx"] {
        desk.run(&["round", "results", &id, "--for", "publication", "--to", to]).done();
    }
    desk.run(&["round", "feedback", &id, "--to", "md", "--out", "f"]).done();
    let sheet = std::fs::read_to_string(desk.room().join("f").join(format!("{id}-su1-feedback.md"))).unwrap();
    assert!(sheet.contains("**You**: **8**") && sheet.contains("a ballot was destroyed"), "{sheet}");
    desk.run(&decide).done();
    desk.run(&["report", "record", "--for", "meeting", "--to", "md"]).done();
    let record = std::fs::read_to_string(desk.project.join("outputs/record-for-meeting.md")).unwrap();
    assert!(record.contains("not printed: a ballot was destroyed"), "{record}");
}

#[test]
fn what_explains_a_question_is_fixed_when_the_round_opens() {
    let desk = panel();
    desk.run(&[
        "uncertainty",
        "add",
        "Peers?",
        "--plain",
        "Should there be peers?",
        "--option",
        "A: Yes => It says so",
    ])
    .done();
    desk.run(&["round", "add", "N1.gj", "--method", "delphi", "--item", "U1.gj"]).done();
    desk.run(&["uncertainty", "edit", "U1.gj", "--plain", "Do you want peers?"]).done();
    desk.run(&["round", "open", "R1.gj"]).done();
    desk.run(&["uncertainty", "edit", "U1.gj", "--plain", "Nobody wants peers, do they?"]).done();
    desk.run(&["round", "ballot", "R1.gj", "--to", "html", "--out", "b"]).done();
    let page = std::fs::read_to_string(desk.room().join("b/R1.gj-su1.html")).unwrap();
    assert!(page.contains("Do you want peers?") && !page.contains("Nobody wants"), "{page}");
    assert!(!(desk.run(&["check"]).done().stdout).contains("changed by somebody"));
}

#[test]
fn who_was_not_there_has_not_answered_and_no_quorum_is_reached_where_none_is_asked_for() {
    let desk = panel();
    desk.run(&["round", "add", "N1.gj", "--method", "ram", "--item", "One"]).done();
    desk.run(&["round", "edit", "R1.gj", "--rule", "ipras"]).done();
    desk.run(&["round", "show", "R1.gj"]).done().says("rule: ipras, q7");
    desk.run(&["round", "open", "R1.gj"]).done();
    all_rate(&desk, "R1.gj", &[("gp2", "absent"), ("gp3", "absent"), ("co2", "absent")]);
    desk.run(&["round", "show", "R1.gj"]).done().says("answered (11 of 14 seats)").says("not there: co2, gp2, gp3");
    let again = collect(&desk, "R1.gj", &[("gp2", "q1", "absent")]);
    assert_eq!((&again["silent"], &again["absent"]), (&json!([]), &json!(["co2", "gp2", "gp3"])));
    desk.run(&["round", "close", "R1.gj"]).done().says("not there: 3 members: co2, gp2, gp3");
    let told = desk.run(&["round", "results", "R1.gj"]).done().stdout;
    assert!(told.contains("none asked for") && !told.contains("reached"), "{told}");

    // A quorum of each group that two small groups miss is said once.
    let id = open(&desk, &["--method", "delphi", "--item", "One", "--quorum-each", "2"]);
    all_rate(&desk, &id, &[("gp1", "late"), ("gp2", "absent"), ("gp3", "absent"), ("co1", "late"), ("co2", "absent")]);
    desk.run(&["round", "close", &id]).done();
    let lacking = desk.json(&["round", "results", &id, "--for", "meeting"])["items"][0]["lacking"].clone();
    assert_eq!(lacking, json!(["a smaller group: too few there"]));
}

#[test]
fn results_and_feedback_are_drawn_and_feedback_shows_how_all_rated() {
    let desk = panel();
    let id = open(&desk, &["--method", "delphi", "--item", "Peers should be part of the team"]);
    collect(&desk, &id, ELEVEN);
    desk.run(&["round", "close", &id]).done();
    desk.run(&["round", "results", &id, "--for", "meeting", "--to", "html"]).done();
    let page = std::fs::read_to_string(desk.project.join("outputs/round-R1-gj-for-meeting.html")).unwrap();
    assert!(page.contains("<svg") && page.contains("How all voted in R1.gj"), "{page}");
    desk.run(&["round", "feedback", &id, "--member", "su1", "--to", "html", "--to", "md", "--out", "sheets"]).done();
    let sheet = std::fs::read_to_string(desk.room().join("sheets/R1.gj-su1-feedback.md")).unwrap();
    // Small groups are shown as one: no more than how many gave low, middle and high ratings.
    assert!(
        sheet.contains("| Rating | 1 to 3 | 4 to 6 | 7 to 9 |")
            && sheet.contains("| members who gave it | 1 | 1 | 9 |"),
        "{sheet}"
    );
    assert!(sheet.contains("| Group | N | Median | Rated 7 to 9 |"), "{sheet}");
    let page = std::fs::read_to_string(desk.room().join("sheets/R1.gj-su1-feedback.html")).unwrap();
    assert!(page.contains("<svg"), "{page}");
}

#[test]
fn options_of_one_question_are_told_apart_where_a_round_is_shown() {
    let desk = panel();
    let long = "Who should visit people at home in the first weeks after they left hospital, and for how long should they go on?";
    desk.run(&[
        "uncertainty",
        "add",
        long,
        "--option",
        "A: a named visitor | x",
        "--option",
        "B: whoever is on duty | y",
    ])
    .done();
    desk.run(&["round", "add", "N1.gj", "--method", "delphi", "--item", "U1.gj"]).done();
    let shown = desk.run(&["round", "show", "R1.gj"]).done().stdout;
    assert!(shown.contains("A: a named visitor") && shown.contains("B: whoever is on duty"), "{shown}");
    desk.run(&["round", "open", "R1.gj"]).done();
    desk.run(&["round", "ballot", "R1.gj", "--member", "su1", "--out", "ballots"]).done();
    let page = std::fs::read_to_string(desk.room().join("ballots/R1.gj-su1.html")).unwrap();
    assert_eq!(page.matches("Who should visit").count(), 1, "the question stands once");
    assert!(page.contains("Option A: a named visitor") && page.contains("Option B: whoever is on duty"), "{page}");
}
