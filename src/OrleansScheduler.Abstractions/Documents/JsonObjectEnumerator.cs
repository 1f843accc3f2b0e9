using System.Collections;
using System.Collections.Immutable;

namespace OrleansScheduler.Documents;

/// <summary>Walks the pairs of one <see cref="JsonObject"/> in ordinal order of the keys, without allocating.</summary>
public struct JsonObjectEnumerator : IEnumerator<KeyValuePair<string, JsonValue>>
{
    private readonly string[]? _keys;
    private readonly JsonValue[]? _values;
    private ImmutableSortedDictionary<string, JsonValue>.Enumerator _pairs;
    private int _index;

    internal JsonObjectEnumerator(string[]? keys, JsonValue[]? values, ImmutableSortedDictionary<string, JsonValue>? map)
    {
        _keys = keys;
        _values = values;
        _pairs = map is null ? default : map.GetEnumerator();
        _index = -1;
    }

    /// <summary>The pair reached; undefined before the first and after the last step.</summary>
    public readonly KeyValuePair<string, JsonValue> Current =>
        _values is null ? _pairs.Current : new KeyValuePair<string, JsonValue>(_keys![_index], _values[_index]);

    readonly object IEnumerator.Current => Current;

    /// <summary>Goes to the next pair; false when there is none.</summary>
    public bool MoveNext() => _values is null ? _pairs.MoveNext() : ++_index < _values.Length;

    /// <summary>Goes back to before the first pair.</summary>
    public void Reset()
    {
        _index = -1;
        if (_values is null)
        {
            _pairs.Reset();
        }
    }

    /// <summary>Returns what the walk borrowed.</summary>
    public void Dispose()
    {
        if (_values is null)
        {
            _pairs.Dispose();
        }
    }
}
