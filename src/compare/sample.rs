//! A synthesis with models, features and cells, made by hand. Compiled for tests only.

use crate::codebook::Code;
use crate::coding::Coding;
use crate::id::Id;
use crate::model::{Cell, Model, Value};
use crate::passage::Anchor;
use crate::settings::Settings;
use crate::synthesis::Synthesis;
use crate::text::Span;
use std::collections::BTreeSet;

pub fn id(kind: u8, n: usize) -> Id {
    let mut bytes = [kind; 16];
    bytes[8..].copy_from_slice(&(n as u64).to_be_bytes());
    Id::from_bytes(bytes)
}

pub fn model(n: usize) -> Id {
    id(1, n)
}

pub fn feature(n: usize) -> Id {
    id(2, n)
}

pub fn empty() -> Synthesis {
    let settings = serde_json::json!({ "format": 1, "project": id(0, 0), "title": "Test", "questions": [] });
    Synthesis::empty(serde_json::from_value::<Settings>(settings).unwrap())
}

/// So many models and features of one codebook; nothing is said of any yet.
pub fn blank(models: usize, features: usize) -> Synthesis {
    let mut all = empty();
    for n in 0..models {
        let one: Model = serde_json::from_str(&format!("{{\"name\":\"Model {n:03}\"}}")).unwrap();
        all.models.models.insert(model(n), Model { id: model(n), ..one });
    }
    for n in 0..features {
        let code = Code { book: "features".to_owned(), ..Code::named(feature(n), format!("Feature {n:03}")) };
        all.codes.insert(code.id, code);
    }
    all
}

/// A coding of a feature over some bytes of a document that nobody holds.
pub fn coded(all: &mut Synthesis, n: usize, code: Id, span: (usize, usize)) -> Id {
    let spans = vec![Span::new(span.0, span.1).unwrap()];
    let anchor = Anchor { document: id(4, 0), version: "v".to_owned(), row: None, spans, hashes: vec!["0".to_owned()] };
    let coding = serde_json::json!({ "code": code, "anchor": anchor, "coder": "gj" });
    let coding = Coding { id: id(3, n), ..serde_json::from_value(coding).unwrap() };
    all.codings.insert(coding.id, coding);
    id(3, n)
}

pub fn say(all: &mut Synthesis, of: usize, feature: Id, value: Value, passages: &[Id]) {
    let (model, passages) = (model(of), passages.iter().copied().collect::<BTreeSet<Id>>());
    let cell =
        Cell { id: Cell::id_of(model, feature), model, feature, value, passages, note: None, by: "gj".to_owned() };
    all.models.cells.insert(cell.id, cell);
}
