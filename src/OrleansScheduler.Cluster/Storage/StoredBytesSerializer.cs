using Orleans.Storage;

namespace OrleansScheduler.Cluster.Storage;

/// <summary>Stores <see cref="StoredBytes"/> as they are; for providers that let the serializer of a state be chosen.</summary>
/// <remarks>Only for storage that holds nothing but the scheduler's rows. Rows say themselves whether they are whole.</remarks>
public sealed class StoredBytesSerializer : IGrainStorageSerializer
{
    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">The state is of another type.</exception>
    public BinaryData Serialize<T>(T? input) => input is StoredBytes { Content: { } content }
        ? new BinaryData(content)
        : throw new NotSupportedException($"A {typeof(T)} is none of the scheduler's rows.");

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">The state is of another type.</exception>
    public T Deserialize<T>(BinaryData input) => new StoredBytes { Content = input.ToArray() } is T row
        ? row
        : throw new NotSupportedException($"A {typeof(T)} is none of the scheduler's rows.");
}
