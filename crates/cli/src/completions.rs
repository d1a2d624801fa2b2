//! What shells need to complete a command line, made from the table of options.

use crate::arguments::Command;
use crate::options::{self, Opt, Takes};

/// Completions for a shell; `None` for one that is not known.
pub(crate) fn of(shell: &str) -> Option<String> {
    Some(match shell {
        "bash" => bash(),
        "zsh" => zsh(),
        "fish" => fish(),
        "powershell" => powershell(),
        _ => return None,
    })
}

/// The options of a command, as they are typed; `None` is a file's summary.
fn typed(command: Option<Command>) -> impl Iterator<Item = String> {
    let fitting = options::ALL.iter().filter(move |option| option.fits(command));
    fitting.flat_map(|option| {
        let short = option.short.map(|letter| format!("-{letter}"));
        std::iter::once(format!("--{}", option.long)).chain(short)
    })
}

/// The same with spaces between.
fn line(command: Option<Command>) -> String {
    typed(command).collect::<Vec<_>>().join(" ")
}

/// The names of all commands, with `help`.
fn commands() -> String {
    Command::NAMED.iter().map(|(name, ..)| *name).chain(["help"]).collect::<Vec<_>>().join(" ")
}

fn with_choices() -> impl Iterator<Item = &'static Opt> {
    options::ALL.iter().filter(|option| !option.choices().is_empty())
}

fn bash() -> String {
    let mut text = String::from(
        "_pycxray() {\n    \
            local IFS=$' \\t\\n' word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command= each\n    \
            [ \"$word\" = = ] && word=\n    \
            [ \"$before\" = = ] && before=${COMP_WORDS[COMP_CWORD-2]}\n    \
            for each in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n        \
                case $each in ",
    );
    text.push_str(&commands().replace(' ', "|"));
    text.push_str(") command=$each; break ;; esac\n    done\n    case $before in\n");
    for option in with_choices() {
        let choices = option.choices().join(" ");
        text.push_str(&format!(
            "        --{}) COMPREPLY=($(compgen -W \"{choices}\" -- \"$word\")); return ;;\n",
            option.long
        ));
    }
    text.push_str("    esac\n    case $command:$word in\n");
    text.push_str(&format!("        help:*) COMPREPLY=($(compgen -W \"{}\" -- \"$word\")) ;;\n", commands()));
    for (name, command, _) in Command::NAMED {
        text.push_str(&format!(
            "        {name}:-*) COMPREPLY=($(compgen -W \"{}\" -- \"$word\")) ;;\n",
            line(Some(*command))
        ));
    }
    text.push_str(&format!("        *:-*) COMPREPLY=($(compgen -W \"{}\" -- \"$word\")) ;;\n", line(None)));
    text.push_str("        *) IFS=$'\\n'\n           COMPREPLY=($(compgen -f -- \"$word\"))\n");
    let commands = commands().replace(' ', "\\n");
    text.push_str(&format!(
        "           [ \"$COMP_CWORD\" = 1 ] && COMPREPLY+=($(compgen -W $'{commands}' -- \"$word\")) ;;\n"
    ));
    text.push_str("    esac\n}\ncomplete -o filenames -F _pycxray pycxray\n");
    text
}

fn zsh() -> String {
    let argument = |option: &Opt| {
        let about = option.about.replace(':', "\\:");
        let value = match option.takes {
            Takes::Nothing => String::new(),
            Takes::Value(name) => format!(":{}:", name.to_lowercase()),
            Takes::One(name, choices) => format!(":{}:({})", name.to_lowercase(), choices.join(" ")),
        };
        let long = option.long;
        match option.short {
            None => format!("'--{long}[{about}]{value}'"),
            Some(letter) => format!("'(-{letter} --{long})'{{-{letter},--{long}}}'[{about}]{value}'"),
        }
    };
    let mut text = String::from("#compdef pycxray\n_pycxray() {\n    local -a options=(\n");
    for option in options::ALL.iter().filter(|option| option.of.is_none()) {
        text.push_str(&format!("        {}\n", argument(option)));
    }
    let names = commands().replace(' ', "|");
    text.push_str(&format!("    )\n    case ${{words[(r)({names})]}} in\n"));
    for (name, command, _) in Command::NAMED {
        let own = options::ALL.iter().filter(|option| option.of == Some(*command));
        let own: Vec<String> = own.map(|option| format!("            {}\n", argument(option))).collect();
        if !own.is_empty() {
            text.push_str(&format!("        {name}) options+=(\n{}        ) ;;\n", own.concat()));
        }
    }
    text.push_str(&format!(
        "    esac\n    _arguments -s -S $options \\\n        \
            '1:command or file: _alternative \"commands:command:({})\" \"files:file:_files\"' \\\n        \
            '*:file:_files'\n}}\n",
        commands()
    ));
    // Found by its name in a folder of functions it completes at once; read from a start-up file, from then on.
    text + "if [ \"$funcstack[1]\" = _pycxray ]; then _pycxray \"$@\"; else compdef _pycxray pycxray; fi\n"
}

fn fish() -> String {
    let mut text = String::new();
    for (name, _, about) in Command::NAMED {
        text.push_str(&format!("complete -c pycxray -n __fish_use_subcommand -a {name} -d '{about}'\n"));
    }
    text.push_str(&format!("complete -c pycxray -n '__fish_seen_subcommand_from help' -x -a '{}'\n", commands()));
    for option in options::ALL {
        let of = option.of.map(|command| format!(" -n '__fish_seen_subcommand_from {}'", command.name()));
        let short = option.short.map(|letter| format!(" -s {letter}"));
        let value = match option.takes {
            Takes::Nothing => String::new(),
            Takes::Value(_) => " -x".to_owned(),
            Takes::One(_, choices) => format!(" -x -a '{}'", choices.join(" ")),
        };
        text.push_str(&format!(
            "complete -c pycxray{}{} -l {}{value} -d '{}'\n",
            of.unwrap_or_default(),
            short.unwrap_or_default(),
            option.long,
            option.about.replace('\'', "\\'")
        ));
    }
    text
}

fn powershell() -> String {
    let quoted = |words: &mut dyn Iterator<Item = String>| -> String {
        words.map(|word| format!("'{word}'")).collect::<Vec<_>>().join(", ")
    };
    let mut text = String::from(
        "Register-ArgumentCompleter -Native -CommandName pycxray -ScriptBlock {\n    \
            param($word, $ast, $position)\n    \
            $values = @{\n",
    );
    for option in with_choices() {
        let choices = quoted(&mut option.choices().iter().map(|choice| (*choice).to_owned()));
        text.push_str(&format!("        '--{}' = @({choices})\n", option.long));
    }
    text.push_str("    }\n    $options = @{\n");
    text.push_str(&format!("        '' = @({})\n", quoted(&mut typed(None))));
    for (name, command, _) in Command::NAMED {
        text.push_str(&format!("        '{name}' = @({})\n", quoted(&mut typed(Some(*command)))));
    }
    text.push_str(&format!(
        "    }}\n    \
            $commands = @({})\n    \
            $before = @($ast.CommandElements | Select-Object -Skip 1 |\n        \
                Where-Object {{ $_.Extent.EndOffset -lt $position }} | ForEach-Object {{ $_.ToString() }})\n    \
            $command = @($before | Where-Object {{ $options.ContainsKey($_) }})[0]\n    \
            $found = if ($before.Count -gt 0 -and $values.ContainsKey($before[-1])) {{ $values[$before[-1]] }}\n        \
                elseif ($word.StartsWith('-')) {{ $options[[string]$command] }}\n        \
                elseif ($before.Count -eq 0) {{ $commands }}\n    \
            $found | Where-Object {{ $_ -like \"$word*\" }} | ForEach-Object {{\n        \
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)\n    \
            }}\n}}\n",
        quoted(&mut commands().split(' ').map(str::to_owned))
    ));
    text
}
