using System.Collections;

namespace OrleansScheduler.Tidy.Contracts;

/// <summary>Compares two contracts by content; records would compare their collections by reference.</summary>
internal static class StructuralDifference
{
    /// <summary>The first member that differs, and how; null when none does.</summary>
    /// <param name="path">The name of the two objects in the answer.</param>
    /// <param name="expected">An object or null.</param>
    /// <param name="actual">An object or null.</param>
    public static string? Between(string path, object? expected, object? actual)
    {
        if (expected is null || actual is null || expected.GetType() != actual.GetType())
        {
            return expected is null && actual is null ? null : $"{path} was {Describe(expected)} and became {Describe(actual)}";
        }

        var type = expected.GetType();
        bool isPair = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>);
        if (isPair || (type.Assembly == ContractTypes.Assembly && !ContractTypes.IsOneValue(type)))
        {
            return ContractTypes.Properties(type)
                .Select(property => Between($"{path}.{property.Name}", property.GetValue(expected), property.GetValue(actual)))
                .FirstOrDefault(difference => difference is not null);
        }

        if (expected is IEnumerable items and not string && type.Assembly != ContractTypes.Assembly)
        {
            return BetweenItems(path, [.. items.Cast<object?>()], [.. ((IEnumerable)actual).Cast<object?>()]);
        }

        return expected.Equals(actual) ? null : $"{path} was {Describe(expected)} and became {Describe(actual)}";
    }

    private static string? BetweenItems(string path, object?[] expected, object?[] actual) =>
        expected.Length != actual.Length
            ? $"{path} had {expected.Length} items and has {actual.Length}"
            : expected.Select((item, index) => Between($"{path}[{index}]", item, actual[index]))
                .FirstOrDefault(difference => difference is not null);

    private static string Describe(object? value) => value is null ? "null" : $"{value} ({ContractTypes.NameOf(value.GetType())})";
}
