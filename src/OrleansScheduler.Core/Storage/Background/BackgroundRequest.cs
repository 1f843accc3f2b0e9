namespace OrleansScheduler.Core.Storage.Background;

/// <summary>Asks for state to be written some time soon.</summary>
/// <param name="Reason">Why, for people.</param>
/// <param name="Target">The kind of what is written: <c>calendar</c>, <c>statistics</c>.</param>
/// <param name="Key">Requests of one key are one write; another key is another write.</param>
/// <param name="Generation">Grows with every change of the state; a request of an older one changes nothing.</param>
internal sealed record BackgroundRequest(string Reason, string Target, string Key, long Generation);
