using System.Collections.Immutable;
using System.Globalization;
using OrleansScheduler.Documents;

namespace OrleansScheduler.Handlers.Payloads;

/// <summary>The field <c>read</c>: the addresses that a handler reads before its work, each under a name.</summary>
/// <remarks>At most 100. A name has 1 to 64 ASCII letters, digits and underscores and no digit first.</remarks>
internal sealed class DeclaredReads
{
    /// <summary>What every run knows without a read.</summary>
    public const string Instant = "instant";

    /// <summary>What every run knows without a read.</summary>
    public const string Run = "run";

    private const int CountMax = 100;
    private const int NameCharsMax = 64;

    private readonly ImmutableSortedDictionary<string, Address> _addresses;

    private DeclaredReads(ImmutableSortedDictionary<string, Address> addresses) => _addresses = addresses;

    public static DeclaredReads Of(PayloadReader payload)
    {
        var addresses = ImmutableSortedDictionary.CreateBuilder<string, Address>(StringComparer.Ordinal);
        foreach ((string name, string address) in payload.TextMap("read", CountMax, 10_000))
        {
            if (!IsName(name))
            {
                throw payload.Invalid($"read.{name}", $"is no name: letters, digits and _, at most {NameCharsMax}, no digit first");
            }

            if (name is Instant or Run)
            {
                throw payload.Invalid($"read.{name}", "has a meaning of its own");
            }

            addresses[name] = payload.AddressOf($"read.{name}", address);
        }

        return new DeclaredReads(addresses.ToImmutable());
    }

    /// <summary>True for a read that is declared, and for what every run knows.</summary>
    public bool Knows(string name) => name is Instant or Run || _addresses.ContainsKey(name);

    /// <summary>Makes the reads, in the order of their names. A null value is absent.</summary>
    public async Task<IReadOnlyDictionary<string, JsonValue?>> LoadAsync(IRunContext context)
    {
        var values = new Dictionary<string, JsonValue?>(StringComparer.Ordinal)
        {
            [Instant] = context.Instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            [Run] = context.Run,
        };
        foreach ((string name, Address address) in _addresses)
        {
            values[name] = await context.ReadAsync(address);
        }

        return values;
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= NameCharsMax && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
