//! GraphML, for programs that analyse and draw networks.

use super::escape;
use crate::picture::figure::{Arrow, Figure, Item};
use std::fmt::Write;

/// Name of each datum, whether it is of a node or an edge, and its type.
const KEYS: [(&str, &str, &str); 8] = [
    ("heading", "node", "string"),
    ("label", "node", "string"),
    ("remark", "node", "string"),
    ("look", "node", "string"),
    ("sources", "edge", "int"),
    ("contested", "edge", "boolean"),
    ("statements", "edge", "string"),
    ("about", "edge", "string"),
];

pub fn write(figure: &Figure) -> String {
    let mut xml =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"
            .to_owned();
    for (name, of, kind) in KEYS {
        let _ = writeln!(xml, "<key id=\"{name}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>");
    }
    let _ = writeln!(xml, "<graph id=\"{}\" edgedefault=\"directed\">", escape(&figure.key));
    for Item { key, heading, words, remark, look, .. } in &figure.items {
        let _ = write!(xml, "<node id=\"{key}\">");
        data(&mut xml, &[("heading", heading), ("label", words), ("remark", remark), ("look", look.key())]);
        xml.push_str("</node>\n");
    }
    for (at, Arrow { from, to, weight, is_contested, remark, origins }) in figure.arrows.iter().enumerate() {
        let (source, target) = (&figure.items[*from].key, &figure.items[*to].key);
        let _ = write!(xml, "<edge id=\"e{at}\" source=\"{source}\" target=\"{target}\">");
        let (weight, contested, origins) = (weight.to_string(), is_contested.to_string(), origins.join(" "));
        if let Some(going) = figure.going(at) {
            data(&mut xml, &[("about", &going)]);
            xml.push_str("</edge>\n");
            continue;
        }
        data(&mut xml, &[("sources", &weight), ("contested", &contested), ("statements", &origins), ("about", remark)]);
        xml.push_str("</edge>\n");
    }
    xml + "</graph>\n</graphml>\n"
}

fn data(xml: &mut String, data: &[(&str, &str)]) {
    for (key, value) in data.iter().filter(|(_, value)| !value.is_empty()) {
        let _ = write!(xml, "<data key=\"{key}\">{}</data>", escape(value));
    }
}
