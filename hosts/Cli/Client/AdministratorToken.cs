using OrleansScheduler.Cli.Outcomes;

namespace OrleansScheduler.Cli.Client;

/// <summary>The token of an administrator. It is read when a request needs it, and neither shown nor logged.</summary>
/// <param name="path">The file that holds it.</param>
/// <param name="isNamed">False for the file that is looked for when nobody names one.</param>
internal sealed class AdministratorToken(string path, bool isNamed)
{
    private const int CharsMax = 4_096;

    /// <summary>Reads the token for a request.</summary>
    /// <param name="server">Where the request goes.</param>
    /// <exception cref="CliException"><c>token_missing</c>.</exception>
    public string Read(Uri server)
    {
        if (server.Scheme != Uri.UriSchemeHttps && !server.IsLoopback)
        {
            throw Missing($"The administrator token is sent over https or to this machine only, not to {server.GetLeftPart(UriPartial.Authority)}.");
        }

        string token = ReadFile().Trim();
        return token.Length is > 0 and <= CharsMax && token.All(c => c is > ' ' and < (char)0x7f)
            ? token
            : throw Missing($"'{path}' does not hold an administrator token: one line of visible ASCII characters.");
    }

    private string ReadFile()
    {
        try
        {
            using var reader = new StreamReader(path);
            var buffer = new char[CharsMax + 2];
            return new string(buffer, 0, reader.ReadBlock(buffer));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw Missing(isNamed
                ? $"The token file '{path}' cannot be read."
                : $"This needs the token of an administrator. Name its file with --token-file or OSCHED_TOKEN_FILE; '{path}' cannot be read.");
        }
    }

    private static CliException Missing(string message) => new(CliCodes.TokenMissing, message);
}
