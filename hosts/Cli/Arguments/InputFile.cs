using System.Globalization;
using System.Text;
using OrleansScheduler.Cli.Outcomes;

namespace OrleansScheduler.Cli.Arguments;

/// <summary>Files that are sent to the server.</summary>
internal static class InputFile
{
    /// <summary>What the server takes of a file of definitions or a crontab.</summary>
    public const int DefinitionBytesMax = 1 << 20;

    /// <summary>What it takes of a JSON value.</summary>
    public const int JsonBytesMax = 4 << 20;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text of a file.</summary>
    /// <param name="console">Where the input and the folder are.</param>
    /// <param name="name">The name of the file; <c>-</c> for the input.</param>
    /// <param name="bytesMax">The longest.</param>
    /// <param name="cancellation">Ends the wait for the input.</param>
    /// <exception cref="CliException"><c>file_unreadable</c>, <c>file_too_large</c>, <c>file_empty</c>.</exception>
    public static async Task<string> ReadAsync(CliConsole console, string name, int bytesMax, CancellationToken cancellation)
    {
        try
        {
            string text = name == "-"
                ? await ReadAsync(console.Input(), bytesMax, cancellation)
                : await ReadFileAsync(Path.Combine(console.Folder, name), bytesMax, cancellation);
            return text.Length == 0 ? throw Empty(name)
                : Strict.GetByteCount(text) <= bytesMax ? text : throw TooLarge(name, bytesMax);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new CliException(CliCodes.FileUnreadable, $"'{name}' cannot be read: {fault.Message}");
        }
        catch (ArgumentException)
        {
            throw new CliException(CliCodes.FileUnreadable, $"'{name}' is no text in UTF-8.");
        }
    }

    private static async Task<string> ReadFileAsync(string path, int bytesMax, CancellationToken cancellation)
    {
        using var reader = new StreamReader(path, Strict);
        return await ReadAsync(reader, bytesMax, cancellation);
    }

    // One character more than fits, so that what is too long is seen without reading all of it.
    private static async Task<string> ReadAsync(TextReader reader, int charsMax, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        var buffer = new char[16 * 1024];
        while (text.Length <= charsMax && await reader.ReadAsync(buffer, cancellation).AsTask().WaitAsync(cancellation) is var read and > 0)
        {
            text.Append(buffer, 0, read);
        }

        return text.ToString();
    }

    // Often a program before the pipe failed; nothing that is there shall be taken for superfluous because of that.
    private static CliException Empty(string name) => new(
        CliCodes.FileEmpty, $"{(name == "-" ? "The input" : $"'{name}'")} is empty. What shall define nothing holds a comment, such as a line with '#'.");

    private static CliException TooLarge(string name, int bytesMax) => new(
        CliCodes.FileTooLarge, string.Create(CultureInfo.InvariantCulture, $"'{name}' is longer than {bytesMax} bytes."));
}
