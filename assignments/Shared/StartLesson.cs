using Grader.Checks;

namespace Grader.Assignments.Shared;

/// <summary>Without a running server there is nothing to see.</summary>
internal static class StartLesson
{
    public static readonly Check Starts = new()
    {
        Id = "starts",
        Name = "builds, starts, and listens",
        Points = 5,
        OnTheWire =
            "Starts the program with a port, and waits until the kernel says that it listens. No client connects.",
        Teaches = "A server makes a socket, binds it to a port, listens, and stays: clients come later.",
        Hint = "Start it as the handout says, and see that it neither ends nor waits for input before it listens.",
        Run = bench => bench.ExpectAliveAsync("a server that waits for clients"),
    };

    public static readonly Lesson Value = new() { Title = "It runs", Checks = [Starts] };
}
