using System.Text.Json;
using OrleansScheduler.Core.Storage;
using OrleansScheduler.Definitions;
using OrleansScheduler.Serialization;

namespace OrleansScheduler.Core.Definitions;

/// <summary>The newest manifest of a set of definitions; each entry is a whole one.</summary>
internal sealed class ManifestState : IJournaledState<DefinitionManifest>
{
    public DefinitionManifest Manifest { get; private set; } = DefinitionManifest.Empty;

    /// <inheritdoc/>
    public void Apply(DefinitionManifest entry) => Manifest = entry;

    /// <inheritdoc/>
    public void ReadPage(string name, ReadOnlyMemory<byte> content) =>
        Manifest = JsonSerializer.Deserialize<DefinitionManifest>(content.Span, ContractJson.Options)!;

    /// <inheritdoc/>
    public void PagesRead()
    {
    }

    /// <inheritdoc/>
    public void WriteChangedPages(Action<string, byte[]?> write) =>
        write("manifest", JsonSerializer.SerializeToUtf8Bytes(Manifest, ContractJson.Options));
}
