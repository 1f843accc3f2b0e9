using System.Security.Cryptography;
using System.Text;

namespace OrleansScheduler.Hosting;

/// <summary>The secret that makes its bearer an administrator: a file in the data folder that only the owner of the process may read.</summary>
internal static class AdministratorToken
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "administrator.token";

    private const int Digits = 64;
    private const int CharsMax = 200;

    /// <summary>The token of a data folder. One is made when there is none.</summary>
    /// <param name="folder">Created when it is missing, and then for the owner of the process only.</param>
    /// <exception cref="UsageException">The file holds no token.</exception>
    public static string ReadOrCreate(string folder)
    {
        Create(folder);
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            TryCreate(path);
        }

        string token = File.ReadAllText(path).Trim();
        return token.Length is >= 16 and <= CharsMax && token.All(c => c is > ' ' and <= '~')
            ? token
            : throw new UsageException($"{path} holds no token of 16 to {CharsMax} characters. Remove it, and another one is made.");
    }

    // What definitions hold, such as headers and environments, is for the owner of the process only.
    private static void Create(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    // Whole or not at all, and never readable for others, not even for a moment. Of two processes one is first.
    private static void TryCreate(string path)
    {
        string draft = $"{path}.{Environment.ProcessId}.tmp";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(draft, options))
        {
            file.Write(Encoding.ASCII.GetBytes(RandomNumberGenerator.GetHexString(Digits, lowercase: true) + "\n"));
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }
}
