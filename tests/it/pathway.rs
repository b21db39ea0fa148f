//! The pathway of a model from the command line: told step by step or in one table, looked over, drawn, written, merged.

use crate::desk::{Desk, column, files_below};
use crate::story;
use serde_json::{Value, json};

/// Two steps are missing something; the third is whole, and what is claimed of it has one statement behind it.
const TABLE: &str = "\
rank,name,intensity,reach,setting,interventions,recovery_element,providers,entry,review_interval,claim,up,down,out
1,Self-care and courses,low,everybody,GP practice (primary care),stress course; reading,goals of one's own,nurse,ask at the desk,every month,nobody waits,Talking therapies: no better after six weeks,,
2,Talking therapies,low,mild distress,primary care,talking; navigation,hope is spoken of,therapist,by oneself,every six weeks,,3: at risk; Specialist care: in crisis,Self-care and courses: better,
3,Shared care,moderate,lasting distress,community team,care partner; group,strengths are listed,Care partner,a talk,every three months,,step 4: crisis,Talking therapies: steady,Primary care: at any point
4,Specialist care,high,crisis,hospital,ward; crisis team,plan for after,psychiatrist,referral,weekly,,,Shared care: calmer,\"Primary care: at any point; home: well\"
";

fn bare() -> Desk {
    let desk = story::synthesis();
    desk.run(&["model", "add", "Whole system", "--ours", "--source", "S1.gj"]).done();
    desk
}

fn desk() -> Desk {
    let desk = bare();
    desk.file("pathway.csv", TABLE);
    desk.run(&["step", "add", "--from", "pathway.csv"]).done().says("added 4 steps");
    desk.run(&["step", "explain", "Talking therapies", "H1.gj", "--why", "open notes are what is talked of"]).done();
    desk
}

/// Verdict by check of the first pathway.
fn verdict(desk: &Desk, key: &str) -> Value {
    let told = desk.json(&["step", "check"]);
    let checks = told["pathways"][0]["checks"].as_array().unwrap().clone();
    checks.into_iter().find(|one| one["key"] == key).unwrap()
}

#[test]
fn a_pathway_is_told_step_by_step() {
    let desk = story::synthesis();
    desk.run(&["step", "list"]).refused().says("step add --from");
    desk.run(&["step", "add", "Courses"]).refused().says("realist model add 'Our model' --ours");
    desk.run(&["model", "add", "Whole system", "--ours"]).done();
    desk.run(&["step", "check"]).negative().says("nothing to look at");
    desk.run(&["step", "add", "Courses", "--intensity", "low", "--intervention", "reading", "--dry-run"]).done();
    assert!(desk.json(&["step", "list"]).as_array().is_none_or(Vec::is_empty), "a rehearsal writes nothing");
    desk.run(&["step", "add", "Courses", "--intensity", "low", "--intervention", "reading"]).done();
    desk.run(&["step", "add", "Talking", "--leaving", "Courses"]).done();
    desk.run(&["step", "add", " courses"]).refused().says("called 'Courses' already");
    desk.run(&["step", "edit", "Courses", "--intervention", "a course", "--without", "Reading"]).done();
    desk.run(&["step", "edit", "Courses", "--without", "ballet"]).refused().says("it has: a course");
    desk.run(&["step", "move", "Courses", "up", "Talking", "--when", "no better"]).done();
    desk.run(&["step", "move", "Talking", "up", "Courses"]).refused().says("not above");
    desk.run(&["step", "move", "Talking", "down", "Z1", "--when", "better"]).done();
    desk.run(&["step", "edit", "Courses", "--intensity", ""]).done();
    assert_eq!(desk.json(&["step", "show", "Courses"])["intensity"], json!(null));
    desk.run(&["step", "edit", "Courses", "--intensity", "lwo"]).refused().says("low");
    desk.run(&["step", "edit", "Courses", "--recovery", "-"]).refused().says("leave it empty");
    desk.run(&["step", "edit", "Courses", "--in-primary-care", "perhaps"]).refused().says("yes or no");
    desk.run(&["step", "move", "Talking", "out", "the practice", "--in-primary-care", "yes"]).done();
    desk.run(&["step", "move", "Talking", "out", "the practice", "--when", "at any point"]).done();
    assert_eq!(desk.json(&["step", "show", "talking"])["out"][0]["in_primary_care"], true, "said again, it stays");
    desk.run(&["step", "move", "Talking", "down", "Courses", "--in-primary-care", "yes"]).refused().says("step edit");
    desk.run(&["step", "move", "Talking", "out", "the practice", "--lift"]).done();
    desk.run(&["step", "move", "Talking", "out", "Primary care"]).done();
    desk.run(&["step", "move", "Talking", "out", "primary  CARE", "--lift"]).done();
    desk.run(&["step", "move", "Talking", "out", "home", "--lift"]).refused().says("nobody moves out");
    let shown = desk.json(&["step", "show", "Z1.gj"]);
    assert_eq!((&shown["rank"], &shown["interventions"]), (&json!(1), &json!(["a course"])));
    assert_eq!(shown["up"], json!([{ "to": "Z2.gj", "name": "Talking", "when": "no better" }]));
    let second = desk.json(&["step", "show", "talking"]);
    assert_eq!((&second["rank"], &second["leaving"], &second["out"]), (&json!(2), &json!(["Z1.gj"]), &json!([])));
    assert_eq!(verdict(&desk, "S6")["verdict"], "failed");
    desk.run(&["step", "edit", "Talking", "--not-leaving", "Courses", "--entry", "once courses are over"]).done();
    assert_eq!(verdict(&desk, "S6")["verdict"], "to_look_at");
    desk.run(&["step", "check"]).negative().says("may need leaving another step").says("--leaving none");
    desk.run(&["step", "edit", "Talking", "--leaving", "none"]).done();
    assert_eq!(verdict(&desk, "S6")["verdict"], "passed");
    desk.run(&["step", "edit", "Talking", "--entry", "after discharge"]).done();
    assert_eq!(verdict(&desk, "S6")["verdict"], "to_look_at", "another rule is another look");
    desk.run(&["model", "edit", "M1.gj", "--exclusive"]).done();
    assert_eq!(verdict(&desk, "S6")["verdict"], "nothing_to_look_at");
    desk.run(&["step", "retire", "Z1.gj"]).done();
    desk.run(&["step", "list"]).done().says("Retired").says("yes");
    desk.run(&["undo"]).done();
    assert_eq!(desk.json(&["step", "show", "Z1.gj"])["retired"], false);
}

#[test]
fn a_whole_pathway_comes_from_a_table_or_not_at_all() {
    let desk = bare();
    desk.file("pathway.csv", TABLE);
    desk.run(&["step", "add", "--from", "pathway.csv", "--dry-run"]).done().says("added 4 steps");
    let with = |name: &str, old: &str, new: &str| {
        desk.file(name, TABLE.replace(old, new));
        desk.run(&["step", "add", "--from", name]).refused()
    };
    with("a.csv", "step 4: crisis", "Special care: crisis").says("row 3").says("'Special care' is no step");
    with("b.csv", ",high,", ",hihg,").says("row 4").says("did you mean high?");
    with("c.csv", "3,Shared care", "3,TALKING therapies").says("row 3").says("called 'Talking therapies' too");
    with("d.csv", "4,Specialist", "0,Specialist").says("row 4").says("ranks are 1, 2, 3");
    with("e.csv", "review_interval", "reviewed").says("reviewed");
    desk.run(&["step", "list"]).refused();
    desk.run(&["step", "add", "--from", "pathway.csv"]).done();
    let steps = desk.json(&["step", "list"]);
    assert_eq!(column(&steps, "id"), ["Z1.gj", "Z2.gj", "Z3.gj", "Z4.gj"]);
    let mut up: Vec<(&str, &str)> = steps[1]["up"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["to"].as_str().unwrap(), one["when"].as_str().unwrap()))
        .collect();
    up.sort_unstable();
    assert_eq!(up, [("Z3.gj", "at risk"), ("Z4.gj", "in crisis")]);
    assert_eq!(steps[0]["interventions"], json!(["stress course", "reading"]), "in the order of the table");
    desk.run(&["step", "add", "--from", "pathway.csv"]).refused().says("row 1").says("Z1.gj is called");
    desk.run(&["undo"]).done();
    desk.run(&["step", "list"]).refused();
}

#[test]
fn the_same_pathway_in_toml() {
    let desk = bare();
    desk.file(
        "pathway.toml",
        "[[step]]\nname = \"Courses\"\nintensity = \"low\"\ninterventions = [\"a; b\", \"c\"]\nup = [{ to = \"Talking\", when = \"no; better\" }]\n\
         [[step]]\nname = \"Talking\"\nintensity = \"moderate\"\ndown = \"Courses: well\"\nout = [\"home: well\"]\nleaving = [\"1\"]\n",
    );
    desk.run(&["step", "add", "--from", "pathway.toml"]).done();
    let steps = desk.json(&["step", "list"]);
    assert_eq!(steps[0]["interventions"], json!(["a; b", "c"]));
    assert_eq!((&steps[0]["up"][0]["when"], &steps[1]["leaving"]), (&json!("no; better"), &json!(["Z1.gj"])));
    desk.file("bad.toml", "[[step]]\nname = \"Courses\"\nstrength = \"low\"\n");
    desk.run(&["step", "add", "--from", "bad.toml"]).refused().says("strength");
}

#[test]
fn seven_checks_say_what_would_mend_a_failure() {
    let desk = desk();
    let told = desk.run(&["step", "check"]).negative();
    let told = told.says("S1 passed").says("S7 failed").says("no training case is for that");
    told.says("has not been shown to help anybody");
    for key in ["S1", "S2", "S3", "S4", "S5", "S6"] {
        assert_eq!(verdict(&desk, key)["verdict"], "passed", "{key}");
    }
    desk.run(&["step", "move", "Specialist care", "out", "Primary care", "--lift"]).done();
    let failed = verdict(&desk, "S4");
    assert_eq!((&failed["verdict"], &failed["failures"][0]["step"]), (&json!("failed"), &json!("Z4.gj")));
    let command = failed["failures"][0]["command"].as_str().unwrap().to_owned();
    assert!(command.starts_with("realist step move Z4.gj out"), "{command}");
    desk.run(&["step", "check", "--format", "csv"]).negative().says("M1.gj S4");
    desk.run(&["check"]).says("the pathway of M1.gj fails 2 of 7 checks: S4, S7");
}

#[test]
fn what_is_claimed_stands_with_what_explains_it_or_is_said_to_stand_alone() {
    let desk = desk();
    desk.run(&["step", "show", "Z1.gj"]).done().says("no statement explains it");
    desk.run(&["step", "explain", "Z1.gj", "H1.gj", "--why", "who reads along waits for nobody"]).done();
    let shown = desk.json(&["step", "show", "Z1.gj"]);
    let because = &shown["because"][0];
    assert_eq!((&because["hypothesis"], &because["living"]), (&json!("H1.gj"), &json!(true)));
    assert_eq!(because["standings"]["evidence"]["standing"], "contested");
    assert_eq!(
        (&because["standings"]["consensus"], &because["standings"]["tested"]),
        (&json!("untested"), &Value::Null)
    );
    desk.run(&["step", "show", "Z1.gj"]).done().says("Evidence: contested").says("Agreement: nobody decided yet");
    desk.run(&["step", "explain", "Z1.gj", "H1.gj", "--lift"]).done();
    desk.run(&["step", "explain", "Z1.gj", "H1.gj", "--lift"]).refused().says("was never said to explain");
}

#[test]
fn the_paper_draws_tells_checks_and_explains() {
    let desk = desk();
    let formats = ["docx", "html", "md", "csv", "xlsx", "json", "svg"];
    let asked: Vec<&str> = formats.iter().flat_map(|format| ["--to", format]).collect();
    desk.run(&[&["report", "pathway"], asked.as_slice()].concat()).done();
    let read = |name: &str| std::fs::read_to_string(desk.project.join("outputs").join(name)).unwrap();
    let team = read("pathway.md");
    for words in [
        "Of 7 checks 6 passed; failed: S7.",
        "A person may use several at once.",
        "no better after six weeks",
        "nobody waits",
        "no statement explains it: it is a claim and no more",
        "open notes are what is talked of",
        "nobody decided yet",
        "has not been shown to help anybody",
    ] {
        assert!(team.contains(words), "{words} is not in\n{team}");
    }
    assert!(read("pathway.html").contains("<svg"));
    assert_eq!(read("pathway.csv").matches(".gj,M1.gj,").count(), 4, "a row a step");
    desk.run(&["report", "pathway", "--for", "publication", "--to", "md"]).done();
    let others = read("pathway-for-publication.md");
    assert!(story::PLANTED.iter().all(|planted| !others.contains(planted)));
    desk.run(&["purge", "D2.gj", "--reason", "consent withdrawn", "--yes"]).done();
    assert!(!desk.project.join("outputs/pathway.md").exists());
}

#[test]
fn the_figure_is_written_in_every_format_and_lets_no_mark_through() {
    let desk = desk();
    let name = "Care \"<script>alert(1)</script>\" ]; end; `x` \\ #1 | {y}";
    desk.run(&["step", "edit", "Shared care", "--name", name, "--setting", name]).done();
    desk.run(&["step", "move", "Z3.gj", "out", name, "--when", name]).done();
    let all = ["svg", "html", "dot", "mermaid", "graphml", "csv"];
    let asked: Vec<&str> = all.iter().flat_map(|format| ["--to", format]).collect();
    for folder in ["one", "two"] {
        desk.run(&[&["step", "graph", "--out", folder], asked.as_slice()].concat()).done();
    }
    let read = |folder: &str| {
        let files = files_below(&desk.room().join(folder));
        files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect::<Vec<_>>()
    };
    assert_eq!((read("one").len(), read("one") == read("two")), (6, true));
    let of = |format: &str| std::fs::read_to_string(desk.room().join(format!("one/pathway-M1-gj.{format}"))).unwrap();
    let drawn = of("svg");
    for part in [
        "<title",
        "<desc",
        "role=\"img\"",
        "Low intensity",
        "High intensity",
        "pathway-M1-gj-moderate",
        "stroke-dasharray",
    ] {
        assert!(drawn.contains(part), "{part}");
    }
    assert!(!drawn.contains("<script") && !of("html").contains("<script"));
    let (dot, mermaid) = (of("dot"), of("mermaid"));
    let (moves, nodes) = (4 + 3 + 4, 4 + 3);
    assert_eq!((dot.matches(" -> ").count(), mermaid.matches("-->|").count()), (moves, moves), "{dot}\n{mermaid}");
    assert_eq!(mermaid.matches("[\"").count(), nodes, "{mermaid}");
    assert!(dot.contains("style=dashed") && dot.contains("style=dotted"), "{dot}");
    assert!(dot.contains("up: no better after six weeks") && mermaid.contains("up: no better after six weeks"));
    assert!(dot.contains("\\\"<script>") && !mermaid.contains("<script"), "{mermaid}");
}

#[test]
fn two_people_work_on_one_pathway_unaware_of_each_other() {
    let desk = desk();
    let far = desk.far_copy("far", "bk");
    far.run(&["step", "edit", "Z1.gj", "--intervention", "walking", "--intervention", "same"]).done();
    far.run(&["step", "move", "Z2.gj", "out", "Home", "--when", "well"]).done();
    far.run(&["step", "explain", "Z1.gj", "H2.gj", "--why", "theirs"]).done();
    desk.run(&["step", "edit", "Z1.gj", "--intervention", "singing", "--intervention", "Same"]).done();
    desk.run(&["step", "move", "Z2.gj", "out", "home", "--when", "settled"]).done();
    desk.run(&["step", "explain", "Z1.gj", "H1.gj", "--why", "ours"]).done();
    desk.run(&["merge", far.project.to_str().unwrap()]).done();
    let shown = desk.json(&["step", "show", "Z1.gj"]);
    let mut offered: Vec<String> =
        shown["interventions"].as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_lowercase()).collect();
    offered.sort_unstable();
    assert_eq!(offered, ["reading", "same", "singing", "stress course", "walking"]);
    assert_eq!(shown["because"].as_array().unwrap().len(), 2);
    assert_eq!(desk.json(&["step", "show", "Z2.gj"])["out"].as_array().unwrap().len(), 1, "one place, one move");
    let told = desk.run(&["check"]);
    assert!((told.stdout + &told.stderr).contains("set by two people unaware of each other"));
}

/// What stands between the fences of a language below a heading of the manual, block by block.
fn blocks<'m>(manual: &'m str, heading: &str, language: &str) -> Vec<&'m str> {
    let section = manual.split("\n## ").find(|one| one.starts_with(heading)).unwrap();
    section.split("```").skip(1).step_by(2).filter_map(|block| block.strip_prefix(language)).collect()
}

/// Commands of a block of the manual as they are typed: lines that end in a backslash go on.
fn typed(block: &str) -> Vec<Vec<String>> {
    let whole = block.replace("\\\n", " ");
    let lines = whole.lines().filter_map(|line| line.trim().strip_prefix("realist "));
    let words = |line: &str| {
        let quoted = line.split('"').enumerate().flat_map(|(at, part)| match at % 2 {
            1 => vec![part.to_owned()],
            _ => part.split(" #").next().unwrap_or_default().split_whitespace().map(str::to_owned).collect(),
        });
        quoted.collect()
    };
    lines.map(words).collect()
}

#[test]
fn the_manual_says_what_runs() {
    let desk = story::synthesis();
    let manual = include_str!("../../docs/pathway.md").replace("S9.gj", "S1.gj");
    for heading in ["Steps", "Moves"] {
        for block in blocks(&manual, heading, "sh") {
            for command in typed(block).into_iter().filter(|one| one[1] != "retire") {
                desk.run(&command.iter().map(String::as_str).collect::<Vec<_>>()).done();
            }
        }
    }
    desk.file("pathway.toml", blocks(&manual, "From a table", "toml")[0]);
    desk.run(&["step", "add", "--from", "pathway.toml"]).done().says("added 2 steps");
    let features = include_str!("../../docs/compare.md");
    let commands: Vec<Vec<String>> =
        blocks(features, "Features and outcomes", "sh").into_iter().flat_map(typed).collect();
    assert_eq!(commands.len(), 3);
    for command in commands {
        desk.run(&command.iter().map(String::as_str).collect::<Vec<_>>()).done();
    }
}
