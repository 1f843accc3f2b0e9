namespace OrleansScheduler.Core.Storage.Rows;

/// <summary>What a row holds: the first byte of its content.</summary>
internal enum RowKind : byte
{
    /// <summary>Where everything begins: positions, references, the newest entries.</summary>
    Head = (byte)'h',

    /// <summary>Whole entries.</summary>
    Segment = (byte)'s',

    /// <summary>A part of one long entry.</summary>
    EntryPart = (byte)'e',

    /// <summary>References to segments.</summary>
    SegmentIndex = (byte)'i',

    /// <summary>A node of the page table.</summary>
    PageNode = (byte)'n',

    /// <summary>A page or a part of one.</summary>
    PagePart = (byte)'p',

    /// <summary>Nothing: a free row that was emptied.</summary>
    Empty = (byte)'-',
}
