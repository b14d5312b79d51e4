//! Durations as people write them: 90s, 45m, 1h30m.

const UNITS: [(char, u64); 3] = [('h', 360), ('m', 60), ('s', 1)];

/// The duration in seconds, or what is wrong with it.
pub fn parse(text: &str) -> Result<u64, String> {
    let refuse = || format!("not a duration: {text:?}");
    let mut rest = text;
    let mut sum = 0;
    for (unit, seconds) in UNITS {
        let digits = rest.chars().take_while(char::is_ascii_digit).count();
        if digits > 0 && rest[digits..].starts_with(unit) {
            let count: u64 = rest[..digits].parse().map_err(|_| refuse())?;
            sum += count * seconds;
            rest = &rest[digits + 1..];
        }
    }
    if text.is_empty() || !rest.is_empty() {
        return Err(refuse());
    }
    Ok(sum)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn seconds() {
        assert_eq!(parse("90s"), Ok(90));
    }

    #[test]
    fn minutes() {
        assert_eq!(parse("45m"), Ok(2700));
    }

    #[test]
    fn hours_and_minutes() {
        assert_eq!(parse("1h30m"), Ok(5400));
    }

    #[test]
    fn refuses() {
        for text in ["", "soon", "5 m", "1m1h"] {
            assert!(parse(text).is_err(), "{text:?} was taken");
        }
    }
}
