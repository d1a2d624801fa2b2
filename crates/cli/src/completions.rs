//! What shells need to complete a command line.

use clap::Command;
use clap_complete::Shell;

/// bash takes `--format=j` for three words; what clap makes for it looks for the option one word before.
const BASH: &str = r#"
_pycxray_words() {
    if [ "$3" = = ]; then
        _pycxray "$1" "$2" "${COMP_WORDS[COMP_CWORD-2]}"
    else
        _pycxray "$@"
    fi
}
complete -F _pycxray_words -o bashdefault -o default pycxray
"#;

/// What clap makes for zsh where a command is expected. A file may stand there just as well.
const ZSH_COMMANDS: &str = r#"_describe -t commands 'pycxray commands' commands "$@""#;

/// The script for a shell.
pub(crate) fn of(shell: Shell, command: &Command) -> String {
    // Commands would be looked for behind the files only.
    let options = command.get_arguments().filter(|argument| !argument.is_positional());
    let mut options_and_commands =
        Command::new("pycxray").args(options).subcommands(command.get_subcommands().cloned());
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut options_and_commands, "pycxray", &mut script);
    let script = String::from_utf8_lossy(&script);
    match shell {
        Shell::Bash => format!("{script}{BASH}"),
        Shell::Zsh => script.replace(ZSH_COMMANDS, &format!("{ZSH_COMMANDS}\n    _files")),
        _ => script.into_owned(),
    }
}
