using System.Globalization;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Core.Timing;

/// <summary>Reads a phrase word by word. A word is a run of letters, a number a run of digits; blanks between them are optional.</summary>
internal sealed class PhraseReader
{
    private const int DigitsMax = 9;

    private readonly string _text;

    /// <param name="text">Any text.</param>
    /// <exception cref="SchedulerException"><c>phrase_invalid</c> when it is too long or not ASCII.</exception>
    public PhraseReader(string text)
    {
        int foreign = text.AsSpan().IndexOfAnyExceptInRange('\0', '\x7f');
        _text = text switch
        {
            { Length: > PhraseParser.CharsMax } => throw TimingErrors.Phrase(PhraseParser.CharsMax, $"at most {PhraseParser.CharsMax} characters"),
            _ when foreign >= 0 => throw TimingErrors.Phrase(foreign, "characters of ASCII"),
            _ => text,
        };
        SkipBlanks();
    }

    /// <summary>Where the next word, number or sign starts.</summary>
    public int Position { get; private set; }

    /// <summary>Whether a number comes next.</summary>
    public bool IsAtNumber => Position < _text.Length && char.IsAsciiDigit(_text[Position]);

    /// <summary>The next word in lower case; empty when something else comes next.</summary>
    public string Word
    {
        get
        {
            int end = Position;
            while (end < _text.Length && char.IsAsciiLetter(_text[end]))
            {
                end++;
            }

            return _text[Position..end].ToLowerInvariant();
        }
    }

    /// <summary>Everything up to the next blank.</summary>
    public string Run
    {
        get
        {
            int length = _text.AsSpan(Position).IndexOfAny(' ', '\t');
            return length < 0 ? _text[Position..] : _text.Substring(Position, length);
        }
    }

    /// <summary>Passes what was looked at.</summary>
    public void Skip(string seen)
    {
        Position += seen.Length;
        SkipBlanks();
    }

    /// <summary>Passes the next word if it is one of these.</summary>
    public bool TryTake(params ReadOnlySpan<string> words)
    {
        string next = Word;
        if (next.Length == 0 || !words.Contains(next))
        {
            return false;
        }

        Skip(next);
        return true;
    }

    /// <summary>Passes a sign if it comes next.</summary>
    public bool TryTakeSign(char sign)
    {
        bool found = Position < _text.Length && _text[Position] == sign;
        if (found)
        {
            Skip(sign.ToString());
        }

        return found;
    }

    /// <summary>Passes what joins two elements of a list: a comma, "and", or both.</summary>
    public bool TryTakeJoint()
    {
        bool comma = TryTakeSign(',');
        return TryTake("and") || comma;
    }

    /// <summary>Passes a word that must come next.</summary>
    public void Take(string word)
    {
        if (!TryTake(word))
        {
            throw Fail($"'{word}'");
        }
    }

    /// <summary>Passes a number that must come next.</summary>
    /// <param name="min">The least one accepted.</param>
    /// <param name="max">The greatest one accepted, below 1,000,000,000.</param>
    /// <param name="expected">What it is.</param>
    /// <param name="digitsMin">How many digits it has at least.</param>
    public int TakeNumber(int min, int max, string expected, int digitsMin = 1)
    {
        int end = Position;
        while (end < _text.Length && char.IsAsciiDigit(_text[end]))
        {
            end++;
        }

        string digits = _text[Position..end];
        bool fits = digits.Length >= digitsMin && digits.Length <= DigitsMax;
        int number = fits ? int.Parse(digits, CultureInfo.InvariantCulture) : -1;
        if (!fits || number < min || number > max)
        {
            throw Fail(expected);
        }

        Skip(digits);
        return number;
    }

    /// <summary>Checks that nothing is left.</summary>
    public void TakeEnd()
    {
        if (Position < _text.Length)
        {
            throw Fail("the end of the phrase");
        }
    }

    /// <summary>The failure for what comes next.</summary>
    public SchedulerException Fail(string expected) => TimingErrors.Phrase(Position, expected);

    private void SkipBlanks()
    {
        while (Position < _text.Length && _text[Position] is ' ' or '\t')
        {
            Position++;
        }
    }
}
