namespace OrleansScheduler.Core.Storage.Background;

/// <summary>State that may lag behind and cannot be written at the moment. It is tried again by itself.</summary>
/// <param name="Actor">Whose it is, as kind/key.</param>
/// <param name="Target">What is written.</param>
/// <param name="Reason">The stable code of the failure.</param>
/// <param name="Message">What failed, for people.</param>
/// <param name="Since">When it began; UTC.</param>
public sealed record BackgroundTrouble(string Actor, string Target, string Reason, string Message, DateTimeOffset Since);
