namespace OrleansScheduler.Web.Requests;

/// <summary>What a body may be.</summary>
internal enum BodyKind
{
    /// <summary><c>application/json</c> or any <c>+json</c> type that is no patch.</summary>
    Json,

    /// <summary><c>application/json-patch+json</c> or <c>application/json</c>.</summary>
    JsonPatch,

    /// <summary><c>application/yaml</c>, <c>text/yaml</c> or <c>application/json</c>.</summary>
    Definitions,

    /// <summary><c>text/plain</c>.</summary>
    PlainText,
}
