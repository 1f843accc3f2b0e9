using OrleansScheduler.Errors;

namespace OrleansScheduler.Handlers;

/// <summary>The codes with which the built-in handlers fail, besides <c>request_invalid</c> for a payload that is wrong.</summary>
/// <remarks>Codes are stable; messages are not. Where a detail is named, it is text in the exception's details.</remarks>
public static class HandlerErrorCodes
{
    /// <summary>A template names a value that is not there. Details: <c>value</c>.</summary>
    public const string ValueAbsent = "value_absent";

    /// <summary>What a template or a declared read makes is larger than the limit. Details: <c>limit</c>.</summary>
    public const string ContentTooLarge = "content_too_large";

    /// <summary>The script does not parse, or threw. Details: <c>line</c> and <c>column</c>, both from 1, where known.</summary>
    public const string ExpressionFailed = "expression_failed";

    /// <summary>The script ran past its time limit and was killed.</summary>
    public const string ExpressionTimeout = "expression_timeout";

    /// <summary>The script needed more memory than a worker may use.</summary>
    public const string ExpressionMemory = "expression_memory";

    /// <summary>The script called itself too deeply.</summary>
    public const string ExpressionTooDeep = "expression_too_deep";

    /// <summary>What a script reads, or its result, is larger than the limit. Details for the reads: <c>what</c>, <c>limit</c> in bytes.</summary>
    public const string ExpressionTooLarge = "expression_too_large";

    /// <summary>The result is no JSON value, or has not the form that <c>write</c> asks for.</summary>
    public const string ExpressionResultInvalid = "expression_result_invalid";

    /// <summary>As many evaluations wait as may. Repeat later.</summary>
    public const string ExpressionBusy = "expression_busy";

    /// <summary>A worker process did not start, or died without a reason that is known. Repeat later.</summary>
    public const string ExpressionWorkerFailed = "expression_worker_failed";

    /// <summary>The path leads out of the root folder, or through a symbolic link. Details: <c>path</c>.</summary>
    public const string FilePathRefused = "file_path_refused";

    /// <summary>There is no such file. Details: <c>path</c>.</summary>
    public const string FileNotFound = "file_not_found";

    /// <summary>The file is larger than the limit. Details: <c>path</c>, <c>limit</c> in bytes.</summary>
    public const string FileTooLarge = "file_too_large";

    /// <summary>The operating system refused or failed the access. Details: <c>path</c>.</summary>
    public const string FileFailed = "file_failed";

    /// <summary>No answer came: the name, the connection or the protocol failed. Repeat later.</summary>
    public const string HttpFailed = "http_failed";

    /// <summary>The whole exchange took longer than its limit. Repeat later.</summary>
    public const string HttpTimeout = "http_timeout";

    /// <summary>The status is none of those that are expected. Details: <c>status</c>. Transient for 408, 429 and 5xx.</summary>
    public const string HttpStatus = "http_status";

    /// <summary>The body of the response is larger than the limit. Details: <c>limit</c> in bytes.</summary>
    public const string HttpResponseTooLarge = "http_response_too_large";

    /// <summary>Too many redirects, or one from https to anything else, or to no http address.</summary>
    public const string HttpRedirectRefused = "http_redirect_refused";

    /// <summary>No administrator allowed the command. Details: <c>hash</c> of the command, <c>program</c>.</summary>
    public const string CommandNotAllowed = ErrorCodes.CommandNotAllowed;

    /// <summary>There is no such program, or it is not executable. Details: <c>program</c>.</summary>
    public const string ProgramNotFound = "program_not_found";

    /// <summary>There is no such user, or this process may not act as another one. Details: <c>user</c>.</summary>
    public const string UserRefused = "user_refused";

    /// <summary>The operating system did not start the process, or its ledger entry could not be stored.</summary>
    public const string ProcessStartFailed = "process_start_failed";

    /// <summary>The process ended with a code that is not expected. Details: <c>exit_code</c>.</summary>
    public const string ProcessExitCode = "process_exit_code";
}
