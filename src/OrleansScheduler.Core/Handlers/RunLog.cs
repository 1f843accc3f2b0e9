using System.Globalization;
using System.Text;

namespace OrleansScheduler.Core.Handlers;

/// <summary>What a handler noted: the beginning and the end of it.</summary>
internal sealed class RunLog
{
    private const int PartCharsMax = 2_000;

    private readonly StringBuilder _head = new();
    private readonly StringBuilder _tail = new();
    private long _dropped;

    public void Add(string text)
    {
        int head = Math.Min(text.Length, PartCharsMax - _head.Length);
        _head.Append(text, 0, head);
        if (head == text.Length)
        {
            return;
        }

        _tail.Append(text, head, text.Length - head);
        if (_tail.Length > PartCharsMax)
        {
            int excess = _tail.Length - PartCharsMax;
            _tail.Remove(0, excess);
            _dropped += excess;
        }
    }

    public override string ToString() => _dropped == 0
        ? _head.ToString() + _tail
        : string.Create(CultureInfo.InvariantCulture, $"{_head}\n... {_dropped} characters left out ...\n{_tail}");
}
