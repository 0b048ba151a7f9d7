//! Which currency a sign stands for.

use super::token::Sign;

impl Sign {
    /// Gives the code of the currency that it stands for in its country, or the sign as it is where that is not known.
    pub fn said(&self) -> String {
        let Sign { sign, locale } = self;
        let is_home = |known: &str| locale.eq_ignore_ascii_case(known);
        let mut known = CURRENCIES.iter().filter(|(known, ..)| known == sign);
        match known.find(|(_, number, tag, _)| is_home(number) || is_home(tag)) {
            Some((.., code)) => (*code).to_owned(),
            // A dollar of a country that is not known is no dollar of the United States.
            None if !locale.is_empty() && ["$", "¥", "￥"].contains(&sign.as_str()) => format!("[${sign}-{locale}]"),
            None => sign.clone(),
        }
    }
}

/// Signs that several countries have, each with the number and the tag of a locale ([MS-LCID]) and its currency.
const CURRENCIES: [(&str, &str, &str, &str); 34] = [
    ("$", "409", "en-US", "USD"),
    ("$", "540A", "es-US", "USD"),
    ("$", "C09", "en-AU", "AUD"),
    ("$", "1009", "en-CA", "CAD"),
    ("$", "C0C", "fr-CA", "CAD"),
    ("$", "1409", "en-NZ", "NZD"),
    ("$", "80A", "es-MX", "MXN"),
    ("$", "2C0A", "es-AR", "ARS"),
    ("$", "340A", "es-CL", "CLP"),
    ("$", "240A", "es-CO", "COP"),
    ("$", "4809", "en-SG", "SGD"),
    ("¥", "411", "ja-JP", "JPY"),
    ("￥", "411", "ja-JP", "JPY"),
    ("¥", "804", "zh-CN", "CNY"),
    ("￥", "804", "zh-CN", "CNY"),
    ("kr", "41D", "sv-SE", "SEK"),
    ("kr", "414", "nb-NO", "NOK"),
    ("kr", "814", "nn-NO", "NOK"),
    ("kr", "406", "da-DK", "DKK"),
    ("kr.", "406", "da-DK", "DKK"),
    ("kr", "40F", "is-IS", "ISK"),
    ("kr.", "40F", "is-IS", "ISK"),
    ("zł", "415", "pl-PL", "PLN"),
    ("Kč", "405", "cs-CZ", "CZK"),
    ("Ft", "40E", "hu-HU", "HUF"),
    ("lei", "418", "ro-RO", "RON"),
    ("лв.", "402", "bg-BG", "BGN"),
    ("R$", "416", "pt-BR", "BRL"),
    ("₹", "4009", "en-IN", "INR"),
    ("₹", "439", "hi-IN", "INR"),
    ("₺", "41F", "tr-TR", "TRY"),
    ("₽", "419", "ru-RU", "RUB"),
    ("₴", "422", "uk-UA", "UAH"),
    ("₩", "412", "ko-KR", "KRW"),
];
