using OrleansScheduler.Documents;
using OrleansScheduler.Handlers.Payloads;

namespace OrleansScheduler.Handlers.Files;

/// <summary>The payload of <c>file</c>.</summary>
/// <param name="Reads"><c>read</c>: name to address; not with mode <c>read</c>.</param>
/// <param name="Path"><c>path</c>: below the root, with slashes.</param>
/// <param name="Mode"><c>mode</c>: <c>replace</c>, <c>append</c> or <c>read</c>.</param>
/// <param name="Content"><c>content</c> or <c>content_from</c>; null with mode <c>read</c>.</param>
/// <param name="IsJson"><c>as</c>: <c>json</c> rather than <c>text</c>, which is the default.</param>
/// <param name="Write"><c>write</c>: where what was read goes; null unless the mode is <c>read</c>.</param>
internal sealed record FilePayload(DeclaredReads Reads, string Path, FileMode Mode, Content? Content, bool IsJson, Address? Write)
{
    public static FilePayload Of(JsonValue? payload)
    {
        PayloadReader reader = PayloadReader.Of(payload);
        string path = reader.RequiredText("path", 1_000);
        if (RootedPath.FaultOf(path) is { } fault)
        {
            throw reader.Invalid("path", fault);
        }

        FileMode mode = reader.RequiredText("mode", 20) switch
        {
            "replace" => FileMode.Create,
            "append" => FileMode.Append,
            "read" => FileMode.Open,
            _ => throw reader.Invalid("mode", "must be replace, append or read"),
        };
        FilePayload result = mode == FileMode.Open ? OfRead(reader, path) : OfWrite(reader, path, mode);
        reader.End();
        return result;
    }

    private static FilePayload OfRead(PayloadReader reader, string path)
    {
        bool isJson = (reader.Text("as", 20) ?? "text") switch
        {
            "text" => false,
            "json" => true,
            _ => throw reader.Invalid("as", "must be text or json"),
        };
        Address write = reader.Address("write") ?? throw reader.Invalid("write", "is required");
        return new FilePayload(DeclaredReads.Of(PayloadReader.Of(JsonObject.Empty)), path, FileMode.Open, null, isJson, write);
    }

    private static FilePayload OfWrite(PayloadReader reader, string path, FileMode mode)
    {
        DeclaredReads reads = DeclaredReads.Of(reader);
        Content content = Content.Of(reader, "content", reads) ?? throw reader.Invalid("content", "is required, or content_from");
        return new FilePayload(reads, path, mode, content, false, null);
    }
}
