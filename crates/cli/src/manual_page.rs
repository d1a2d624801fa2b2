//! The manual page, `pycxray.1`, made from what the command line takes. `PYCXRAY_BLESS=1 cargo test -p pycxray-cli` rewrites it.

use std::io::Write;

use clap::CommandFactory;
use clap_mangen::Man;

use crate::command_line::CommandLine;

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/pycxray.1");

/// What the command line itself does not say.
const ENVIRONMENT: &str = "\
.SH ENVIRONMENT
.TP
.B NO_COLOR
If it is set and not empty,
.B \\-\\-color auto
does not colour.
.TP
.B CLICOLOR_FORCE
If it is set and neither empty nor 0,
.B \\-\\-color auto
colours, on a terminal or not.
.TP
.B CLICOLOR
If it is 0,
.B \\-\\-color auto
does not colour; nor does it if
.B TERM
is dumb.
";

/// One page for the command and all of its commands, one behind the other.
fn page() -> std::io::Result<String> {
    let mut command = CommandLine::command();
    command.build();
    let general = Man::new(command.clone());
    let mut page = ".TH PYCXRAY 1 \"\" pycxray \"User Commands\"\n".to_owned();
    page += &text(|out| general.render_name_section(out))?;
    page += &text(|out| general.render_synopsis_section(out))?;
    page += &text(|out| general.render_description_section(out))?;
    page += &text(|out| general.render_options_section(out))?;
    for command in command.get_subcommands().filter(|command| command.get_name() != "help") {
        let of = Man::new(command.clone());
        page += &format!(".SH THE COMMAND {}\n", command.get_name().to_uppercase());
        page += &text(|out| {
            of.render_synopsis_section(out)?;
            of.render_description_section(out)?;
            of.render_options_section(out)?;
            of.render_extra_section(out)
        })?
        .replace(".SH ", ".SS ");
        page += ".fi\n";
    }
    page += &text(|out| general.render_extra_section(out))?;
    page += ".fi\n";
    // clap calls so what stands behind the options. Its lines are to stay as they are, up to `.fi`.
    Ok(page.replace(" EXTRA\n", " NOTES\n.nf\n") + ENVIRONMENT)
}

/// What is rendered, without the definition of an apostrophe that stands before each part.
fn text(render: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> std::io::Result<String> {
    let mut out = Vec::new();
    render(&mut out)?;
    let text = String::from_utf8_lossy(&out);
    let lines = text.split_inclusive('\n').filter(|line| !line.starts_with(".ie ") && !line.starts_with(".el "));
    Ok(lines.collect::<String>().replace("\\*(Aq", "\\(aq"))
}

#[test]
fn the_manual_page_says_what_the_command_line_takes() {
    let made = page().expect("it fits into memory");
    if std::env::var_os("PYCXRAY_BLESS").is_some_and(|value| value == "1") {
        std::fs::write(PATH, &made).expect("the manual page can be written");
    }
    let kept = std::fs::read_to_string(PATH).expect("the manual page is there").replace("\r\n", "\n");
    assert!(made == kept, "pycxray.1 is not what the command line makes of it: PYCXRAY_BLESS=1 rewrites it");
}
