using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrleansScheduler.Core.Timing;
using OrleansScheduler.Documents;
using OrleansScheduler.Engine;
using OrleansScheduler.Identity;
using OrleansScheduler.Schedules;
using OrleansScheduler.Settling;
using OrleansScheduler.Spaces;
using OrleansScheduler.Web.Archives;
using OrleansScheduler.Web.Problems;

namespace OrleansScheduler.Web.Requests;

/// <summary>A request as its handler sees it: parsed names, the actors that they name, and patience for their answers.</summary>
internal sealed class ApiRequest : IDisposable
{
    /// <summary>Whose everything is, as long as there are no keys that could say otherwise.</summary>
    public const string Owner = "default";

    private readonly HttpContext _context;
    private CancellationTokenSource? _deadline;
    private CancellationTokenSource? _patience;
    private CancellationTokenSource? _presence;

    /// <summary>Reads nothing yet.</summary>
    public ApiRequest(HttpContext context, SchedulerApiOptions options)
    {
        _context = context;
        Options = options;
    }

    /// <summary>The limits.</summary>
    public SchedulerApiOptions Options { get; }

    /// <summary>The query values. Set once they are checked.</summary>
    public RequestQuery Query { get => field ?? throw new InvalidOperationException("The query is not checked yet."); set; }

    /// <summary>The headers.</summary>
    public IHeaderDictionary Headers => _context.Request.Headers;

    /// <summary>The path, for people.</summary>
    public string PathText => _context.Request.Path.ToUriComponent();

    /// <summary>Finds the request in the log.</summary>
    public string TraceId => _context.TraceIdentifier;

    /// <summary>False for methods that only look.</summary>
    public bool IsChange => !HttpMethods.IsGet(_context.Request.Method) && !HttpMethods.IsHead(_context.Request.Method);

    /// <summary>True when the actors took too long.</summary>
    public bool IsLate => _deadline is { IsCancellationRequested: true };

    /// <summary>True when the host is going down.</summary>
    public bool IsStopping => HostStopping.IsCancellationRequested;

    /// <summary>Cancelled when the client leaves or the host stops: for an answer that may take any time.</summary>
    public CancellationToken Presence =>
        (_presence ??= CancellationTokenSource.CreateLinkedTokenSource(_context.RequestAborted, HostStopping)).Token;

    /// <summary>The host's archives; null when it has none.</summary>
    public ISchedulerArchives? Archives => _context.RequestServices.GetService<ISchedulerArchives>();

    /// <summary>Who tells when standard cron expressions are due; null for the scheduler itself.</summary>
    public ICronEvaluator? Evaluator => _context.RequestServices.GetService<ICronEvaluator>();

    /// <summary>The epoch of the deployment.</summary>
    public long Epoch => Archives?.Epoch ?? 1;

    /// <summary>The space of the address.</summary>
    public SpaceId SpaceId => SpaceId.Of(Owner, Route("space"));

    /// <summary>The space of the address.</summary>
    public ISpace Space => Actor<ISpace>(SpaceId.ToString());

    /// <summary>The settler of that space.</summary>
    public ISettler Settler => Actor<ISettler>(SpaceId.ToString());

    /// <summary>The document of the address.</summary>
    public DocumentId Document => DocumentId.Parse(Route("document"));

    /// <summary>The schedule of the address.</summary>
    public ScheduleId ScheduleId => ScheduleId.Of(Owner, Route("schedule"));

    /// <summary>The schedule of the address.</summary>
    public ISchedule Schedule => Actor<ISchedule>(ScheduleId.ToString());

    private CancellationToken HostStopping =>
        _context.RequestServices.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None;

    /// <summary>A part of the address.</summary>
    public string Route(string name) =>
        _context.Request.RouteValues[name] as string ?? throw new InvalidOperationException($"The address has no part {name}.");

    /// <summary>A service of the host.</summary>
    public T Service<T>()
        where T : notnull => _context.RequestServices.GetRequiredService<T>();

    /// <summary>An actor.</summary>
    public TActor Actor<TActor>(string key)
        where TActor : class => Service<IActorDirectory>().Get<TActor>(key);

    /// <summary>How long this request waits for actors: until its client leaves or its time is up.</summary>
    /// <param name="wait">What the client itself asked to wait, on top.</param>
    /// <remarks>The first call starts the time, so that reading a body does not use it up. What only looks also ends when
    /// the host stops; a change goes on, because its client could not know what became of it.</remarks>
    public CancellationToken Patience(TimeSpan wait = default)
    {
        _deadline ??= new CancellationTokenSource(Options.AnswerTimeMax + wait, Service<TimeProvider>());
        _patience ??= CancellationTokenSource.CreateLinkedTokenSource(
            _deadline.Token, _context.RequestAborted, IsChange ? CancellationToken.None : HostStopping);
        return _patience.Token;
    }

    /// <summary>The body as a contract.</summary>
    public async Task<T> BodyAsync<T>()
        where T : class => await OptionalBodyAsync<T>() ?? throw MissingBody();

    /// <summary>The body as a contract; null when there is none.</summary>
    public async Task<T?> OptionalBodyAsync<T>()
        where T : class
    {
        var utf8 = await RequestBody.ReadAsync(_context.Request, BodyKind.Json, Options.BodyBytesMax, _context.RequestAborted);
        return utf8.IsEmpty ? null : BodyJson.Read<T>(utf8.Span, Options.BodyBytesMax);
    }

    /// <summary>The body as a JSON value.</summary>
    public async Task<JsonValue> JsonAsync(BodyKind kind)
    {
        var utf8 = await RequestBody.ReadAsync(_context.Request, kind, Options.BodyBytesMax, _context.RequestAborted);
        return utf8.IsEmpty ? throw MissingBody() : JsonValue.Parse(utf8.Span, JsonLimits.Default);
    }

    /// <summary>The body as text.</summary>
    /// <param name="kind">What it may be.</param>
    /// <param name="bytesMax">The longest that is read, if that is less than all bodies may have.</param>
    public async Task<string> TextAsync(BodyKind kind, int bytesMax)
    {
        var most = Math.Min(bytesMax, Options.BodyBytesMax);
        var utf8 = await RequestBody.ReadAsync(_context.Request, kind, most, _context.RequestAborted);
        return utf8.IsEmpty ? throw MissingBody() : BodyText.Read(utf8.Span);
    }

    /// <summary>The last part of the address with its escaped slashes, which the server leaves alone.</summary>
    /// <exception cref="Errors.SchedulerException"><c>path_invalid</c>.</exception>
    public string LastPart() => RawAddress.LastPart(_context);

    /// <summary>Forgets the deadline.</summary>
    public void Dispose()
    {
        _presence?.Dispose();
        _patience?.Dispose();
        _deadline?.Dispose();
    }

    private static Errors.SchedulerException MissingBody() => Fault.Invalid("body", "The body is missing.");
}
