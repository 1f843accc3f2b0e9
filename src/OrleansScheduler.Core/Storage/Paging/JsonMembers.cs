using System.Buffers;
using System.Text.Json;
using OrleansScheduler.Serialization;

namespace OrleansScheduler.Core.Storage.Paging;

/// <summary>Members of a page as JSON, one per line.</summary>
internal static class JsonMembers
{
    public static void Write<T>(T member, IBufferWriter<byte> output)
    {
        output.Write(JsonSerializer.SerializeToUtf8Bytes(member, ContractJson.Options));
        output.Write("\n"u8);
    }

    /// <exception cref="JsonException">The content is something else.</exception>
    public static List<T> Read<T>(ReadOnlySpan<byte> content)
    {
        var members = new List<T>();
        while (!content.IsEmpty)
        {
            // JSON without indentation has no line breaks of its own: those in texts are escaped.
            int end = content.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end >= 0 ? content[..end] : throw new JsonException("The last line has no end.");
            members.Add(JsonSerializer.Deserialize<T>(line, ContractJson.Options) ?? throw new JsonException("A member is null."));
            content = content[(end + 1)..];
        }

        return members;
    }
}
