using System.Collections.Immutable;
using System.Net;
using OrleansScheduler.Errors;
using OrleansScheduler.Handlers.Payloads;

namespace OrleansScheduler.Handlers.Http;

/// <summary>A request with all its values in place, and what becomes of it when the server sends it elsewhere.</summary>
/// <param name="Method">The method.</param>
/// <param name="Address">An absolute http or https address.</param>
/// <param name="Headers">Name and value.</param>
/// <param name="Body">Null for none.</param>
internal sealed record OutgoingRequest(HttpMethod Method, Uri Address, ImmutableArray<(string Name, string Value)> Headers, byte[]? Body)
{
    // The values of all others may be secrets, whatever their names.
    private static readonly string[] HeadersForStrangers = ["accept", "accept-language", "user-agent"];

    /// <summary>The address without what may be secret in it.</summary>
    public string PublicAddress => Address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    /// <summary>The address that a text denotes.</summary>
    public static Uri AddressOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && IsHttp(address) && address.UserInfo.Length == 0
            ? address
            : throw PayloadReader.Fault("payload.url", "gives no absolute http or https address without user information");

    public HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(Method, Address) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionOrHigher };
        message.Content = Body is null ? null : new ByteArrayContent(Body);
        foreach ((string name, string value) in Headers)
        {
            if (value.Any(c => c is (< ' ' and not '\t') or >= '\x7f'))
            {
                throw PayloadReader.Fault($"payload.headers.{name}", "holds a character that a header cannot");
            }

            bool isOfContent = name.StartsWith("content-", StringComparison.OrdinalIgnoreCase);
            if (isOfContent)
            {
                message.Content ??= new ByteArrayContent([]);
                message.Content.Headers.Remove(name);
            }

            bool isSet = isOfContent
                ? message.Content!.Headers.TryAddWithoutValidation(name, value)
                : message.Headers.TryAddWithoutValidation(name, value);
            if (!isSet)
            {
                throw PayloadReader.Fault($"payload.headers.{name}", "cannot be set");
            }
        }

        return message;
    }

    /// <summary>The request that follows a redirect; null when the response is none.</summary>
    public OutgoingRequest? After(HttpResponseMessage response)
    {
        if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } location)
        {
            return null;
        }

        Uri target = new(Address, location);
        if (!IsHttp(target) || target.UserInfo.Length > 0 || (Address.Scheme == Uri.UriSchemeHttps && target.Scheme != Uri.UriSchemeHttps))
        {
            throw new SchedulerException(HandlerErrorCodes.HttpRedirectRefused, $"{PublicAddress} redirects from https, or to no http address.");
        }

        bool becomesGet = ((int)response.StatusCode is 303 && Method != HttpMethod.Head) || ((int)response.StatusCode is 301 or 302 && Method == HttpMethod.Post);
        bool isStranger = Uri.Compare(Address, target, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) != 0;
        return new OutgoingRequest(
            becomesGet ? HttpMethod.Get : Method,
            target,
            [.. Headers.Where(header => MayFollow(header.Name, becomesGet, isStranger))],
            becomesGet ? null : Body);
    }

    private static bool MayFollow(string name, bool becomesGet, bool isStranger)
    {
        bool isOfContent = name.StartsWith("content-", StringComparison.OrdinalIgnoreCase);
        return isOfContent ? !becomesGet : !isStranger || HeadersForStrangers.Contains(name, StringComparer.OrdinalIgnoreCase);
    }

    private static bool IsHttp(Uri address) => address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps;
}
