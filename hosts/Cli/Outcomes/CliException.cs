using System.Collections.Immutable;

namespace OrleansScheduler.Cli.Outcomes;

/// <summary>A command that cannot do what was asked, for a reason that it can name.</summary>
/// <param name="code">One of <see cref="CliCodes"/>, or a code of the server.</param>
/// <param name="message">A sentence for people.</param>
internal sealed class CliException(string code, string message) : Exception(message)
{
    /// <summary>The code, for programs.</summary>
    public string Code { get; } = code;

    /// <summary>The status of the answer; 0 when the server did not say it.</summary>
    public int Status { get; init; }

    /// <summary>Named facts, such as <c>field</c> and <c>position</c>.</summary>
    public ImmutableSortedDictionary<string, string> Details { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>What is wrong with a file, one by one.</summary>
    public ImmutableArray<DefinitionFault> Faults { get; init; } = [];

    /// <summary>The answer that said so; null when it was not the server.</summary>
    public string? Answer { get; init; }

    /// <summary>With what the process ends.</summary>
    public int Exit => ExitTable.Of(Code, Status);
}
