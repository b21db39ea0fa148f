//! Published tables of real data through the command: coefficients, fixtures of irrCAC, a finished Delphi.

use crate::data::data;
use crate::desk::Desk;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Read;
use std::path::Path;

fn json(desk: &Desk, arguments: &[&str]) -> Value {
    desk.outside(&[&["stats"], arguments, &["--format", "json"]].concat()).done().json()
}

#[track_caller]
fn close(value: &Value, wanted: f64, tolerance: f64, what: &str) {
    let number = value.as_f64().unwrap_or_else(|| panic!("{what}: {value} is no number"));
    assert!((number - wanted).abs() <= tolerance, "{what}: {number} is not {wanted}");
}

fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}

#[test]
fn published_coefficients() {
    let Some(folder) = data("published_coefficients", "agreement/published-coefficients") else { return };
    let desk = Desk::bare();
    let mut answers: BTreeMap<String, Value> = BTreeMap::new();
    let mut checked = 0;
    for row in rows(&folder.join("_expected.csv")) {
        if !row["check"].starts_with("recomputed") || row["coefficient"] == "HubertKappa" {
            continue;
        }
        let table = format!("{}.{}.csv", row["test"], row["dataset"]);
        let path = folder.join(&table);
        let answer = answers.entry(table).or_insert_with(|| {
            json(&desk, &["agreement", path.to_str().unwrap(), "--wide", "--metric", "all", "--no-ci"])
        });
        let name = match row["coefficient"].as_str() {
            "Percentage" => "percent",
            "CohenKappa" => "cohen_kappa",
            "ScottPi" => "scott_pi",
            "FleissKappa" => "fleiss_kappa",
            "BennettS" | "RandolphKappa" => "brennan_prediger",
            "KrippendorffAlpha(Nominal)" => "krippendorff_alpha_nominal",
            "KrippendorffAlpha(Ordinal)" => "krippendorff_alpha_ordinal",
            "KrippendorffAlpha(Interval)" => "krippendorff_alpha_interval",
            "KrippendorffAlpha(Ratio)" => "krippendorff_alpha_ratio",
            other => panic!("no metric for {other}"),
        };
        let metric = answer["metrics"].as_array().unwrap().iter().find(|one| one["name"] == name).unwrap();
        let key = match row["quantity"].as_str() {
            "Agreement" => "value",
            "ObservedAgreement" | "ObservedDisagreement" => "observed",
            "ExpectedAgreement" | "ExpectedDisagreement" => "expected",
            other => panic!("no value for {other}"),
        };
        let what = format!("{} {name} {key}", row["test"]);
        close(&metric[key], row["recomputed"].parse().unwrap(), 5.001e-7, &what);
        checked += 1;
    }
    assert_eq!(checked, 55);
}

#[test]
fn gwet_fixtures() {
    let Some(folder) = data("gwet_fixtures", "agreement/gamma-and-gwet-fixtures") else { return };
    for name in ["fixture_01_paradox_2x2", "fixture_03_cohen_ex2", "fixture_05_likert_5x5"] {
        let fixture: Value =
            serde_json::from_str(&std::fs::read_to_string(folder.join(format!("{name}.json"))).unwrap()).unwrap();
        let mut csv = "unit,rater1,rater2\n".to_owned();
        let mut unit = 0;
        for (row, cells) in fixture["table"].as_array().unwrap().iter().enumerate() {
            for (column, times) in cells.as_array().unwrap().iter().enumerate() {
                for _ in 0..times.as_u64().unwrap() {
                    unit += 1;
                    writeln!(csv, "{unit},{},{}", row + 1, column + 1).unwrap();
                }
            }
        }
        let desk = Desk::bare();
        let file = desk.file("table.csv", csv);
        let answer = json(&desk, &["agreement", &file, "--wide", "--metric", "gwet_ac1,gwet_ac2", "--no-ci"]);
        for (case, metric) in fixture["cases"].as_array().unwrap().iter().zip(answer["metrics"].as_array().unwrap()) {
            for (theirs, ours) in [("pa", "observed"), ("pe", "expected"), ("coefficient", "value")] {
                close(&metric[ours], case[theirs].as_f64().unwrap(), 5.001e-6, &format!("{name} {ours}"));
            }
        }
    }
}

/// Cells of the one sheet of a workbook that holds its texts in place, row by row; empty ones are empty.
fn sheet(path: &Path) -> Vec<Vec<String>> {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut text = String::new();
    archive.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut text).unwrap();
    let column = |reference: &str| {
        let letters = reference.bytes().take_while(u8::is_ascii_uppercase);
        letters.fold(0, |number, letter| number * 26 + usize::from(letter - b'A') + 1)
    };
    let rows = text.split("<row ").skip(1).map(|row| {
        let mut cells = Vec::new();
        for cell in row.split("<c r=\"").skip(1) {
            let at = column(cell);
            let Some((_, value)) = cell.split_once("<v>").or_else(|| cell.split_once("<t>")) else { continue };
            cells.resize(cells.len().max(at), String::new());
            value.split('<').next().unwrap().clone_into(&mut cells[at - 1]);
        }
        cells
    });
    rows.collect()
}

fn cell(row: &[String], at: usize) -> &str {
    row.get(at).map_or("", String::as_str)
}

/// The fast-track Delphi of Unisanté: who finished the questionnaire is the panel of 23, and its report has these
/// medians, quartiles, ranges and counts.
#[test]
fn a_finished_delphi() {
    let Some(folder) = data("a_finished_delphi", "agreement/delphi-fasttrack-unisante") else { return };
    let single = sheet(&folder.join("chk_dft2_type2_raw.xlsx"));
    let panel: BTreeSet<usize> = (1..single[2].len()).filter(|at| !cell(&single[2], *at).is_empty()).collect();
    assert_eq!(panel.len(), 23);

    let mut csv = "round,item,member,rating\n".to_owned();
    let rated = sheet(&folder.join("chk_dft2_type1_raw.xlsx"));
    for row in rated.iter().skip(2) {
        for at in &panel {
            writeln!(csv, "2,{},m{at},{}", number(&row[0]), cell(row, *at)).unwrap();
        }
    }
    let desk = Desk::bare();
    let file = desk.file("rated.csv", csv);
    let rated = json(&desk, &["delphi", &file, "--rule", "median-iqr:3"]);
    let wanted = [
        ("s1", 22, 8.0, 7.0, 9.0, 5.0, "consensus in"),
        ("s3", 23, 8.0, 7.0, 9.0, 2.0, "consensus in"),
        ("s4", 23, 9.0, 9.0, 9.0, 7.0, "consensus in"),
        ("s5", 23, 9.0, 9.0, 9.0, 6.0, "consensus in"),
        ("s6", 23, 7.0, 5.0, 9.0, 1.0, "agreement without consensus"),
        ("s8", 23, 9.0, 8.0, 9.0, 3.0, "consensus in"),
        ("s11", 23, 9.0, 9.0, 9.0, 5.0, "consensus in"),
        ("s12", 23, 9.0, 7.5, 9.0, 4.0, "consensus in"),
        ("s13", 23, 9.0, 7.0, 9.0, 5.0, "consensus in"),
        ("s18", 23, 9.0, 9.0, 9.0, 6.0, "consensus in"),
    ];
    assert_eq!(rated["items"].as_array().unwrap().len(), wanted.len());
    for (one, (item, n, median, q1, q3, least, verdict)) in rated["items"].as_array().unwrap().iter().zip(wanted) {
        assert_eq!((&one["item"], &one["n"], &one["verdict"]), (&item.into(), &n.into(), &verdict.into()));
        for (key, wanted) in [("median", median), ("q1", q1), ("q3", q3), ("min", least), ("max", 9.0)] {
            close(&one[key], wanted, 1e-9, &format!("{item} {key}"));
        }
    }

    // One choice each, then as many as fit; the last option of a table can be one nobody was asked for.
    let mut csv = "item,member,option\n".to_owned();
    for row in single.iter().skip(2) {
        for at in &panel {
            writeln!(csv, "{},m{at},{}", number(&row[0]), cell(row, *at)).unwrap();
        }
    }
    for row in sheet(&folder.join("chk_dft2_type3_raw.xlsx")).iter().skip(2) {
        let (item, option) = row[0].rsplit_once("___").unwrap();
        writeln!(csv, "{},,{option}", number(item)).unwrap();
        for at in panel.iter().filter(|at| cell(row, **at) == "1") {
            writeln!(csv, "{},m{at},{option}", number(item)).unwrap();
        }
    }
    let file = desk.file("chosen.csv", csv);
    let chosen = json(&desk, &["choices", &file, "--threshold", "66"]);
    assert_eq!(chosen["members"], 23);
    let counts: [(&str, &[u64], u64); 11] = [
        ("s10", &[22, 1], 1),
        ("s14", &[20, 2, 1], 1),
        ("s15", &[13, 5, 2, 2, 1], 0),
        ("s16", &[9, 9, 3, 2], 0),
        ("s17", &[10, 8, 2, 2, 1], 0),
        ("s19", &[17, 3, 3], 1),
        ("s21", &[17, 4, 1, 1], 1),
        ("s2", &[23, 22, 19, 2, 1, 0], 3),
        ("s7", &[20, 17, 12, 8, 6, 5, 0, 0], 2),
        ("s9", &[20, 13, 11, 6, 1, 0], 1),
        ("s20", &[15, 15, 14, 8, 7, 5, 4, 1, 0], 0),
    ];
    for (item, wanted, agreed) in counts {
        let found = chosen["items"].as_array().unwrap().iter().find(|one| one["item"] == item).unwrap();
        let options = found["options"].as_array().unwrap();
        let n: Vec<u64> = options.iter().map(|option| option["n"].as_u64().unwrap()).collect();
        assert_eq!(n, wanted, "{item}");
        assert_eq!(options.iter().filter(|option| option["agreed"] == true).count() as u64, agreed, "{item}");
    }
}

/// `dft2_a_s10_type2` is statement `s10`.
fn number(variable: &str) -> &str {
    variable.split('_').find(|part| part.starts_with('s') && part[1..].parse::<u32>().is_ok()).unwrap()
}
