using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

namespace OrleansScheduler.Documents;

/// <summary>Hashes the canonical binary form of one node.</summary>
/// <remarks>
/// Every form starts with a tag, and every variable part but a last one is preceded by its length, so no two different nodes
/// have the same form. Children enter as their hashes, which makes a change cost the path to the root only; short scalars
/// enter whole, because one digest costs more than many of them. Journals store hashes of this form: changing a tag, an
/// order or a bound invalidates all of them.
/// </remarks>
/// <param name="buffer">Scratch space on the caller's stack, at least <see cref="WholeMax"/>; more input than that is hashed in steps.</param>
internal ref struct CanonicalHasher(Span<byte> buffer)
{
    /// <summary>Scratch bytes that hold most nodes whole.</summary>
    public const int BufferBytes = 512;

    public const byte AbsentTag = 0;
    public const byte NullTag = 1;
    public const byte FalseTag = 2;
    public const byte TrueTag = 3;
    public const byte NumberTag = 4;
    public const byte StringTag = 5;
    public const byte ArrayTag = 6;
    public const byte ObjectTag = 7;
    public const byte ArrayShapeTag = 8;
    public const byte ObjectShapeTag = 9;

    /// <summary>Starts a child that enters as its hash.</summary>
    public const byte HashedTag = 10;

    /// <summary>Longest text, in UTF-16 units, and longest canonical number, in bytes, that enter whole.</summary>
    public const int WholeMax = 64;

    private const int DigestBytes = 32;
    private const int HashBytes = 16;
    private readonly Span<byte> _buffer = buffer;
    private IncrementalHash? _steps;
    private int _length;

    /// <summary>The hash of a form that is its tag only.</summary>
    public static ContentHash OfTag(byte tag)
    {
        var hasher = new CanonicalHasher(stackalloc byte[64]);
        hasher.Tag(tag);
        return hasher.Finish();
    }

    public void Tag(byte tag)
    {
        Reserve(1);
        _buffer[_length++] = tag;
    }

    public void Count(int count)
    {
        Reserve(sizeof(int));
        BinaryPrimitives.WriteInt32LittleEndian(_buffer[_length..], count);
        _length += sizeof(int);
    }

    public void Hash(ContentHash hash)
    {
        Reserve(HashBytes);
        hash.CopyTo(_buffer[_length..]);
        _length += HashBytes;
    }

    /// <summary>Adds UTF-8 bytes without their length; only as the last part of a form.</summary>
    public void Text(ReadOnlySpan<char> text)
    {
        while (true)
        {
            var status = Utf8.FromUtf16(text, _buffer[_length..], out var read, out var written, replaceInvalidSequences: false);
            _length += written;
            if (status == OperationStatus.Done)
            {
                return;
            }

            text = text[read..];
            Flush();
        }
    }

    public void Child(JsonValue child)
    {
        switch (child)
        {
            case JsonNull:
                Tag(NullTag);
                break;
            case JsonBoolean boolean:
                Tag(boolean.Value ? TrueTag : FalseTag);
                break;
            case JsonString { Text.Length: <= WholeMax } text:
                Tag(StringTag);
                TextWithLength(text.Text);
                break;
            case JsonNumber number when TryNumber(number):
                break;
            default:
                Tag(HashedTag);
                Hash(child.Hash);
                break;
        }
    }

    public void TextWithLength(string text)
    {
        Count(Encoding.UTF8.GetByteCount(text));
        Text(text);
    }

    /// <summary>Adds bytes without their length; only as the last part of a form.</summary>
    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= _buffer.Length - _length)
        {
            bytes.CopyTo(_buffer[_length..]);
            _length += bytes.Length;
            return;
        }

        Flush();
        _steps!.AppendData(bytes);
    }

    /// <summary>The hash of everything added; the hasher may not be used afterwards.</summary>
    public ContentHash Finish()
    {
        Span<byte> digest = stackalloc byte[DigestBytes];
        if (_steps is null)
        {
            SHA256.HashData(_buffer[.._length], digest);
        }
        else
        {
            Flush();
            _steps.GetHashAndReset(digest);
            _steps.Dispose();
        }

        return ContentHash.OfDigest(digest);
    }

    private bool TryNumber(JsonNumber number)
    {
        // Whether a number enters whole may depend on its value only, so a long spelling of a short number must as well.
        Span<byte> scratch = stackalloc byte[JsonNumber.CanonicalStackBytes];
        var canonical = number.Canonical(scratch);
        if (canonical.Length > WholeMax)
        {
            return false;
        }

        Tag(NumberTag);
        Count(canonical.Length);
        Reserve(canonical.Length);
        canonical.CopyTo(_buffer[_length..]);
        _length += canonical.Length;
        return true;
    }

    private void Reserve(int bytes)
    {
        if (_buffer.Length - _length < bytes)
        {
            Flush();
        }
    }

    private void Flush()
    {
        _steps ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        _steps.AppendData(_buffer[.._length]);
        _length = 0;
    }
}
