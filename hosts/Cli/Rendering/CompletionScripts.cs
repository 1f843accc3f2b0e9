namespace OrleansScheduler.Cli.Rendering;

/// <summary>Scripts that ask the program itself what may come next.</summary>
/// <remarks>They pass the words behind the name of the program, so that it does not matter by which name it was called.</remarks>
internal static class CompletionScripts
{
    private const string Bash = """
        # Completion of osched for bash. Use: source <(osched completion bash)
        _osched() {
            local line="${COMP_LINE:0:COMP_POINT}" program="${COMP_WORDS[0]/#\~/$HOME}" current="" word
            COMPREPLY=()
            [[ "$line" == *" "* ]] || return 0
            line="${line#* }"
            [[ "$line" =~ [^\ =]*$ ]] && current="${BASH_REMATCH[0]}"
            while IFS= read -r word; do
                [[ -n "$word" && "$word" == "$current"* ]] && COMPREPLY+=("$word")
            done < <("$program" "[suggest:${#line}]" "$line" 2>/dev/null)
        }
        complete -o default -F _osched osched
        """;

    private const string Zsh = """
        #compdef osched
        # Completion of osched for zsh. Use: source <(osched completion zsh)
        _osched() {
            local line="${(j: :)words[2,CURRENT]}"
            local -a found
            found=("${(@f)$(${words[1]} "[suggest:${#line}]" "$line" 2>/dev/null)}")
            if (( ${#found} && ${#found[1]} )); then
                compadd -- "${found[@]}"
            else
                _files
            fi
        }
        compdef _osched osched
        """;

    private const string Fish = """
        # Completion of osched for fish. Use: osched completion fish | source
        function __osched_complete
            set -l line (string replace -r '^\s*\S+\s?' '' -- (commandline -cp))
            osched "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
        end
        complete -c osched -a '(__osched_complete)'
        """;

    /// <summary>The script of a shell.</summary>
    public static string Of(string shell) => shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        "fish" => Fish,
        _ => throw new ArgumentOutOfRangeException(nameof(shell), shell, "Not a known shell."),
    };
}
