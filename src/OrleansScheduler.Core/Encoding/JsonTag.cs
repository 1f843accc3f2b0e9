namespace OrleansScheduler.Core.Encoding;

/// <summary>The first byte of an encoded JSON value.</summary>
internal static class JsonTag
{
    public const byte Absent = 0;
    public const byte Null = 1;
    public const byte False = 2;
    public const byte True = 3;
    public const byte Number = 4;
    public const byte Text = 5;
    public const byte Array = 6;
    public const byte Object = 7;
}
