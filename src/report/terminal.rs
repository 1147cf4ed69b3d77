//! Text for a terminal: aligned columns and wrapped lines.

/// Widest line, in characters.
const WIDTH: usize = 100;
/// Spaces between two columns.
const GAP: usize = 2;

/// Aligned columns: the first to the left, cut where a line would be too wide, and the others to the
/// right.
pub(crate) fn aligned(rows: &[Vec<String>]) -> String {
    let n_columns = rows.first().map_or(0, Vec::len);
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
    let mut widths: Vec<usize> = (0..n_columns).filter_map(width).collect();
    let others: usize = widths.iter().skip(1).map(|width| GAP + width).sum();
    if let Some(first) = widths.first_mut() {
        *first = (*first).min(WIDTH.saturating_sub(others));
    }
    let mut text = String::new();
    for row in rows {
        for (column, (field, width)) in row.iter().zip(&widths).enumerate() {
            let padded = if column == 0 {
                format!("{:<width$}", shortened(field, *width))
            } else {
                format!("{:GAP$}{field:>width$}", "")
            };
            text.push_str(&padded);
        }
        text.truncate(text.trim_end_matches(' ').len());
        text.push('\n');
    }
    text
}

fn shortened(label: &str, width: usize) -> String {
    if label.chars().count() <= width {
        return label.to_owned();
    }
    let kept: String = label.chars().take(width.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// `text`, wrapped between words.
pub(crate) fn wrapped(text: &str) -> String {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last_mut().expect("at least one line");
        if line.is_empty() {
            line.push_str(word);
        } else if line.chars().count() + 1 + word.chars().count() <= WIDTH {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_is_cut_so_that_the_table_fits() {
        let row = |label: &str| vec![label.to_owned(), "9".repeat(40), "1".repeat(30)];
        let table = aligned(&[row(&"policy ".repeat(12)), row("short")]);
        for line in table.lines() {
            assert_eq!(line.chars().count(), WIDTH, "{line}");
        }
        assert!(table.contains('…'), "cut visibly");
        assert!(
            aligned(&[row("a")]).starts_with("a  9"),
            "no wider than needed"
        );
    }

    #[test]
    fn long_text_is_broken_between_words() {
        let text = "word ".repeat(60);
        let lines = wrapped(text.trim());
        assert!(lines.lines().all(|line| line.len() <= WIDTH), "{lines}");
        assert_eq!(lines.replace('\n', " "), text.trim(), "nothing is lost");
    }
}
