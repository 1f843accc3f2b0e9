namespace OrleansScheduler.Web.Spaces;

/// <summary>Whether a space has come to rest.</summary>
/// <param name="Idle">False when the wait was over first.</param>
internal sealed record IdleAnswer(bool Idle);
