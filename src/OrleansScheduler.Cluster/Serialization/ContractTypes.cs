namespace OrleansScheduler.Cluster.Serialization;

/// <summary>What counts as data of a contract: immutable, with one JSON form, free of attributes of Orleans.</summary>
internal static class ContractTypes
{
    private const string Root = nameof(OrleansScheduler);

    public static bool Includes(Type type) =>
        type is { Namespace: { } name, IsInterface: false }
        && (name == Root || name.StartsWith(Root + ".", StringComparison.Ordinal))
        && !name.StartsWith(Root + ".Cluster", StringComparison.Ordinal)
        && !typeof(Exception).IsAssignableFrom(type)
        && !typeof(IAddressable).IsAssignableFrom(type);
}
