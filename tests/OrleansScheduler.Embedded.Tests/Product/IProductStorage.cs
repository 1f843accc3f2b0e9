using OrleansScheduler.Embedded.Storage;

namespace OrleansScheduler.Embedded.Tests.Product;

/// <summary>Where a product under test keeps its state, through its crashes.</summary>
internal interface IProductStorage : IDisposable
{
    /// <summary>What a test lets fail.</summary>
    NextAppendFails Faults { get; }

    /// <summary>Opens what the last store left.</summary>
    Task<IEmbeddedStore> OpenAsync(TimeProvider time);

    /// <summary>From here on, nothing that the last store was asked for counts any more.</summary>
    Task CrashAsync();
}
