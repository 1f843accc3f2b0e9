using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using OrleansScheduler.Errors;
using OrleansScheduler.Web.Problems;

namespace OrleansScheduler.Web.Requests;

/// <summary>Tells administrators from others.</summary>
internal static class Administrator
{
    private const string Scheme = "Bearer ";

    /// <summary>Lets the request pass when an administrator sent it.</summary>
    /// <exception cref="SchedulerException"><c>administrator_needed</c>: 401 without <c>Authorization</c>, 403 for a wrong token or a
    /// host without one.</exception>
    public static void Require(ApiRequest request)
    {
        if (request.Options.AdministratorToken is not { } token)
        {
            throw new SchedulerException(
                ErrorCodes.AdministratorNeeded, "Only an administrator may do this, and this host was started without an administrator's token.");
        }

        var header = request.Headers.Authorization;
        if (header.Count == 0)
        {
            throw new RefusedException(
                ErrorCodes.AdministratorNeeded, "Only an administrator may do this: send Authorization: Bearer and the administrator's token.")
            {
                Status = StatusCodes.Status401Unauthorized,
            };
        }

        var text = header.Count == 1 ? header[0]! : "";
        if (!text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || !IsSame(text[Scheme.Length..].Trim(), token))
        {
            throw new SchedulerException(ErrorCodes.AdministratorNeeded, "Only an administrator may do this, and the token is not the administrator's.");
        }
    }

    // The hashes have one length, so that the time of the comparison tells nothing about the token, not even how long it is.
    private static bool IsSame(string one, string other) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(one)), SHA256.HashData(Encoding.UTF8.GetBytes(other)));
}
