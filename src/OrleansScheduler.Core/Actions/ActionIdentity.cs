using System.Buffers;
using System.Security.Cryptography;
using OrleansScheduler.Actions;
using OrleansScheduler.Core.Encoding;
using OrleansScheduler.Core.Handlers;
using OrleansScheduler.Documents;
using OrleansScheduler.Identity;

namespace OrleansScheduler.Core.Actions;

/// <summary>What makes two definitions the same action, and two builds of it different ones.</summary>
internal static class ActionIdentity
{
    /// <summary>The id: the name, and a hash of handler, inputs and outputs.</summary>
    public static ActionId Of(ActionDefinition definition)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var encoder = new BinaryEncoder(buffer);
        encoder.Text(definition.Handler);
        encoder.Addresses(definition.Inputs);
        encoder.Addresses(definition.Outputs);
        return ActionId.Of(definition.Name, Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan))[..8]);
    }

    /// <summary>The fingerprint: the handler's own, and a hash of the whole definition.</summary>
    public static string Fingerprint(ActionDefinition definition, RegisteredHandler handler)
    {
        var buffer = new ArrayBufferWriter<byte>();
        new BinaryEncoder(buffer).Definition(definition);
        return $"{handler.Fingerprint}#{Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan))[..16]}";
    }

    /// <summary>True when the fingerprint was made with this build of the handler.</summary>
    public static bool IsOf(string fingerprint, RegisteredHandler handler) =>
        fingerprint.Length == handler.Fingerprint.Length + 17 && fingerprint[^17] == '#'
        && fingerprint.StartsWith(handler.Fingerprint, StringComparison.Ordinal);

    /// <summary>True when registering the second would change nothing about the first.</summary>
    public static bool IsSame(ActionDefinition one, ActionDefinition other) =>
        one.Name == other.Name && one.Handler == other.Handler && one.Kind == other.Kind && one.TimeLimit == other.TimeLimit
        && one.Inputs.AsSpan().SequenceEqual(other.Inputs.AsSpan()) && one.Outputs.AsSpan().SequenceEqual(other.Outputs.AsSpan())
        && JsonValue.Same(one.Payload, other.Payload);
}
