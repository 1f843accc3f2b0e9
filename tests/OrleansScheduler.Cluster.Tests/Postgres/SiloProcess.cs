using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using OrleansScheduler.Cluster.Tests.Clusters;
using Xunit;

namespace OrleansScheduler.Cluster.Tests.Postgres;

/// <summary>The built silo as a process of its own, on loopback ports of its own.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TestLimits.OneMax;

    private readonly Process _process;
    private readonly StringBuilder _said = new();
    private readonly TaskCompletionSource<string> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HttpClient _http = new() { Timeout = TestLimits.OneMax / 3 };

    private SiloProcess(Process process) => _process = process;

    /// <summary>Everything that it wrote, on either stream.</summary>
    public string Said
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
    }

    /// <summary>Where it serves.</summary>
    public string Address => new Uri(_http.BaseAddress!, "/").ToString().TrimEnd('/');

    public bool HasExited => _process.HasExited;

    /// <summary>Starts the silo and waits until it serves.</summary>
    /// <param name="postgres">The database; null for memory.</param>
    /// <param name="arguments">The command line.</param>
    public static async Task<SiloProcess> StartAsync(string? postgres, params string[] arguments)
    {
        SiloProcess silo = Launch(postgres, arguments);
        Task first = await Task.WhenAny(silo._ready.Task, silo._process.WaitForExitAsync()).WaitAsync(Patience);
        Assert.True(first == silo._ready.Task, silo.Said);
        silo._http.BaseAddress = new Uri((await silo._ready.Task).TrimEnd('/') + "/api/v1/");
        return silo;
    }

    /// <summary>Runs the silo to its end.</summary>
    public static async Task<(int ExitCode, string Said)> RunAsync(string? postgres, params string[] arguments)
    {
        await using SiloProcess silo = Launch(postgres, arguments);
        await silo._process.WaitForExitAsync().WaitAsync(Patience);
        return (silo._process.ExitCode, silo.Said);
    }

    /// <summary>Ports that nobody has at the moment.</summary>
    public static int[] FreePorts(int count)
    {
        List<TcpListener> listeners = [.. Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        listeners.ForEach(listener => listener.Start());
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        listeners.ForEach(listener => listener.Stop());
        return ports;
    }

    /// <summary>SIGKILL: nothing in the process gets to know.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(Patience);
    }

    /// <summary>SIGTERM, and the exit code that it ends with.</summary>
    public async Task<int> TerminateAsync()
    {
        using Process kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public async Task<JsonElement> GetAsync(string address) => await ReadAsync(await _http.GetAsync(address));

    public async Task<JsonElement> PostAsync(string address) => await ReadAsync(await _http.PostAsync(address, null));

    public async Task<JsonElement> PutAsync(string address, string json) =>
        await ReadAsync(await _http.PutAsync(address, new StringContent(json, Encoding.UTF8, "application/json")));

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
        _http.Dispose();
    }

    private static SiloProcess Launch(string? postgres, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "OrleansScheduler.Silo.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ASPNETCORE_URLS"] = "http://127.0.0.1:0", ["SCHEDULER_POSTGRES"] = postgres ?? "" },
        };
        var silo = new SiloProcess(Process.Start(start)!);
        silo._process.OutputDataReceived += (_, line) => silo.Hear(line.Data);
        silo._process.ErrorDataReceived += (_, line) => silo.Hear(line.Data);
        silo._process.BeginOutputReadLine();
        silo._process.BeginErrorReadLine();
        return silo;
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        string body = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"{response.RequestMessage?.RequestUri}: {(int)response.StatusCode} {body}", null, response.StatusCode);
        }

        return body.Length == 0 ? default : JsonDocument.Parse(body).RootElement;
    }

    private void Hear(string? line)
    {
        lock (_said)
        {
            _said.AppendLine(line);
        }

        if (line?.StartsWith("ready ", StringComparison.Ordinal) == true)
        {
            _ready.TrySetResult(line["ready ".Length..]);
        }
    }
}
