//! Agreement on spans, and saturation: the oracles of method reference 4.4 and 4.5.

use super::{close, json, stats};
use crate::desk::Desk;
use serde_json::Value;
use std::fmt::Write as _;

#[test]
fn spans() {
    let u1 = "coder,start,end,value\na,0,10,C\na,20,30,M\na,40,60,O\nb,2,12,C\nb,20,28,M\nb,45,60,C\nb,70,80,M\n";
    let u1 = json(u1, &["spans", "--length", "100"]);
    for (key, wanted) in
        [("u_alpha", 0.415_704), ("bar_u_alpha", 0.580_541), ("cu_alpha", 0.367_865), ("cu_coverage", 0.31)]
    {
        close(&u1[key], wanted, 5.001e-7);
    }
    let codes = [("C", 0.209_996, 0.885_714), ("M", 1.0, 0.571_429), ("O", 0.0, 0.75)];
    for (code, (value, alpha, coverage)) in u1["ku_alpha"].as_array().unwrap().iter().zip(codes) {
        assert_eq!(code["value"], value);
        close(&code["alpha"], alpha, 5e-7);
        close(&code["coverage"], coverage, 5e-7);
    }
    let u2 = "coder,start,end,value\nAlex,2,5,1\nAlex,9,11,1\nAlex,12,20,2\nPaul,2,5,1\nPaul,7,15,2\nSusan,2,5,1\nSusan,10,15,2\n";
    let u2 = json(u2, &["spans", "--length", "20"]);
    for (key, wanted) in [("u_alpha", 0.473_913), ("bar_u_alpha", 0.432_812), ("cu_alpha", 0.778_882)] {
        close(&u2[key], wanted, 5.001e-7);
    }
    close(&u2["ku_alpha"][0]["alpha"], 0.769_252, 5e-7);
    close(&u2["ku_alpha"][1]["alpha"], 0.786_971, 5e-7);
    let u3 = "coder,start,end,value\na,3,15,k\na,22,53,k\nb,3,10,k\nb,22,53,k\nc,22,46,k\n";
    let u3 = json(u3, &["spans", "--length", "56"]);
    close(&u3["u_alpha"], 0.564_545, 5e-7);
    close(&u3["bar_u_alpha"], 0.564_545, 5e-7);
    assert!(u3["undefined"]["cu_alpha"].as_str().unwrap().contains("only one value"));
    let u5 = "coder,start,end,value\na,2,10,v\na,14,20,v\nb,4,8,v\nb,15,17,v\n";
    close(&json(u5, &["spans", "--length", "24"])["u_alpha"], 0.358_333, 5e-7);
    let older = "coder,start,end,value\ni,225,295,c\ni,370,400,c\ni,180,240,k\ni,300,350,k\nj,220,300,c\nj,355,375,c\nj,400,420,c\nj,180,240,k\nj,300,350,k\n";
    let older =
        stats(older, &["spans", "--from", "150", "--length", "300", "--format", "json"]).done().says("overlap").json();
    close(&older["values_1995"][0]["alpha"], 0.7286, 5e-5);
    close(&older["values_1995"][1]["alpha"], 1.0, 1e-9);
    close(&older["alpha_1995"], 0.8591, 5e-4);
    assert_eq!(older["u_alpha"], Value::Null);
    assert!(older["u_alpha_alone"][0]["alpha"].is_number(), "each code by itself");
    let silent = json("coder,start,end,value\na,0,5,x\nb,,,\n", &["spans", "--length", "10"]);
    assert_eq!(silent["n_coders"], 2, "a coder who marked nothing counts");
}

#[test]
fn saturation() {
    let mut csv = "interview,new_themes\n".to_owned();
    for (at, new) in [14, 9, 8, 6, 4, 3, 1, 0, 1, 0].iter().enumerate() {
        writeln!(csv, "{},{new}", at + 1).unwrap();
    }
    let four_two = json(&csv, &["saturation", "--base", "4", "--run", "2"]);
    assert_eq!((&four_two["base_themes"], &four_two["saturation"]), (&37.into(), &"6+2".into()));
    close(&four_two["runs"][0]["share"], 0.1892, 5e-5);
    close(&four_two["runs"][1]["share"], 0.1081, 5e-5);
    close(&four_two["runs"][2]["share"], 0.0270, 5e-5);
    let never = json(&csv, &["saturation", "--base", "4", "--run", "2", "--threshold", "0"]);
    assert_eq!(never["saturation"], Value::Null);
    assert!(never["undefined"]["saturation"].is_string());
    assert_eq!(json(&csv, &["saturation", "--base", "5", "--run", "3"])["saturation"], "6+3");
    let themes = "interview,theme,kind\n1,a,interview\n1,b,interview\n2,b,interview\n3,a,interview\ng,a,focus group\n";
    let named = json(themes, &["saturation", "--base", "1", "--run", "1", "--permutations", "100"]);
    assert_eq!((&named["kinds"][0]["saturation"], &named["kinds"][1]["saturation"]), (&"1+1".into(), &Value::Null));
    assert_eq!(named["kinds"][0]["any_order"]["reached"], 1.0);
}

#[test]
fn saturation_is_drawn_with_a_panel_for_each_kind() {
    let desk = Desk::bare();
    let csv =
        "interview,new_themes,kind\n1,8,interview\n2,6,interview\n3,3,interview\n4,0,interview\n5,4,focus <group>\n";
    let file = desk.file("data.csv", csv);
    let draw = |out: &str, more: &[&str]| {
        let out = desk.room().join(out);
        let asked = ["stats", "saturation", &file, "--base", "2", "--run", "1", "--out", out.to_str().unwrap()];
        let told = desk.outside(&[&asked[..], more].concat());
        (told, std::fs::read_to_string(out).unwrap_or_default())
    };
    let (told, nothing) = draw("dry.svg", &["--dry-run"]);
    told.done().says("dry run");
    assert!(nothing.is_empty());
    let (told, svg) = draw("new.svg", &[]);
    told.done().says("wrote ");
    assert!(svg.contains("<title id=\"saturation-title\">What is still new</title>"), "{svg}");
    assert!(
        svg.contains("per cent of the themes of the first 2 interviews, for interview, focus &lt;group&gt;."),
        "{svg}"
    );
    for said in ["21.4", "14 themes in the base; saturation at 3+1", "undefined: ", "focus &lt;group&gt;", ">5 %<"] {
        assert!(svg.contains(said), "{said} is not in {svg}");
    }
    let (told, page) = draw("new.html", &[]);
    told.done();
    assert!(page.contains("As a table") && page.contains("21.43") && !page.contains("<script"), "{page}");
    draw("new.png", &[]).0.refused().says("formats: svg, html");
}

#[test]
fn documents_are_what_is_resampled() {
    let rows = |document: &str| {
        format!(
            "{document},a,0,10,C\n{document},a,20,30,M\n{document},a,40,60,O\n{document},b,2,12,C\n{document},b,20,28,M\n{document},b,45,60,C\n{document},b,70,80,M\n"
        )
    };
    let alike = "D3,a,0,10,C\nD3,b,0,10,C\n";
    let csv = format!("document,coder,start,end,value\n{}{}{alike}", rows("D1"), rows("D2"));
    let found = json(&csv, &["spans", "--length", "100"]);
    assert_eq!(found["n_documents"], 3);
    // Three documents: all 27 resamples are visited; the worst holds no D3 and the best nothing else.
    let u = &found["intervals"]["u_alpha"];
    close(&u["ci_high"], 1.0, 1e-9);
    assert!(u["ci_low"].as_f64().unwrap() < found["u_alpha"].as_f64().unwrap());
    assert_eq!((&found["intervals"]["exact"], &found["intervals"]["resamples"]), (&true.into(), &27.0.into()));
    assert_eq!(found["intervals"]["ku_alpha"][0]["value"], "C");
    // Lengths of their own: the third is short.
    let csv = csv.replace("document,coder", "length,document,coder").replace("\nD3", "\n20,D3");
    let csv = csv.replace("\nD1", "\n100,D1").replace("\nD2", "\n100,D2");
    let own = json(&csv, &["spans", "--no-ci"]);
    assert_eq!((&own["length"], &own["intervals"]), (&220.0.into(), &Value::Null));
    stats(&csv, &["spans"]).done().says("an interval from 3 documents says little").says("over documents");
    stats(&csv.replace("100,D2,a,40", "90,D2,a,40"), &["spans"]).refused().says("another length");
    stats("coder,start,end\na,0,5\n", &["spans"]).refused().says("--length");
    stats("coder,start,end\na,0,5\n", &["spans", "--length", "4"]).refused().says("is no span of");
}

#[test]
fn saturation_of_a_teams_own_documents_kind_by_kind() {
    let desk = crate::story::transcripts();
    for (number, kind) in [(3, "interview"), (4, "interview"), (5, "focus_group")] {
        let name =
            desk.file(&format!("talk-{number}.txt"), format!("Ana: number {number} says this\n\nBo: and that\n"));
        desk.run(&["import", &name, "--kind", kind]).done();
    }
    desk.run(&["stats", "saturation", "--base", "1", "--run", "1"]).refused().says("no document has been coded");
    for code in ["trust", "hope", "access"] {
        desk.run(&["codebook", "add", code]).done();
    }
    // Interviews: D1 trust and hope, D3 trust and access, D4 hope; D2 is a group; D5 is not coded.
    for (place, code) in
        [("D1.gj/2", "trust"), ("D1.gj/4", "hope"), ("D3.gj/1", "trust"), ("D3.gj/2", "access"), ("D4.gj/1", "hope")]
    {
        desk.run(&["code", "add", place, "--code", code]).done();
    }
    desk.run(&["code", "add", "D2.gj/2", "--code", "trust"]).done();
    desk.run(&["search", "number", "--code-as", "access"]).done();
    let command = ["stats", "saturation", "--base", "1", "--run", "1", "--by", "kind"];
    let found = desk.json(&command);
    let [interviews, groups] = &found["kinds"].as_array().unwrap()[..] else { panic!("{found}") };
    assert_eq!((&interviews["kind"], &interviews["interviews"]), (&"interview".into(), &3.into()));
    assert_eq!(interviews["base_themes"], 2);
    let new: Vec<u64> = interviews["runs"].as_array().unwrap().iter().map(|run| run["new"].as_u64().unwrap()).collect();
    assert_eq!(new, [1, 0]);
    assert_eq!(interviews["saturation"], "2+1");
    assert_eq!(groups["kind"], "focus_group");
    let why = groups["undefined"]["saturation"].as_str().unwrap();
    assert!(why.contains("1 interview") && !why.contains("1 interviews"), "{why}");
    assert_eq!(found["order"], "as documents were taken in: interview D1.gj, D3.gj, D4.gj; focus_group D2.gj");
    let shown = desk.run(&command).done();
    shown.says("####").says("unread").says("1 document left out: nobody has coded").says("Order of interviews");
    let all = desk.json(&command[..6]);
    assert_eq!((&all["kind"], &all["interviews"]), (&"all".into(), &4.into()));
}
