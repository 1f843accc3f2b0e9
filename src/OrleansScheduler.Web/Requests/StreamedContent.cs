namespace OrleansScheduler.Web.Requests;

/// <summary>A body that is made while it is sent. When that fails, the connection breaks, so that nobody takes a part for the whole.</summary>
/// <param name="ContentType">What it says that it is.</param>
/// <param name="Owner">Disposed when the answer is over, sent or not.</param>
/// <param name="WriteToAsync">Writes it.</param>
internal sealed record StreamedContent(string ContentType, IDisposable Owner, Func<Stream, Task> WriteToAsync) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Owner.Dispose();
}
