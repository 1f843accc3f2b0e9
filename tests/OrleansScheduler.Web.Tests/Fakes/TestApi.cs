using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansScheduler.Engine;
using OrleansScheduler.Testing;
using OrleansScheduler.Web.Archives;
using OrleansScheduler.Web.Health;

namespace OrleansScheduler.Web.Fakes;

/// <summary>The interface on a real server, with fake actors behind it.</summary>
public sealed class TestApi : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestApi(WebApplication app, HttpClient client)
    {
        _app = app;
        Client = client;
    }

    public FakeActors Actors { get; private init; } = null!;

    public FakeHealth Health { get; private init; } = null!;

    public FakeArchives Archives { get; private init; } = null!;

    public LogRecorder Log { get; private init; } = null!;

    public FakeTime Time { get; private init; } = null!;

    public HttpClient Client { get; }

    public IHostApplicationLifetime Lifetime => _app.Lifetime;

    public IReadOnlyList<Endpoint> Endpoints => _app.Services.GetRequiredService<EndpointDataSource>().Endpoints;

    public static async Task<TestApi> StartAsync(SchedulerApiOptions? options = null)
    {
        var (actors, health, log, time) = (new FakeActors(), new FakeHealth(), new LogRecorder(), new FakeTime());
        var archives = new FakeArchives();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.AddProvider(log);
        builder.Services.AddSingleton<IActorDirectory>(actors)
            .AddSingleton<ISchedulerHealth>(health)
            .AddSingleton<ISchedulerArchives>(archives)
            .AddSingleton<TimeProvider>(time)
            .AddSchedulerApi(options ?? new SchedulerApiOptions());
        var app = builder.Build();
        app.MapScheduler();
        app.MapSchedulerOperation("/ops/test", cancellation => actors.Get<IOperation>("ops").RunAsync(cancellation));
        await app.StartAsync();
        var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        return new TestApi(app, client) { Actors = actors, Health = health, Archives = archives, Log = log, Time = time };
    }

    public async Task<Reply> GetAsync(string path, params (string Name, string Value)[] headers) =>
        await SendAsync(HttpMethod.Get, path, null, headers);

    public async Task<Reply> SendAsync(HttpMethod method, string path, HttpContent? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        return await Reply.ReadAsync(await Client.SendAsync(request));
    }

    public Task<Reply> PostAsync(string path, string json, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, Json(json), headers);

    public Task<Reply> PutAsync(string path, string json, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Put, path, Json(json), headers);

    public static HttpContent Json(string json, string type = "application/json") => Bytes(Encoding.UTF8.GetBytes(json), type);

    public static HttpContent Bytes(byte[] bytes, string? type)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        return content;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
