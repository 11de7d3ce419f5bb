using Grader.Configuration;

namespace Grader.Commands;

/// <summary><c>grader schema</c>: what grading.json may hold, for editors.</summary>
internal static class SchemaCommand
{
    public static int Run(Screen screen)
    {
        // Every word is ours, and a job may write them to a file.
        screen.IsGuarded = false;
        screen.Lines(CourseSchema.Render());
        return ExitCode.Fine;
    }
}
