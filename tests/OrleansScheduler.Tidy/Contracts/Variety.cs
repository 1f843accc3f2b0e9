namespace OrleansScheduler.Tidy.Contracts;

/// <summary>How a sample is filled.</summary>
internal enum Variety
{
    /// <summary>Nothing is null, collections hold several items and every member of a family.</summary>
    Full,

    /// <summary>Null wherever that is allowed.</summary>
    Nulls,

    /// <summary>Nothing is null, collections are empty.</summary>
    Empty,

    /// <summary>Each of these by chance.</summary>
    Random,
}
