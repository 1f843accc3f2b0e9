using System.Text;
using System.Text.Json;
using OrleansScheduler.Actions;
using OrleansScheduler.Serialization;
using OrleansScheduler.Spaces;
using Xunit;

namespace OrleansScheduler.Tidy.Contracts;

public sealed class ContractRoundTripTests
{
    private const int SeedsPerType = 40;

    [Fact]
    public void The_contracts_are_found()
    {
        var types = ContractTypes.All;

        Assert.Contains(typeof(ISpace), ContractTypes.Actors);
        Assert.Contains(typeof(CommitRequest), types);
        Assert.Contains(typeof(ActionDefinition), types);
        Assert.Contains(typeof(ReadCause), types);
        Assert.Contains(typeof(RunStatus), types);
    }

    [Fact]
    public void Full_contracts_survive_json() => AssertSurvive(Variety.Full);

    [Fact]
    public void Contracts_with_nulls_survive_json() => AssertSurvive(Variety.Nulls);

    [Fact]
    public void Contracts_with_empty_collections_survive_json() => AssertSurvive(Variety.Empty);

    [Fact]
    public void Random_contracts_survive_json() => AssertSurvive(Variety.Random);

    private static void AssertSurvive(Variety variety) => Violations.AssertNone(
        from type in ContractTypes.All
        let fault = Enumerable.Range(1, SeedsPerType).Select(seed => FaultOf(type, variety, seed)).FirstOrDefault(fault => fault is not null)
        where fault is not null
        select new Violation(ContractTypes.NameOf(type), "survive ContractJson", fault));

    // The declared type matters: a member of a family is written with its name where the family is declared.
    private static string? FaultOf(Type type, Variety variety, int seed)
    {
        string at = $"{variety} sample of seed {seed}";
        byte[] first = [];
        try
        {
            var sample = new Sample(variety, seed).Of(type);
            first = JsonSerializer.SerializeToUtf8Bytes(sample, type, ContractJson.Options);
            var read = JsonSerializer.Deserialize(first, type, ContractJson.Options);
            byte[] second = JsonSerializer.SerializeToUtf8Bytes(read, type, ContractJson.Options);
            var difference = StructuralDifference.Between(type.Name, sample, read)
                ?? (first.AsSpan().SequenceEqual(second) ? null : $"it is written again as {Encoding.UTF8.GetString(second)}");
            return difference is null ? null : $"{difference} ({at}, {Encoding.UTF8.GetString(first)})";
        }
        catch (Exception fault)
        {
            // Whatever a converter or constructor throws is the finding.
            return $"{fault.GetType().Name}: {(fault.InnerException ?? fault).Message} ({at}, {Encoding.UTF8.GetString(first)})";
        }
    }
}
