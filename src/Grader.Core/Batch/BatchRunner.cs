using System.Collections.Concurrent;
using Grader.Launching;
using Grader.Scoring;

namespace Grader.Batch;

/// <summary>One cell of a gradebook: a student's assignment, and what was handed in for it, if anything.</summary>
public sealed record Work(Assignment Assignment, string Student, Submission? Submission);

/// <summary>Grades many submissions, some at a time; none stops another.</summary>
public sealed class BatchRunner(Course course, TimeProvider time)
{
    // For every one at work so many may wait for servers that sleep: each holds a server, and its memory. One is one.
    private const int MostInside = 8;

    /// <summary>When it strikes, what runs and what waits is ended without a score.</summary>
    public RunLimit Limit { get; init; } = RunLimit.None;

    /// <summary>What must pass on this machine before anything in the same language is judged.</summary>
    public ModelAnswers? ModelAnswers { get; init; }

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
        var admission = new Admission(course.Jobs);
        async Task WorkAsync()
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                using var place = await admission.EnterAsync(cancellationToken);
                if (!waiting.TryDequeue(out var work))
                {
                    return;
                }

                started(work);
                var grader = new SubmissionGrader(course.Grading, time)
                {
                    Limit = Limit,
                    ModelAnswers = ModelAnswers,
                    Rests = place.Rest,
                };
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
                Enumerable
                    .Range(0, course.Jobs == 1 ? 1 : MostInside * course.Jobs)
                    .Select(_ => Task.Run(WorkAsync, CancellationToken.None))
            );
            return !cancellationToken.IsCancellationRequested;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
