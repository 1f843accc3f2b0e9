using System.Collections.Immutable;
using System.Reflection;

namespace OrleansScheduler.Tidy.Contracts;

/// <summary>Builds immutable collections of types that are known at run time only.</summary>
internal static class SampleCollections
{
    private static readonly MethodInfo Lists = Method(nameof(OfItems));
    private static readonly MethodInfo Maps = Method(nameof(OfPairs));

    /// <summary>The collection with these rows: of one object each, or of a key and a value.</summary>
    public static object Of(Type collection, IEnumerable<object?[]> rows)
    {
        var arguments = collection.GetGenericArguments();
        var items = arguments.Length == 1 ? Lists.MakeGenericMethod(arguments) : Maps.MakeGenericMethod(arguments);
        var factory = collection.Assembly.GetType($"{collection.Namespace}.{collection.Name.Split('`')[0]}")!
            .GetMethods()
            .Single(method => method.Name == nameof(ImmutableArray.CreateRange) && method.GetGenericArguments().Length == arguments.Length
                && method.GetParameters() is [{ ParameterType: { Name: "IEnumerable`1" } }]);
        return factory.MakeGenericMethod(arguments).Invoke(null, [items.Invoke(null, [rows])])!;
    }

    private static IEnumerable<T> OfItems<T>(IEnumerable<object?[]> rows) => [.. rows.Select(row => (T)row[0]!)];

    // A random key can repeat.
    private static IEnumerable<KeyValuePair<TKey, TValue>> OfPairs<TKey, TValue>(IEnumerable<object?[]> rows) =>
        [.. rows.Select(row => KeyValuePair.Create((TKey)row[0]!, (TValue)row[1]!)).DistinctBy(pair => pair.Key)];

    private static MethodInfo Method(string name) =>
        typeof(SampleCollections).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!;
}
