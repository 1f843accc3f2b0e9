using System.Collections.Immutable;
using OrleansScheduler.Actions;
using OrleansScheduler.Documents;
using OrleansScheduler.Identity;
using OrleansScheduler.Spaces;

namespace OrleansScheduler.Benchmarks.Restoring;

/// <summary>A space of so many computations, each of one field into another, under one effect that reads all that they write.</summary>
/// <remarks>A hundred fields share a document, so that the effect names at most a hundred documents, which is the limit.</remarks>
/// <param name="Name">The name of the space.</param>
/// <param name="Computations">How many.</param>
internal sealed record SpacePlan(string Name, int Computations)
{
    private const int FieldsPerDocument = 100;

    /// <summary>One percent of the computations gets another input.</summary>
    private const int DirtyEvery = 100;

    /// <summary>The id of the space.</summary>
    public string Space { get; } = SpaceId.Of("benchmarks", Name).ToString();

    private int Documents => (Computations + FieldsPerDocument - 1) / FieldsPerDocument;

    private IEnumerable<int> Dirty => Enumerable.Range(0, Computations / DirtyEvery).Select(number => number * DirtyEvery);

    /// <summary>New objects each time, as a process that has just started would make them.</summary>
    public ImmutableArray<ActionDefinition> Definitions() => [.. Enumerable.Range(0, Computations).Select(Computation), Effect()];

    /// <summary>The commit that gives every computation its first input.</summary>
    public CommitRequest FirstInputs() => Inputs(1, Enumerable.Range(0, Computations));

    /// <summary>The commit that gives one percent of them another.</summary>
    public CommitRequest OtherInputs() => Inputs(2, Dirty);

    /// <summary>The names of the actions that have to run after <see cref="OtherInputs"/>: the computations, and the effect.</summary>
    public HashSet<string> Owed() => [.. Dirty.Select(NameOf), ReadAll.Name];

    private static ActionDefinition Computation(int number) => new(
        NameOf(number),
        CopyField.Name,
        ActionKind.Computation,
        [CopyField.Input(FieldOf(number))],
        [CopyField.Output(FieldOf(number))],
        JsonString.Of(FieldOf(number)));

    private ActionDefinition Effect() => new(
        ReadAll.Name,
        ReadAll.Name,
        ActionKind.Effect,
        [.. Enumerable.Range(0, Documents).Select(ReadAll.Document)],
        [],
        JsonNumber.Of(Documents));

    private static CommitRequest Inputs(int value, IEnumerable<int> numbers) => new(
        "benchmark", value, [], [.. numbers.Select(number => new SetOperation(CopyField.Input(FieldOf(number)), JsonNumber.Of(value)))]);

    private static string NameOf(int number) => $"copy-{number:D5}";

    private static string FieldOf(int number) => $"{number / FieldsPerDocument}/field-{number % FieldsPerDocument}";
}
