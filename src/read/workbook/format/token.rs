//! The signs of a number format: which of them stand for digits, and which for themselves.

/// One sign of a format.
#[derive(Debug, Clone, PartialEq)]
pub enum Token {
    /// Text in quotes or after a `\`, which stands for itself.
    Literal(String),
    /// A character that stands for itself without either.
    Bare(char),
    /// A currency in brackets: `[$€-407]`.
    Sign(Sign),
    /// For which numbers a part stands: `[>=1000]`.
    Condition(String, f64),
    /// A place for a digit: `0`, `#` or `?`.
    Digit(char),
    /// The decimal point.
    Point,
    /// A comma, which groups digits or leaves out three of them.
    Comma,
    /// A per cent sign that makes a number hundredfold.
    Percent,
    /// A power of ten.
    Exponent,
    /// The number as it is.
    General,
    /// The place of a text.
    Text,
    /// A part of a day or time: `y`, `m`, `d`, `h` or `s`.
    Date(char),
    /// Letters that are years of an era or Japanese weekdays in a date, and a word in a number.
    Era(String),
}

/// A sign of a currency, and the locale that says which one.
#[derive(Debug, Clone, PartialEq)]
pub struct Sign {
    /// The sign or code.
    pub sign: String,
    /// The number or tag of the locale; may be empty.
    pub locale: String,
}

/// Reads a format; gives the signs of its parts, which stand between `;`.
pub fn sections(code: &str) -> Vec<Vec<Token>> {
    let mut sections = vec![Vec::new()];
    let mut rest = code;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        let tokens = sections.last_mut().expect("there is one from the start");
        rest = match c {
            ';' => {
                sections.push(Vec::new());
                after
            }
            '"' => {
                let (literal, after) = after.split_once('"').unwrap_or((after, ""));
                tokens.push(Token::Literal(literal.to_owned()));
                after
            }
            '\\' => {
                let mut letters = after.chars();
                tokens.extend(letters.next().map(|c| Token::Literal(c.to_string())));
                letters.as_str()
            }
            // The width of a sign, and a sign that fills the cell.
            '_' | '*' => {
                let mut letters = after.chars();
                letters.next();
                letters.as_str()
            }
            '[' => {
                let (inside, after) = after.split_once(']').unwrap_or((after, ""));
                tokens.extend(bracket(inside));
                after
            }
            _ => {
                let (token, len) = plain(rest, c);
                tokens.push(token);
                &rest[len..]
            }
        };
    }
    sections
}

/// Reads what stands in brackets: a currency, a condition, hours beyond a day; a colour says nothing.
fn bracket(inside: &str) -> Option<Token> {
    if let Some(currency) = inside.strip_prefix('$') {
        let (sign, locale) = currency.split_once('-').unwrap_or((currency, ""));
        let sign = Sign { sign: sign.trim().to_owned(), locale: locale.to_owned() };
        return (!sign.sign.is_empty()).then_some(Token::Sign(sign));
    }
    let signs = inside.find(|c: char| !matches!(c, '<' | '>' | '=')).unwrap_or(inside.len());
    if signs > 0 {
        let bound = inside[signs..].trim().parse().ok()?;
        return Some(Token::Condition(inside[..signs].to_owned(), bound));
    }
    let first = inside.chars().next()?.to_ascii_lowercase();
    let is_time = matches!(first, 'h' | 'm' | 's') && inside.chars().all(|c| c.eq_ignore_ascii_case(&first));
    is_time.then_some(Token::Date('h'))
}

/// Reads what stands neither in quotes nor in brackets; gives how many bytes it takes.
fn plain(rest: &str, c: char) -> (Token, usize) {
    let starts = |word: &str| rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    match c {
        '0' | '#' | '?' => return (Token::Digit(c), 1),
        '.' => return (Token::Point, 1),
        ',' => return (Token::Comma, 1),
        '%' => return (Token::Percent, 1),
        '@' => return (Token::Text, 1),
        _ => {}
    }
    for word in ["General", "Standard"] {
        if starts(word) {
            return (Token::General, word.len());
        }
    }
    for half in ["AM/PM", "A/P"] {
        if starts(half) {
            return (Token::Date('h'), half.len());
        }
    }
    if starts("E+") || starts("E-") {
        return (Token::Exponent, 2);
    }
    let count = rest.chars().take_while(|next| next.eq_ignore_ascii_case(&c)).count();
    match c.to_ascii_lowercase() {
        letter @ ('y' | 'm' | 'd' | 'h' | 's') => (Token::Date(letter), count),
        'a' | 'b' | 'e' | 'g' => (Token::Era(rest[..count].to_owned()), count),
        _ => (Token::Bare(c), c.len_utf8()),
    }
}
