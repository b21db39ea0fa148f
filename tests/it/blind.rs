//! A coder of an open blind pass sees nothing of what the others code, whatever they ask: tried over the table of all
//! commands, with a project in which the other has coded and the same one in which they have not.

use crate::desk::{Desk, files_below};
use crate::story;
use std::collections::BTreeMap;

/// What is typed for each command, by its path; several with `|`.
const ASKED: &[(&str, &str)] = &[
    ("status", "status"),
    ("next", "next"),
    ("document list", "document list|document list --out out-documents.csv"),
    ("document show", "document show D1.gj"),
    ("document text", "document text D1.gj"),
    (
        "document export",
        "document export D1.gj --to docx --with-memos|document export D1.gj --to xlsx --out out-turns.xlsx",
    ),
    ("document set", "document set D1.gj --language fr --dry-run"),
    ("document verify", "document verify|document verify D1.gj"),
    ("document carry", "document carry D1.gj --dry-run"),
    ("document confirm", "document confirm D1.gj --dry-run|document confirm CD1.bk --dry-run"),
    ("source list", "source list"),
    ("source show", "source show S1.gj"),
    ("source duplicates", "source duplicates"),
    ("source different", "source different"),
    ("source set", "source set S1.gj --year 2020 --dry-run"),
    ("participant list", "participant list"),
    ("participant show", "participant show P1.gj"),
    ("participant set", "participant set P1.gj --group gps --dry-run"),
    ("identifier add", "identifier add Ormskirk --dry-run"),
    ("identifier list", "identifier list"),
    ("identifier set", "identifier set I9.gj --kind place --dry-run"),
    ("identifier remove", "identifier remove I9.gj --dry-run"),
    ("identifier permit", "identifier permit Ormskirk --reason public --dry-run"),
    ("read", "read D1.gj|read D1.gj/2"),
    (
        "search",
        "search code:openness|search code:distance AND trusted|search coder:bk|search notes --kwic|search code:openness --count kind|search notes --count code|search notes --count coder|\
         search code:openness --kwic --out out-lines.csv|search notes --kwic --out out-lines.html|\
         search trusted --code-as openness --dry-run|search picks|search date:2026-01..2026-12",
    ),
    (
        "query run",
        "query run code:openness|query run code:*|query run coder:bk|query run code:openness OVERLAPS code:distance|\
         query run code:* --count coder|query run code:* --count code|query run NOT code:openness",
    ),
    ("query explain", "query explain code:openness NEAR/5 code:distance"),
    ("query list", "query list"),
    ("query save", "query save two code:openness --dry-run"),
    ("query remove", "query remove one --dry-run"),
    (
        "matrix codes",
        "matrix codes|matrix codes --scope document|matrix codes --cell openness,distance|matrix codes --to csv|\
         matrix codes --out out-cells.csv|matrix codes --scope source --out out-cells.html",
    ),
    (
        "matrix by",
        "matrix by coder|matrix by document|matrix by speaker --where coder:gj|matrix by coder --where unread:no|\
         matrix by coder --out out-coders.csv|matrix by document --to html",
    ),
    (
        "matrix words",
        "matrix words|matrix words --where code:openness|matrix words --where code:openness --out out-words.csv",
    ),
    ("codebook list", "codebook list"),
    ("codebook show", "codebook show openness|codebook show distance"),
    ("codebook ready", "codebook ready"),
    ("codebook export", "codebook export --to csv|codebook export --to qdc|codebook export --out out-codes.csv"),
    ("codebook add", "codebook add anew --dry-run"),
    ("codebook edit", "codebook edit openness --definition said --dry-run"),
    ("codebook rename", "codebook rename openness candour --dry-run"),
    ("codebook move", "codebook move openness --below distance --dry-run"),
    ("codebook retire", "codebook retire openness --dry-run"),
    ("codebook revive", "codebook revive openness --dry-run"),
    ("code add", "code add D1.gj t4 --code openness --dry-run|code add D1.gj t2 --code openness --dry-run"),
    ("code list", "code list|code list --by bk|code list --document D1.gj|code list --unread"),
    (
        "code confirm",
        "code confirm CD1.bk --dry-run|code confirm --document D1.gj --dry-run|code confirm CD77.bk --dry-run",
    ),
    ("code remove", "code remove CD1.bk --dry-run|code remove CD2 --dry-run|code remove CD1.gj --dry-run"),
    ("assign add", "assign add D2.gj --to bk --dry-run"),
    ("assign sample", "assign sample 50% --to bk --dry-run"),
    ("assign list", "assign list|assign list --to bk"),
    ("assign done", "assign done D1.gj --to bk --dry-run"),
    ("assign remove", "assign remove D1.gj --to bk --dry-run"),
    ("pass open", "pass open again D1.gj --coders gj,bk --dry-run"),
    ("pass list", "pass list"),
    ("pass show", "pass show BP1.gj"),
    ("pass done", "pass done BP1.gj --dry-run"),
    ("pass close", "pass close BP1.gj --dry-run|pass close BP1.gj --even-so late --dry-run"),
    ("pass reconcile", "pass reconcile BP1.gj|pass reconcile BP1.gj --agreed|pass reconcile BP1.gj --to out-open.csv"),
    ("memo list", "memo list|memo list --author bk|memo list --about D1.gj"),
    ("memo show", "memo show A1.gj|memo show A1.bk|memo show A2.bk|memo show A3.bk"),
    ("memo add", "memo add --about D1.gj --text Noted. --dry-run|memo add --about CD2.bk --text Noted. --dry-run"),
    ("memo edit", "memo edit A2.bk --text Noted. --dry-run"),
    ("memo remove", "memo remove A2.bk --dry-run"),
    ("hypothesis list", "hypothesis list"),
    ("hypothesis show", "hypothesis show H1.gj"),
    ("hypothesis add", "hypothesis add --statement Unknown. --dry-run"),
    ("hypothesis edit", "hypothesis edit H3.gj --statement Known. --dry-run"),
    ("hypothesis remove", "hypothesis remove H3.gj --reason twice --dry-run"),
    ("evidence list", "evidence list"),
    ("evidence add", "evidence add H2.gj D1.gj t4 --stance supports --dry-run"),
    ("evidence edit", "evidence edit E1.gj --rigour 2 --dry-run"),
    ("evidence withhold", "evidence withhold E1.gj --reason so --dry-run|evidence withhold E1.gj --lift --dry-run"),
    ("evidence remove", "evidence remove E1.gj --reason twice --dry-run"),
    (
        "evidence appraise",
        "evidence appraise --dry-run|evidence appraise --second --dry-run|evidence appraise --to out-links.csv",
    ),
    ("evidence appraisals", "evidence appraisals|evidence appraisals --open"),
    (
        "evidence settle",
        "evidence settle --agreed --dry-run|\
         evidence settle E1.gj --relevance 1 --richness 1 --rigour 1 --reason so --dry-run",
    ),
    ("cerqual list", "cerqual list --all"),
    ("cerqual show", "cerqual show H1.gj"),
    ("cerqual judge", "cerqual judge H1.gj coherence minor --why said --dry-run"),
    ("cerqual overall", "cerqual overall H1.gj high --why said --dry-run"),
    ("cerqual remove", "cerqual remove H1.gj --why said --dry-run"),
    ("model list", "model list"),
    ("model show", "model show M1.gj"),
    ("model add", "model add Another --source S2.gj --dry-run"),
    ("model edit", "model edit M1.gj --description said --dry-run"),
    ("model retire", "model retire M1.gj --dry-run"),
    (
        "model cell",
        "model cell M1.gj openness present --at D2.gj/2 --dry-run|model cell M1.gj distance absent --dry-run|\
         model cell M1.gj openness present --coding CD1.bk --dry-run|model cell M1.gj openness present --at D1.gj/4 --dry-run",
    ),
    (
        "model outcome",
        "model outcome M1.gj distance up --dry-run|model outcome M1.gj openness none --at D1.gj/4 --dry-run",
    ),
    ("model drop", "model drop MO1.gj --why twice --dry-run"),
    ("model todo", "model todo M1.gj|model todo M1.gj --taxonomy codes"),
    ("step list", "step list"),
    ("step show", "step show Z1.gj"),
    ("step check", "step check --model M1.gj"),
    ("step graph", "step graph --to svg --to dot --to mermaid"),
    ("step add", "step add Another --model M1.gj --dry-run"),
    ("step edit", "step edit Z1.gj --setting said --dry-run"),
    ("step move", "step move Z1.gj out home --when said --dry-run"),
    ("step explain", "step explain Z1.gj H2.gj --why said --dry-run"),
    ("step retire", "step retire Z1.gj --dry-run"),
    (
        "recommend draft",
        "recommend draft --audience practice|recommend draft --audience policy H1.gj|recommend draft --audience policy --write --dry-run",
    ),
    ("recommend add", "recommend add Do --audience practice --basis X1.gj --dry-run"),
    ("recommend edit", "recommend edit RC1.gj --basis H1.gj --dry-run"),
    ("recommend list", "recommend list|recommend list --lacks owner"),
    ("recommend show", "recommend show RC1.gj"),
    ("recommend workforce", "recommend workforce"),
    ("recommend retire", "recommend retire RC1.gj --dry-run"),
    ("recommend done", "recommend done RC1.gj --dry-run"),
    ("compare matrix", "compare matrix|compare matrix --to csv --to svg --to html"),
    ("compare outcomes", "compare outcomes"),
    ("compare diff", "compare diff M1.gj M2.gj"),
    ("compare match", "compare match"),
    ("compare explain", "compare explain openness H1.gj --why said --dry-run"),
    ("need list", "need list"),
    ("need show", "need show W1.gj"),
    ("need add", "need add Another --source D1.gj --date 2011 --dry-run"),
    ("need edit", "need edit W1.gj --value 12 --dry-run"),
    ("need link", "need link W1.gj K1.gj --because H2.gj --dry-run"),
    ("need unlink", "need unlink W1.gj K1.gj --dry-run"),
    ("need retire", "need retire W1.gj --dry-run"),
    ("need coverage", "need coverage|need coverage --to csv --to svg --to html"),
    ("policy list", "policy list"),
    ("policy show", "policy show Y1.gj"),
    ("policy add", "policy add Another --level local --dry-run"),
    ("policy edit", "policy edit Y1.gj --requirement said --dry-run"),
    ("policy link", "policy link Y1.gj K1.gj aligned_with --because H2.gj --dry-run"),
    ("policy unlink", "policy unlink Y1.gj K1.gj --dry-run"),
    ("policy retire", "policy retire Y1.gj --dry-run"),
    ("policy trace", "policy trace|policy trace --to csv --to svg --to html"),
    ("searching list", "searching list"),
    ("searching show", "searching show SE1.gj"),
    ("searching add", "searching add CINAHL --stream databases --for H1.gj --dry-run"),
    ("searching edit", "searching edit SE1.gj --against H2.gj --dry-run"),
    ("searching retire", "searching retire SE1.gj --dry-run"),
    ("flow set", "flow set databases --identified 13 --dry-run"),
    ("flow show", "flow show"),
    ("flow remove", "flow remove databases --why twice --dry-run"),
    ("flow origin", "flow origin databases S1.gj --dry-run"),
    ("training new", "training new out-case.toml --from H1.gj"),
    ("training add", "training add case.toml --dry-run"),
    ("training edit", "training edit T1.gj --from case.toml --dry-run"),
    ("training list", "training list"),
    ("training show", "training show T1.gj|training show T1.gj --toml"),
    ("training retire", "training retire T1.gj --dry-run"),
    ("training check", "training check T1.gj"),
    (
        "training pack",
        "training pack T1.gj --for participants --to md --to json|training pack T1.gj --for facilitator --to md --to json",
    ),
    ("training sheet", "training sheet T1.gj --to csv --to md"),
    ("training answers", "training answers T1.gj answers.csv --dry-run"),
    ("sheet make", "sheet make D1.gj|sheet make D1.gj --to csv --out out-sheet.csv"),
    ("sheet read", "sheet read sheet.csv --dry-run"),
    ("component list", "component list"),
    ("component add", "component add Contact --dry-run"),
    ("component edit", "component edit K1.gj --description said --dry-run"),
    ("uncertainty list", "uncertainty list"),
    ("uncertainty add", "uncertainty add When? --dry-run"),
    ("uncertainty edit", "uncertainty edit U1.gj --why unclear --dry-run"),
    ("uncertainty order", "uncertainty order U1.gj --dry-run"),
    ("uncertainty weigh", "uncertainty weigh U1.gj equity fair --why unclear --dry-run"),
    ("uncertainty rate", "uncertainty rate U1.gj --criterion importance --group gps --rater a --value 1 --dry-run"),
    ("panel list", "panel list"),
    ("panel show", "panel show N1.gj"),
    ("panel add", "panel add Another --dry-run"),
    ("panel member", "panel member add N1.gj --group gps --dry-run|panel member invite N1.gj --dry-run"),
    ("round add", "round add N1.gj --method percent --item Really? --dry-run"),
    ("round edit", "round edit R2.gj --rule percent:60 --dry-run"),
    ("round open", "round open R2.gj --dry-run"),
    ("round close", "round close R1.gj --dry-run"),
    ("round amend", "round amend R1.gj --why unclear --dry-run"),
    ("round admit", "round admit R1.gj gp2 --for gp1 --why away --dry-run"),
    ("round list", "round list"),
    ("round show", "round show R1.gj"),
    ("round ballot", "round ballot R1.gj --to csv --out ballots --dry-run"),
    ("round results", "round results R1.gj"),
    ("round feedback", "round feedback R1.gj"),
    ("meeting add", "meeting add Another --dry-run"),
    ("meeting edit", "meeting edit G1.gj --start 15:00 --dry-run"),
    ("meeting list", "meeting list"),
    ("meeting show", "meeting show G1.gj"),
    ("meeting item", "meeting item add G1.gj Break --dry-run"),
    ("meeting round", "meeting round G1.gj R1.gj --dry-run"),
    ("meeting attend", "meeting attend G1.gj|meeting attend G1.gj gp1 --dry-run"),
    ("meeting ready", "meeting ready G1.gj"),
    ("meeting issue", "meeting issue G1.gj --dry-run"),
    ("meeting changed", "meeting changed G1.gj"),
    ("meeting sent", "meeting sent G1.gj"),
    ("meeting record", "meeting record G1.gj --make record.toml --dry-run"),
    ("action add", "action add Write --owner gj --dry-run"),
    ("action list", "action list"),
    ("decide", "decide agreed --uncertainty U1.gj --body team --dry-run"),
    ("hypothesis status", "hypothesis status H1.gj screened --why read --dry-run"),
    ("hypothesis tested", "hypothesis tested H1.gj formative --result said --dry-run"),
    ("hypothesis part", "hypothesis part H1.gj c1 --level institutional --dry-run"),
    ("hypothesis merge", "hypothesis merge H1.gj H2.gj --into Both. --why alike --dry-run"),
    ("hypothesis split", "hypothesis split H1.gj --into One. --into Two. --why two --dry-run"),
    ("hypothesis refine", "hypothesis refine H1.gj --statement Closer. --why closer --dry-run"),
    ("evidence confirm", "evidence confirm --list|evidence confirm E1.gj --dry-run"),
    ("link list", "link list|link list --of H1.gj"),
    ("link add", "link add H1.gj feeds H2.gj --dry-run"),
    ("link move", "link move L1.gj --to H2.gj --dry-run"),
    ("link remove", "link remove L1.gj --why wrong --dry-run"),
    ("link clear", "link clear H1.gj rival_of H2.gj --dry-run"),
    ("substantive list", "substantive list"),
    ("substantive add", "substantive add Candidacy --dry-run"),
    ("substantive edit", "substantive edit ST1.gj --claim said --dry-run"),
    ("substantive remove", "substantive remove ST1.gj --why wrong --dry-run"),
    ("theory standing", "theory standing"),
    ("theory components", "theory components"),
    ("theory kinds", "theory kinds"),
    ("theory strands", "theory strands"),
    ("theory gaps", "theory gaps"),
    ("theory coders", "theory coders"),
    ("theory clashes", "theory clashes"),
    ("theory chains", "theory chains --from H1/o1 --to H2/o1"),
    ("theory cycles", "theory cycles"),
    ("theory links", "theory links"),
    ("theory robustness", "theory robustness"),
    ("theory graph", "theory graph --to svg --to html --to csv|theory graph --to svg --out out-figures"),
    (
        "theory consolidate",
        "theory consolidate|theory consolidate --to csv|theory consolidate --to csv --out out-cards.csv",
    ),
    ("theory patterns", "theory patterns --at-least 1"),
    ("theory freeze", "theory freeze IPT --dry-run"),
    ("theory versions", "theory versions"),
    ("theory show", "theory show"),
    ("theory at", "theory at 2199-01-01"),
    ("theory diff", "theory diff 2026-01-01 now"),
    ("theory log", "theory log"),
    (
        "stats agreement",
        "stats agreement --no-ci|stats agreement --no-ci --code openness|stats agreement --pass BP1.gj --no-ci|\
         stats agreement --of appraisals --no-ci|stats agreement --no-ci --by document --pairs",
    ),
    ("stats spans", "stats spans --no-ci|stats spans --no-ci --by document --pairs|stats spans --pass BP1.gj --no-ci"),
    ("stats configurations", "stats configurations --no-ci"),
    (
        "stats saturation",
        "stats saturation --base 1 --run 1|stats saturation --base 1 --run 1 --by kind|\
         stats saturation --base 1 --run 1 --out out-chart.svg",
    ),
    (
        "report",
        "report agenda --to html --to json|report evidence --to md --to csv|report evidence --show|\
         report disagreements --to md --to json|report disagreements --pass BP1.gj --to md|report cmo --to md|report cerqual --to md|report characteristics --to md|\
         report appraisal --to md --to json|report document-flow --to md|report searches --to md --to json|report comparison --to md --to json|report pathway --to md --to json|report recommendations --to md --to json|report needs --to md --to json|report statement-flow --to md|\
         report refinement --to md|report methods --to md|report stages --to md|report entreq --to md|report trail --to md|\
         report trail H1.gj --to json|report memos --to md|\
         report references --to json|report question-frame --to md|report briefing --uncertainty U1.gj --to md|report briefing --to json|report slides --to md|report record --to md|report member-page --to md|report secretary --to json|report all --to md|report agenda --meeting G1.gj --to json|report passages --to csv",
    ),
    ("report template", "report template agenda|report template agenda --out out-template.toml"),
    ("report styles", "report styles"),
    ("check", "check"),
    ("log", "log|log --by bk|log --last 3"),
    ("undo", "undo --dry-run|undo --cascade --dry-run"),
    ("redo", "redo --dry-run"),
    ("join", "join bk"),
    ("completions", "completions bash"),
    ("man", "man"),
];

/// Commands that are not asked, and why.
const NOT_ASKED: &[(&str, &str)] = &[
    ("init", "begins another project"),
    ("import", "takes files in; asks nothing of codings"),
    ("document comments", "takes a file in; what it does is an act on the whole"),
    ("participant withdraw", "an act on the whole: what goes is counted for who decides on it"),
    ("codebook merge", "an act on the whole: it counts the codings that it moves"),
    ("codebook split", "an act on the whole: each coding must be given a place"),
    ("codebook import", "takes a file in; asks nothing of codings"),
    ("identifier import", "takes a file in; asks nothing of codings"),
    ("merge", "tried by itself below: it tells the number of operations"),
    ("bundle", "hands on the journal, which is whole"),
    ("round collect", "takes files in; asks nothing of codings"),
    ("action done", "an act on an action alone"),
    ("cerqual read", "takes a sheet in; asks nothing of codings"),
    ("flow import", "takes a file in; asks nothing of codings"),
    ("model cells", "takes a sheet in; each row is a `model cell`, which is asked"),
    ("purge", "an act on the whole: what goes is counted for who decides on it"),
    ("cache clear", "tells how large the cache is"),
    ("write", "opens an editor; its form holds words and statements"),
    ("theory take-in", "takes a file in; asks nothing of codings"),
    ("theory pattern", "tells of statements and evidence alone; `theory patterns` is asked"),
    ("stats ram", "reads a table and no project"),
    ("stats delphi", "reads a table and no project"),
    ("stats choices", "reads a table and no project"),
    ("stats ngt", "reads a table and no project"),
    ("stats concordance", "reads a table and no project"),
    ("stats priority", "reads a table and no project"),
    ("stats jla", "reads a table and no project"),
    ("stats chnri", "reads a table and no project"),
];

/// What the first coder is answered: by command, status, both outputs, and the files written.
type Answers = BTreeMap<String, (Option<i32>, String, String, Vec<(String, Vec<u8>)>)>;

/// Words of a command, the query of those that take one as one word.
fn words(typed: &str) -> Vec<&str> {
    let taking = ["search ", "query run ", "query explain "];
    let Some(verb) = taking.iter().find(|verb| typed.starts_with(**verb)) else { return typed.split(' ').collect() };
    let (query, options) = match typed.find(" --") {
        Some(at) => (&typed[verb.len()..at], &typed[at..]),
        None => (&typed[verb.len()..], ""),
    };
    verb.split_whitespace().chain([query]).chain(options.split_whitespace()).collect()
}

fn answers<'a>(desk: &Desk, format: &str, asked: impl IntoIterator<Item = &'a str>) -> Answers {
    let outputs = desk.project.join("outputs");
    asked
        .into_iter()
        .map(|typed| {
            let answer = desk.run(&[&words(typed)[..], &["--format", format]].concat());
            let beside = std::fs::read_dir(desk.room()).unwrap().map(|entry| entry.unwrap().path());
            let beside = beside.filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with("out-"));
            let beside = beside.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] });
            let written = files_below(&outputs).into_iter().chain(beside);
            let files = written.map(|path| {
                let bytes = std::fs::read(&path).unwrap();
                std::fs::remove_file(&path).unwrap();
                (path.file_name().unwrap().to_str().unwrap().to_owned(), bytes)
            });
            (typed.to_owned(), (answer.code, answer.stdout, answer.stderr, files.collect()))
        })
        .collect()
}

/// The paths of all commands, as the help prints them.
fn commands(desk: &Desk, above: &[&str]) -> Vec<String> {
    let help = desk.outside(&[&["help"], above].concat()).stdout;
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names = listed.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let names: Vec<&str> =
        names.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help").collect();
    let below = |name: &str| {
        let path = [above, &[name]].concat();
        let inner = if path.len() < 2 { commands(desk, &path) } else { Vec::new() };
        // One that has commands of its own may do something by itself too.
        let by_itself = || desk.outside(&[&["help"], &path[..]].concat()).stdout.contains("\nArguments:\n");
        let itself = (inner.is_empty() || by_itself()).then(|| path.join(" "));
        itself.into_iter().chain(inner).collect::<Vec<_>>()
    };
    names.into_iter().flat_map(below).collect()
}

/// A synthesis with a pass of gj and bk over D1.gj; both have coded before, and elsewhere.
fn desk() -> Desk {
    let desk = story::synthesis();
    let bk = desk.as_coder("bk");
    bk.run(&["code", "add", "D2.gj", "t2", "--code", "openness", "--memo", "said before"]).done();
    for command in [
        &["code", "add", "D2.gj", "t2", "--code", "openness"][..],
        &["code", "add", "D2.gj", "t4", "--code", "distance"],
        &["memo", "add", "--about", "D1.gj", "--text", "A note on the whole."],
        &["query", "save", "one", "code:openness"],
        &["assign", "add", "D1.gj", "--to", "bk"],
        &["pass", "open", "round 1", "D1.gj", "--coders", "gj,bk"],
        &["model", "add", "Open notes", "--source", "S1.gj", "--source", "S2.gj"],
        &["model", "add", "Closed notes", "--source", "S2.gj"],
        &["model", "cell", "M1.gj", "openness", "present", "--coding", "CD3.gj"],
        &["model", "cell", "M2.gj", "openness", "absent", "--at", "D2.gj/4"],
        &["model", "outcome", "M1.gj", "distance", "none", "--coding", "CD4.gj"],
        &["step", "add", "Reading", "--model", "M1.gj"],
        &["step", "explain", "Z1.gj", "H1.gj", "--why", "open notes are read"],
        &["decide", "agreed", "--body", "team", "--hypothesis", "H2.gj"],
        &["recommend", "add", "Run a bus", "--audience", "workforce", "--basis", "X1.gj", "--role", "driver"],
        &["need", "add", "People stay away", "--value", "one in three", "--source", "D1.gj"],
        &["need", "link", "W1.gj", "K1.gj", "--because", "H1.gj", "--how", "notes are open"],
        &["searching", "add", "PsycINFO", "--stream", "databases", "--records", "12", "--against", "H1.gj"],
        &["flow", "set", "databases", "--identified", "12", "--excluded-for", "thin=3"],
        &["policy", "add", "Records act", "--level", "national"],
        &["policy", "link", "Y1.gj", "K1.gj", "conflicts_with", "--because", "H2.gj"],
        &["panel", "add", "Panel"],
        &["panel", "member", "add", "N1.gj", "--group", "gps"],
        &["panel", "member", "invite", "N1.gj"],
        &["panel", "member", "add", "N1.gj", "--group", "gps"],
        &["round", "add", "N1.gj", "--method", "delphi", "--item", "U1.gj"],
        &["round", "open", "R1.gj"],
        &["round", "add", "N1.gj", "--method", "delphi", "--item", "U1.gj"],
        &["meeting", "add", "Meeting", "--panel", "N1.gj"],
        &["meeting", "item", "add", "G1.gj", "U1.gj"],
        &["meeting", "issue", "G1.gj", "--to", "md"],
    ] {
        desk.run(command).done();
    }
    desk.file("case.toml", crate::training::CASE);
    desk.run(&["training", "add", "case.toml"]).done();
    desk.file("answers.csv", "stage,happening\n1,They forgot\n");
    desk.file("sheet.csv", "passage,text,claim,outcome\n");
    desk.file("appraised.csv", "evidence,relevance,richness,rigour,reason\nE1.gj,1,1,1,\nE3.gj,2,1,2,\n");
    desk
}

/// What bk does in the pass: codings of either kind, taken off again, taken back, found by a search; memos.
fn code_as_the_other(bk: &Desk) {
    for command in [
        &["code", "add", "D1.gj", "t4", "--code", "openness", "--memo", "planted picks"][..],
        &["code", "add", "D1.gj", "--quote", "buses stopped", "--code", "openness"],
        &["code", "add", "D1.gj", "t6", "--code", "distance"],
        &["code", "remove", "CD3.bk"],
        &["code", "add", "D1.gj", "t3", "--code", "distance"],
        &["undo"],
        &["search", "trusted", "--code-as", "openness"],
        &["memo", "add", "--about", "CD2.bk", "--text", "planted picks of a memo"],
        &["evidence", "appraise", "--from", "appraised.csv"],
        &["memo", "add", "D1.gj", "--quote", "never hid the notes", "--text", "planted picks of words"],
        &["memo", "add", "--about", "A2.bk", "--text", "planted picks of a memo on a memo"],
    ] {
        bk.run(command).done();
    }
}

#[test]
fn every_command_is_tried_or_says_why_not() {
    let desk = Desk::bare();
    let mut listed: Vec<&str> = ASKED.iter().chain(NOT_ASKED).map(|(path, _)| *path).collect();
    listed.sort_unstable();
    let mut there = commands(&desk, &[]);
    there.sort();
    assert_eq!(listed, there);
    for (path, typed) in ASKED {
        assert!(typed.split('|').all(|one| one.trim().starts_with(path)), "{path}");
    }
}

/// What differs once the pass is closed.
const TOLD_AFTERWARDS: &[&str] = &[
    "status",
    "code list",
    "code list --by bk",
    "code list --unread",
    "codebook list",
    "codebook show openness",
    "search code:openness",
    "search code:distance AND trusted",
    "query run code:openness",
    "query run NOT code:openness",
    "query run code:* --count coder",
    "matrix codes",
    "matrix codes --to csv",
    "matrix by coder",
    "matrix words --where code:openness",
    "memo list",
    "memo show A2.bk",
    "document export D1.gj --to docx --with-memos",
    "assign list",
    "stats agreement --no-ci",
    "stats agreement --of appraisals --no-ci",
    "stats spans --no-ci",
    "evidence appraisals",
    "report appraisal --to md --to json",
    "compare diff M1.gj M2.gj",
    "model todo M1.gj",
    "pass show BP1.gj",
    "log",
    "read D1.gj",
];

fn nothing_is_seen(format: &str) {
    let desk = desk();
    let bk = desk.as_coder("bk");
    // The index is there from now on.
    desk.run(&["search", "trusted"]).done();
    let all = || ASKED.iter().flat_map(|(_, typed)| typed.split('|')).map(str::trim);
    let without = answers(&desk, format, all());
    code_as_the_other(&bk);
    let with = answers(&desk, format, all());
    for (typed, answer) in &without {
        assert_eq!(&with[typed], answer, "realist {typed}");
        let mistyped = ["unrecognized", "unexpected argument", "required arguments"];
        assert!(!mistyped.iter().any(|words| answer.2.contains(words)), "realist {typed}: {}", answer.2);
    }
    assert!(!desk.journal().contains("planted picks"), "memos are sealed");
    for coder in [&desk, &bk] {
        coder.run(&["pass", "done", "BP1.gj"]).done();
    }
    desk.run(&["pass", "close", "BP1.gj"]).done();
    let closed = answers(&desk, format, TOLD_AFTERWARDS.iter().copied());
    for typed in TOLD_AFTERWARDS {
        assert_ne!(closed[*typed], without[*typed], "realist {typed} shows what was coded");
    }
}

#[test]
fn nothing_is_seen_of_what_the_other_codes() {
    nothing_is_seen("table");
}

#[test]
fn nor_in_json() {
    nothing_is_seen("json");
}

#[test]
fn writing_works_on_the_whole() {
    let desk = desk();
    let bk = desk.as_coder("bk");
    code_as_the_other(&bk);
    // Whoever is not of the pass sees it, and so does the coder themselves.
    for coder in [desk.as_coder("lead"), bk.clone()] {
        assert_eq!(coder.json(&["code", "list", "--by", "bk", "--document", "D1.gj"]).as_array().unwrap().len(), 3);
    }
    // Who has not said who they are sees nothing of either.
    let own = desk.nobody().json(&["code", "list", "--document", "D1.gj"]);
    assert_eq!(own.as_array().unwrap().len(), 0);
    desk.run(&["code", "remove", "CD2.bk"]).refused().says("not here while the pass BP1.gj is open");
    desk.run(&["code", "add", "D1.gj", "t4", "--code", "openness"]).done();
    desk.run(&["undo"]).done().says("code add by gj");
    // What reaches every coding reaches those that are hidden.
    desk.run(&["codebook", "merge", "openness", "--into", "distance"]).done();
    let merged = bk.json(&["code", "list", "--code", "distance", "--by", "bk", "--document", "D1.gj"]);
    assert_eq!(merged.as_array().unwrap().len(), 2, "two of three said the same then");
    desk.run(&["check", "--deep"]).done();
    desk.run(&["code", "list", "--by", "bk", "--document", "D1.gj", "--format", "json"]).negative();
}

#[test]
fn a_correction_carries_what_is_hidden_and_does_not_tell() {
    let desk = desk();
    let bk = desk.as_coder("bk");
    code_as_the_other(&bk);
    desk.file("marguerite-carnwath.txt", story::INTERVIEW.replace("the buses stopped", "buses had stopped"));
    let told = desk.json(&["import", "marguerite-carnwath.txt", "--update"]);
    let passages = told["updated"][0]["passages"].as_array().unwrap();
    assert!(passages.iter().all(|one| !one["id"].as_str().unwrap().ends_with("bk")), "{told}");
    let own = bk.json(&["code", "list", "--by", "bk", "--document", "D1.gj"]);
    let near: Vec<bool> = own.as_array().unwrap().iter().map(|one| one["carried"] == "near").collect();
    assert_eq!(near.len(), 3);
    assert!(near.contains(&true) && near.contains(&false), "{own}");
    desk.run(&["document", "confirm", "D1.gj"]).done();
    assert_eq!(bk.json(&["code", "list", "--by", "bk", "--document", "D1.gj"]), own, "bk looks at their own");
}

#[test]
fn taking_in_tells_the_number_of_operations() {
    let desk = desk();
    let bk = desk.far_copy("far", "bk");
    code_as_the_other(&bk);
    let far = bk.project.to_str().unwrap();
    let taken = desk.run(&["merge", far]).done().says("11 operations of an open pass");
    assert!(!taken.stdout.contains("coding") && !taken.stdout.contains("memo"), "{}", taken.stdout);
    assert_eq!(desk.json(&["merge", far])["operations"], 0, "it is all there");
    desk.run(&["code", "list", "--by", "bk", "--document", "D1.gj", "--format", "json"]).negative();
}

#[test]
fn a_pass_is_closed_when_all_are_done_or_for_a_reason() {
    let desk = desk();
    let bk = desk.as_coder("bk");
    desk.run(&["pass", "close", "BP1.gj"]).refused().says("still coding in BP1.gj: gj, bk");
    desk.as_coder("lead").run(&["pass", "done", "BP1.gj"]).refused().says("lead is no coder");
    assert_eq!(desk.json(&["pass", "done", "BP1.gj"])["waiting_for"][0], "bk");
    bk.run(&["pass", "done", "BP1.gj"]).done().says("all are done");
    bk.run(&["pass", "done", "BP1.gj", "--reopen"]).done();
    desk.run(&["pass", "close", "BP1.gj"]).refused();
    desk.run(&["pass", "close", "BP1.gj", "--even-so", "bk is on leave"]).done();
    let seen = desk.json(&["pass", "show", "BP1.gj"]);
    assert_eq!((&seen["state"], &seen["even_so"]), (&"closed".into(), &"bk is on leave".into()));
    desk.run(&["pass", "done", "BP1.gj"]).refused().says("was closed by gj");
    desk.run(&["undo"]).done();
    assert_eq!(desk.json(&["pass", "show", "BP1.gj"])["state"], "open");
}
