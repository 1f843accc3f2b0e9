using System.Globalization;
using OrleansScheduler.Errors;

namespace OrleansScheduler.Core.Timing;

/// <summary>The failures of this namespace, each built in one place so that code and details agree.</summary>
internal static class TimingErrors
{
    /// <param name="position">Index of the first character that is wrong; the length of the text when something is missing at its end.</param>
    /// <param name="expected">What should stand there.</param>
    public static SchedulerException Cron(int position, string expected) =>
        Create(ErrorCodes.CronInvalid, "cron expression", position, expected);

    /// <inheritdoc cref="Cron"/>
    public static SchedulerException Phrase(int position, string expected) =>
        Create(ErrorCodes.PhraseInvalid, "phrase", position, expected);

    private static SchedulerException Create(string code, string what, int position, string expected)
    {
        string at = position.ToString(CultureInfo.InvariantCulture);
        return new SchedulerException(code, $"The {what} is not understood at {at}: expected {expected}.")
            .With("position", at).With("expected", expected);
    }
}
