using System.Reflection;
using System.Text.Json;
using Grader.Checks;
using Grader.Hosting;
using Grader.Intake;
using Grader.Sandboxing;
using Grader.Scoring;

namespace Grader.Batch;

/// <summary>All that a verdict depends on, in one value: while it stays the same, a result need not be found again.</summary>
/// <remarks>Points are applied to stored results. What is installed on the machine cannot be told in a value.</remarks>
public sealed class ResultKeys(GradingOptions options)
{
    // Whatever else comes to be an option matters until it is taken out here.
    // Of packages the path is enough: a course adds to such a folder, and seldom changes what is in it.
    private readonly byte[] _options = JsonSerializer.SerializeToUtf8Bytes(
        options with
        {
            Points = new Dictionary<string, IReadOnlyDictionary<string, Worth>>(),
            DueDates = new Dictionary<string, DueDate>(),
            Flaky = Flaky.Pass,
        }
    );

    /// <returns>The key; null for what was not handed in, or cannot be had or copied, of which grading says why.</returns>
    public string? Of(Work work)
    {
        if (work.Submission is not { } submission)
        {
            return null;
        }

        using var digest = new Digest();
        AddSuite(digest, work.Assignment);
        digest.Add(_options);
        digest.Add(Hosts.Mode.ToString());
        digest.Add(Sandboxes.Find(options.Sandbox).ToString());
        try
        {
            submission.AddTo(digest);
        }
        catch (Exception e)
            when (e is CheckFailedException or EnvironmentException or IOException or UnauthorizedAccessException)
        {
            return null;
        }

        return digest.Read();
    }

    // What checks do, which there are and in what order is code: the builds that it is in stand for all of it.
    private static void AddSuite(Digest digest, Assignment assignment)
    {
        digest.Add(assignment.Id);
        var code = assignment
            .Checks.Select(check => check.Run.Method)
            .Concat(new[] { assignment.Exchange?.Method, assignment.Errand?.Method }.OfType<MethodInfo>());
        foreach (var module in code.Select(method => method.Module).Append(typeof(ResultKeys).Module).Distinct())
        {
            digest.Add(module.ModuleVersionId.ToByteArray());
        }

        // The same build leaves out other checks on another machine.
        foreach (var check in assignment.Checks.Where(check => check.WhyNotHere is not null))
        {
            digest.Add(check.Id);
        }
    }
}
