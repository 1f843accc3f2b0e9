namespace OrleansScheduler.Web.OpenApi;

/// <summary>An answer of an operation that is no problem.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Description">What it says.</param>
/// <param name="Type">The contract that it holds; null for no body.</param>
/// <param name="MediaType">What it says that it is.</param>
/// <param name="HasTag">Whether it has an entity tag.</param>
internal sealed record AnswerDoc(int Status, string Description, Type? Type, string MediaType = "application/json", bool HasTag = false);
