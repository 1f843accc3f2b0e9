namespace OrleansScheduler.Web.Problems;

/// <summary>The codes of failures that only HTTP knows, besides those of <see cref="Errors.ErrorCodes"/>. As stable as they are.</summary>
public static class ApiErrorCodes
{
    /// <summary>Nothing lives at the address.</summary>
    public const string RouteUnknown = "route_unknown";

    /// <summary>This host cannot do it, though others can. Details: <c>instead</c>, what serves the purpose here.</summary>
    public const string HostUnable = "host_unable";

    /// <summary>The address does not know the method; the header <c>Allow</c> names those that it knows.</summary>
    public const string MethodNotAllowed = "method_not_allowed";

    /// <summary>The body is not of a content type that the address reads. Details: <c>expected</c>, <c>found</c>.</summary>
    public const string ContentTypeUnsupported = "content_type_unsupported";

    /// <summary>The value at the address is not the one of <c>If-Match</c> or <c>If-None-Match</c>. Details: <c>address</c>.</summary>
    public const string PreconditionFailed = "precondition_failed";

    /// <summary>The body arrived more slowly than the server waits for.</summary>
    public const string BodyTooSlow = "body_too_slow";

    /// <summary>A page of another site asked for a change. Details: <c>origin</c>.</summary>
    public const string OriginRefused = "origin_refused";
}
