using System.Collections.Immutable;
using System.Net;
using Microsoft.AspNetCore.Http;

namespace OrleansScheduler.Hosting;

/// <summary>Where the host listens.</summary>
/// <param name="Urls">What the server is told; at least one.</param>
/// <param name="Hosts">The names by which a client may call it.</param>
internal sealed record ListenAddresses(ImmutableArray<string> Urls, ImmutableArray<string> Hosts)
{
    /// <summary>Where it listens when nobody says anything else.</summary>
    public const string Default = "http://127.0.0.1:5080";

    private const string Localhost = "localhost";

    /// <summary>Reads addresses, separated by semicolons.</summary>
    /// <param name="text">Null or empty for <see cref="Default"/>.</param>
    /// <exception cref="UsageException">An address does not parse, or others could reach it.</exception>
    public static ListenAddresses Parse(string? text)
    {
        var urls = (string.IsNullOrWhiteSpace(text) ? Default : text)
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (urls.Length == 0)
        {
            throw new UsageException($"'{text}' holds no address.");
        }

        ImmutableArray<string> hosts = [.. urls.Select(HostOf).Append(Localhost).Distinct(StringComparer.OrdinalIgnoreCase)];
        return new ListenAddresses([.. urls], hosts);
    }

    private static string HostOf(string url)
    {
        var address = Read(url);
        if (!address.Scheme.Equals(Uri.UriSchemeHttp, StringComparison.OrdinalIgnoreCase) || address.IsUnixPipe || address.IsNamedPipe
            || address.PathBase.Length > 0)
        {
            throw new UsageException($"'{url}' is not accepted: an address looks like {Default}.");
        }

        if (address.Host.Equals(Localhost, StringComparison.OrdinalIgnoreCase))
        {
            return address.Port != 0
                ? Localhost
                : throw new UsageException($"'{url}' is not accepted: with port 0, write 127.0.0.1 for localhost.");
        }

        return IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip)
            ? address.Host
            : throw new UsageException(
                $"'{url}' is not accepted: beyond loopback this host would need keys, which it does not have yet. Use an address such as {Default}.");
    }

    private static BindingAddress Read(string url)
    {
        try
        {
            return BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            throw new UsageException($"'{url}' is no address. An address looks like {Default}.");
        }
    }
}
