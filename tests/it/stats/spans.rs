//! Agreement on spans, and saturation: the oracles of method reference 4.4 and 4.5.

use super::{close, json, stats};
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
