namespace OrleansScheduler.Embedded.Storage;

/// <summary>What one operation makes of an image.</summary>
/// <param name="Image">The image afterwards; ignored when refused.</param>
/// <param name="Refusal">Why nothing changes; null when it does.</param>
internal readonly record struct MemoryChange(MemoryImage Image, Exception? Refusal = null);
