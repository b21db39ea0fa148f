//! A codebook as TOML, laid out like the files in `codebooks/`.

use crate::codebook::field::Shape;
use crate::codebook::{Field, Outline};
use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, value};

pub fn render(outline: &Outline) -> String {
    let mut tables = ArrayOfTables::new();
    for (entry, parent) in outline.entries.iter().zip(outline.parents()) {
        let mut table = Table::new();
        if let Some(id) = entry.id {
            table.insert("id", value(id.to_string()));
        }
        table.insert("name", value(entry.name.as_str()));
        if let Some(parent) = parent {
            table.insert("parent", value(parent));
        }
        for field in Field::ALL {
            let said = match (field.shape(), entry.texts(*field)) {
                (_, []) => continue,
                (Shape::Flag, _) => value(true),
                (Shape::List | Shape::Codings, texts) => value(texts.iter().map(String::as_str).collect::<Array>()),
                (_, [first, ..]) => value(first.as_str()),
            };
            table.insert(field.word(), said);
        }
        tables.push(table);
    }
    let mut document = DocumentMut::new();
    document.insert("code", Item::ArrayOfTables(tables));
    document.to_string()
}
