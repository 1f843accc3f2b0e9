using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace OrleansScheduler.Cli.Fakes;

/// <summary>A server that gives recorded answers, in the order in which they were recorded for an address; the last one again and again.</summary>
internal sealed class StubServer : HttpMessageHandler
{
    private readonly Dictionary<string, Queue<Func<CancellationToken, Task<HttpResponseMessage>>>> _answers = new(StringComparer.Ordinal);

    /// <summary>What was asked, each as method, path and query below the prefix.</summary>
    public List<SeenRequest> Requests { get; } = [];

    public StubServer On(string request, string json, int status = 200) =>
        On(request, _ => Task.FromResult(Answer(json, status, "application/json")));

    /// <summary>A failure as the server describes it.</summary>
    public StubServer Refuse(string request, int status, string code, string detail, string more = "\"details\":{}") => On(request, _ => Task.FromResult(Answer(
        $$"""{"type":"urn:orleans-scheduler:error:{{code}}","title":"T","status":{{status}},"detail":"{{detail}}","instance":"/","code":"{{code}}",{{more}}}""",
        status,
        "application/problem+json")));

    public StubServer On(string request, Func<CancellationToken, Task<HttpResponseMessage>> answer)
    {
        if (!_answers.TryGetValue(request, out var queue))
        {
            _answers[request] = queue = new();
        }

        queue.Enqueue(answer);
        return this;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string path = request.RequestUri!.PathAndQuery;
        Assert.StartsWith("/api/v1/", path, StringComparison.Ordinal);
        string name = $"{request.Method} {path["/api/v1".Length..]}";
        string? body = request.Content is { } content ? await content.ReadAsStringAsync(cancellationToken) : null;
        Requests.Add(new SeenRequest(name, body, request.Content?.Headers.ContentType?.MediaType, request.Headers.Authorization?.ToString()));
        if (!_answers.TryGetValue(name, out var queue))
        {
            return Answer("""{"title":"Unknown address","status":404,"detail":"Nothing lives there.","code":"route_unknown","details":{}}""", 404, "application/problem+json");
        }

        var answer = queue.Count > 1 ? queue.Dequeue() : queue.Peek();
        return await answer(cancellationToken);
    }

    private static HttpResponseMessage Answer(string text, int status, string type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return new HttpResponseMessage((HttpStatusCode)status) { Content = content };
    }
}
