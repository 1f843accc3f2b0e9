using OrleansScheduler.Errors;

namespace OrleansScheduler.Identity;

/// <summary>The rule that ids of the form <c>owner/name</c> share.</summary>
internal static class OwnedName
{
    public const int PartCharsMax = 100;

    public static string OwnerOf(string text) => text[..text.IndexOf('/')];

    public static string NameOf(string text) => text[(text.IndexOf('/') + 1)..];

    public static string Compose(string what, string owner, string name) => Check(what, $"{owner}/{name}");

    public static string Check(string what, string? text) => IsValid(text)
        ? text!
        : throw new SchedulerException(
            ErrorCodes.IdInvalid,
            $"'{Shorten(text)}' is no {what} id. Expected owner/name, each of 1 to {PartCharsMax} letters, digits, '.', '-' or '_', and not only one or two dots.");

    public static bool IsValid(string? text)
    {
        int slash = text?.IndexOf('/') ?? -1;
        return slash > 0 && IsPart(text.AsSpan(0, slash)) && IsPart(text.AsSpan(slash + 1));
    }

    public static bool IsPart(ReadOnlySpan<char> part)
    {
        // A dot alone, or two, would be taken for a step in an address of the API.
        if (part.Length is 0 or > PartCharsMax || part is "." or "..")
        {
            return false;
        }

        foreach (char c in part)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-' or '_'))
            {
                return false;
            }
        }

        return true;
    }

    private static string? Shorten(string? text) => text is { Length: > 60 } ? text[..60] + "…" : text;
}
