using System.Diagnostics.CodeAnalysis;

namespace OrleansScheduler.Benchmarks.Measuring;

/// <summary>What was measured did not do its work, so that its numbers mean nothing.</summary>
/// <param name="message">What is wrong.</param>
internal sealed class WrongResultException(string message) : Exception(message)
{
    /// <summary>Throws unless the result is right.</summary>
    /// <param name="right">Whether it is.</param>
    /// <param name="message">What is wrong if it is not.</param>
    public static void Unless([DoesNotReturnIf(false)] bool right, FormattableString message)
    {
        if (!right)
        {
            throw new WrongResultException(FormattableString.Invariant(message));
        }
    }
}
