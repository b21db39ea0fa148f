//! Charts of rounds as SVG: no script, no font and no address from outside; what is drawn is said in words too.

use super::html::escape;
use crate::picture::measure::wrap;
use crate::report::round::{Chart, Drawn, Strip};
use std::fmt::Write;

const WIDTH: f64 = 720.0;
/// Where scales and bars begin and end.
const LEFT: f64 = 40.0;
const RIGHT: f64 = 680.0;
const STYLE: &str = "text{font:14px system-ui,Arial,sans-serif;fill:#1b1b1b}.title{font-weight:600}.soft{fill:#55595f;font-size:12px}\
.box{fill:#cfe0f3}.count{fill:#8fb4dc}.median{stroke:#0b5cad;stroke-width:3}.axis{stroke:#8a9099}.group{fill:#b3480a}.bar{fill:#0b5cad}\
.page{fill:#fff}";

/// The chart as a file.
pub fn svg(chart: &Chart) -> String {
    let mut body = String::new();
    let mut y = 48.0;
    for strip in &chart.strips {
        y = draw(&mut body, strip, y);
    }
    let said: Vec<String> = chart.strips.iter().map(said).collect();
    let title = escape(&chart.title);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" lang=\"en-GB\" width=\"{WIDTH}\" \
         height=\"{y}\" viewBox=\"0 0 {WIDTH} {y}\" aria-labelledby=\"title about\">\n<title id=\"title\">{title}</title>\n\
         <desc id=\"about\">{}</desc>\n<style>{STYLE}</style>\n<rect class=\"page\" width=\"{WIDTH}\" height=\"{y}\"/>\n\
         <text x=\"{LEFT}\" y=\"28\" class=\"title\">{title}</text>\n{body}</svg>\n",
        escape(&said.join(" "))
    )
}

/// A strip from `y` down; gives where the next begins.
fn draw(svg: &mut String, strip: &Strip, y: f64) -> f64 {
    let mut y = y + 22.0;
    for line in wrapped(&strip.title) {
        put(svg, format_args!("<text x=\"{LEFT}\" y=\"{y}\">{}</text>\n", escape(&line)));
        y += 18.0;
    }
    put(svg, format_args!("<text x=\"{LEFT}\" y=\"{y}\" class=\"soft\">{}</text>\n", escape(&strip.note)));
    match &strip.drawn {
        Drawn::Scale { .. } => scale(svg, &strip.drawn, y + 12.0),
        Drawn::Bars(bars) => self::bars(svg, bars, y + 12.0),
        Drawn::Nothing(_) => y + 12.0,
    }
}

fn scale(svg: &mut String, drawn: &Drawn, top: f64) -> f64 {
    let Drawn::Scale { least, most, quartiles: [q1, median, q3], counts, groups } = drawn else { return top };
    let (low, high) = (f64::from(*least), f64::from(*most));
    let x = |rating: f64| LEFT + 20.0 + (rating - low) / (high - low) * (RIGHT - LEFT - 40.0);
    let base = top + 60.0;
    let highest = counts.iter().map(|(_, n)| *n).max().unwrap_or(0).max(1) as f64;
    let (left, width) = (x(*q1), (x(*q3) - x(*q1)).max(2.0));
    put(svg, format_args!("<rect class=\"box\" x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"60\"/>\n"));
    // Before the counts, so that their numbers can be read.
    let middle = x(*median);
    put(
        svg,
        format_args!(
            "<line class=\"median\" x1=\"{middle:.1}\" x2=\"{middle:.1}\" y1=\"{top:.1}\" y2=\"{base:.1}\"/>\n"
        ),
    );
    for (rating, n) in counts.iter().filter(|(_, n)| *n > 0) {
        let height = 44.0 * *n as f64 / highest;
        let (at, y) = (x(f64::from(*rating)), base - height);
        put(
            svg,
            format_args!(
                "<rect class=\"count\" x=\"{:.1}\" y=\"{y:.1}\" width=\"24\" height=\"{height:.1}\"/>\n",
                at - 12.0
            ),
        );
        put(
            svg,
            format_args!("<text class=\"soft\" text-anchor=\"middle\" x=\"{at:.1}\" y=\"{:.1}\">{n}</text>\n", y - 3.0),
        );
    }
    put(svg, format_args!("<line class=\"axis\" x1=\"{LEFT}\" x2=\"{RIGHT}\" y1=\"{base:.1}\" y2=\"{base:.1}\"/>\n"));
    for rating in *least..=*most {
        let at = x(f64::from(rating));
        put(
            svg,
            format_args!(
                "<text class=\"soft\" text-anchor=\"middle\" x=\"{at:.1}\" y=\"{:.1}\">{rating}</text>\n",
                base + 16.0
            ),
        );
    }
    let mut y = base + 34.0;
    for (group, median) in groups {
        let at = x(*median);
        put(svg, format_args!("<circle class=\"group\" cx=\"{at:.1}\" cy=\"{:.1}\" r=\"5\"/>\n", y - 4.0));
        // On whichever side there is room, on as many lines as it takes.
        let is_right = at > f64::midpoint(LEFT, RIGHT);
        let (anchor, at, room) = if is_right { ("end", at - 10.0, at) } else { ("start", at + 10.0, WIDTH - at) };
        for line in wrap(&format!("{group} {median}"), 12, whole(room - 30.0), 4) {
            put(
                svg,
                format_args!(
                    "<text class=\"soft\" text-anchor=\"{anchor}\" x=\"{at:.1}\" y=\"{y:.1}\">{}</text>\n",
                    escape(&line)
                ),
            );
            y += 17.0;
        }
    }
    y + 6.0
}

#[allow(clippy::cast_possible_truncation)] // no wider than the page
fn whole(room: f64) -> i32 {
    room as i32
}

fn bars(svg: &mut String, bars: &[(String, f64)], top: f64) -> f64 {
    let mut y = top;
    for (name, share) in bars {
        let width = share.clamp(0.0, 1.0) * (RIGHT - LEFT);
        put(
            svg,
            format_args!(
                "<text class=\"soft\" x=\"{LEFT}\" y=\"{:.1}\">{} ({:.0}%)</text>\n",
                y + 12.0,
                escape(name),
                share * 100.0
            ),
        );
        put(
            svg,
            format_args!(
                "<rect class=\"bar\" x=\"{LEFT}\" y=\"{:.1}\" width=\"{width:.1}\" height=\"12\"/>\n",
                y + 17.0
            ),
        );
        y += 38.0;
    }
    y + 6.0
}

/// What a strip shows, for who does not see it.
fn said(strip: &Strip) -> String {
    let drawn = match &strip.drawn {
        Drawn::Nothing(why) => why.clone(),
        Drawn::Bars(bars) => {
            bars.iter().map(|(name, share)| format!("{name} {:.0}%", share * 100.0)).collect::<Vec<_>>().join(", ")
        }
        Drawn::Scale { quartiles: [q1, median, q3], groups, .. } => {
            let groups: Vec<String> = groups.iter().map(|(group, median)| format!("{group} {median}")).collect();
            format!("median {median}, half between {q1} and {q3}; medians of groups: {}", groups.join(", "))
        }
    };
    format!("{} ({}): {drawn}.", strip.title, strip.note)
}

/// Lines short enough for the page.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split_whitespace() {
        let is_full =
            lines.last().is_some_and(|line| !line.is_empty() && line.chars().count() + word.chars().count() > 84);
        if is_full {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

fn put(svg: &mut String, text: std::fmt::Arguments) {
    let _ = svg.write_fmt(text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_drawn_is_said_and_no_text_is_markup() {
        let scale = Drawn::Scale {
            least: 1,
            most: 9,
            quartiles: [6.5, 7.0, 8.0],
            counts: vec![(7, 4), (8, 3)],
            groups: vec![("GPs & others".to_owned(), 4.0)],
        };
        let strip = |drawn| Strip { title: "q1: <b>Peers</b>".to_owned(), note: "n 12".to_owned(), drawn };
        let bars = Drawn::Bars(vec![("A".to_owned(), 0.75)]);
        let strips = vec![strip(scale), strip(bars), strip(Drawn::Nothing("nobody voted".to_owned()))];
        let drawn = svg(&Chart { title: "Round 2".to_owned(), strips });
        assert!(drawn.contains("&lt;b&gt;Peers") && drawn.contains("GPs &amp; others 4"), "{drawn}");
        assert!(drawn.contains("half between 6.5 and 8") && drawn.contains("A 75%"));
        assert_eq!(drawn.matches("class=\"count\"").count(), 2);
    }

    #[test]
    fn names_of_groups_are_not_cut_at_the_edge() {
        let name = "Commissioners of services for the whole county and its three neighbours ".repeat(2);
        let groups = [1.0, 5.2, 9.0].map(|median| (name.clone(), median)).to_vec();
        let drawn = Drawn::Scale { least: 1, most: 9, quartiles: [4.0, 5.0, 6.0], counts: Vec::new(), groups };
        let strip = Strip { title: "q1".to_owned(), note: "n 9".to_owned(), drawn };
        let drawn = svg(&Chart { title: "Round".to_owned(), strips: vec![strip] });
        let labels = drawn.lines().filter(|line| line.contains("text-anchor=\"end\"") || line.contains("\"start\""));
        let fits = |line: &str| {
            let at: f64 = line.split("x=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap();
            let words = line.split('>').nth(1).unwrap().split('<').next().unwrap();
            let wide = f64::from(crate::picture::measure::width(words, 12));
            if line.contains("\"end\"") { at - wide >= 0.0 } else { at + wide <= WIDTH }
        };
        let labels: Vec<&str> = labels.collect();
        assert!(labels.len() > 3 && labels.iter().all(|line| fits(line)), "{labels:?}");
    }
}
