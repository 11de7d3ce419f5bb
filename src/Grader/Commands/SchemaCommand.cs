using Grader.Configuration;

namespace Grader.Commands;

/// <summary><c>grader schema</c>: what grading.json may hold, for editors.</summary>
internal static class SchemaCommand
{
    public static int Run(Screen screen)
    {
        screen.Lines(CourseSchema.Render());
        return ExitCode.Fine;
    }
}
