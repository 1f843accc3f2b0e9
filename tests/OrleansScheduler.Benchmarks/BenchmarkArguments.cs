namespace OrleansScheduler.Benchmarks;

/// <summary>The command line.</summary>
/// <param name="Quick">True for a few short rounds instead of many long ones; default false.</param>
/// <param name="Only">The id of the benchmarks to run; null, the default, for all.</param>
/// <param name="Help">Whether only the usage is wanted; default false.</param>
internal sealed record BenchmarkArguments(bool Quick, string? Only, bool Help)
{
    /// <summary>What <c>--help</c> says.</summary>
    public const string Usage = """
        Usage: OrleansScheduler.Benchmarks [options]

          --quick      3 short rounds instead of 7 long ones; all of it within two minutes
          --only ID    only that benchmark and its variants: P4 runs P4 and P4e, but P1 does not run P10
          --help       this text

        Data goes to a folder of its own below the temporary folder (TMPDIR), whose disk is the one that is measured.
        Exit codes: 0 right and every target met, 1 failed or wrong, 2 arguments not accepted, 3 a target missed.
        """;

    /// <summary>Reads the command line. The last of several equal options counts.</summary>
    /// <exception cref="UsageException">It holds something else.</exception>
    public static BenchmarkArguments Parse(IReadOnlyList<string> args)
    {
        var parsed = new BenchmarkArguments(Quick: false, Only: null, Help: false);
        for (var i = 0; i < args.Count; i++)
        {
            parsed = args[i] switch
            {
                "--quick" => parsed with { Quick = true },
                "--only" when i + 1 < args.Count => parsed with { Only = args[++i] },
                "--only" => throw new UsageException("--only needs the id of a benchmark."),
                "--help" or "-h" => parsed with { Help = true },
                _ => throw new UsageException($"'{args[i]}' is not known."),
            };
        }

        return parsed;
    }

    /// <summary>True when a benchmark is wanted: it is named, or is a variant, which has letters more.</summary>
    public bool Wants(string id) =>
        Only is null
        || (id.StartsWith(Only, StringComparison.OrdinalIgnoreCase) && id.AsSpan(Only.Length).IndexOfAnyExceptInRange('a', 'z') < 0);
}
