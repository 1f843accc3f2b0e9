using OrleansScheduler.Errors;

namespace OrleansScheduler.Embedded.Storage;

/// <summary>What is wrong with a journal.</summary>
/// <param name="Row">The row, as operators see it.</param>
/// <param name="Reason">What does not fit.</param>
internal sealed record JournalDamage(string Row, string Reason)
{
    public CorruptStateException ToException(string kind, string key) => new($"{kind}/{key}", Row, Reason);
}
