using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace OrleansScheduler.Tidy.Sources;

/// <summary>Finds the members of the types in a source, by their braces, and counts their lines.</summary>
/// <remarks>Fields do not count, however long their table is; attributes above a member do.</remarks>
internal sealed class MemberLengths
{
    private static readonly Regex Container = new(
        @"^\s*((public|internal|private|protected|sealed|abstract|static|readonly|partial|ref|unsafe|file|new)\s+)*"
        + @"(namespace|class|struct|record|interface|enum|extension)\b");

    // What follows the name are type parameters, or the symbol of an operator.
    private static readonly Regex NameAtEnd = new(@"(\w+)\s*(<.*>)?\W*$", RegexOptions.Singleline);

    private readonly string _code;
    private readonly ImmutableArray<MemberLength>.Builder _members = ImmutableArray.CreateBuilder<MemberLength>();

    private MemberLengths(string code) => _code = code;

    /// <param name="code">What <see cref="CodeMask"/> leaves of a source.</param>
    public static ImmutableArray<MemberLength> In(string code)
    {
        var lengths = new MemberLengths(code);
        lengths.ReadMembers(0, code.Length);
        return lengths._members.ToImmutable();
    }

    private void ReadMembers(int from, int end)
    {
        int next = from;
        while (next < end)
        {
            next = char.IsWhiteSpace(_code[next]) || _code[next] == ';' ? next + 1 : ReadMember(next, end);
        }
    }

    // A member ends with its block, or with its semicolon when it has a body of another kind or none.
    private int ReadMember(int from, int end)
    {
        var header = new StringBuilder();
        bool isAssigned = false;
        bool isArrow = false;
        for (int i = from; i < end; i++)
        {
            char c = _code[i];
            if (c == ';')
            {
                Add(header, from, i, isBody: isArrow);
                return i + 1;
            }

            if (c == '{' && !isAssigned && !isArrow)
            {
                int close = CloseOf(i, end);
                if (Container.IsMatch(header.ToString()))
                {
                    ReadMembers(i + 1, close);
                }
                else
                {
                    Add(header, from, close, isBody: true);
                }

                return close + 1;
            }

            if (c == '=' && !isAssigned && !isArrow && !IsOperatorName(header))
            {
                isArrow = _code[i + 1] == '>';
                isAssigned = !isArrow;
            }

            if (!isAssigned && !isArrow && c != '[')
            {
                header.Append(c);
            }

            if (c is '(' or '[' or '{')
            {
                i = CloseOf(i, end);
            }
        }

        return end;
    }

    private void Add(StringBuilder header, int from, int to, bool isBody)
    {
        if (isBody && !Container.IsMatch(header.ToString()))
        {
            int lines = _code.AsSpan(from, to - from).Count('\n') + 1;
            string name = NameAtEnd.Match(header.ToString().Split('(')[0]).Groups[1].Value;
            _members.Add(new MemberLength(name, LineOf(from), lines));
        }
    }

    private int LineOf(int position) => _code.AsSpan(0, position).Count('\n') + 1;

    private int CloseOf(int open, int end)
    {
        int depth = 0;
        for (int i = open; i < end; i++)
        {
            depth += _code[i] switch { '(' or '[' or '{' => 1, ')' or ']' or '}' => -1, _ => 0 };
            if (depth == 0)
            {
                return i;
            }
        }

        return end - 1;
    }

    private static bool IsOperatorName(StringBuilder header) => Regex.IsMatch(header.ToString(), @"\boperator\s*[^\s(]*$");
}
