using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using OrleansScheduler.Errors;
using Xunit;

namespace OrleansScheduler.Tidy.Contracts;

public sealed class SchedulerExceptionTests
{
    private static readonly ImmutableArray<Type> Family =
        [.. ContractTypes.Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(SchedulerException)))];

    public static TheoryData<string> Constructors =>
        [.. Family.SelectMany(type => type.GetConstructors().Select((_, index) => $"{ContractTypes.NameOf(type)} {index}"))];

    [Theory]
    [MemberData(nameof(Constructors))]
    public void Everything_a_caller_can_ask_survives_a_copy_of_the_data(string constructor)
    {
        var original = Create(constructor).With("field", "quote \" and \\").With("position", "3");

        var copy = CopyOf(original);

        Assert.IsType(original.GetType(), copy);
        Assert.Equal(original.Code, copy.Code);
        Assert.NotEqual("", copy.Code);
        Assert.Equal(original.IsTransient, copy.IsTransient);
        Assert.Equal(original.Details, copy.Details);
        Assert.Equal("3", copy.Details["position"]);
    }

    [Theory]
    [MemberData(nameof(Constructors))]
    public void The_data_are_texts(string constructor)
    {
        var original = Create(constructor).With("field", "name");

        var entries = original.Data.Cast<DictionaryEntry>().ToArray();

        Assert.All(entries, entry => Assert.IsType<string>(entry.Key));
        Assert.All(entries, entry => Assert.IsType<string>(entry.Value));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Whether_it_is_transient_survives(bool isTransient)
    {
        var original = new SchedulerException("some_code", "Some message.", isTransient);

        var copy = CopyOf(original);

        Assert.Equal("some_code", copy.Code);
        Assert.Equal(isTransient, copy.IsTransient);
        Assert.Empty(copy.Details);
    }

    [Fact]
    public void Nothing_is_kept_beside_the_data() => Violations.AssertNone(
        from type in Family
        from field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        select new Violation(ContractTypes.NameOf(type), "keep facts in Exception.Data, which engines carry", field.Name));

    // Engines create the type without its constructor and fill in what they carried.
    private static SchedulerException CopyOf(SchedulerException original)
    {
        var copy = (SchedulerException)RuntimeHelpers.GetUninitializedObject(original.GetType());
        foreach (DictionaryEntry entry in original.Data)
        {
            copy.Data[new string((string)entry.Key)] = new string((string)entry.Value!);
        }

        return copy;
    }

    private static SchedulerException Create(string constructor)
    {
        var parts = constructor.Split(' ');
        var chosen = Family.Single(type => ContractTypes.NameOf(type) == parts[0]).GetConstructors()[parts[1][0] - '0'];
        return (SchedulerException)chosen.Invoke([.. chosen.GetParameters().Select(ArgumentFor)]);
    }

    private static object ArgumentFor(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(string) ? $"some_{parameter.Name}"
        : parameter.ParameterType == typeof(Exception) ? new InvalidOperationException("inner")
        : new Sample(Variety.Full, seed: 1).Of(parameter.ParameterType);
}
