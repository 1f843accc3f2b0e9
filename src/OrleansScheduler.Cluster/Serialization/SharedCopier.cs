using Orleans.Serialization.Cloning;

namespace OrleansScheduler.Cluster.Serialization;

/// <summary>Hands data of contracts on as it is within a silo: it never changes.</summary>
internal sealed class SharedCopier : IGeneralizedCopier, IOptionalDeepCopier
{
    public bool IsSupportedType(Type type) => ContractTypes.Includes(type);

    public bool IsShallowCopyable() => true;

    public object? DeepCopy(object? input, CopyContext context) => input;
}
