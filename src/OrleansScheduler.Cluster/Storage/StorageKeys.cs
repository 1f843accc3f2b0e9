using System.Security.Cryptography;
using System.Text;
using OrleansScheduler.Core.Storage.Rows;

namespace OrleansScheduler.Cluster.Storage;

/// <summary>The key of an actor as grain storage gets it.</summary>
internal static class StorageKeys
{
    // Written out, every byte takes up to three characters.
    private const int WrittenBytesMax = (RowNames.StorageKeyCharactersMax - 1) / 3;

    /// <summary>A text that is another one for every key: the key written out, or <c>h</c> and the SHA-256 of a long one.</summary>
    /// <remarks>Rows say whose they are, so that even two keys of one hash would not read each other's.</remarks>
    public static string Of(string key)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(key);
        return bytes.Length <= WrittenBytesMax ? RowNames.StorageKey(key) : "h" + Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    /// <summary>The key that is written out in a text; null when it is the hash of one, or no key's text at all.</summary>
    public static string? KeyOf(string text) => RowNames.KeyOf(text) is { } key && Of(key) == text ? key : null;
}
