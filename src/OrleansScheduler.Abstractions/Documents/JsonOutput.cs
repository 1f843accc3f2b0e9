using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OrleansScheduler.Documents;

/// <summary>Writes trees as compact JSON, with one writer per thread that is used again.</summary>
internal static class JsonOutput
{
    private const int KeptBytesMax = 64 * 1024;

    // Relaxed: the text is served as JSON, never pasted into HTML, and escapes would bloat every non-Latin text.
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    public static byte[] ToUtf8(JsonValue value)
    {
        var bytes = Write(value).WrittenSpan.ToArray();
        Release();
        return bytes;
    }

    public static string ToText(JsonValue value)
    {
        var text = Encoding.UTF8.GetString(Write(value).WrittenSpan);
        Release();
        return text;
    }

    private static ArrayBufferWriter<byte> Write(JsonValue value)
    {
        _buffer ??= new ArrayBufferWriter<byte>(1024);
        _buffer.ResetWrittenCount();
        _writer ??= new Utf8JsonWriter(_buffer, Options);
        _writer.Reset();
        value.WriteTo(_writer);
        _writer.Flush();
        return _buffer;
    }

    private static void Release()
    {
        if (_buffer!.Capacity > KeptBytesMax)
        {
            _buffer = null;
            _writer = null;
        }
    }
}
