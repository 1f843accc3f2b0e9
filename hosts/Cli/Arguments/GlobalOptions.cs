using System.CommandLine;
using OrleansScheduler.Cli.Client;
using OrleansScheduler.Cli.Outcomes;

namespace OrleansScheduler.Cli.Arguments;

/// <summary>The options that every command knows.</summary>
internal sealed class GlobalOptions
{
    private const string DefaultServer = "http://127.0.0.1:5080";
    private const int WhoCharsMax = 200;
    private static readonly TimeSpan DefaultTimeOut = TimeSpan.FromSeconds(30);

    private readonly Option<string?> _server = new("--server")
    {
        Description = $"Address of the server [default: OSCHED_SERVER, else {DefaultServer}]", HelpName = "URL", Recursive = true,
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "The answers of the server as they are, as JSON, one a line", Recursive = true,
    };

    private readonly Option<string?> _tokenFile = new("--token-file")
    {
        Description = "File with the token of an administrator [default: OSCHED_TOKEN_FILE, else data/administrator.token]",
        HelpName = "FILE",
        Recursive = true,
    };

    private readonly Option<bool> _noColor = new("--no-color") { Description = "No colours on a terminal; so does NO_COLOR", Recursive = true };

    private readonly Option<TimeSpan?> _timeOut = Options.Length("--time-out", "How long to wait for an answer, 100ms to 10m [default: 30s]", "100ms", "10m");

    private readonly Option<string?> _who = new("--who")
    {
        Description = "Whose name is recorded with changes [default: the name of the user]", HelpName = "NAME", Recursive = true,
    };

    public GlobalOptions() => _timeOut.Recursive = true;

    public void AddTo(Command root)
    {
        foreach (Option option in new Option[] { _server, _json, _tokenFile, _noColor, _timeOut, _who })
        {
            root.Add(option);
        }
    }

    public bool Json(ParseResult parsed) => parsed.GetValue(_json);

    public bool Color(ParseResult parsed, CliConsole console) =>
        !parsed.GetValue(_noColor) && string.IsNullOrEmpty(console.Environment("NO_COLOR"));

    public TimeSpan TimeOut(ParseResult parsed) => parsed.GetValue(_timeOut) ?? DefaultTimeOut;

    /// <summary>Where the server is.</summary>
    /// <exception cref="CliException"><c>usage</c>.</exception>
    public Uri Server(ParseResult parsed, CliConsole console)
    {
        string text = parsed.GetValue(_server) ?? NullIfEmpty(console.Environment("OSCHED_SERVER")) ?? DefaultServer;
        bool fits = Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            && uri is { PathAndQuery: "/", Fragment: "", UserInfo: "" };

        // Not repeated: what was typed may hold a password.
        return fits ? uri! : throw new CliException(CliCodes.Usage, $"The address of a server looks like {DefaultServer}, without a path and without a password.");
    }

    public AdministratorToken Token(ParseResult parsed, CliConsole console)
    {
        string? named = parsed.GetValue(_tokenFile) ?? NullIfEmpty(console.Environment("OSCHED_TOKEN_FILE"));
        return new AdministratorToken(Path.Combine(console.Folder, named ?? Path.Combine("data", "administrator.token")), named is not null);
    }

    /// <summary>Who asks.</summary>
    /// <exception cref="CliException"><c>usage</c>.</exception>
    public string Who(ParseResult parsed, CliConsole console)
    {
        string who = parsed.GetValue(_who) ?? NullIfEmpty(console.Environment("USER")) ?? "osched";
        return who.Length is > 0 and <= WhoCharsMax
            ? who
            : throw new CliException(CliCodes.Usage, $"--who has 1 to {WhoCharsMax} characters.");
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
