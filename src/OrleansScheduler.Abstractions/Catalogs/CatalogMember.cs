namespace OrleansScheduler.Catalogs;

/// <summary>What a member tells its catalog.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name within the owner.</param>
/// <param name="Number">Grows with each change.</param>
/// <param name="Exists">False when it is gone.</param>
public sealed record CatalogMember(MemberKind Kind, string Name, long Number, bool Exists);
