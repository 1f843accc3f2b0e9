namespace OrleansScheduler.Cli.Outcomes;

/// <summary>Codes of failures that only the command line knows, besides those of the server.</summary>
internal static class CliCodes
{
    /// <summary>The arguments are not accepted.</summary>
    public const string Usage = "usage";

    /// <summary>A file cannot be read.</summary>
    public const string FileUnreadable = "file_unreadable";

    /// <summary>A file is longer than the limit.</summary>
    public const string FileTooLarge = "file_too_large";

    /// <summary>There is no administrator token, or it may not be sent.</summary>
    public const string TokenMissing = "token_missing";

    /// <summary>Nobody answers at the address of the server.</summary>
    public const string ServerUnreachable = "server_unreachable";

    /// <summary>The server did not answer in time.</summary>
    public const string TimeOut = "time_out";

    /// <summary>The answer is not what this version understands.</summary>
    public const string AnswerUnreadable = "answer_unreadable";

    /// <summary>The answer is longer than the limit.</summary>
    public const string AnswerTooLarge = "answer_too_large";

    /// <summary>The server failed without saying how.</summary>
    public const string ServerFailed = "server_failed";

    /// <summary>Nobody takes the output.</summary>
    public const string OutputFailed = "output_failed";

    /// <summary>The person asked to stop.</summary>
    public const string Interrupted = "interrupted";

    /// <summary>Some lines of a crontab were refused; the others were taken.</summary>
    public const string CrontabIncomplete = "crontab_incomplete";

    /// <summary>The target of a schedule holds no command that could be allowed.</summary>
    public const string NoCommand = "no_command";

    /// <summary>Several commands were shown, and the hash that allows them was not named.</summary>
    public const string HashMissing = "hash_missing";

    /// <summary>A file or the input holds nothing.</summary>
    public const string FileEmpty = "file_empty";
}
