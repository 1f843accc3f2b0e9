using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Serialization.Cloning;

namespace OrleansScheduler.Cluster.Serialization;

/// <summary>How data of contracts and failures travel between processes.</summary>
internal static class ContractSerialization
{
    public static void AddTo(IServiceCollection services)
    {
        services.AddSerializer(static serializer => serializer.AddJsonSerializer(
            isSerializable: ContractTypes.Includes,
            isCopyable: null,
            static options => options.Configure(static json => json.SerializerOptions = CodecJson.Options)));
        services.AddSingleton<IGeneralizedCopier, SharedCopier>();
        services.Configure<ExceptionSerializationOptions>(
            static options => options.SupportedNamespacePrefixes.Add(nameof(OrleansScheduler)));
    }
}
