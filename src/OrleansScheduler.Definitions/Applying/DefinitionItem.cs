using System.Collections.Immutable;
using OrleansScheduler.Definitions.Files;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Definitions.Applying;

/// <summary>One definition on its way from the plan to the report.</summary>
internal sealed class DefinitionItem(DefinitionKind kind, string id, DefinitionPlace? place)
{
    private DefinitionRefusal? _refusal;

    /// <summary>Names it in the report and in the manifest.</summary>
    public string Id { get; set; } = id;

    /// <summary>What is to become of it, and then what became of it.</summary>
    public DefinitionOutcome Outcome { get; set; } = DefinitionOutcome.Unchanged;

    public ImmutableArray<string> Differences { get; set; } = [];

    public bool IsFailed => Outcome == DefinitionOutcome.Failed;

    /// <summary>The code of the refusal; null when there was none.</summary>
    public string? Code => _refusal?.Code;

    /// <summary>Whether something has to be written for it.</summary>
    public bool IsPending => Outcome is DefinitionOutcome.Created or DefinitionOutcome.Updated;

    /// <summary>Notes that the server refused it. Nothing about it changed, so nothing differs by it.</summary>
    public void Fail(SchedulerException fault)
    {
        Outcome = DefinitionOutcome.Failed;
        string? field = fault.Details.GetValueOrDefault("field");
        _refusal = new DefinitionRefusal(
            fault.Code, fault.Message, fault.IsTransient, field is null ? place : place is null ? null : place with { Field = Join(place.Field, field) });
    }

    public DefinitionChange ToChange() => new(kind, Id, Outcome, Differences, IsFailed ? _refusal : null);

    // Fields of a batch begin with the index in the batch, which says nothing about the file.
    private static string Join(string path, string field)
    {
        string own = field.StartsWith('[') ? field[(field.IndexOf(']') + 1)..].TrimStart('.') : field;
        return own.Length == 0 ? path : $"{path}.{own}";
    }
}
