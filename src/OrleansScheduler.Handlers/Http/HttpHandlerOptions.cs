namespace OrleansScheduler.Handlers.Http;

/// <summary>What all requests of the http handler share. A value outside of its range throws <see cref="ArgumentOutOfRangeException"/>.</summary>
public sealed record HttpHandlerOptions
{
    /// <summary>What sends the requests; it must follow no redirects itself. Null, the default, is a handler of .NET with bounds. One
    /// that is given is not disposed.</summary>
    public HttpMessageHandler? Transport { get; init; }

    /// <summary>Connections to one server at most; 1 to 1,000, default 32. More requests wait, within their time-outs.</summary>
    public int ConnectionsPerServerMax { get; init => field = OptionRange.Within(value, 1, 1_000); } = 32;

    /// <summary>Body of a request in bytes; 1 to 256 MiB, default 16 MiB. Above: <c>content_too_large</c>.</summary>
    public int RequestBytesMax { get; init => field = OptionRange.Within(value, 1, 256 << 20); } = 16 << 20;

    /// <summary>Body of a response in bytes, decompressed, when the payload says nothing, and at most; 1 to 16 MiB, default 1 MiB.</summary>
    public int ResponseBytesMax { get; init => field = OptionRange.Within(value, 1, 16 << 20); } = 1 << 20;
}
