namespace OrleansScheduler.Web.Requests;

/// <summary>An answer that is text already.</summary>
/// <param name="Utf8">The text.</param>
/// <param name="ContentType">What it is.</param>
internal sealed record RawContent(byte[] Utf8, string ContentType);
