using System.Collections.Concurrent;
using Grader.Checks;
using Grader.Intake;
using Grader.Scoring;

namespace Grader.Batch;

/// <summary>One cell of a gradebook: a student's assignment, and what was handed in for it, if anything.</summary>
public sealed record Work(Assignment Assignment, string Student, Submission? Submission);

/// <summary>Is told of a batch while it runs, on many threads.</summary>
public interface IBatchObserver
{
    void Started(Work work);

    /// <summary>A check begins.</summary>
    void Begins(Work work, Check check);

    /// <summary>A result is there; what it throws becomes an error of that submission, of which it is told in turn.</summary>
    void Done(Work work, Graded graded);
}

/// <summary>Grades many submissions, some at a time; none stops another.</summary>
public sealed class BatchRunner(Course course, TimeProvider time)
{
    // For every one at work so many may wait for servers that sleep: each holds a server, and its memory. One is one.
    internal const int MostInside = 8;

    /// <summary>When it strikes, what runs and what waits is ended without a score.</summary>
    public RunLimit Limit { get; init; } = RunLimit.None;

    /// <summary>What must pass on this machine before anything in the same language is judged.</summary>
    public ModelAnswers? ModelAnswers { get; init; }

    /// <param name="works">What to grade.</param>
    /// <param name="observer">Told of every result as soon as it is there.</param>
    /// <param name="cancellationToken">Stops the batch; what was done by then stays done.</param>
    /// <returns>Whether the batch came to its end.</returns>
    public async Task<bool> RunAsync(
        IReadOnlyList<Work> works,
        IBatchObserver observer,
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

                var grader = new SubmissionGrader(course.Grading, time)
                {
                    Limit = Limit,
                    ModelAnswers = ModelAnswers,
                    Rests = place.Rest,
                };
                observer.Started(work);
                try
                {
                    observer.Done(work, await GradeAsync(grader, work, observer, cancellationToken));
                }
                catch (Exception e) when (!cancellationToken.IsCancellationRequested)
                {
                    observer.Done(work, grader.GradeFaulted(work.Assignment, work.Student, e));
                }
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

    private static async Task<Graded> GradeAsync(
        SubmissionGrader grader,
        Work work,
        IBatchObserver observer,
        CancellationToken cancellationToken
    ) =>
        work.Submission is { } submission
            ? await grader.GradeAsync(
                work.Assignment,
                submission,
                only: null,
                check => observer.Begins(work, check),
                cancellationToken
            )
            : grader.GradeMissing(work.Assignment, work.Student);
}
