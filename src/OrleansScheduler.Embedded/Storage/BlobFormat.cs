using System.Buffers.Binary;

namespace OrleansScheduler.Embedded.Storage;

/// <summary>The bytes of a page or a state: format 1, checksum, content. The checksum also covers what names the row.</summary>
internal static class BlobFormat
{
    public const int HeaderBytes = 5;
    private const byte Format = 1;

    /// <summary>The seed of a page's checksum.</summary>
    public static uint PageSeed(uint actor, string name) => Checksum.Add(Checksum.Add(actor, 'p'), name);

    /// <summary>The seed of a state's checksum.</summary>
    public static uint StateSeed(uint actor, string name, string etag) =>
        Checksum.Add(Checksum.Add(Checksum.Add(actor, 's'), name), etag);

    public static byte[] Encode(uint seed, ReadOnlySpan<byte> content)
    {
        var payload = GC.AllocateUninitializedArray<byte>(HeaderBytes + content.Length);
        payload[0] = Format;
        content.CopyTo(payload.AsSpan(HeaderBytes));
        Seal(seed, payload);
        return payload;
    }

    /// <summary>Writes the checksum into a payload whose seed was not known when it was copied.</summary>
    public static void Seal(uint seed, byte[] payload) =>
        BinaryPrimitives.WriteUInt32LittleEndian(payload.AsSpan(1), Checksum.Add(seed, payload.AsSpan(HeaderBytes)));

    /// <summary>What is wrong with a payload; null when it is sound and its content follows the header.</summary>
    public static string? Damage(uint seed, ReadOnlySpan<byte> payload)
    {
        if (payload.Length < HeaderBytes)
        {
            return "it is too short";
        }

        if (payload[0] != Format)
        {
            return $"its format is {payload[0]}";
        }

        var stored = BinaryPrimitives.ReadUInt32LittleEndian(payload[1..]);
        return stored == Checksum.Add(seed, payload[HeaderBytes..]) ? null : "its checksum does not fit";
    }
}
