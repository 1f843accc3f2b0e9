using System.Collections.Immutable;
using System.Reflection;

namespace OrleansScheduler.Tidy.Contracts;

/// <summary>Builds instances of contract types through their constructors. One seed gives one instance.</summary>
internal sealed class Sample(Variety variety, int seed)
{
    // A contract that contains itself ends here, with nulls and empty collections.
    private const int DepthMax = 8;

    private readonly Random _random = new(seed);
    private readonly NullabilityInfoContext _nullability = new();
    private int _depth;

    /// <summary>An instance; of a family, one of its members.</summary>
    /// <exception cref="InvalidOperationException">The type has neither a recipe nor a constructor to use.</exception>
    public object Of(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return Of(inner);
        }

        if (SampleValues.TryTake(type, _random, out var value))
        {
            return value;
        }

        var family = ContractTypes.Derived(type);
        return family.IsEmpty ? Construct(type) : Construct(family[_random.Next(family.Length)]);
    }

    private object Construct(Type type)
    {
        bool isOurs = type.Assembly == ContractTypes.Assembly && !type.IsAbstract;
        var constructor = isOurs ? type.GetConstructors().MaxBy(candidate => candidate.GetParameters().Length) : null;
        if (constructor is null)
        {
            throw new InvalidOperationException($"{type} is no contract with a public constructor, and SampleValues has no recipe for it.");
        }

        _depth++;
        try
        {
            var parameters = constructor.GetParameters();
            var instance = constructor.Invoke([.. parameters.Select(parameter => Fill(_nullability.Create(parameter)))]);
            foreach (var property in ContractTypes.Properties(type))
            {
                if (property.SetMethod is { IsPublic: true } && !parameters.Any(parameter => parameter.Name == property.Name))
                {
                    property.SetValue(instance, Fill(_nullability.Create(property)));
                }
            }

            return instance;
        }
        finally
        {
            _depth--;
        }
    }

    private object? Fill(NullabilityInfo member)
    {
        if (member.WriteState == NullabilityState.Nullable && IsNull())
        {
            return null;
        }

        var type = Nullable.GetUnderlyingType(member.Type) ?? member.Type;
        if (!IsCollection(type))
        {
            return Of(type);
        }

        if (type != member.Type)
        {
            // Of what a nullable struct holds, nothing is said about nullability; its items are values.
            var item = type.GetGenericArguments()[0];
            return SampleCollections.Of(type, Enumerable.Range(0, CountOf(item)).Select(_ => new[] { Of(item) }));
        }

        int slots = type.GetGenericArguments().Length;
        var rows = Enumerable.Range(0, CountOf(type.GetGenericArguments()[^1]))
            .Select(index => Enumerable.Range(0, slots).Select(slot => Item(member.GenericTypeArguments[slot], index)).ToArray());
        return SampleCollections.Of(type, rows);
    }

    // The items of a full collection go through the members of a family in turn.
    private object? Item(NullabilityInfo item, int index) =>
        variety == Variety.Full && ContractTypes.Derived(item.Type) is { IsEmpty: false } family
            ? Construct(family[index % family.Length])
            : Fill(item);

    private static bool IsCollection(Type type) =>
        type.IsGenericType && type.Namespace == typeof(ImmutableArray).Namespace;

    private bool IsNull() => _depth > DepthMax || variety == Variety.Nulls || (variety == Variety.Random && _random.Next(2) == 0);

    private int CountOf(Type item) => _depth > DepthMax ? 0 : variety switch
    {
        Variety.Empty => 0,
        Variety.Nulls => 1,
        Variety.Full => Math.Max(2, ContractTypes.Derived(item).Length),
        _ => _random.Next(4),
    };
}
