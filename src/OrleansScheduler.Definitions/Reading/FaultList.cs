using System.Collections.Immutable;
using OrleansScheduler.Definitions.Yaml;

namespace OrleansScheduler.Definitions.Reading;

/// <summary>Collects the faults of a file, at most 100.</summary>
internal sealed class FaultList(string file)
{
    public const int FaultsMax = 100;

    private readonly List<DefinitionFault> _faults = [];

    public int Count => _faults.Count;

    public string File => file;

    public void Add(FileNode at, string field, string message) => Add(at.Line, at.Column, field, message);

    public void Add(int line, int column, string field, string message)
    {
        if (_faults.Count < FaultsMax)
        {
            _faults.Add(new DefinitionFault(file, line, column, field, message));
        }
    }

    public ImmutableArray<DefinitionFault> ToImmutable() => [.. _faults.OrderBy(fault => fault.Line).ThenBy(fault => fault.Column)];
}
