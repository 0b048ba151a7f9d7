//! How a publication looks: its theme, and a look of its own.

use std::io::ErrorKind;

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::error::Error;
use crate::source::{Folder, Sources, Span, Str, Text};
use crate::theme::{self, Theme};
use crate::typeset::Look;

/// Where a publication's own look lies, if `bulletin.toml` does not say.
const OWN_LOOK: &str = "templates/theme.typ";

/// Gives the theme, and the publication's own look.
pub fn dress(
    config: &Config,
    folder: &Folder,
    sources: &mut Sources,
    report: &mut Report,
) -> Result<(Option<Theme>, Option<Look>), Error> {
    let look = match &config.look {
        Some(path) if folder.leads_out(path.as_str()) => {
            report.add(out(Code::BadLook, path));
            None
        }
        Some(path) => Some((path.as_str(), folder.read(path.as_str())?)),
        // Nobody named this one, so a link to elsewhere is none.
        None if folder.leads_out(OWN_LOOK) => None,
        None => match folder.read(OWN_LOOK) {
            Ok(content) => Some((OWN_LOOK, content)),
            Err(Error::Read { cause, .. })
                if matches!(cause.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
            {
                None
            }
            Err(other) => return Err(other),
        },
    };
    let look = look.and_then(|(path, content)| {
        let name = folder.shown(path);
        let file = sources.add(&name, content, report)?;
        Some(Look { file, name, text: Str::from(sources.file(file).text.clone()) })
    });
    let theme = match &config.theme {
        None => Theme::named(theme::DEFAULT),
        Some(name) => named_theme(name, folder, sources, report)?,
    };
    let colors = &config.colors;
    let place = colors.light.iter().chain(&colors.dark).map(|(_, color)| color.span).next();
    let theme = match place {
        Some(place) => theme.and_then(|theme| theme.with(colors, place, report)),
        None => theme,
    };
    Ok((theme, look))
}

/// Finds a theme that comes with the program, or reads it from a file.
fn named_theme(
    name: &Text,
    folder: &Folder,
    sources: &mut Sources,
    report: &mut Report,
) -> Result<Option<Theme>, Error> {
    if let Some(theme) = Theme::named(name.as_str()) {
        return Ok(Some(theme));
    }
    if folder.leads_out(name.as_str()) {
        report.add(out(Code::BadTheme, name));
        return Ok(None);
    }
    if name.as_str().ends_with(".toml") {
        let id = sources.add(&folder.shown(name.as_str()), folder.read(name.as_str())?, report);
        return Ok(id.and_then(|id| {
            let text = &sources.file(id).text;
            Theme::decode(text, Span::new(id, 0..text.len()), report)
        }));
    }
    let names: Vec<String> = theme::THEMES.iter().map(|(name, _)| format!("`{name}`")).collect();
    report.add(
        Diagnostic::error(Code::BadTheme, format!("there is no theme `{name}`"))
            .at(name.span, "")
            .help(format!("it is {}, or the path of a file `….toml`", names.join(", "))),
    );
    Ok(None)
}

/// Says that a file lies elsewhere.
fn out(code: Code, path: &Text) -> Diagnostic {
    Diagnostic::error(code, format!("`{path}` leads out of the publication"))
        .at(path.span, "")
        .help("put the file itself into the folder of `bulletin.toml`")
}
