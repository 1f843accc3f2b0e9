namespace OrleansScheduler.Web;

/// <summary>The answer of an operation that has nothing else to say.</summary>
/// <param name="Done">Always true: what is not done is a problem.</param>
internal sealed record OperationAnswer(bool Done);
