using System.Diagnostics.CodeAnalysis;
using Grader.Assignments;
using Grader.Batch;
using Grader.Checks;
using Grader.Sandboxing;

namespace Grader.Configuration;

/// <summary>Every key of grading.json: nothing else can be read from it, and nothing else stands in its schema.</summary>
internal static class CourseKeys
{
    // Nothing else stands in braces; without the student in its name a path can be a list alone.
    [StringSyntax(StringSyntaxAttribute.Regex)]
    private const string Submissions = @"^(?!.*\{(?!student\}|assignment\})).*(\{student\}|\.[cC][sS][vV]$)";

    private static readonly Shape Command = new Shape.Items(new Shape.Line());

    /// <summary>What holds where grading.json is silent.</summary>
    public static Course Defaults { get; } = new() { Submissions = new SubmissionPattern(""), Reports = "reports" };

    public static Shape Root { get; } =
        new Shape.Fields([
            new("$schema", "Where the schema of this file lies, for editors.", new Shape.Line()),
            new(
                "course",
                "The name of the course, shown above the summary.",
                new Shape.Words("give a name, or leave it out") { Default = Defaults.Name }
            ),
            new(
                "submissions",
                "Where the submissions lie: a path, relative to this file, with {student} and usually {assignment} in it, of folders or of archives (.zip, .tar.gz, .tgz); or a CSV file of git repositories with the columns student, url, and perhaps branch and assignment.",
                new Shape.Words($"for example \"class/{SubmissionPattern.Student}/{SubmissionPattern.Assignment}\"")
                {
                    Expression = Submissions,
                }
            )
            {
                IsRequired = true,
            },
            new(
                "roster",
                "Who takes the course: a CSV file, relative to this one, with a column \"student\"; its other columns are carried into grades.csv.",
                new Shape.Words("name a CSV file with a column \"student\", or leave it out")
            ),
            new(
                "reports",
                "The folder for reports and gradebook, relative to this file.",
                new Shape.Words($"name a folder, or leave it out for \"{Defaults.Reports}\"")
                {
                    Default = Defaults.Reports,
                }
            ),
            new(
                "jobs",
                "How many submissions are graded at a time; two for each processor when left out.",
                new Shape.Whole(1, Course.MostJobs)
            ),
            new(
                "sandbox",
                "Whether student programs must run in a sandbox: in one if there is one, in none, or not at all without one.",
                new Shape.Choice(
                    [.. Enum.GetNames<SandboxRule>().Select(name => name.ToLowerInvariant())],
                    Defaults.Grading.Sandbox.ToString().ToLowerInvariant()
                )
            ),
            new(
                "flaky",
                "What a check counts as that failed by a stall or a limit, and passed when it was run again.",
                new Shape.Choice(
                    [.. Enum.GetNames<Flaky>().Select(name => name.ToLowerInvariant())],
                    Defaults.Grading.Flaky.ToString().ToLowerInvariant()
                )
            ),
            new("limits", "How long and how much; a limit that strikes is named in the report.", Limits()),
            new(
                "assignments",
                "The assignments to grade; all that somebody has a folder for when left out.",
                new Shape.Fields([.. Catalogue.All.Select(Assignment)])
            ),
            new(
                "packages",
                "Folders of packages that builds may use, since they reach no registry.",
                new Shape.Fields([
                    Packages("nuget", "A folder laid out as NuGet's global packages folder is"),
                    Packages("npm", "A cache of npm"),
                    Packages("maven", "A local repository of Maven"),
                ])
            ),
            new("recipes", "How to build and start what no language of ours fits.", new Shape.Items(Recipe())),
        ]);

    private static Shape.Fields Limits()
    {
        var limits = Defaults.Grading.Limits;
        return new Shape.Fields([
            new("start", "From a server's start to its listening socket.", new Shape.Duration(limits.Start)),
            new(
                "stall",
                "A server that moves no byte and sleeps for this long waits for what never comes.",
                new Shape.Duration(limits.Stall)
            ),
            new("check", "One check.", new Shape.Duration(limits.Check)),
            new(
                "submission",
                "All checks of a submission together; building is not counted.",
                new Shape.Duration(limits.Submission)
            ),
            new("build", "All build commands of a submission together.", new Shape.Duration(limits.Build)),
            new("memory", "What all processes of a server may hold together.", new Shape.Size(limits.Memory)),
            new("output", "How much of a submission's output is kept.", new Shape.Size(limits.Output)),
        ]);
    }

    private static Key Assignment(Assignment assignment) =>
        new(
            assignment.Id,
            $"{assignment.Title}.",
            new Shape.Fields([
                new(
                    "points",
                    "What checks are worth: a number, 0 to show only, or \"extra\" for a bonus outside the total.",
                    new Shape.Fields([.. assignment.Checks.Select(check => Points(assignment, check))])
                ),
                new(
                    "folder",
                    "What stands for it in the path of submissions, where several are handed in together; else its name.",
                    new Shape.Words("name a folder, such as \"echo\"")
                ),
                new("due", "When it is to be handed in, with an offset from UTC.", new Shape.Moment()),
                new(
                    "late",
                    "What lateness costs; the last rule that applies counts. Without any, lateness is told and costs nothing.",
                    new Shape.Items(Late())
                ),
                new("extensions", "Students for whom it is due at another time.", new Shape.Items(Extension())),
            ])
        );

    private static Shape.Fields Late() =>
        new([
            new("after", "How long after it was due.", new Shape.Delay()) { IsRequired = true },
            new("percent", "How much of the points is taken off.", new Shape.Whole(0, 100)) { IsRequired = true },
        ]);

    private static Shape.Fields Extension() =>
        new([
            new("student", "Who.", new Shape.Words("name a student")) { IsRequired = true },
            new("due", "When it is due then.", new Shape.Moment()) { IsRequired = true },
        ]);

    private static Key Points(Assignment assignment, Check check) =>
        new(check.Id, $"The {assignment.Subject} {check.Name}.", new Shape.Worth(check.Points, check.Extra));

    private static Key Packages(string name, string folder) =>
        new(name, $"{folder}, relative to this file.", new Shape.Words("name a folder, or leave it out"));

    private static Shape.Fields Recipe() =>
        new([
            new(
                "match",
                "A file name or a pattern: the recipe is for folders in which a file is called so.",
                new Shape.Words("give a file name or a pattern, such as \"*.go\"")
            )
            {
                IsRequired = true,
            },
            new("build", "Commands that build it, one after the other.", new Shape.Items(Command)),
            new(
                "server",
                "The command that starts the server; {port} stands for its port.",
                new Shape.Items(new Shape.Line(), "give a command, such as [\"./server\", \"{port}\"]") { AtLeast = 1 }
            )
            {
                IsRequired = true,
            },
            new(
                "client",
                "The command that starts the client; {message}, or {a} and {b}, stand for what it asks for.",
                Command
            ),
            new(
                "stdin",
                "Lines for the server's standard input, or for the client's where {message} or {a} is in one.",
                new Shape.Items(new Shape.Line())
            ),
        ]);
}
