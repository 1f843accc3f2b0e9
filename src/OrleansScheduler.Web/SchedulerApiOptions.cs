using System.Collections.Immutable;
using System.Globalization;
using OrleansScheduler.Documents;

namespace OrleansScheduler.Web;

/// <summary>The limits of the HTTP interface. All of them are checked when the services are added.</summary>
public sealed record SchedulerApiOptions
{
    private const int BodyBytesFloor = 1024;
    private const int BodyBytesCeiling = 64 << 20;
    private const int RequestsCeiling = 100_000;
    private const int PageCeiling = 1000;
    private const int TokenCharsFloor = 16;
    private const int TokenCharsCeiling = 200;
    private static readonly TimeSpan WaitCeiling = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan AnswerFloor = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AnswerCeiling = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan RetryCeiling = TimeSpan.FromHours(1);

    /// <summary>The longest body of a request in bytes; 1 KiB to 64 MiB, default 4 MiB. Above: <c>json_too_large</c>.</summary>
    /// <remarks>A single value inside a body never exceeds <see cref="JsonLimits.Default"/>, whatever this is.</remarks>
    public int BodyBytesMax { get; init; } = JsonLimits.Default.BytesMax;

    /// <summary>How many requests may be under way; 1 to 100,000, default 1,000. Above: <c>overloaded</c>. Health is not counted.</summary>
    public int RequestsMax { get; init; } = 1000;

    /// <summary>The length of a page when the request names none; 1 to <see cref="PageItemsMax"/>, default 100.</summary>
    public int PageItemsDefault { get; init; } = 100;

    /// <summary>The longest page that a request may ask for; 1 to 1,000, default 1,000.</summary>
    public int PageItemsMax { get; init; } = PageCeiling;

    /// <summary>The longest wait that a request may ask for; zero to 20 s, default 20 s.</summary>
    public TimeSpan WaitMax { get; init; } = WaitCeiling;

    /// <summary>How long the actors may take for one request, besides a wait that it asks for; 1 s to 5 min, default 30 s.
    /// Above: <c>timeout</c>, and <c>outcome_unknown</c> for what changes something.</summary>
    public TimeSpan AnswerTimeMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What <c>Retry-After</c> says with a failure that passes; 1 s to 1 h, default 1 s. Sent in whole seconds, rounded up.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What an administrator sends as <c>Authorization: Bearer</c>, 16 to 200 characters of ASCII without blanks; null when
    /// nobody is one, so that all that needs one is refused. Default null. Never logged or told.</summary>
    public string? AdministratorToken { get; init; }

    /// <summary>The limits; whether there is a token, but not the token.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{nameof(SchedulerApiOptions)} {{ BodyBytesMax = {BodyBytesMax}, RequestsMax = {RequestsMax}, PageItemsDefault = {PageItemsDefault}, PageItemsMax = {PageItemsMax}, WaitMax = {WaitMax}, AnswerTimeMax = {AnswerTimeMax}, RetryAfter = {RetryAfter}, AdministratorToken = {(AdministratorToken is null ? "none" : "set")} }}");

    /// <summary>One sentence for each option outside of its range; empty when all are good.</summary>
    public ImmutableArray<string> Faults()
    {
        var faults = ImmutableArray.CreateBuilder<string>();
        Require(faults, nameof(BodyBytesMax), BodyBytesMax, BodyBytesFloor, BodyBytesCeiling);
        Require(faults, nameof(RequestsMax), RequestsMax, 1, RequestsCeiling);
        Require(faults, nameof(PageItemsMax), PageItemsMax, 1, PageCeiling);
        Require(faults, nameof(PageItemsDefault), PageItemsDefault, 1, Math.Clamp(PageItemsMax, 1, PageCeiling));
        Require(faults, nameof(WaitMax), WaitMax, TimeSpan.Zero, WaitCeiling);
        Require(faults, nameof(AnswerTimeMax), AnswerTimeMax, AnswerFloor, AnswerCeiling);
        Require(faults, nameof(RetryAfter), RetryAfter, AnswerFloor, RetryCeiling);
        RequireToken(faults, AdministratorToken);
        return faults.ToImmutable();
    }

    private static void RequireToken(ImmutableArray<string>.Builder faults, string? token)
    {
        if (token is not null && (token.Length is < TokenCharsFloor or > TokenCharsCeiling || token.Any(c => c is <= ' ' or > '~')))
        {
            faults.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{nameof(AdministratorToken)} is of {token.Length} characters; it has {TokenCharsFloor} to {TokenCharsCeiling} of ASCII, and no blanks."));
        }
    }

    private static void Require<T>(ImmutableArray<string>.Builder faults, string name, T value, T min, T max)
        where T : IComparable<T>
    {
        if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; it goes from {min} to {max}."));
        }
    }
}
