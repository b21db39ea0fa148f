//! Makes the files from which a comparison of 200 models by 200 features on 100,000 passages is taken in, to time
//! `compare` by whole commands.
//!
//! ```text
//! cargo bench --bench cells -- FOLDER      talk.txt, features.csv, cells.csv
//! ```
//!
//! Every cell is reported, on two passages or three in turn: the fullest matrix there can be. Nothing is left to chance,
//! so the files are always the same. The models, `Model 000` to `Model 199`, are to be made first.

use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

const MODELS: usize = 200;
const FEATURES: usize = 200;
/// Each model has five turns of its own.
const TURNS: usize = 5 * MODELS;
const VALUES: [&str; 4] = ["present", "partial", "absent", "contested"];

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.as_slice() {
        [folder] => write(Path::new(folder)),
        // `cargo bench` without arguments runs every bench.
        _ => Ok(()),
    }
}

fn write(folder: &Path) -> Result<(), Box<dyn Error>> {
    let mut talk = BufWriter::new(File::create(folder.join("talk.txt"))?);
    for turn in 0..TURNS {
        writeln!(
            talk,
            "Person{}: This is turn {turn} of a long talk about models of care and what they hold.\n",
            turn % 7
        )?;
    }
    talk.flush()?;
    let mut features = csv::Writer::from_path(folder.join("features.csv"))?;
    features.write_record(["name", "definition"])?;
    for feature in 0..FEATURES {
        features.write_record([format!("Feature {feature:03}"), format!("What feature {feature} is")])?;
    }
    features.flush()?;
    let mut cells = csv::Writer::from_path(folder.join("cells.csv"))?;
    cells.write_record(["model", "feature", "value", "document", "units", "note"])?;
    for model in 0..MODELS {
        for feature in 0..FEATURES {
            let value = VALUES[(model * 7 + feature * 3 + model * feature) % VALUES.len()];
            for passage in 0..2 + (model * FEATURES + feature) % 2 {
                let [model_name, feature_name] = [format!("Model {model:03}"), format!("Feature {feature:03}")];
                let unit = format!("t{}", model * 5 + passage + 1);
                cells.write_record([&model_name, &feature_name, value, "D1.gj", &unit, ""])?;
            }
        }
    }
    Ok(cells.flush()?)
}
