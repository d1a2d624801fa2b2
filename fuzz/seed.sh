#!/bin/sh
# Fills fuzz/corpus/TARGET for every target with the fixtures and the files of earlier findings.
set -eu
cd "$(dirname "$0")"
for source in targets/*.rs; do
    target=$(basename "$source" .rs)
    mkdir -p "corpus/$target"
    for file in ../tests/fixtures/*/*.pyc ../tests/fixtures/*/*.bin ../tests/regressions/*; do
        [ -f "$file" ] || continue
        name=$(echo "${file#../tests/}" | tr '/' '-')
        if [ "$target" = detect ]; then
            # Its first byte chooses a Python.
            { printf '\036'; cat "$file"; } > "corpus/$target/$name"
        elif [ "$target" = compare ]; then
            # Two files, each a half.
            cat "$file" "$file" > "corpus/$target/$name"
        elif [ "$target" = verify ]; then
            # A file, and its source behind a line.
            source_of_it="../tests/fixtures/src/$(basename "$file" .pyc).py"
            [ -f "$source_of_it" ] || continue
            { cat "$file"; printf '\n# source\n'; cat "$source_of_it"; } > "corpus/$target/$name"
        else
            cp "$file" "corpus/$target/$name"
        fi
    done
done
