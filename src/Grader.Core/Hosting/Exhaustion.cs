using System.Net.Sockets;

namespace Grader.Hosting;

/// <summary>Tells what the machine has run out of from what went wrong.</summary>
public static class Exhaustion
{
    // EMFILE and ENFILE (errno.h of Linux and macOS): this process, or the machine, holds as many as it may.
    private const int TooManyInProcess = 24;
    private const int TooManyInSystem = 23;

    // ENOSPC.
    private const int NoSpace = 28;

    // A server with 200 clients at once needs as many descriptors, and some.
    private const long LeastFiles = 512;

    /// <summary>Whether it failed for want of a descriptor: what could not be opened then may well be there.</summary>
    public static bool IsOfFiles(Exception exception) =>
        exception
            is SocketException { SocketErrorCode: SocketError.TooManyOpenSockets }
                or IOException { HResult: TooManyInProcess or TooManyInSystem };

    /// <summary>An unexpected exception in the words of a report.</summary>
    public static string Describe(Exception exception) =>
        IsOfFiles(exception)
            ? "too many files are open at once; raise the limit (ulimit -n), or grade fewer at a time (--jobs)"
        : exception is IOException { HResult: NoSpace } ? "the disk is full; free some of it"
        : $"a fault of the grader: {exception.GetType().Name}";

    /// <summary>How many files a process may hold open here; null where that cannot be told.</summary>
    public static long? CountAllowedFiles()
    {
        const string Limits = "/proc/self/limits";
        if (!File.Exists(Limits))
        {
            return null;
        }

        // Max open files  SOFT  HARD  files: the runtime has raised the one to the other.
        var line = File.ReadLines(Limits)
            .FirstOrDefault(line => line.StartsWith("Max open files", StringComparison.Ordinal));
        return
            line?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, _, _, var soft, ..]
            && long.TryParse(soft, out var allowed)
            ? allowed
            : null;
    }

    /// <exception cref="EnvironmentException">A server that is right could not hold as many connections as checks make.</exception>
    public static void RequireFiles()
    {
        if (CountAllowedFiles() is { } allowed && allowed < LeastFiles)
        {
            throw new EnvironmentException(
                $"a program may hold {allowed} files open here, and a server of many clients needs {LeastFiles}; raise the limit (ulimit -n)"
            );
        }
    }
}
