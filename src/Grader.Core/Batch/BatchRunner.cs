using System.Collections.Concurrent;
using Grader.Launching;
using Grader.Scoring;

namespace Grader.Batch;

/// <summary>One cell of a gradebook: a student's assignment, and what was handed in for it, if anything.</summary>
public sealed record Work(Assignment Assignment, string Student, Submission? Submission);

/// <summary>Grades many submissions, some at a time; none stops another.</summary>
public sealed class BatchRunner(Course course, TimeProvider time)
{
    /// <summary>When it strikes, what runs and what waits is ended without a score.</summary>
    public RunLimit Limit { get; init; } = RunLimit.None;

    /// <param name="works">What to grade.</param>
    /// <param name="started">Told when a submission is begun.</param>
    /// <param name="done">Told of every result as soon as it is there.</param>
    /// <param name="cancellationToken">Stops the batch; what was done by then stays done.</param>
    /// <returns>Whether the batch came to its end.</returns>
    public async Task<bool> RunAsync(
        IReadOnlyList<Work> works,
        Action<Work> started,
        Action<Graded> done,
        CancellationToken cancellationToken
    )
    {
        var waiting = new ConcurrentQueue<Work>(works);
        var grader = new SubmissionGrader(course.Grading, time) { Limit = Limit };
        async Task WorkAsync()
        {
            while (!cancellationToken.IsCancellationRequested && waiting.TryDequeue(out var work))
            {
                started(work);
                done(
                    work.Submission is { } submission
                        ? await grader.GradeAsync(
                            work.Assignment,
                            submission,
                            only: null,
                            progress: null,
                            cancellationToken
                        )
                        : grader.GradeMissing(work.Assignment, work.Student)
                );
            }
        }

        try
        {
            await Task.WhenAll(
                Enumerable.Range(0, course.Jobs).Select(_ => Task.Run(WorkAsync, CancellationToken.None))
            );
            return !cancellationToken.IsCancellationRequested;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
