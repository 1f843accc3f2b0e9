using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using OrleansScheduler.Serialization;

namespace OrleansScheduler.Cluster.Serialization;

/// <summary>The JSON form of contracts as the codec needs it.</summary>
internal static class CodecJson
{
    /// <summary><see cref="ContractJson"/>, but a member of a closed set may be read as itself.</summary>
    /// <remarks>The codec writes the type beside the JSON and reads that type; in the JSON of a member of a closed set, its name
    /// within the set is then one member more than the type has.</remarks>
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(ContractJson.Options);
        options.TypeInfoResolver = ContractJson.Options.TypeInfoResolver!.WithAddedModifier(SkipNameInSet);
        options.MakeReadOnly();
        return options;
    }

    private static void SkipNameInSet(JsonTypeInfo type)
    {
        if (type.Kind == JsonTypeInfoKind.Object && IsInSet(type.Type))
        {
            type.UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip;
        }
    }

    private static bool IsInSet(Type type)
    {
        for (Type? above = type.BaseType; above is not null; above = above.BaseType)
        {
            if (above.IsDefined(typeof(JsonDerivedTypeAttribute), inherit: false))
            {
                return true;
            }
        }

        return false;
    }
}
