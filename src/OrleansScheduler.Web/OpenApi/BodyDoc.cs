namespace OrleansScheduler.Web.OpenApi;

/// <summary>The body of a request.</summary>
/// <param name="Type">The contract that it holds.</param>
/// <param name="MediaTypes">What it may say that it is.</param>
/// <param name="Required">Whether it has to be there.</param>
/// <param name="BytesMax">The longest that is read; null for what the host allows.</param>
internal sealed record BodyDoc(Type Type, string[] MediaTypes, bool Required, int? BytesMax = null);
