namespace OrleansScheduler.Tidy.Sources;

/// <summary>
/// Blanks comments, texts, characters and directives of a C# source, so that what is left can be searched and its braces
/// counted. Length and line ends stay, so positions in both texts are the same. Code in the holes of a text stays.
/// </summary>
internal sealed class CodeMask
{
    private readonly string _text;
    private readonly char[] _code;
    private int _position;

    private CodeMask(string text)
    {
        _text = text;
        _code = [.. text.Select(c => c is '\n' or '\r' ? c : ' ')];
    }

    public static string Of(string text)
    {
        var mask = new CodeMask(text);
        mask.ReadCode(isHole: false);
        return new string(mask._code);
    }

    private void ReadCode(bool isHole)
    {
        int depth = 0;
        while (_position < _text.Length)
        {
            char c = _text[_position];
            if (IsAt("//") || (c == '#' && IsFirstOfLine()))
            {
                SkipTo("\n");
            }
            else if (IsAt("/*"))
            {
                SkipTo("*/");
            }
            else if (c == '\'')
            {
                ReadQuoted('\'', isVerbatim: false, holes: 0);
            }
            else if (c is '"' or '$' or '@' && TryReadText())
            {
                continue;
            }
            else if (isHole && c == '}' && depth == 0)
            {
                return;
            }
            else
            {
                depth += c switch { '{' => 1, '}' => -1, _ => 0 };
                _code[_position++] = c;
            }
        }
    }

    // False when the character only starts a name such as @class, which is code.
    private bool TryReadText()
    {
        int quote = _position;
        while (quote < _text.Length && _text[quote] is '$' or '@')
        {
            quote++;
        }

        if (quote == _text.Length || _text[quote] != '"')
        {
            return false;
        }

        string prefix = _text[_position..quote];
        int holes = prefix.Count(c => c == '$');
        bool isVerbatim = prefix.Contains('@');
        _position = quote;
        int quotes = Run('"');
        if (quotes >= 3 && !isVerbatim)
        {
            ReadRaw(quotes, holes);
        }
        else
        {
            ReadQuoted('"', isVerbatim, holes);
        }

        return true;
    }

    private void ReadQuoted(char quote, bool isVerbatim, int holes)
    {
        _position++;
        while (_position < _text.Length)
        {
            char c = _text[_position];
            bool isDoubled = _position + 1 < _text.Length && _text[_position + 1] == c;
            if ((c == '\\' && !isVerbatim) || (isDoubled && ((c == quote && isVerbatim) || (c == '{' && holes > 0))))
            {
                _position += 2;
            }
            else if (c == '{' && holes > 0)
            {
                ReadHole(braces: 1);
            }
            else
            {
                _position++;
                if (c == quote)
                {
                    return;
                }
            }
        }
    }

    private void ReadRaw(int quotes, int holes)
    {
        _position += quotes;
        while (_position < _text.Length)
        {
            int run = Run(_text[_position]);
            if (_text[_position] == '"' && run >= quotes)
            {
                _position += run;
                return;
            }

            if (_text[_position] == '{' && holes > 0 && run >= holes)
            {
                _position += run - holes;
                ReadHole(holes);
            }
            else
            {
                _position += run;
            }
        }
    }

    private void ReadHole(int braces)
    {
        _position += braces;
        ReadCode(isHole: true);
        _position += braces;
    }

    private int Run(char c)
    {
        int end = _position;
        while (end < _text.Length && _text[end] == c)
        {
            end++;
        }

        return end - _position;
    }

    private bool IsAt(string token) => string.CompareOrdinal(_text, _position, token, 0, token.Length) == 0;

    private bool IsFirstOfLine()
    {
        int before = _position - 1;
        while (before >= 0 && _text[before] is ' ' or '\t')
        {
            before--;
        }

        return before < 0 || _text[before] == '\n';
    }

    private void SkipTo(string token)
    {
        int found = _text.IndexOf(token, _position, StringComparison.Ordinal);
        _position = found < 0 ? _text.Length : found + token.Length;
    }
}
