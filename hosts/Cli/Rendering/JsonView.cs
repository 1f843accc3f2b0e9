using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using OrleansScheduler.Documents;

namespace OrleansScheduler.Cli.Rendering;

/// <summary>Shows JSON values.</summary>
internal static class JsonView
{
    // What a value of the contract may have, whoever wrote it.
    private const int DepthMax = 512;

    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", MaxDepth = DepthMax, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The value over several lines; a dash for none.</summary>
    public static string Indented(JsonValue? value)
    {
        if (value is null)
        {
            return "-";
        }

        // By way of a document, which writes numbers of an array in lines of their own.
        using var document = JsonDocument.Parse(value.ToUtf8(), new JsonDocumentOptions { MaxDepth = DepthMax });
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            document.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }
}
