namespace OrleansScheduler.Web.Actions;

/// <summary>The action has a cause to run.</summary>
/// <param name="Marked">Always true.</param>
/// <param name="Who">Who is shown as the reason.</param>
internal sealed record MarkAnswer(bool Marked, string Who);
