namespace OrleansScheduler.Web.OpenApi;

/// <summary>Where a parameter of an operation stands.</summary>
internal enum ParameterPlace
{
    /// <summary>In the query.</summary>
    Query,

    /// <summary>A header.</summary>
    Header,
}
