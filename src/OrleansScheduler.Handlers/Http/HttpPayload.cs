using System.Collections.Immutable;
using OrleansScheduler.Documents;
using OrleansScheduler.Handlers.Payloads;

namespace OrleansScheduler.Handlers.Http;

/// <summary>The payload of <c>http</c>.</summary>
/// <param name="Reads"><c>read</c>: name to address.</param>
/// <param name="Method"><c>method</c>; default GET.</param>
/// <param name="Url"><c>url</c>: a template of an absolute http or https address without user information.</param>
/// <param name="Headers"><c>headers</c>: name to template; at most 100.</param>
/// <param name="Body"><c>body</c> or <c>body_from</c>; null for none.</param>
/// <param name="Expected"><c>expected_status</c>.</param>
/// <param name="TimeOut"><c>time_out</c> of the whole exchange: 1 ms to 20 min, default 30 s.</param>
/// <param name="ResponseBytesMax"><c>response_bytes_max</c>.</param>
/// <param name="RedirectsMax"><c>redirects_max</c>: 0 to 10, default 5.</param>
/// <param name="Write"><c>write</c>: where status, headers and body go; null for nowhere.</param>
internal sealed record HttpPayload(
    DeclaredReads Reads,
    HttpMethod Method,
    TextTemplate Url,
    ImmutableSortedDictionary<string, TextTemplate> Headers,
    Content? Body,
    ExpectedStatus Expected,
    TimeSpan TimeOut,
    int ResponseBytesMax,
    int RedirectsMax,
    Address? Write)
{
    private static readonly ImmutableArray<string> OwnHeaders =
        ["content-length", "transfer-encoding", "connection", "upgrade", "trailer", "te", "keep-alive", "proxy-authorization"];

    public static HttpPayload Of(JsonValue? payload, HttpHandlerOptions options)
    {
        PayloadReader reader = PayloadReader.Of(payload);
        DeclaredReads reads = DeclaredReads.Of(reader);
        string url = reader.RequiredText("url", 8_000);
        if (!url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) && !url.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            throw reader.Invalid("url", "must begin with http:// or https://");
        }

        var headers = ImmutableSortedDictionary.CreateBuilder<string, TextTemplate>(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, string value) in reader.TextMap("headers", 100, 8_000))
        {
            if (!IsToken(name) || OwnHeaders.Contains(name, StringComparer.OrdinalIgnoreCase) || headers.ContainsKey(name))
            {
                throw reader.Invalid($"headers.{name}", "is no name of a header that can be set, or comes twice");
            }

            headers[name] = TextTemplate.Parse(value, reads, $"payload.headers.{name}");
        }

        var result = new HttpPayload(
            reads,
            MethodOf(reader),
            TextTemplate.Parse(url, reads, "payload.url"),
            headers.ToImmutable(),
            Content.Of(reader, "body", reads),
            ExpectedStatus.Of(reader, "expected_status"),
            reader.Length("time_out", TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(20)),
            reader.Integer("response_bytes_max", options.ResponseBytesMax, 1, options.ResponseBytesMax),
            reader.Integer("redirects_max", 5, 0, 10),
            reader.Address("write"));
        reader.End();
        return result;
    }

    private static HttpMethod MethodOf(PayloadReader reader)
    {
        string name = reader.Text("method", 20) ?? "GET";
        return name.Length > 0 && name.All(char.IsAsciiLetterUpper) && name is not ("CONNECT" or "TRACE")
            ? new HttpMethod(name)
            : throw reader.Invalid("method", "must be a method in capitals, and none of CONNECT and TRACE");
    }

    private static bool IsToken(string name) =>
        name.Length is > 0 and <= 200 && name.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal));
}
