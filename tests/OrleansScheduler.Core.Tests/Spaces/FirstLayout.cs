using System.Buffers;
using OrleansScheduler.Core.Encoding;
using OrleansScheduler.Core.Spaces;
using OrleansScheduler.Documents;
using OrleansScheduler.Identity;

namespace OrleansScheduler.Core.Tests.Spaces;

/// <summary>The pages of a space as the first layout had them: 64 pages of each kind of member, by a hash of the names.</summary>
internal static class FirstLayout
{
    public static Dictionary<string, byte[]> Of(SpaceState state)
    {
        var pages = new Dictionary<string, ArrayBufferWriter<byte>>(StringComparer.Ordinal);
        foreach ((string name, JsonValue document) in state.Tree.Root)
        {
            BinaryEncoder encoder = On(pages, 'd', name);
            encoder.Text(name);
            encoder.Json(document);
            encoder.Stamp(state.Tree.Stamp.ChildOf(PathStep.OfKey(name)));
        }

        foreach (var node in state.Actions.All)
        {
            StoredAction.Write(On(pages, 'a', node.Id.ToString()), node);
        }

        foreach ((string name, WriterSession session) in state.Sessions.All)
        {
            StoredSession.Write(On(pages, 's', name), name, session);
        }

        var content = pages.ToDictionary(page => page.Key, page => page.Value.WrittenSpan.ToArray(), StringComparer.Ordinal);

        // The head and the commits are what they were.
        state.WriteChangedPages((name, page) =>
        {
            if (page is not null && (name == "head" || name[0] == 'c'))
            {
                content[name] = page;
            }
        });
        return content;
    }

    private static BinaryEncoder On(Dictionary<string, ArrayBufferWriter<byte>> pages, char kind, string member)
    {
        string name = $"{kind}/{HashOf(member) % 64:x2}";
        if (!pages.TryGetValue(name, out ArrayBufferWriter<byte>? page))
        {
            pages[name] = page = new ArrayBufferWriter<byte>();
        }

        return new BinaryEncoder(page);
    }

    // FNV-1a, as it was.
    private static uint HashOf(string name)
    {
        uint hash = 2166136261;
        foreach (char c in name)
        {
            hash = (hash ^ c) * 16777619;
        }

        return hash;
    }
}
