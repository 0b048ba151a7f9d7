//! Amounts of money with their currency (ISO 4217).

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::Spanned;

/// An amount and its currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Money {
    /// In hundredths of the currency's unit.
    pub hundredths: u64,
    currency: [u8; 3],
}

impl Money {
    /// Gives the ISO 4217 code.
    pub fn currency(&self) -> &str {
        std::str::from_utf8(&self.currency).expect("codes come from the ASCII list below")
    }
}

/// Decodes an amount: `EUR 1 500 000`, `€1.5 million`, `1,5 Mio. EUR`. Where no `decimal` sign is stated, the last sign
/// is one unless three digits follow it.
pub fn money(text: Spanned<&str>, field: &str, decimal: Option<char>, report: &mut Report) -> Option<Spanned<Money>> {
    match parse(text.value, decimal) {
        Ok(money) => Some(text.with(money)),
        Err(why) => {
            let help = if why == RANGE {
                "write its ends into `grant-min` and `grant-max`: `EUR 4 million`, `EUR 6 million`"
            } else if why.ends_with(NO_CURRENCY) {
                "write it as `EUR 1 500 000` or `€1.5 million`; what else is to be said of it into `summary`"
            } else {
                "write it as `EUR 1 500 000` or `€1.5 million`"
            };
            report.add(
                Diagnostic::error(Code::BadAmount, format!("`{field}` is not an amount of money"))
                    .at(text.span, why)
                    .help(help),
            );
            None
        }
    }
}

/// Codes of ISO 4217 in use.
const CODES: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD \
    CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD \
    HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD \
    MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG \
    QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS \
    UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG";

const SYMBOLS: [(&str, &str); 6] =
    [("US$", "USD"), ("€", "EUR"), ("£", "GBP"), ("$", "USD"), ("¥", "JPY"), ("euro", "EUR")];

const SCALES: [(&str, u64); 18] = [
    ("k", 1_000),
    ("thousand", 1_000),
    ("tsd", 1_000),
    ("tausend", 1_000),
    ("mille", 1_000),
    ("m", 1_000_000),
    ("mn", 1_000_000),
    ("mio", 1_000_000),
    ("million", 1_000_000),
    ("millions", 1_000_000),
    ("millionen", 1_000_000),
    ("bn", 1_000_000_000),
    ("billion", 1_000_000_000),
    ("mrd", 1_000_000_000),
    ("md", 1_000_000_000),
    ("milliard", 1_000_000_000),
    ("milliards", 1_000_000_000),
    ("milliarden", 1_000_000_000),
];

const RANGE: &str = "it is a range";
const NO_CURRENCY: &str = " is not a currency";
const DASHES: [char; 3] = ['-', '–', '—'];

fn parse(text: &str, decimal: Option<char>) -> Result<Money, String> {
    let (mut currency, mut scale, mut number) = (None, None, String::new());
    // Words, symbols and numbers alternate: `€1.5 million`, `1,5 Mio. EUR`.
    let mut rest = text.trim();
    let round;
    if rest.contains(DASHES) {
        round = without_dashes(rest);
        rest = round.as_str();
    }
    while let Some(first) = rest.chars().next() {
        if first.is_ascii_digit() {
            let end = rest
                .find(|c: char| c.is_alphabetic() || "€$£¥".contains(c) || DASHES.contains(&c))
                .unwrap_or(rest.len());
            if !number.is_empty() {
                return Err("it has two numbers".into());
            }
            number = rest[..end].trim().to_owned();
            rest = rest[end..].trim_start();
        } else if let Some((symbol, code)) = SYMBOLS
            .iter()
            .find(|(symbol, _)| rest.get(..symbol.len()).is_some_and(|start| start.eq_ignore_ascii_case(symbol)))
        {
            if currency.replace(*code).is_some_and(|other| other != *code) {
                return Err("it has two currencies".into());
            }
            rest = rest[symbol.len()..].trim_start_matches(['s', 'S']).trim_start();
        } else if first.is_alphabetic() {
            let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
            let word = &rest[..end];
            let lower = word.to_lowercase();
            if let Some(code) = code(word) {
                if currency.replace(code).is_some_and(|other| other != code) {
                    return Err("it has two currencies".into());
                }
            } else if let Some((_, factor)) = SCALES.iter().find(|(name, _)| *name == lower) {
                if scale.replace(*factor).is_some() {
                    return Err("it has two scales".into());
                }
            } else if let Some((factor, code)) = scaled_code(word)
                && scale.is_none()
            {
                scale = Some(factor);
                if currency.replace(code).is_some_and(|other| other != code) {
                    return Err("it has two currencies".into());
                }
            } else if lower != "of" && lower != "de" && lower != "d" {
                return Err(format!("`{word}`{NO_CURRENCY}"));
            }
            rest = rest[end..].trim_start_matches(['.', '\'', '’']).trim_start();
        } else if DASHES.contains(&first) {
            return Err(if number.is_empty() { "it is less than zero".into() } else { RANGE.into() });
        } else {
            return Err(format!("`{first}` does not belong there"));
        }
    }
    if number.is_empty() {
        return Err("it has no number".into());
    }
    let Some(currency) = currency else {
        return Err("it has no currency".into());
    };
    let hundredths = hundredths(&number, scale, decimal)?;
    let currency = currency.as_bytes().try_into().map_err(|_| "its currency is unknown")?;
    Ok(Money { hundredths, currency })
}

/// Takes away dashes that stand for no decimals: `1.500,- €`, `500,-- €`. Before a number they are those of a range.
fn without_dashes(text: &str) -> String {
    let (mut kept, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(sign) = rest.find([',', '.']) {
        let after = &rest[sign + 1..];
        let next = after.trim_start_matches(DASHES);
        let is_round = next.len() < after.len() && !next.trim_start().starts_with(|c: char| c.is_ascii_digit());
        kept.push_str(&rest[..if is_round { sign } else { sign + 1 }]);
        rest = if is_round { next } else { after };
    }
    kept + rest
}

/// Finds a code, in capitals or in small letters.
fn code(word: &str) -> Option<&'static str> {
    if word.len() != 3 {
        return None;
    }
    let wanted = if is_small(word) { word.to_ascii_uppercase() } else { word.to_owned() };
    if wanted == "EUR" {
        return Some("EUR"); // by far the most frequent
    }
    CODES.split_ascii_whitespace().find(|code| *code == wanted)
}

/// Finds scale and code in `MEUR` and `kEUR`, as accountants write.
fn scaled_code(word: &str) -> Option<(u64, &'static str)> {
    let factor = match word.as_bytes() {
        [b'M', rest @ ..] if rest.len() == 3 => 1_000_000,
        [b'k' | b'K' | b'T', rest @ ..] if rest.len() == 3 => 1_000,
        _ => return None,
    };
    Some((factor, code(&word[1..])?))
}

/// Says whether a word names a currency by its code, alone or scaled: `EUR`, `MEUR`.
pub fn is_currency(word: &str) -> bool {
    !is_small(word) && (code(word).is_some() || scaled_code(word).is_some())
}

/// Says whether a word is what amounts are counted in: `million`, `Mio`.
pub fn is_scale(word: &str) -> bool {
    let lower = word.to_lowercase();
    SCALES.iter().any(|(name, _)| *name == lower)
}

fn is_small(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_lowercase())
}

/// Reads digits in groups, with at most one decimal sign, and scales them.
fn hundredths(number: &str, scale: Option<u64>, stated: Option<char>) -> Result<u64, String> {
    let is_group = |c: char| c.is_whitespace() || matches!(c, '\'' | '’' | '\u{202F}' | '\u{A0}');
    let number = number.trim_end_matches(['.', ',']);
    let last = number.rfind(['.', ',']);
    let decimal = last.filter(|&at| {
        let sign = &number[at..at + 1];
        if let Some(stated) = stated {
            return sign.starts_with(stated);
        }
        let digits = number[at + 1..].len();
        let other = if sign == "." { ',' } else { '.' };
        // The last sign is the decimal one, unless it stands before three digits and so groups them; nothing groups
        // a zero.
        let zero = &number[..at] == "0";
        number.matches(sign).count() == 1
            && (digits != 3 || zero || (number.contains(other) && !number[at..].contains(other)))
    });
    if decimal.is_none() && stated.is_none() && scale.is_some() && number.matches(['.', ',']).count() == 1 {
        return Err("three digits after the point can be thousandths or thousands".into());
    }
    let (whole, fraction) = match decimal {
        Some(at) => (&number[..at], &number[at + 1..]),
        None => (number, ""),
    };
    let mut groups = whole.split(|c: char| is_group(c) || c == '.' || c == ',');
    let first = groups.next().unwrap_or("");
    let mut digits = first.to_owned();
    for group in groups {
        if group.len() != 3 || first.is_empty() || first.len() > 3 {
            return Err("its digits are not in groups of three".into());
        }
        digits.push_str(group);
    }
    if digits.is_empty() || !digits.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit()) {
        return Err("it is not a number".into());
    }
    if fraction.len() > 6 || (scale.is_none() && fraction.len() > 2) {
        return Err("it has too many decimals".into());
    }
    let exact = |digits: &str, fraction: &str| -> Option<u64> {
        let power = 10u64.pow(u32::try_from(fraction.len()).ok()?);
        let whole: u64 = digits.parse().ok()?;
        let part: u64 = if fraction.is_empty() { 0 } else { fraction.parse().ok()? };
        let scaled = whole.checked_mul(power)?.checked_add(part)?.checked_mul(scale.unwrap_or(1))?.checked_mul(100)?;
        (scaled % power == 0).then_some(scaled / power)
    };
    exact(&digits, fraction).ok_or_else(|| "it is too large or too fine".into())
}

#[cfg(test)]
impl Money {
    /// Reads an amount that a test needs.
    pub(crate) fn parse_for_tests(text: &str) -> Money {
        parse(text, None).expect("an amount")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_with_their_currency() {
        for (text, expected) in [
            ("EUR 1 500 000", "EUR 150000000"),
            ("EUR 1\u{A0}500\u{202F}000", "EUR 150000000"),
            ("€1.5 million", "EUR 150000000"),
            ("1,5 Mio. EUR", "EUR 150000000"),
            ("EUR 1,500,000.00", "EUR 150000000"),
            ("1.500.000,50 €", "EUR 150000050"),
            ("1.500 EUR", "EUR 150000"),
            ("CHF 1'500", "CHF 150000"),
            ("$ 250k", "USD 25000000"),
            ("2 Mrd. EUR", "EUR 200000000000"),
            ("1,5 million d’euros", "EUR 150000000"),
            ("SEK 0.5 m", "SEK 50000000"),
            ("1.500.000,- €", "EUR 150000000"),
            ("1.500,-- €", "EUR 150000"),
            ("Fr. 20.—", "`Fr` is not a currency"),
            ("CHF 20.—", "CHF 2000"),
            ("EUR 1,-2 million", "it is a range"),
            ("EUR 1,- – 3,-", "it is a range"),
            ("EUR 0.125 million", "EUR 12500000"),
            ("1.5 MEUR", "EUR 150000000"),
            ("300 kEUR", "EUR 30000000"),
            ("eur 100", "EUR 10000"),
            ("1 500 000", "it has no currency"),
            ("EUR", "it has no number"),
            ("EUR 1-3 million", "it is a range"),
            ("EUR 1 50 000", "its digits are not in groups of three"),
            ("1.500 million EUR", "three digits after the point can be thousandths or thousands"),
            ("12 XYZ", "`XYZ` is not a currency"),
            ("EUR 99999999999999999999", "it is too large or too fine"),
            ("EUR 1.234567", "it has too many decimals"),
            ("-5 EUR", "it is less than zero"),
            ("EUR 1 to 3", "`to` is not a currency"),
        ] {
            let read = parse(text, None);
            let read = read.map(|m| format!("{} {}", m.currency(), m.hundredths)).unwrap_or_else(|why| why);
            assert_eq!(read, expected, "{text}");
        }
    }

    #[test]
    fn a_stated_decimal_sign_decides() {
        for (text, decimal, expected) in [
            ("EUR 1,50", ',', Ok(150)),
            ("EUR 1,500", ',', Err("it has too many decimals".to_owned())),
            ("EUR 1.500", ',', Ok(150_000)),
            ("EUR 1.500,25", ',', Ok(150_025)),
            ("1,125 Mio. EUR", ',', Ok(112_500_000)),
            ("EUR 1,500", '.', Ok(150_000)),
        ] {
            let read = parse(text, Some(decimal)).map(|money| money.hundredths);
            assert_eq!(read, expected, "{text}");
        }
    }
}
