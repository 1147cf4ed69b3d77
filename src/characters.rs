//! Characters that are not seen themselves, and change what is seen around them.

/// Whether a character shows as itself. Those that do not steer a terminal, turn the direction of
/// writing, or stand for nothing at all.
pub(crate) const fn is_shown(c: char) -> bool {
    let is_control = matches!(c, '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}');
    let is_direction = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_separator = matches!(c, '\u{2028}' | '\u{2029}');
    let is_mark = matches!(
        c,
        '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}'
    );
    let is_tag = matches!(c, '\u{e0000}'..='\u{e007f}');
    !(is_control || is_direction || is_separator || is_mark || is_tag)
}

/// A text of lines in which each character that does not show has the replacement character in its
/// place, so that whoever reads it sees that something is there.
#[cfg(feature = "cli")]
pub(crate) fn shown(text: &str) -> String {
    let is_in_lines = |c: char| is_shown(c) || matches!(c, '\n' | '\t');
    text.replace(|c| !is_in_lines(c), "\u{fffd}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_or_turns_a_line_does_not_show() {
        for c in "\0\u{7}\u{1b}\u{9b}\u{202e}\u{2066}\u{feff}\u{2028}\u{e0041}".chars() {
            assert!(!is_shown(c), "{c:?}");
        }
        for c in "a \u{e9}\u{a0}\u{4e2d}\u{5d0}\u{200f}\u{1f600}\u{fffd}".chars() {
            assert!(is_shown(c), "{c:?}");
        }
    }

    #[cfg(feature = "cli")]
    #[test]
    fn lines_stay_and_the_rest_is_marked() {
        let text = "a\u{1b}[31m\tb\nc\r";
        assert_eq!(shown(text), "a\u{fffd}[31m\tb\nc\u{fffd}", "one for one");
    }
}
