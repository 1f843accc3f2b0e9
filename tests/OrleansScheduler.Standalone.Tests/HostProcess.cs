using System.Diagnostics;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace OrleansScheduler.Standalone.Tests;

/// <summary>The built host as a process of its own on a loopback port of its own.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _errors = new();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60) };

    private HostProcess(Process process) => _process = process;

    /// <summary>Where it listens.</summary>
    public string Address => new Uri(_http.BaseAddress!, "/").ToString().TrimEnd('/');

    public string Errors
    {
        get
        {
            lock (_errors)
            {
                return _errors.ToString();
            }
        }
    }

    /// <summary>Starts the host and waits for the line that says where it listens.</summary>
    public static async Task<HostProcess> StartAsync(string folder, params string[] arguments)
    {
        HostProcess host = Launch(["--data", folder, .. arguments]);
        List<string> said = [];
        while (await host._process.StandardOutput.ReadLineAsync() is { } line)
        {
            said.Add(line);
            if (line.StartsWith("ready ", StringComparison.Ordinal))
            {
                host._http.BaseAddress = new Uri(line["ready ".Length..].TrimEnd('/') + "/api/v1/");
                _ = host._process.StandardOutput.ReadToEndAsync();
                return host;
            }
        }

        await host._process.WaitForExitAsync();
        throw new InvalidOperationException($"The host ended with {host._process.ExitCode} before it was ready: {string.Join('\n', said)}\n{host.Errors}");
    }

    /// <summary>Runs the host to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        await using HostProcess host = Launch(arguments);
        string output = await host._process.StandardOutput.ReadToEndAsync();
        await host._process.WaitForExitAsync();
        return (host._process.ExitCode, output, host.Errors);
    }

    /// <summary>SIGKILL: nothing in the process gets to know.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and the exit code that it ends with.</summary>
    public async Task<int> TerminateAsync()
    {
        using Process kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        await _process.WaitForExitAsync();
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

    /// <summary>Starts the host, and waits for nothing.</summary>
    public static HostProcess Launch(string[] arguments)
    {
        string assembly = typeof(HostProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "HostAssembly").Value!;
        var start = new ProcessStartInfo("dotnet", [assembly, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ASPNETCORE_URLS"] = "http://127.0.0.1:0", ["DOTNET_TieredPGO"] = "0" },
        };
        var host = new HostProcess(Process.Start(start)!);
        host._process.ErrorDataReceived += (_, line) =>
        {
            lock (host._errors)
            {
                host._errors.AppendLine(line.Data);
            }
        };
        host._process.BeginErrorReadLine();
        return host;
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        string body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{response.RequestMessage?.RequestUri}: {(int)response.StatusCode} {body}");
        return body.Length == 0 ? default : JsonDocument.Parse(body).RootElement;
    }
}
